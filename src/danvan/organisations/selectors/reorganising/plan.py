"""What a reorganisation will do, resolved to the last row: plain values that pages show and applying writes.

A unit that is to be founded has no id yet; in a plan it carries a negative number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from danvan.foundation.errors import Fault
from danvan.organisations.holding import Passage

OK, WAIT, FAULT = "ok", "wait", "fault"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a unit is on a day: the columns of a version that a reorganisation may change."""

    name: str
    bare: str
    type_word: str
    level: str
    kind: str = ""
    parent: int | None = None
    place: int | None = None
    area_km2: Decimal | None = None

    @property
    def is_place(self) -> bool:
        """Whether it is a place and not an organisation."""
        return not self.kind


@dataclass(frozen=True, slots=True)
class Founding:
    """A unit that begins on the day. `new_unit_id` is its row in the draft; None where it follows a place."""

    key: int
    standing: Standing
    code: str = ""
    new_unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Changing:
    """A unit that goes on and is something else from the day. A `code` is its new one."""

    unit: int
    before: Standing
    after: Standing
    code: str = ""

    @property
    def moves(self) -> bool:
        """Whether its place in a tree differs."""
        return (self.before.parent, self.before.place) != (self.after.parent, self.after.place)


@dataclass(frozen=True, slots=True)
class Passed:
    """One row of lineage, in parts per million. `row_id` is the row it replaces the weights of."""

    predecessor: int
    successor: int
    weight: int
    measure: str
    back_weight: int | None
    back_measure: str
    estimated: bool
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A fault with the check it belongs to."""

    key: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a reorganisation does on its day, and every fault that resolving it met."""

    reorganisation_id: int
    number: str
    title: str
    kind: str
    on: date
    decision: str
    measure: str
    ended: tuple[int, ...] = ()
    founded: tuple[Founding, ...] = ()
    changed: tuple[Changing, ...] = ()
    passed: tuple[Passed, ...] = ()
    heirs: Mapping[int, int] = field(default_factory=dict)
    moved: frozenset[int] = frozenset()
    standing: Mapping[int, Standing] = field(
        default_factory=dict
    )  # of units that end, as they were
    names: Mapping[int, str] = field(default_factory=dict)
    faults: tuple[Found, ...] = ()

    @property
    def touched(self) -> frozenset[int]:
        """The living units whose rows it writes."""
        passed = {unit for row in self.passed for unit in (row.predecessor, row.successor)}
        found = {*self.ended, *(one.unit for one in self.changed), *passed}
        return frozenset(unit for unit in found if unit > 0)

    def passage(self, ids: Mapping[int, int] | None = None) -> Passage:
        """What holders are told; `ids` gives those of founded units once they have some."""
        known = ids or {}
        return Passage(
            number=self.number,
            title=self.title,
            on=self.on,
            heirs={giver: known.get(taker, taker) for giver, taker in self.heirs.items()},
            ended=frozenset(self.ended),
            founded=frozenset(known.get(one.key, one.key) for one in self.founded),
            moved=frozenset(known.get(unit, unit) for unit in self.moved),
        )


@dataclass(frozen=True, slots=True)
class Check:
    """One test of a plan, told: `state` is ok, wait (known, and no obstacle) or fault."""

    key: str
    words: str
    state: str = OK
    details: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
