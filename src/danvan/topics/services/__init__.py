"""Everything that changes the tree of topics. Each function is one act in one transaction."""

from danvan.topics.services.ending import end_topic, foresee_end, take_back_end
from danvan.topics.services.growing import add_topic, move_topic, name_aliases, rename_topic
from danvan.topics.services.loading import SEED, Loaded, load_topics
from danvan.topics.services.rows import hold_topics

__all__ = [
    "SEED",
    "Loaded",
    "add_topic",
    "end_topic",
    "foresee_end",
    "hold_topics",
    "load_topics",
    "move_topic",
    "name_aliases",
    "rename_topic",
    "take_back_end",
]
