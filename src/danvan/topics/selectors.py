"""Reading the tree of topics. Each function asks the database a constant number of times."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.topics.growth import STEP, Growth, Known, Node, Span, Tree
from danvan.topics.holding import all_holders
from danvan.topics.models import Topic, TopicAlias, TopicHeir, TopicVersion
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical, fold

__all__ = [
    "STEP",
    "Found",
    "Growth",
    "Kind",
    "Node",
    "Told",
    "Tree",
    "Use",
    "every_topic",
    "find_topics",
    "growth",
    "kinds_of_use",
    "read_on",
    "reading_under",
    "told_topics",
    "topic_said_in",
    "tree_on",
    "uses",
]  # fmt: skip
MOST_FOUND = 12
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Told:
    """A topic as a list tells it on a day. `was` is the path it was filed under, where that is another one now."""

    id: int
    path: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One answer to what people type. `note` says by which other name it was found."""

    id: int
    name: str
    context: str
    note: str


@dataclass(frozen=True, slots=True)
class Use:
    """How many records of one kind are filed at or under a topic, and where they are listed."""

    label: str
    count: int
    address: str
    passes: str


@dataclass(frozen=True, slots=True)
class Kind:
    """How many records of one kind are read at or under each topic on a day; where those of one topic are listed."""

    label: str
    counts: Mapping[int, int]
    address: Callable[[int], str]


def every_topic() -> Any:
    """Topics of any time, as rows: where a page looks for the one it is about."""
    return Topic.objects.all()


def growth() -> Growth:
    """The whole tree through time. Four queries, of columns and not of rows: every list reads it."""
    spans = _by_topic(
        TopicVersion.objects.order_by("valid_from"), "name", "parent_id", "valid_from", "valid_to"
    )
    aliases = _by_topic(TopicAlias.objects.order_by("pk"), "words")
    heirs = _by_topic(TopicHeir.objects.order_by("place"), "heir_id")
    rows = Topic.objects.values_list("pk", "code", "valid_from", "valid_to")
    return Growth(
        Known(
            id=pk,
            code=code,
            valid_from=valid_from,
            valid_to=valid_to,
            spans=tuple(Span(*one) for one in spans[pk]),
            aliases=tuple(sorted((words for (words,) in aliases[pk]), key=sort_key)),
            heirs=tuple(heir for (heir,) in heirs[pk]),
        )
        for pk, code, valid_from, valid_to in rows
    )


def _by_topic(rows: QuerySet[Any], *columns: str) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for topic_id, *said in rows.values_list("topic_id", *columns):
        found[topic_id].append(tuple(said))
    return found


def tree_on(day: date) -> Tree:
    """The topics that stand on a day, each below its parent."""
    return growth().tree_on(day)


def read_on(topic_id: int, day: date) -> int | None:
    """The topic under which a record filed under `topic_id` is read on a day; None where nothing stands for it.

    The day of the record gives it as it was then, today's as it is today, any other as on day D.
    """
    return growth().read_on(topic_id, day)


def reading_under(topic_id: int, day: date) -> frozenset[int]:
    """The topics of any time whose records a filter by `topic_id` takes on a day: those read at or under it."""
    grown = growth()
    return grown.reading_under(topic_id, day) if topic_id in grown.topics else frozenset()


def told_topics(topic_ids: Collection[int | None], *, on: date) -> dict[int, Told]:
    """How these topics are told on a day, by id. No query where there are none."""
    wanted = {one for one in topic_ids if one is not None}
    if not wanted:
        return {}
    grown = growth()
    tree = grown.tree_on(on)
    return {one: _told(grown, tree, one) for one in wanted}


