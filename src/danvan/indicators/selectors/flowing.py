"""Whose values of a month make the figure of a unit, in each reading."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import Q

from danvan.indicators.selectors.cube import TOPS, month_of
from danvan.organisations.enums import Follows, Level
from danvan.organisations.selectors import spans_under, units_under
from danvan.organisations.selectors.readings import Reading, origins
from danvan.organisations.selectors.spans import UnitSpan, spans_levelled, spans_of

HALF = Fraction(1, 2)
Shares = Mapping[int, Fraction]


@dataclass(frozen=True, slots=True)
class Inflow:
    """Whose values of one month flow into a unit.

    All that stood at or under the places `under` as the month ended, whole; but of each unit in `shares` that share
    and no other (0: nothing), under them or not; `inside` are those of them that stood under. `celled` where the cube
    has cells of all places `under`.
    """

    first: date
    under: frozenset[int] = frozenset()
    shares: Shares = field(default_factory=dict)
    inside: frozenset[int] = frozenset()
    celled: bool = True

    @property
    def rows(self) -> Q:
        """The values that flow in, as a filter on values."""
        units = Q(pk__in=[])
        if self.under:
            day = month_of(self.first).last
            reached = Q(unit_id__in=units_under(self.under, on=day, follows=Follows.PLACE))
            units |= reached & ~Q(unit_id__in=sorted(self.inside)) if self.inside else reached
        if flowing := [unit for unit, share in self.shares.items() if share]:
            units |= Q(unit_id__in=sorted(flowing))
        return Q(first=self.first) & units

    def share_of(self, unit_id: int) -> Fraction:
        """What share of a value that is among `rows` flows in."""
        return self.shares.get(unit_id, Fraction(1))


Inflows = dict[tuple[int, date], Inflow]  # by unit and first day of the month


def inflows(unit_ids: Collection[int], firsts: Collection[date], reading: Reading) -> Inflows:
    """Whose values of each month flow into each unit. A constant number of queries, beside those of `origins`."""
    spans: dict[int, list[UnitSpan]] = defaultdict(list)
    for span in spans_of(unit_ids):
        spans[span.unit_id].append(span)
    wanted = {(unit, first): month_of(first).last for unit in unit_ids for first in firsts}
    if reading.on is None:
        return {
            (unit, first): Inflow(
                first, frozenset([unit]), celled=level_on(spans[unit], last) in TOPS
            )
            for (unit, first), last in wanted.items()
        }
    levels = {unit: level_on(spans[unit], reading.on) for unit in unit_ids}
    found, rest = {}, {}
    for (unit, first), last in wanted.items():
        if levels[unit] == Level.COUNTRY == level_on(spans[unit], last):
            found[unit, first] = Inflow(first, frozenset([unit]))
        else:
            rest[unit, first] = last
    shares = origins({unit for unit, _ in rest}, reading, set(rest.values())) if rest else {}
    tops = {key: last for key, last in rest.items() if levels[key[0]] in TOPS}
    for key, last in rest.items():
        if key not in tops:
            found[key] = Inflow(key[1], shares=shares.get((key[0], last), {}))
    if tops:
        found |= _of_tops(tops, shares)
    return found


def level_on(spans: Iterable[UnitSpan], day: date) -> str:
    """The level of a place on a day; empty where it did not stand or is no place."""
    return next((one.level for one in spans if one.holds_on(day) and not one.kind), "")


def _of_tops(
    wanted: Mapping[tuple[int, date], date],
    shares: Mapping[tuple[int, date], Shares],
) -> Inflows:
    """Provinces: those of the month that flow in for the greater part, corrected by the units that stray."""
    then: dict[int, list[UnitSpan]] = defaultdict(list)
    for span in spans_levelled([Level.PROVINCE]):
        then[span.unit_id].append(span)
    mostly: dict[tuple[int, date], frozenset[int]] = {}
    for (unit, first), last in wanted.items():
        taken = shares.get((unit, last), {})
        mostly[unit, first] = frozenset(
            top for top in then if taken.get(top, 0) > HALF and level_on(then[top], last)
        )
    standing = _Standing({top for tops in mostly.values() for top in tops}, list(wanted.values()))
    found: Inflows = {}
    strayed: dict[tuple[int, frozenset[int], int], tuple[Shares, frozenset[int]]] = {}
    for (unit, first), last in wanted.items():
        taken, tops = shares.get((unit, last), {}), mostly[unit, first]
        key = (id(taken), tops, standing.stretch(last))  # months alike are looked through once
        if key not in strayed:
            strayed[key] = _strays(taken, standing.under(tops, last))
        strays, inside = strayed[key]
        found[unit, first] = Inflow(first, tops, strays, inside)
    return found


def _strays(taken: Shares, under: Collection[int]) -> tuple[dict[int, Fraction], frozenset[int]]:
    """The units whose share is not what standing under the tops says (the whole under them, nothing elsewhere),
    and which of them stood there.
    """
    found = {unit: share for unit, share in taken.items() if share != 1 or unit not in under}
    found.update((unit, Fraction(0)) for unit in under if unit not in taken)
    return found, frozenset(unit for unit in found if unit in under)


class _Standing:
    """Which units stood under some places on some days, read once; days between which nothing changed are one stretch."""

    def __init__(self, top_ids: Collection[int], days: Sequence[date]) -> None:
        self._rows: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
        self._found: dict[tuple[int, int], set[int]] = {}
        since, until = min(days), month_of(max(days).replace(day=1)).end
        changed = set()
        for top, unit, start, end in spans_under(top_ids, since=since, until=until):
            self._rows[top].append((unit, start, end))
            changed |= {start, end}
        turns = sorted(day for day in changed if day is not None)
        self._stretch: dict[date, int] = {
            day: sum(turn <= day for turn in turns) for day in set(days)
        }

    def stretch(self, day: date) -> int:
        """The number of the stretch that a day is in."""
        return self._stretch[day]

    def under(self, top_ids: Iterable[int], day: date) -> set[int]:
        """The units at or under any of the places on a day."""
        found: set[int] = set()
        for top in top_ids:
            key = (top, self._stretch[day])
            if key not in self._found:
                self._found[key] = {
                    unit
                    for unit, start, end in self._rows[top]
                    if start <= day and (end is None or day < end)
                }
            found |= self._found[key]
        return found
