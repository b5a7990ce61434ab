"""How large places are: the latest count of people and households, and the area, each as far as it is known."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from danvan.organisations.models import UnitSize, UnitVersion
from danvan.organisations.selectors.days import in_force


@dataclass(frozen=True, slots=True)
class Size:
    """What is known of a place on a day; None is unknown. `counted_on` and `source` are of the people counted."""

    population: int | None = None
    households: int | None = None
    area_km2: Decimal | None = None
    counted_on: date | None = None
    source: str = ""


def sizes_on(unit_ids: Collection[int], day: date) -> dict[int, Size]:
    """The size of each unit as known on `day`; none is left out. Two queries.

    People and households are each the latest known of that day or before.
    """
    versions = UnitVersion.objects.filter(in_force(day), unit_id__in=unit_ids)
    areas = dict(versions.values_list("unit_id", "area_km2"))
    counted = UnitSize.objects.filter(unit_id__in=unit_ids, counted_on__lte=day)
    rows: dict[int, list[UnitSize]] = {}
    for row in counted.order_by("unit_id", "-counted_on", "-pk"):
        rows.setdefault(row.unit_id, []).append(row)
    return {unit: _size(rows.get(unit, []), areas.get(unit)) for unit in unit_ids}


def _size(rows: list[UnitSize], area: Decimal | None) -> Size:
    people = next((row for row in rows if row.population is not None), None)
    homes = next((row for row in rows if row.households is not None), None)
    told = people or homes
    return Size(
        population=people.population if people else None,
        households=homes.households if homes else None,
        area_km2=area,
        counted_on=told.counted_on if told else None,
        source=told.source if told else "",
    )
