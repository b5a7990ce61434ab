"""What the tree asks of every module that files records under topics. The tree never imports the modules."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.db.models import Count, QuerySet


class TopicHolder(Protocol):
    """The records of one kind that a module files under topics. `key` names it for good; `label` is plural words.

    Records keep the topic that was written on them, whatever becomes of it; they are read through its heirs. `passes`
    says that to people in one sentence, as it is for these records. `action` is the right that reading them needs.
    """

    key: str
    label: str
    action: str
    passes: str

    def counts(self, *, reader: Any = None) -> Mapping[int, int]:
        """How many records are filed under each topic; of those `reader` may see, where one is given. One query."""

    def address(self, topic_id: int) -> str:
        """The list of the records at or under the topic: it shows as many as the counts say."""


def counted_by_topic(filed: QuerySet[Any]) -> dict[int, int]:
    """How many of these rows are filed under each topic, as it was written on them. One query."""
    counted = filed.filter(topic__isnull=False).order_by().values("topic_id")
    return {one["topic_id"]: one["n"] for one in counted.annotate(n=Count("pk"))}


_holders: dict[str, TopicHolder] = {}


def register(holder: TopicHolder) -> None:
    """Make a holder known under its key. Registering the same key again replaces it."""
    _holders[holder.key] = holder


def all_holders() -> list[TopicHolder]:
    """Every holder, by key."""
    return [_holders[key] for key in sorted(_holders)]
