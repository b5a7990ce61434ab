"""What planning a reorganisation must know of the register, read once: a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from danvan.organisations.closure import FOREVER
from danvan.organisations.enums import EventKind, Follows
from danvan.organisations.models import (
    Change,
    Lineage,
    NewUnit,
    Passing,
    Reach,
    Reorganisation,
    Unit,
    UnitCode,
    UnitSize,
    UnitVersion,
)
from danvan.organisations.selectors.days import in_force
from danvan.organisations.selectors.reorganising.plan import Standing

# In these, a unit that gives something goes on with what it keeps.
KEEPING = frozenset({EventKind.SPLIT_OFF, EventKind.TERRITORY})


@dataclass(slots=True)
class Drafted:
    """The rows of a draft, read once. New units have the negative of their row's id."""

    reorganisation: Reorganisation
    new_units: list[NewUnit]
    passings: list[Passing]
    changes: list[Change]

    @property
    def given(self) -> dict[int, dict[int, Passing]]:
        """What passes, by giver and taker."""
        found: dict[int, dict[int, Passing]] = {}
        for row in self.passings:
            taker = row.successor_id or -(row.successor_new_id or 0)
            found.setdefault(row.predecessor_id, {})[taker] = row
        return found

    @property
    def ended(self) -> list[int]:
        """The units that pass themselves on and keep nothing."""
        if self.reorganisation.kind in KEEPING | {EventKind.REWEIGH}:
            return []
        return [giver for giver, takers in self.given.items() if giver not in takers]

    @property
    def named(self) -> set[int]:
        """Every unit that the draft names."""
        found = {row.predecessor_id for row in self.passings} | {
            row.unit_id for row in self.changes
        }
        found |= {row.successor_id for row in self.passings if row.successor_id}
        found |= {row.parent_id for row in self.changes if row.parent_id}
        found |= {row.parent_id for row in self.new_units if row.parent_id}
        return found | {row.place_id for row in self.new_units if row.place_id}


def read_draft(reorganisation: Reorganisation) -> Drafted:
    """The draft with its rows. Three queries."""
    return Drafted(
        reorganisation,
        list(NewUnit.objects.filter(reorganisation=reorganisation)),
        list(Passing.objects.filter(reorganisation=reorganisation)),
        list(Change.objects.filter(reorganisation=reorganisation)),
    )


@dataclass(slots=True)
class Ground:
    """The units concerned as they stand on the day, before the reorganisation."""

    on: date
    units: dict[int, Unit] = field(default_factory=dict)
    versions: dict[int, UnitVersion] = field(default_factory=dict)
    standing: dict[int, Standing] = field(default_factory=dict)
    later: dict[int, list[UnitVersion]] = field(default_factory=lambda: defaultdict(list))
    twice: set[int] = field(default_factory=set)  # with two versions on the day
    seen: dict[int, UnitVersion] = field(default_factory=dict)  # any version, to name a unit by
    kinds_at: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    bodies_at: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    children: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[int, list[UnitSize]] = field(default_factory=lambda: defaultdict(list))
    codes: dict[int, UnitCode] = field(default_factory=dict)
    under_scope: set[int] = field(default_factory=set)
    lineage: list[Lineage] = field(default_factory=list)  # of that day or later, of the units named

    def name(self, unit: int) -> str:
        """What a unit is called on the day, else at another time."""
        version = self.versions.get(unit) or self.seen.get(unit)
        return version.name if version else f"Đơn vị số {unit}"

    def organisations_at(self, place: int) -> list[int]:
        """The organisations that stand in a place, in order of kind and id."""
        return self.bodies_at[place]

    def read(self, rows: Iterable[UnitVersion]) -> None:
        """Take in versions: those of the day, and those after it."""
        for version in rows:
            unit = version.unit_id
            self.seen.setdefault(unit, version)
            if version.valid_from > self.on:
                self.later[unit].append(version)
            elif (version.valid_to or FOREVER) > self.on:
                if unit in self.versions and self.versions[unit].pk != version.pk:
                    self.twice.add(unit)
                self.versions[unit] = version
                self.standing[unit] = standing_of(version)

    def index(self) -> None:
        """Note who stands in and under whom, once everything is read."""
        for unit, one in sorted(self.standing.items()):
            if one.kind and one.place:
                self.kinds_at[one.place, one.kind].append(unit)
                self.bodies_at[one.place].append(unit)
            elif not one.kind and one.parent:
                self.children[one.parent].append(unit)


