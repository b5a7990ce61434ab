"""Whose records count for a place in a reading. A record is one thing: it goes whole to one unit, and is never shared out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from danvan.foundation.periods import Every, Period
from danvan.organisations.enums import Follows, Level, Way
from danvan.organisations.models import Lineage, Reach, Unit, UnitVersion
from danvan.organisations.selectors.days import in_force, last_names, units_on
from danvan.organisations.selectors.inheriting import successors_on
from danvan.organisations.selectors.reaching import every_unit, spans_under, units_under
from danvan.organisations.selectors.readings import Reading, destinations, origins
from danvan.organisations.selectors.spans import lives_of

NAMED = 1_000  # units that are named one by one; of more, all are read
ALONE = "rieng"  # in the address of a list: of the unit itself, and of nothing at or below it
WITHOUT = "khong"  # in the address of a list: without the units before those asked for


def whose_records(
    place_id: int, reading: Reading, *, since: date, until: date
) -> QuerySet[Any, Any]:
    """Ids of the units whose records of the days from `since` to `until` count for a place. Lazy.

    *As it was then*: all that stood at or under it on any of these days. *As on a day*: those that stood there
    on it, those before them whose matters passed there, and later ones that took over the most from any of
    them. Under the country it is every unit.
    """
    if _is_country(place_id):
        return every_unit()
    if reading.on is None:
        spans = spans_under([place_id], since=since, until=until + timedelta(days=1))
        stood: QuerySet[Any, Any] = spans.order_by().values("unit_id")
        return stood
    under: QuerySet[Any, Any] = units_under(
        [place_id], on=reading.on, follows=Follows.PLACE, heirs=True
    )
    later = _later(place_id, reading, since, until) if until > reading.on else set()
    if not later:
        return under
    found: QuerySet[Any, Any] = Unit.objects.filter(Q(pk__in=under) | Q(pk__in=later))
    named: QuerySet[Any, Any] = found.annotate(unit_id=F("pk")).values("unit_id")
    return named


def _is_country(place_id: int) -> bool:
    return UnitVersion.objects.filter(unit_id=place_id, level=Level.COUNTRY, kind="").exists()


def _later(place_id: int, reading: Reading, since: date, until: date) -> set[int]:
    """Units founded after the reading's day, of which the largest part was at or under the place on that day."""
    assert reading.on is not None
    days = _month_ends(max(since, reading.on), until)
    flows = origins([place_id], reading, days)
    met = {unit for day in days for unit in flows.get((place_id, day), {})}
    told = _standing(met, reading.on)
    largest: dict[int, int] = {}
    for day in reversed(days):
        new = [unit for unit in flows.get((place_id, day), {}) if unit not in told]
        told |= set(new)
        for unit, shares in destinations(new, day, reading).items() if new else ():
            if shares:
                largest[unit] = min(shares, key=lambda one: (-shares[one], one))
    under = _under(place_id, set(largest.values()), reading.on)
    return {unit for unit, one in largest.items() if one in under}


def _month_ends(since: date, until: date) -> list[date]:
    """The last days of the months between two days, and the second day itself."""
    found, month = [until], Period.containing(until, Every.MONTH)
    while (before := month.first - timedelta(days=1)) >= since:
        found.append(before)
        month = Period.containing(before, Every.MONTH)
    return found[::-1]


def _standing(unit_ids: Collection[int], on: date) -> set[int]:
    there = Unit.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on), founded_on__lte=on)
    return set(there.filter(pk__in=list(unit_ids)).values_list("pk", flat=True))


def _under(place_id: int, unit_ids: Collection[int], on: date) -> set[int]:
    reached = units_under([place_id], on=on, follows=Follows.PLACE)
    return set(reached.filter(unit_id__in=unit_ids).values_list("unit_id", flat=True))


def found_under(unit_id: int, *, on: date, before: bool = True) -> QuerySet[Any, Any]:
    """Ids of the units whose records a list finds under a unit on a day. Lazy but for what took over from an ended unit.

    All at or below it, by place or by line, and (`before`) the ended units before those. A unit that has ended
    stands for the units that took over from it; without those before, for itself.
    """
    ended = lives_of([unit_id])[unit_id].ended_on
    if ended and ended <= on:
        if not before:
            return units_under([unit_id], on=ended - timedelta(days=1))
        heirs = [one.id for one in successors_on(unit_id, on)]
        return units_under([unit_id, *heirs], on=on, heirs=True)
    return units_under([unit_id], on=on, heirs=before)


def found_under_each(
    unit_ids: Collection[int], *, on: date, among: Collection[int]
) -> dict[int, set[int]]:
    """Which of the units `among` are those that `found_under` finds under each of several that stand on the day. One query."""
    found: dict[int, set[int]] = {pk: set() for pk in unit_ids}
    rows = Reach.objects.filter(in_force(on), follows__in=Way.values)
    reached = rows.filter(top_id__in=list(unit_ids)).order_by()
    if len(among) <= NAMED:
        reached = reached.filter(unit_id__in=list(among))
    for top, unit in reached.values_list("top_id", "unit_id"):
        if unit in among:
            found[top].add(unit)
    return found


