"""The place that people mean by what they type: a commune of today, found by old names and without tones."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from danvan.foundation import clock
from danvan.organisations.enums import Level
from danvan.organisations.selectors import (
    Position,
    find_units,
    last_names,
    places_at,
    positions,
    top_unit,
    units_under,
)
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.text import fold

SHOWN = 8


@dataclass(frozen=True, slots=True)
class PlaceMeant:
    """One place that may be meant: what it is called, and what it was called before where it was found by that."""

    id: int
    name: str
    note: str = ""

    @property
    def label(self) -> str:
        """As it stands in a list."""
        return f"{self.name} ({self.note})" if self.note else self.name


@dataclass(frozen=True, slots=True)
class PlaceOnMap:
    """A commune where it lies, in hundredths of the map: from the left, and from the top."""

    id: int
    name: str
    left: float
    top: float


def places_meant(words: str) -> list[PlaceMeant]:
    """The communes of today that the words may mean, the best first; one of an old name stands as who took it over."""
    today = clock.today()
    found = find_units(
        words.partition(",")[0], on=today, levels=[Level.COMMUNE], kinds=[""], within=ours(), limit=SHOWN
    )  # fmt: skip
    meant: dict[int, PlaceMeant] = {}
    for one in found:
        if one.ended_on is None:
            meant[one.id] = PlaceMeant(one.id, one.name, one.context)
        for pk, name in one.successors if one.ended_on else ():
            meant.setdefault(pk, PlaceMeant(pk, name, f"trước là {one.name}"))
    return list(meant.values())


def place_typed(words: str) -> tuple[int | None, list[PlaceMeant]]:
    """The one place that the words mean, or those among which to choose. Nothing typed: neither."""
    if not words.strip():
        return None, []
    found = places_meant(words)
    said = fold(words).strip()
    same = [one for one in found if said in (fold(one.name), fold(one.label))]
    if len(found) == 1 or len(same) == 1:
        return (same or found)[0].id, []
    return None, found


def place_name(place_id: int) -> str:
    """What a place is called; empty for one that is none of ours."""
    if not ours().filter(unit_id=place_id).exists():
        return ""
    return last_names([place_id], clock.today()).get(place_id, "")


def communes_on_map() -> list[PlaceOnMap]:
    """Where the communes of this province lie; none where this installation serves the whole country."""
    today, top = clock.today(), top_unit()
    if top.level != Level.PROVINCE:
        return []
    here = places_at([Level.COMMUNE], on=today).filter(unit_id__in=units_under([top.id], on=today))
    lying = positions(here, today)
    names = last_names(lying, today)
    return sorted(_drawn(lying, names), key=lambda one: sort_key(one.name))


def nearest_on_map(left: float, top: float) -> PlaceOnMap | None:
    """The commune nearest to a point of the map, in hundredths."""
    found = communes_on_map()
    return min(found, key=lambda one: (one.left - left) ** 2 + (one.top - top) ** 2, default=None)


def _drawn(lying: dict[int, Position], names: dict[int, str]) -> list[PlaceOnMap]:
    if not lying:
        return []
    east = [float(one.longitude) for one in lying.values()]
    north = [float(one.latitude) for one in lying.values()]
    width, height = max(east) - min(east) or 1.0, max(north) - min(north) or 1.0
    return [
        PlaceOnMap(
            pk, names[pk],
            round(4 + 92 * (float(one.longitude) - min(east)) / width, 1),
            round(4 + 92 * (max(north) - float(one.latitude)) / height, 1),
        )
        for pk, one in lying.items()
    ]  # fmt: skip


def ours() -> QuerySet[Any, Any]:
    """The units of this installation; RuleError where there is no register yet."""
    return units_under([top_unit().id], on=clock.today())