def standing_of(version: UnitVersion) -> Standing:
    """The part of a version that a reorganisation may change."""
    return Standing(
        name=version.name,
        bare=version.bare,
        type_word=version.type_word,
        level=version.level,
        kind=version.kind,
        parent=version.parent_id,
        place=version.place_id,
        area_km2=version.area_km2,
    )


def read_ground(draft: Drafted) -> Ground:
    """Read the register around a draft. Ten queries, whatever the number of units."""
    on = draft.reorganisation.effective_on
    ground = Ground(on)
    named = draft.named
    ground.read(UnitVersion.objects.filter(unit_id__in=named).order_by("valid_from"))
    living = Q(valid_to=None) | Q(valid_to__gt=on)
    ended = draft.ended
    deep, shallow = _tops(draft, ground)
    _read_below(ground, living, ended, deep, shallow)
    _read_above(ground, living, named)
    ground.index()
    ground.units = Unit.objects.in_bulk([*{*ground.standing, *named}])
    _read_facts(ground, draft, named)
    return ground


def _tops(draft: Drafted, ground: Ground) -> tuple[set[int], set[int]]:
    """Places under which everything may be concerned, and places of which only the organisations are."""
    deep: set[int] = set()
    shallow: set[int] = set()
    for giver, takers in draft.given.items():
        deep |= {unit for unit in (giver, *takers) if unit > 0}
    for change in draft.changes:
        moves = change.parent_id or change.parent_new_id or change.level
        (deep if moves else shallow).add(change.unit_id)
    deep |= {row.place_id for row in draft.new_units if row.place_id}
    found = ground.standing
    places = {unit for unit in deep if unit in found and found[unit].is_place}
    seats = {
        found[unit].place or 0 for unit in deep | shallow if unit in found and found[unit].kind
    }
    return places, shallow | seats


def _read_below(
    ground: Ground, living: Q, ended: list[int], deep: set[int], shallow: set[int]
) -> None:
    below = Reach.objects.filter(in_force(ground.on), top_id__in=deep, follows=Follows.PLACE)
    within = Q(unit_id__in=below.values("unit_id")) | Q(place_id__in=shallow)
    closing = UnitVersion.objects.filter(in_force(ground.on), place_id__in=ended)
    led = Q(parent_id__in=ended) | Q(parent_id__in=closing.values("unit_id"))
    ids = UnitVersion.objects.filter(living).filter(within | led).values("unit_id")
    ground.read(
        UnitVersion.objects.filter(living, unit_id__in=ids).order_by("unit_id", "valid_from")
    )


def _read_above(ground: Ground, living: Q, named: set[int]) -> None:
    """Everything above what was read, with the organisations that stand there."""
    found = ground.standing
    places = {one.place or 0 for one in found.values() if one.kind}
    lowest = {unit for unit in {*named, *places} if unit not in found or found[unit].is_place}
    above = Reach.objects.filter(in_force(ground.on), unit_id__in=lowest, follows=Follows.PLACE)
    tops = [*set(above.values_list("top_id", flat=True)) | lowest]
    at = Q(unit_id__in=tops) | Q(place_id__in=tops)
    ground.read(UnitVersion.objects.filter(living).filter(at).order_by("unit_id", "valid_from"))


def _read_facts(ground: Ground, draft: Drafted, named: set[int]) -> None:
    """Sizes, codes, what lies in the scope, and what passed on the day or since."""
    on = ground.on
    seats = {one.place for unit, one in ground.standing.items() if unit in named and one.place}
    for size in UnitSize.objects.filter(unit_id__in=named | seats, counted_on__lte=on).order_by(
        "unit_id", "-counted_on", "-pk"
    ):
        ground.sizes[size.unit_id].append(size)
    codes = UnitCode.objects.filter(in_force(on), system="gso", unit_id__in=named)
    ground.codes = {code.unit_id: code for code in codes}
    scope = Reach.objects.filter(
        in_force(on), top=draft.reorganisation.scope_id, unit_id__in=named, follows=Follows.PLACE
    )
    ground.under_scope = set(scope.values_list("unit_id", flat=True))
    concerned: Any = [*{*ground.standing, *named}]
    ground.lineage = list(
        Lineage.objects.filter(
            Q(predecessor_id__in=concerned) | Q(successor_id__in=concerned), happened_on__gte=on
        ).order_by("pk")
    )
