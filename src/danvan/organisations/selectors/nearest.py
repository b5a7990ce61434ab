"""Finding units by what people type, those near to who types first."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.organisations.enums import Follows, Level
from danvan.organisations.models import Reach, UnitVersion
from danvan.organisations.selectors.days import in_force, units_on
from danvan.organisations.selectors.finding import UnitRow, find_units
from danvan.organisations.selectors.reaching import units_under


def find_nearest(
    words: str,
    *,
    units: Iterable[int],
    on: date,
    levels: Iterable[str] = (),
    kinds: Iterable[str] = (),
    limit: int = 10,
) -> list[UnitRow]:
    """As `find_units`, those at or below the places of `units` first, then those of the same province, then all others."""
    wanted_levels, wanted_kinds = list(levels), list(kinds)
    found: dict[int, UnitRow] = {}
    for within in (*_rings(units, on), None):
        rows = find_units(
            words, on=on, levels=wanted_levels, kinds=wanted_kinds, within=within, limit=limit
        )
        for row in rows:
            found.setdefault(row.id, row)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def _rings(units: Iterable[int], on: date) -> list[QuerySet[Any, Any]]:
    """The units of the places themselves, then of their provinces. Two queries."""
    stood = units_on(units, on).values()
    places = {one.id if one.is_place else one.place_id or one.id for one in stood}
    above = Reach.objects.filter(in_force(on), unit_id__in=places, follows=Follows.PLACE)
    tops = UnitVersion.objects.filter(in_force(on), unit_id__in=above.values("top_id"))
    levels = dict(tops.values_list("unit_id", "level"))
    own = {pk for pk in places if levels.get(pk) != Level.COUNTRY}
    provinces = {pk for pk, level in levels.items() if level == Level.PROVINCE}
    return [units_under(ring, on=on) for ring in (own, provinces - own) if ring]
