"""The villages of a commune on a day, with how many people live there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from danvan.organisations.enums import Level
from danvan.organisations.models import UnitSize, UnitVersion
from danvan.organisations.naming import bare_name
from danvan.organisations.selectors.days import in_force
from danvan.vietnamese.collation import sort_key


@dataclass(frozen=True, slots=True)
class VillageOnDay:
    """One village: what it was on the day, and the last count of its people up to then."""

    id: int
    name: str
    type_word: str
    commune_id: int
    decision: str
    since: date | None  # None: it was there before the register knew since when
    households: int | None
    population: int | None
    counted_on: date | None
    source: str


def sizes_on(unit_ids: Iterable[int], day: date) -> dict[int, UnitSize]:
    """The last count of people and households of these places up to a day, by place. One query."""
    rows = UnitSize.objects.filter(unit_id__in=list(unit_ids), counted_on__lte=day)
    return {row.unit_id: row for row in rows.order_by("counted_on", "pk")}


def villages_of(commune_ids: Iterable[int], *, on: date) -> list[VillageOnDay]:
    """The villages that stood in these communes on a day, commune by commune in the order of their names.

    Two queries.
    """
    versions = list(
        UnitVersion.objects.filter(
            in_force(on), level=Level.VILLAGE, kind="", parent_id__in=list(commune_ids)
        )
    )
    sizes = sizes_on([version.unit_id for version in versions], on)
    versions.sort(
        key=lambda one: (
            one.parent_id or 0,
            one.type_word,
            sort_key(bare_name(one.name, one.type_word)),
            one.unit_id,
        )
    )
    return [_on_day(version, sizes.get(version.unit_id)) for version in versions]


def _on_day(version: UnitVersion, size: UnitSize | None) -> VillageOnDay:
    return VillageOnDay(
        id=version.unit_id,
        name=version.name,
        type_word=version.type_word,
        commune_id=version.parent_id or 0,
        decision=version.decision,
        since=version.valid_from if version.start_known else None,
        households=size.households if size else None,
        population=size.population if size else None,
        counted_on=size.counted_on if size else None,
        source=size.source if size else "",
    )
