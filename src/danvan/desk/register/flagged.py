"""The places under one condition (remote, border, island) at or below a place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from danvan.foundation.lists import Page, page_of
from danvan.organisations.selectors import UnitOnDay, last_names
from danvan.organisations.selectors.days import as_on_day, codes_on
from danvan.organisations.selectors.standing import flagged_under, flags_on


@dataclass(frozen=True, slots=True)
class FlaggedPlace:
    """One place with its code, the place above it, and by what decision since when it is so."""

    unit: UnitOnDay
    code: str
    above: str
    flag: Any


@dataclass(frozen=True, slots=True)
class Flagged:
    """One page of such places."""

    page: Page
    places: tuple[FlaggedPlace, ...]


def flagged_places(top_id: int, kind: str, day: date, asked: Mapping[str, Any]) -> Flagged:
    """The places at or below `top_id` that are under a condition on a day, a page at a time. Five queries."""
    page = page_of(flagged_under(top_id, kind, day), asked, order=("bare", "unit_id"), size=50)
    units = [as_on_day(version) for version in page.rows]
    ids = [unit.id for unit in units]
    codes, flags = codes_on(ids, day), flags_on(ids, day)
    names = last_names([unit.parent_id for unit in units if unit.parent_id], day)
    return Flagged(
        page,
        tuple(
            FlaggedPlace(
                unit,
                codes.get(unit.id, ""),
                names.get(unit.parent_id or 0, ""),
                next(flag for flag in flags[unit.id] if flag.kind == kind),
            )
            for unit in units
        ),
    )
