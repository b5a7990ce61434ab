"""The list of reorganisations: what each is about and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan.desk.reorganise.reading.drafts import Tone, tone_of
from danvan.foundation import clock
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.reorganising.lists import Sides, sides_of

if TYPE_CHECKING:
    from danvan.organisations.models import Reorganisation

NAMED = 3  # units of one side


@dataclass(frozen=True, slots=True)
class Line:
    """One reorganisation in the list."""

    reorganisation: "Reorganisation"
    place: str
    units: str
    state: Tone


def lines_of(found: Iterable["Reorganisation"]) -> list[Line]:
    """The rows with their units by name. Five queries for any number."""
    rows = list(found)
    sides = sides_of(rows)
    places = last_names({one.scope_id for one in rows}, clock.today())
    return [
        Line(one, places.get(one.scope_id, ""), _units(sides[one.pk]), tone_of(one.state))
        for one in rows
    ]


def _units(sides: Sides) -> str:
    if not sides.after or sides.after == sides.before:
        return _few(sides.before)
    if not sides.before:
        return f"lập {_few(sides.after)}"
    return f"{_few(sides.before)} → {_few(sides.after)}"


def _few(names: list[str]) -> str:
    more = len(names) - NAMED
    shown = ", ".join(names[:NAMED])
    return f"{shown} và {more} đơn vị khác" if more > 0 else shown
