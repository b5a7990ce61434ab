"""Whose records count for a place in a reading. A record is one thing: it goes whole to one unit, and is never shared out."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from danvan.foundation.periods import Every, Period
from danvan.organisations.enums import Follows, Level
from danvan.organisations.models import Unit, UnitVersion
from danvan.organisations.selectors.reaching import every_unit, spans_under, units_under
from danvan.organisations.selectors.readings import Reading, destinations, origins


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
        return spans.order_by().values("unit_id")
    under = units_under([place_id], on=reading.on, follows=Follows.PLACE, heirs=True)
    later = _later(place_id, reading, since, until) if until > reading.on else set()
    if not later:
        return under
    found: QuerySet[Any, Any] = Unit.objects.filter(Q(pk__in=under) | Q(pk__in=later))
    return found.annotate(unit_id=F("pk")).values("unit_id")


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
