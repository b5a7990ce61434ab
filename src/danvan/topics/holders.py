"""Where modules above register the records they file under topics; see `holding` for the shape."""

from danvan.topics.holding import TopicHolder, all_holders, counted_by_topic, register

__all__ = ["TopicHolder", "all_holders", "counted_by_topic", "register"]
