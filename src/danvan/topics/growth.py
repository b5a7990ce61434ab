"""The tree of topics through time, as plain values: on a day, read on another day, counted upwards."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from danvan.vietnamese.collation import sort_key

STEP = " › "


@dataclass(frozen=True, slots=True)
class Span:
    """What a topic is called and where it stands, from a day until before another."""

    name: str
    parent_id: int | None
    valid_from: date
    valid_to: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day is one of its days."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Known:
    """One topic through time; `heirs` has the first heir at the front."""

    id: int
    code: str
    valid_from: date
    valid_to: date | None
    spans: tuple[Span, ...]
    aliases: tuple[str, ...] = ()
    heirs: tuple[int, ...] = ()

    def span_on(self, day: date) -> Span | None:
        """How it stands on the day; None where it does not stand."""
        return next((span for span in self.spans if span.holds(day)), None)

    @property
    def last(self) -> Span:
        """How it stands, or stood last."""
        return self.spans[-1]


@dataclass(frozen=True, slots=True)
class Node:
    """One topic in the tree of a day. `depth` is 1 at the top."""

    id: int
    code: str
    name: str
    parent_id: int | None
    names: tuple[str, ...]

    @property
    def depth(self) -> int:
        """How many topics stand above it, and itself."""
        return len(self.names)

    @property
    def path(self) -> str:
        """From the top down: Đất đai › Bồi thường, tái định cư."""
        return STEP.join(self.names)

    @property
    def above(self) -> str:
        """The path of what it stands under; empty at the top."""
        return STEP.join(self.names[:-1])


@dataclass(frozen=True, slots=True)
class Tree:
    """The topics that stand on a day, each below its parent, in Vietnamese order."""

    day: date
    nodes: tuple[Node, ...]
    by_id: Mapping[int, Node] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def __contains__(self, topic_id: int) -> bool:
        return topic_id in self.by_id

    def below(self, topic_id: int) -> frozenset[int]:
        """The topic and all that stand under it; empty where it does not stand."""
        found: set[int] = set()
        for node in self.nodes:  # parents come first
            if node.id == topic_id or node.parent_id in found:
                found.add(node.id)
        return frozenset(found)

    def rolled_up(self, own: Mapping[int, int]) -> dict[int, int]:
        """The count of each topic: its own and its children's."""
        sums = {node.id: own.get(node.id, 0) for node in self.nodes}
        for node in reversed(self.nodes):
            if node.parent_id is not None:
                sums[node.parent_id] += sums[node.id]
        return sums


class Growth:
    """Every topic there ever was. Answers for any day without asking the database again."""

    def __init__(self, topics: Iterable[Known]) -> None:
        self.topics = {one.id: one for one in topics}
        self._before: dict[int, list[int]] = defaultdict(list)
        for one in self.topics.values():
            for heir in one.heirs:
                self._before[heir].append(one.id)
        self._read: dict[tuple[int, date], int | None] = {}

    def tree_on(self, day: date) -> Tree:
        """The tree as it stands on the day."""
        spans = {one.id: span for one in self.topics.values() if (span := one.span_on(day))}
        children: dict[int | None, list[int]] = defaultdict(list)
        for topic_id, span in spans.items():
            children[span.parent_id].append(topic_id)

        def grown(parent_id: int | None, above: tuple[str, ...]) -> Iterator[Node]:
            for topic_id in sorted(children[parent_id], key=lambda one: sort_key(spans[one].name)):
                names = (*above, spans[topic_id].name)
                yield Node(topic_id, self.topics[topic_id].code, names[-1], parent_id, names)
                yield from grown(topic_id, names)

        nodes = tuple(grown(None, ()))
        return Tree(day, nodes, {node.id: node for node in nodes})

    def read_on(self, topic_id: int, day: date) -> int | None:
        """The topic under which this one is read on a day: itself, an heir, or what it came from.

        After its end the first heir answers for it. Before its beginning, the one topic it came from; where it came
        from several or from none, the topic above it. None where nothing stood then, or it ended without an heir.
        """
        key = (topic_id, day)
        if key not in self._read:
            self._read[key] = self._reading(self.topics[topic_id], day)
        return self._read[key]

    def reading_under(self, topic_id: int, day: date) -> frozenset[int]:
        """Every topic of any time that is read at or under this one on the day: what a filter or a count takes."""
        top = self.read_on(topic_id, day)
        if top is None:
            return frozenset({topic_id})
        below = self.tree_on(day).below(top)
        return frozenset(one for one in self.topics if self.read_on(one, day) in below)

    def read_counts(self, own: Mapping[int, int], day: date) -> dict[int, int]:
        """Counts of what was filed under topics of any time, at the topics that read them on the day."""
        sums: dict[int, int] = defaultdict(int)
        for topic_id, count in own.items():
            if (read := self.read_on(topic_id, day)) is not None:
                sums[read] += count
        return dict(sums)

    def name_on(self, topic_id: int, day: date) -> str:
        """What a topic was called on a day; its last name where it did not stand."""
        one = self.topics[topic_id]
        return (one.span_on(day) or one.last).name

    def came_from(self, topic_id: int) -> list[int]:
        """The topics of which this one is an heir."""
        return list(self._before[topic_id])

    def _reading(self, one: Known, day: date) -> int | None:
        if day < one.valid_from:
            return self._earlier(one, day)
        if one.valid_to is not None and one.valid_to <= day:
            return self.read_on(one.heirs[0], day) if one.heirs else None
        return one.id

    def _earlier(self, one: Known, day: date) -> int | None:
        # Only what began before it: one that began under it and then went into it was never its past.
        past = [pk for pk in self._before[one.id] if self.topics[pk].valid_from < one.valid_from]
        if len(past) == 1:
            return self.read_on(past[0], day)
        above = one.spans[0].parent_id
        return self.read_on(above, day) if above is not None else None