def find_topics(words: str, *, on: date, among: Growth | None = None) -> list[Found]:
    """The topics standing on a day that people mean by `words`: by name, other or former name, without tones."""
    wanted = _WORD.findall(fold(words))
    if not wanted:
        return []
    grown = among or growth()
    tree = grown.tree_on(on)
    found: dict[int, tuple[int, int, Found]] = {}
    places = {node.id: place for place, node in enumerate(tree)}
    for one in grown.topics.values():
        read = grown.read_on(one.id, on)
        if read is None:
            continue
        node = tree.by_id[read]
        for rank, name, note in _names(one, node, on):
            if _fits(wanted, name):
                better = (rank, places[read], Found(read, node.name, node.above, note))
                found[read] = min(found.get(read, better), better, key=lambda it: it[:2])
                break
    return [it for _, _, it in sorted(found.values(), key=lambda it: it[:2])[:MOST_FOUND]]


def topic_said_in(text: str, *, on: date, among: Growth | None = None) -> int | None:
    """The one topic that a sentence names: by the longest name or alias in it; None where none or several fit.

    A suggestion for a person to accept: it reads words, not what they mean.
    """
    said = f" {' '.join(_WORD.findall(canonical(text).lower()))} "
    grown = among or growth()
    hits: dict[int, int] = {}
    for node in grown.tree_on(on):
        for name in (node.name, *grown.topics[node.id].aliases):
            phrase = " ".join(_WORD.findall(canonical(name).lower()))
            if f" {phrase} " in said:
                hits[node.id] = max(hits.get(node.id, 0), len(phrase))
    longest = max(hits.values(), default=0)
    best = [one for one, length in hits.items() if length == longest]
    return best[0] if len(best) == 1 else None


def kinds_of_use(
    grown: Growth, *, on: date, reader: Any = None, actions: Collection[str] | None = None
) -> list[Kind]:
    """What is filed at or under each topic on a day, kind by kind; of those kinds that `actions` let one read.

    A count is the topic's own and its children's. One query a kind.
    """
    tree = grown.tree_on(on)
    return [
        Kind(
            holder.label,
            tree.rolled_up(grown.read_counts(holder.counts(reader=reader), on)),
            holder.address,
        )
        for holder in all_holders()
        if actions is None or holder.action in actions
    ]


def uses(
    topic_id: int, taken: Collection[int], *, reader: Any = None,
    actions: Collection[str] | None = None,
) -> list[Use]:  # fmt: skip
    """What is filed under the topics `taken`, kind by kind, listed at `topic_id`. One query a kind."""
    return [
        Use(
            holder.label,
            _sum(holder.counts(reader=reader), taken),
            holder.address(topic_id),
            holder.passes,
        )
        for holder in all_holders()
        if actions is None or holder.action in actions
    ]


def _sum(counts: Mapping[int, int], taken: Collection[int]) -> int:
    return sum(count for topic_id, count in counts.items() if topic_id in taken)


def _told(grown: Growth, tree: Tree, topic_id: int) -> Told:
    one, read = grown.topics[topic_id], grown.read_on(topic_id, tree.day)
    if read == topic_id:
        return Told(topic_id, tree.by_id[topic_id].path)
    if read is None:
        return Told(topic_id, one.last.name)
    return Told(read, tree.by_id[read].path, was=one.last.name)


def _names(one: Known, node: Node, on: date) -> Iterable[tuple[int, str, str]]:
    """(rank, name, what to note) of everything by which a topic may be meant, the best first."""
    if one.id == node.id:
        yield 0, node.name, ""
        yield from ((1, words, f"tên khác: {words}") for words in one.aliases)
        yield from (
            (2, span.name, f"tên cũ: {span.name}") for span in one.spans if span.name != node.name
        )
        yield 3, node.path, ""
        return
    ended = f", đến {format_date(one.valid_to)}" if one.valid_to and one.valid_to <= on else ""
    for name in dict.fromkeys((*(span.name for span in one.spans), *one.aliases)):
        yield 2, name, f"trước là: {one.last.name}{ended}"


def _fits(wanted: list[str], name: str) -> bool:
    """Whether each word typed begins a word of the name."""
    words = _WORD.findall(fold(name))
    return all(any(word.startswith(one) for word in words) for one in wanted)
