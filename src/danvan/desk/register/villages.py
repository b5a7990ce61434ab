"""The page of villages: those of a commune with their people, or how many each place below has."""

from dataclasses import dataclass
from datetime import date

from danvan.organisations.enums import Level
from danvan.organisations.selectors import (
    Branch,
    UnitOnDay,
    children,
    codes_on,
    path_to,
    population,
    unit_on,
    units_on,
)
from danvan.organisations.selectors.villages import VillageOnDay, villages_of


@dataclass(frozen=True, slots=True)
class VillagesPage:
    """A place on a day with its villages (a commune) or the places below it and how many each has."""

    unit: UnitOnDay
    path: tuple[UnitOnDay, ...]
    villages: tuple[VillageOnDay, ...]
    branches: tuple[Branch, ...]

    @property
    def is_commune(self) -> bool:
        """Whether the villages themselves are shown."""
        return self.unit.level == Level.COMMUNE

    @property
    def households(self) -> int | None:
        """The households of all villages that are known; None where none is."""
        known = [one.households for one in self.villages if one.households is not None]
        return sum(known) if known else None

    @property
    def people(self) -> int | None:
        """The people of all villages that are known; None where none is."""
        known = [one.population for one in self.villages if one.population is not None]
        return sum(known) if known else None

    @property
    def uncounted(self) -> int:
        """How many villages have no count of their people."""
        return sum(one.population is None for one in self.villages)


def read_villages_page(unit_id: int, day: date) -> VillagesPage | None:
    """The villages of a place on a day; None where it is no place that stood then, or a village itself."""
    unit = unit_on(unit_id, day)
    if unit is None or not unit.is_place or unit.level == Level.VILLAGE:
        return None
    commune = unit.level == Level.COMMUNE
    return VillagesPage(
        unit=unit,
        path=tuple(path_to(unit_id, on=day)),
        villages=tuple(villages_of([unit_id], on=day)) if commune else (),
        branches=() if commune else tuple(children(unit_id, on=day)),
    )


def communes_at(unit_id: int, day: date) -> dict[int, tuple[str, str]]:
    """The communes at or below a place on a day: code and name by id, in the order of the codes. Three queries."""
    ids = list(population("", [Level.COMMUNE], unit_id, on=day))
    codes, units = codes_on(ids, day), units_on(ids, day)
    found = {pk: (codes.get(pk, ""), units[pk].name) for pk in ids}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))
