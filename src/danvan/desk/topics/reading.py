"""What the pages of the topics show: the tree with its counts, one topic through time, what an end would touch."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from danvan.accounts.selectors import actions_of
from danvan.foundation import clock
from danvan.topics.selectors import (
    Node,
    Use,
    find_topics,
    growth,
    kinds_of_use,
    uses,
)
from danvan.topics.services import foresee_end

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records of one kind; `address` lists them, empty where the page reads another day."""

    label: str
    number: int
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """One topic of the tree. `note` says by which other name it was found, `above` where it stands."""

    node: Node
    aliases: str
    counts: list[Counted]
    note: str = ""
    above: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """What a topic was called, and where it stood, for a period; `above` is None at the top."""

    name: str
    above: str | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Kin:
    """A topic beside this one: a child, an heir, one it came from."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """One topic through time."""

    name: str
    path: str
    periods: list[Period]
    aliases: tuple[str, ...]
    heirs: list[Kin]
    came_from: list[Kin]
    children: list[Kin]
    uses: list[Use]


def read_tree(user: "User", day: date, words: str) -> tuple[list[str], list[Row]]:
    """The kinds that the reader may see, and the topics of a day with their counts; those that fit the words."""
    grown = growth()
    tree = grown.tree_on(day)
    kinds = kinds_of_use(grown, on=day, reader=user, actions=actions_of(user))
    found = {one.id: one for one in find_topics(words, on=day, among=grown)} if words else None
    shown = [tree.by_id[pk] for pk in found] if found is not None else list(tree)
    today = day == clock.today()
    rows = [
        Row(
            node,
            "; ".join(grown.topics[node.id].aliases),
            [
                Counted(kind.label, number, kind.address(node.id) if today and number else "")
                for kind in kinds
                for number in [kind.counts[node.id]]
            ],
            found[node.id].note if found else "",
            found[node.id].context if found else "",
        )
        for node in shown
    ]
    return [kind.label for kind in kinds], rows


def read_card(user: "User", topic_id: int) -> Card:
    """One topic through time, with what is filed under it today as far as the reader may see it."""
    grown, today = growth(), clock.today()
    tree = grown.tree_on(today)
    one, node = grown.topics[topic_id], tree.by_id.get(topic_id)

    def named(ids: Sequence[int]) -> list[Kin]:
        return [Kin(pk, grown.topics[pk].last.name) for pk in ids]

    periods = [
        Period(
            span.name,
            grown.name_on(span.parent_id, span.valid_from) if span.parent_id is not None else None,
            span.valid_from,
            span.valid_to,
        )
        for span in reversed(one.spans)
    ]
    return Card(
        name=one.last.name,
        path=node.path if node else one.last.name,
        periods=periods,
        aliases=one.aliases,
        heirs=named(one.heirs),
        came_from=named(grown.came_from(topic_id)),
        children=named([child.id for child in tree if child.parent_id == topic_id]),
        uses=uses(
            topic_id,
            grown.reading_under(topic_id, today),
            reader=user,
            actions=actions_of(user),
        ),
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What an end touches, and a mark of it that the form sends back: nothing is saved that nobody saw."""

    foreseen: Any
    heirs: list[str]
    mark: str


def preview_end(topic: Any, heirs: Sequence[Any], on: date) -> Preview:
    """The end of a topic before it is saved."""
    seen, grown = foresee_end(topic, heirs=heirs, on=on), growth()
    lines = [topic.changes, on, *(one.pk for one in heirs), *(use.count for use in seen.uses)]
    mark = hashlib.sha256("\n".join(map(str, [*lines, *seen.children])).encode()).hexdigest()[:16]
    return Preview(seen, [grown.topics[one.pk].last.name for one in heirs], mark)