def stood_before(unit_id: int, *, on: date) -> bool:
    """Whether there were units before those at or under this one, or it has ended itself. One query."""
    passed = Reach.objects.filter(
        in_force(on), top_id=OuterRef("pk"), follows__in=(Way.HEIR_PLACE, Way.HEIR_LINE)
    )
    return Unit.objects.filter(Q(ended_on__lte=on) | Exists(passed), pk=unit_id).exists()


def told_names(unit_ids: Collection[int], *, on: date) -> dict[int, str]:
    """A name for every unit as a list tells it: of an ended one the last it had, with who it is now. Two queries."""
    links = Lineage.objects.filter(
        predecessor_id__in=list(unit_ids),
        predecessor__ended_on__lte=on,
        happened_on=F("predecessor__ended_on"),  # not who was given land before
    )
    heirs: dict[int, list[int]] = {}
    for old, new in links.order_by("-weight", "successor_id").values_list(
        "predecessor_id", "successor_id"
    ):
        heirs.setdefault(old, []).append(new)
    names = last_names({*unit_ids, *(one for found in heirs.values() for one in found)}, on)
    return {
        pk: f"{names[pk]} (nay là {', '.join(names[one] for one in heirs[pk])})"
        if pk in heirs
        else names[pk]
        for pk in unit_ids
        if pk in names
    }


@dataclass(frozen=True, slots=True)
class CountedFor:
    """The one unit for which the records of a unit that does not stand on a day count. `whole` unless it was divided."""

    unit_id: int
    whole: bool


def counted_for(
    unit_ids: Collection[int], *, on: date, since: date, until: date
) -> dict[int, CountedFor]:
    """Whose records of the days from `since` to `until` count for each of these units on a day, beside its own.

    {unit that does not stand on the day: for which one its records count}. It is the one to which the largest part
    passed (of equal parts the one with the lower number), through every event between, and only where the two are of one kind
    and level: what a district did is not what a commune did. A unit that stands keeps what is its own. With nothing
    passed one query, two where the day lies within the days asked.
    """
    lived = _passed_here(unit_ids, on=on, since=since) if since < on else {}
    if until > on:
        lived |= _came_from_here(unit_ids, on=on, until=until)
    found: dict[int, CountedFor] = {}
    for day in sorted(set(lived.values())):
        flows = destinations([unit for unit, at in lived.items() if at == day], day, Reading(on))
        for unit, shares in flows.items():
            if shares:
                largest = min(shares, key=lambda one: (-shares[one], one))
                found[unit] = CountedFor(largest, len(shares) == 1)
    asked = set(unit_ids)
    found = {unit: one for unit, one in found.items() if one.unit_id in asked}
    there = units_on({one.unit_id for one in found.values()}, on) if found else {}
    kinds = {
        unit: (row.kind, row.level)
        for day in {lived[unit] for unit in found}
        for unit, row in units_on([one for one in found if lived[one] == day], day).items()
    }
    return {
        unit: one
        for unit, one in found.items()
        if kinds[unit] == (there[one.unit_id].kind, there[one.unit_id].level)
    }


def _passed_here(unit_ids: Collection[int], *, on: date, since: date) -> dict[int, date]:
    """The ended units before these, with the last day of each."""
    found: dict[int, date] = {}
    met, asked = set(unit_ids), set(unit_ids)
    rows = Lineage.objects.filter(happened_on__gt=since, happened_on__lte=on)
    while asked:
        kin = rows.filter(successor_id__in=asked).values_list(
            "predecessor_id", "predecessor__ended_on"
        )
        onward = {unit: ended for unit, ended in kin if unit not in met}
        found |= {
            unit: ended - timedelta(days=1)
            for unit, ended in onward.items()
            if ended and ended <= on
        }
        met |= onward.keys()
        asked = set(onward)
    return found


def _came_from_here(unit_ids: Collection[int], *, on: date, until: date) -> dict[int, date]:
    """The units founded after the day that came from these, with the first day of each."""
    found: dict[int, date] = {}
    met, asked = set(unit_ids), set(unit_ids)
    rows = Lineage.objects.filter(happened_on__gt=on, happened_on__lte=until, back_weight__gt=0)
    while asked:
        kin = rows.filter(predecessor_id__in=asked).values_list(
            "successor_id", "successor__founded_on"
        )
        onward = {unit: founded for unit, founded in kin if unit not in met}
        found |= {unit: founded for unit, founded in onward.items() if founded > on}
        met |= onward.keys()
        asked = set(onward)
    return found
