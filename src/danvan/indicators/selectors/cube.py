"""The live cube: what its cells should hold, worked out from the values, and whether they do."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum

from danvan.foundation import planner
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval
from danvan.indicators.exact import Millionths, Whole, joined, parted
from danvan.indicators.models import CubeCell, DirtyKey, Indicator, Value
from danvan.organisations.enums import Level
from danvan.organisations.selectors import last_names, places_at, reached_by
from danvan.vietnamese.numbers import format_number

TOPS = (Level.COUNTRY, Level.PROVINCE)  # the levels that have cells

# Which cell of a month: (indicator id, unit id, approval level).
CellKey = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class CellSum:
    """What one cell holds: the exact sum in two integers, how many units gave an amount, how many anything."""

    whole: int | None
    millionths: int
    units: int
    asked: int

    @property
    def amount(self) -> Decimal | None:
        """The sum; None where no amount is known."""
        return None if self.whole is None else joined(self.whole, self.millionths)


def month_of(first: date) -> Period:
    """The month that begins on a day."""
    return Period.starting(first, Every.MONTH)


def summed(
    first: date, indicator_ids: Collection[int], top_ids: Iterable[int]
) -> dict[CellKey, CellSum]:
    """What the cells of one month should hold: the current values of the units under each place on its last day.

    A level counts the values that stand at it or above. A cell that no value counts in is left out. One
    query, however many places.
    """
    top = "unit__reached_by__top_id"
    under = reached_by("unit", top_ids, on=month_of(first).last)
    with transaction.atomic(), planner.joining_wholes():
        rows = list(
            Value.objects.current()
            .filter(under, indicator_id__in=indicator_ids, first=first)
            .order_by()
            .values("indicator_id", top, "level")
            .annotate(
                wholes=Sum(Whole("amount")),
                parts=Sum(Millionths("amount")),
                units=Count("amount"),
                asked=Count("pk"),
            )
        )
    by_cell: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_cell[row["indicator_id"], row[top]].append(row)
    return {
        (*cell, level.value): _added(counted)
        for cell, levels in by_cell.items()
        for level in Approval
        if (counted := [row for row in levels if row["level"] >= level])
    }


def _added(rows: Sequence[Mapping[str, Any]]) -> CellSum:
    units, asked = (sum(row[name] or 0 for row in rows) for name in ("units", "asked"))
    if not units:
        return CellSum(None, 0, 0, asked)
    wholes, parts = (sum(int(row[name] or 0) for row in rows) for name in ("wholes", "parts"))
    return CellSum(*parted(joined(wholes, parts)), units, asked)


def stored(
    first: date, indicator_ids: Collection[int] | None = None
) -> dict[CellKey, tuple[int, CellSum]]:
    """What the cells of one month hold, each with the id of its row. One query."""
    cells = CubeCell.objects.filter(first=first)
    if indicator_ids is not None:
        cells = cells.filter(indicator_id__in=indicator_ids)
    names = ("indicator_id", "unit_id", "level", "pk", "whole", "millionths", "units", "asked")
    return {
        (indicator_id, unit_id, level): (pk, CellSum(*held))
        for indicator_id, unit_id, level, pk, *held in cells.values_list(*names)
    }


def months_known() -> list[date]:
    """The first days of the months that have values or cells, in order."""
    values = Value.objects.order_by().values_list("first", flat=True).distinct()
    cells = CubeCell.objects.order_by().values_list("first", flat=True).distinct()
    return sorted({*values, *cells})


def check_cube() -> list[str]:
    """One sentence for every cell that is not the sum of its values; an empty list proves there is no drift.

    Figures still waiting for the worker are no drift: their keys are left out. A cell that differs is
    looked at twice, because somebody may be reporting meanwhile.
    """
    told: list[str] = []
    for first in months_known():
        if differing := _differing(first):
            again = _differing(first)
            told += _sentences(first, {key: again[key] for key in differing if key in again})
    return told


def _differing(first: date) -> dict[CellKey, tuple[CellSum | None, CellSum | None]]:
    """The cells of a month that hold something else than they should: (what they hold, what they should)."""
    held = {key: cell for key, (_, cell) in stored(first).items()}
    indicators = list(Indicator.objects.values_list("pk", flat=True))
    wanted = summed(first, indicators, places_at(TOPS, on=month_of(first).last))
    waiting = set(DirtyKey.objects.filter(first=first).values_list("indicator_id", flat=True))
    return {
        key: (held.get(key), wanted.get(key))
        for key in sorted({*held, *wanted})
        if held.get(key) != wanted.get(key) and key[0] not in waiting
    }


def _sentences(
    first: date, differing: dict[CellKey, tuple[CellSum | None, CellSum | None]]
) -> list[str]:
    month = month_of(first)
    codes = dict(Indicator.objects.values_list("pk", "code"))
    names = last_names({unit_id for _, unit_id, _ in differing}, month.last)
    return [
        f"{codes[indicator_id]}, {names[unit_id]}, {month}, {str(Approval(level).label).lower()}: "
        f"ô tổng hợp ghi {_told(held)}, cộng từ các đơn vị là {_told(wanted)}."
        for (indicator_id, unit_id, level), (held, wanted) in differing.items()
    ]


def _told(cell: CellSum | None) -> str:
    if cell is None:
        return "không có số"
    amount = "chưa biết" if cell.amount is None else format_number(cell.amount)
    return f"{amount} ({format_number(cell.units)}/{format_number(cell.asked)} đơn vị)"
