"""The villages of a commune on a day, with how many people live there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from danvan.organisations.enums import Level
from danvan.organisations.models import UnitVersion
from danvan.organisations.naming import bare_name
from danvan.organisations.selectors.days import in_force
from danvan.organisations.selectors.sizing import Size, sizes_on
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


def villages_of(commune_ids: Iterable[int], *, on: date) -> list[VillageOnDay]:
    """The villages that stood in these communes on a day, commune by commune in the order of their names.

    Three queries.
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
    return [_on_day(version, sizes[version.unit_id]) for version in versions]


def _on_day(version: UnitVersion, size: Size) -> VillageOnDay:
    return VillageOnDay(
        id=version.unit_id,
        name=version.name,
        type_word=version.type_word,
        commune_id=version.parent_id or 0,
        decision=version.decision,
        since=version.valid_from if version.start_known else None,
        households=size.households,
        population=size.population,
        counted_on=size.counted_on,
        source=size.source,
    )
