"""The country on a day: how many units, and what stands below one of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from danvan.foundation import clock
from danvan.organisations.enums import Follows, Level
from danvan.organisations.models import Reach, UnitFlag, UnitVersion
from danvan.organisations.naming import bare_name
from danvan.organisations.selectors.days import UnitOnDay, as_on_day, codes_on, in_force
from danvan.organisations.selectors.standing import flags_on
from danvan.vietnamese.collation import sort_key

ORDER: list[str] = list(Level)


@dataclass(frozen=True, slots=True)
class Census:
    """How many places of each level and how many organisations stood at or below a place on a day."""

    provinces: int
    districts: int
    communes: int
    organisations: int
    villages: int = 0


@dataclass(frozen=True, slots=True)
class Branch:
    """A place on a day with its code, what stands directly and anywhere below it, and the conditions it is under."""

    unit: UnitOnDay
    code: str
    census: Census
    flags: tuple[UnitFlag, ...] = ()


def _below(tops: list[int], on: date) -> dict[int, dict[str, int]]:
    """For each place, how many units of each level (organisations under "") are below it. One query."""
    version = Q(unit__versions__valid_from__lte=on) & (
        Q(unit__versions__valid_to=None) | Q(unit__versions__valid_to__gt=on)
    )
    rows = (
        Reach.objects.filter(in_force(on), version, follows=Follows.PLACE, top_id__in=tops)
        .values_list("top_id", "unit__versions__level", "unit__versions__kind")
        .annotate(count=Count("pk"))
        .order_by()
    )
    found: dict[int, dict[str, int]] = {top: {} for top in tops}
    for top, level, kind, count in rows:
        key = "" if kind else level
        found[top][key] = found[top].get(key, 0) + count
    return found


def _census(counts: dict[str, int]) -> Census:
    return Census(
        provinces=counts.get(Level.PROVINCE, 0),
        districts=counts.get(Level.DISTRICT, 0),
        communes=counts.get(Level.COMMUNE, 0),
        organisations=counts.get("", 0),
        villages=counts.get(Level.VILLAGE, 0),
    )


def census(top_id: int, *, on: date) -> Census:
    """The counts at or below one place on a day. One query."""
    return _census(_below([top_id], on)[top_id])


def children(unit_id: int, *, on: date) -> list[Branch]:
    """The places directly below a place on a day, in Vietnamese order, with codes, counts and conditions. Four queries."""
    found = [
        as_on_day(version)
        for version in UnitVersion.objects.filter(in_force(on), parent_id=unit_id, kind="")
    ]
    ids = [unit.id for unit in found]
    codes, below = codes_on(ids, on), _below(ids, on)
    flags = flags_on(ids, on)
    branches = [
        Branch(unit, codes.get(unit.id, ""), _census(below[unit.id]), tuple(flags.get(unit.id, ())))
        for unit in found
    ]
    return sorted(
        branches,
        key=lambda branch: (
            sort_key(bare_name(branch.unit.name, branch.unit.type_word)),
            branch.code,
        ),
    )


def path_to(unit_id: int, *, on: date) -> list[UnitOnDay]:
    """The places above a unit on a day, the country first, the unit itself left out. One query."""
    above = Reach.objects.filter(in_force(on), unit_id=unit_id, follows=Follows.PLACE)
    found = [
        as_on_day(version)
        for version in UnitVersion.objects.filter(
            in_force(on), unit_id__in=above.exclude(top_id=unit_id).values("top_id")
        )
    ]
    return sorted(found, key=lambda unit: ORDER.index(unit.level))


def places_among(units: QuerySet[Any, Any], *, on: date | None = None) -> list[tuple[int, str]]:
    """The places among `units` on a day (today unless said), as choices: larger levels first, then by name."""
    day = on or clock.today()
    found = [
        as_on_day(version)
        for version in UnitVersion.objects.filter(in_force(day), kind="", unit_id__in=units)
    ]
    found.sort(
        key=lambda unit: (
            ORDER.index(unit.level),
            sort_key(bare_name(unit.name, unit.type_word)),
        )
    )
    return [(unit.id, unit.name) for unit in found]
