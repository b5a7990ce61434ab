"""Whose records count for a place in a reading. A record is one thing: it goes whole to one unit, and is never shared out."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from danvan.foundation.periods import Every, Period
from danvan.organisations.enums import Follows, Level, Way
from danvan.organisations.models import Lineage, Reach, Unit, UnitVersion
from danvan.organisations.selectors.days import in_force, last_names
from danvan.organisations.selectors.inheriting import successors_on
from danvan.organisations.selectors.reaching import every_unit, spans_under, units_under
from danvan.organisations.selectors.readings import Reading, destinations, origins
from danvan.organisations.selectors.spans import lives_of

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


def stood_before(unit_id: int, *, on: date) -> bool:
    """Whether there were units before those at or under this one, or it has ended itself. One query."""
    passed = Reach.objects.filter(
        in_force(on), top_id=OuterRef("pk"), follows__in=(Way.HEIR_PLACE, Way.HEIR_LINE)
    )
    return Unit.objects.filter(Q(ended_on__lte=on) | Exists(passed), pk=unit_id).exists()


def told_names(unit_ids: Collection[int], *, on: date) -> dict[int, str]:
    """A name for every unit as a list tells it: of an ended one the last it had, with who it is now. Two queries."""
    links = Lineage.objects.filter(predecessor_id__in=list(unit_ids), predecessor__ended_on__lte=on)
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
