"""What the register's pages show, put together from the selectors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from danvan.foundation import clock
from danvan.organisations.selectors import (
    KNOWN_FROM,
    MERGED_ON,
    Branch,
    Card,
    Census,
    UnitOnDay,
    UnitRow,
    card,
    census,
    children,
    find_nearest,
    find_units,
    path_to,
    top_unit,
    unit_on,
)
from danvan.vietnamese.dates import format_date


@dataclass(frozen=True, slots=True)
class Tree:
    """One level of the country on a day. `top` is None where the unit asked for did not stand then."""

    top: UnitOnDay | None
    gone: Card | None
    path: tuple[UnitOnDay, ...] = ()
    branches: tuple[Branch, ...] = ()
    census: Census | None = None

    @property
    def has_districts(self) -> bool:
        """Whether the district level stood below on that day."""
        return bool(self.census and self.census.districts)


def read_tree(unit_id: int | None, day: date) -> Tree | None:
    """The places directly below one place on a day; below the top unit where none is named.

    None where there is no such unit at all. A constant number of queries.
    """
    if unit_id is None:
        if day < KNOWN_FROM:
            return Tree(None, None)
        unit_id = top_unit(on=day).id
    top = unit_on(unit_id, day)
    if top is None:
        gone = card(unit_id, on=day)
        return Tree(None, gone) if gone else None
    return Tree(
        top=top,
        gone=None,
        path=tuple(path_to(unit_id, on=day)),
        branches=tuple(children(unit_id, on=day)),
        census=census(unit_id, on=day),
    )


def named(names: Iterable[str], shown: int = 6) -> str:
    """Several names in one line, the further ones counted."""
    known = list(names)
    more = f" và {len(known) - shown} đơn vị khác" if len(known) > shown else ""
    return ", ".join(known[:shown]) + more


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One answer of the type-ahead with a note in words where the unit has ended."""

    id: int
    name: str
    context: str
    note: str
    successors: tuple[tuple[int, str], ...]


def find_rows(
    words: str,
    day: date,
    *,
    levels: list[str],
    kinds: list[str],
    within: QuerySet[Any, Any] | None,
    near: Iterable[int] = (),
) -> list[FoundRow]:
    """The units that people mean by `words`, each ended one with who took over; those at `near` and around it first."""
    if near and within is None:
        found = find_nearest(words[:200], units=near, on=day, levels=levels, kinds=kinds)
    else:
        found = find_units(words[:200], on=day, levels=levels, kinds=kinds, within=within)
    return [FoundRow(r.id, r.name, r.context, _note(r), r.successors) for r in found]


def find_rows_since(words: str, day: date) -> list[FoundRow]:
    """The units of today that people mean by `words`, where they look at a day before: a new name on an old day."""
    today = clock.today()
    return [] if day >= today else find_rows(words, today, levels=[], kinds=[], within=None)


def _note(row: UnitRow) -> str:
    if row.ended_on is None:
        return ""
    last = format_date(row.ended_on - timedelta(days=1))
    heirs = named((name for _, name in row.successors), shown=3)
    return f"đến {last}, nay là {heirs}" if heirs else f"đến {last}"


def known_days(today: date) -> list[tuple[str, date]]:
    """Days worth a link: today, the last day before the merger, the first after it."""
    before = MERGED_ON - timedelta(days=1)
    return [("Hôm nay", today), ("Trước sắp xếp", before), ("Sau sắp xếp", MERGED_ON)]
