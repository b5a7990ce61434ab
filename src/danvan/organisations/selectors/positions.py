"""Where places lie: the middle points that the register knows, for maps of tiles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from danvan.organisations.models import UnitVersion
from danvan.organisations.selectors.days import in_force


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """The middle point of a place, in degrees."""

    latitude: Decimal
    longitude: Decimal


def positions(place_ids: Iterable[int], on: date) -> dict[int, Position]:
    """The middle points of the places on a day, by id; one that the register knows none of is left out. One query."""
    versions = UnitVersion.objects.filter(in_force(on), unit_id__in=list(place_ids))
    rows = versions.values_list("unit_id", "latitude", "longitude")
    return {
        unit_id: Position(latitude, longitude)
        for unit_id, latitude, longitude in rows
        if latitude is not None and longitude is not None
    }
