"""What the register asks of every module that keeps rows for units when units end, merge or are divided.

A module registers a `Holder` when its app starts. `hand_over` and `take_back` are called inside the
transaction of the reorganisation; the register never imports the modules.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from danvan.foundation.errors import Fault


@dataclass(frozen=True, slots=True)
class Passage:
    """What a reorganisation does, as far as those who keep rows for units care.

    `heirs`: of each unit that ends, the one unit that takes over its open matters and rights from `on`. `ended`: the
    units that end on `on`; `founded`: those that begin; `moved`: units (and places above them) whose place in the
    tree, and so whose sums, differ from `on`.
    """

    number: str
    title: str
    on: date
    heirs: Mapping[int, int] = field(default_factory=dict)
    ended: frozenset[int] = frozenset()
    founded: frozenset[int] = frozenset()
    moved: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Moved:
    """One row that changed hands. `before` and `after` (plain JSON) are what `take_back` needs to undo it exactly.

    `waits` is whether the taker is asked to accept it. `title` never names a person.
    """

    row_id: int
    giver: int
    taker: int
    title: str
    waits: bool = True
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


class Holder(Protocol):
    """The rows of one kind that a module keeps for units. `key` names it for good; `label` is plural words: cam kết đang mở.

    One that has `refuse_taking(unit_ids, actor)` is asked before somebody accepts or passes on for these units. One that
    has `foresee(passage)` is told at once of a passage applied ahead of its day, when the trees change already.
    """

    key: str
    label: str

    def faults(self, passage: Passage) -> list[Fault]:
        """What forbids the passage: values of an ended unit for days after it, e.g."""

    def count_open(self, unit_ids: Collection[int], on: date) -> dict[int, int]:
        """How many rows would have to pass, by unit; a unit with none is left out. A constant number of queries."""

    def hand_over(self, passage: Passage, *, actor: Any) -> list[Moved]:
        """Pass every open row of the ended units to their heirs; says what moved."""

    def take_back(self, moved: Sequence[Moved], passage: Passage, *, actor: Any) -> None:
        """Put back what `hand_over` moved, exactly as it was. Called for every holder, whether or not anything moved."""

    def pass_on(self, moved: Moved, to: int, *, actor: Any) -> Moved:
        """Give a row that was handed over to another successor instead."""

    def count_rows(self, unit_ids: Collection[int]) -> dict[int, int]:
        """How many rows of any age name each unit: a unit that has some cannot be unfounded."""

    def export(self) -> list[dict[str, Any]]:
        """Every row that could move, in order, plain: what is compared before and after."""


_holders: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    """Make a holder known under its key. Registering the same class again replaces it."""
    _holders[holder.key] = holder


def all_holders() -> list[Holder]:
    """Every holder, by key."""
    return [_holders[key] for key in sorted(_holders)]


def holder_named(key: str) -> Holder:
    """The holder with this key. Raises KeyError."""
    return _holders[key]
