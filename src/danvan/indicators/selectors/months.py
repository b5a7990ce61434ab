"""The months behind figures: each indicator's sums under each unit, from the cube or from the values."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast

from danvan.foundation.periods import Every, Period
from danvan.indicators.exact import MILLION, Millionths, Whole
from danvan.indicators.models import CubeCell, Value, ValueQuerySet
from danvan.indicators.selectors.cube import TOPS, month_of
from danvan.indicators.selectors.flowing import Inflows, inflows
from danvan.indicators.selectors.rolled import MonthSum
from danvan.organisations.selectors import spans_under
from danvan.organisations.selectors.readings import Reading
from danvan.organisations.selectors.spans import spans_of

MANY = 5_000  # ids a statement

Months = dict[tuple[int, int], list[MonthSum]]
Tops = dict[
    int, set[date]
]  # the units that have cells, with the first days of the months in which they do


def months_of(
    indicator_ids: Collection[int],
    unit_ids: Collection[int],
    periods: Sequence[Period],
    level: int,
    reading: Reading,
) -> Months:
    """Each month of the periods in which anything was given, in order, by (indicator id, unit id)."""
    found: Months = defaultdict(list)
    firsts = sorted({month.first for one in periods for month in one.parts(Every.MONTH)})
    if reading.on is not None:
        flows = inflows(unit_ids, firsts, reading)
        return _from_inflows(indicator_ids, flows, firsts, level)
    tops, below = _parted(unit_ids, firsts)
    if tops:
        cells = _cells(indicator_ids, tops, firsts, level)
        for (indicator_id, top_id, first), cell in cells.items():
            if first in tops[top_id]:
                one = MonthSum(first)
                one.add(_held(cell), cell.units, cell.asked)
                found[indicator_id, top_id].append(one)
    if below:
        _from_the_values(found, indicator_ids, below, firsts, level, tops)
    for months in found.values():
        months.sort(key=lambda one: one.first)
    return found


def _parted(unit_ids: Collection[int], firsts: Collection[date]) -> tuple[Tops, set[int]]:
    """The units that have cells, with their months; and those that in some month have none."""
    tops: Tops = defaultdict(set)
    for one in spans_of(unit_ids):
        if not one.kind and one.level in TOPS:
            tops[one.unit_id] |= {first for first in firsts if one.holds_on(month_of(first).last)}
    return tops, {unit for unit in unit_ids if len(tops.get(unit, ())) < len(firsts)}


def _cells(
    indicators: Collection[int], tops: Collection[int], firsts: Collection[date], level: int
) -> dict[tuple[int, int, date], Any]:
    """The cells by their keys: their columns alone, for a scorecard reads hundreds."""
    columns = ("indicator_id", "unit_id", "first", "whole", "millionths", "units", "asked")
    cells = CubeCell.objects.filter(
        indicator_id__in=indicators, unit_id__in=tops, level=level, first__in=firsts
    ).values_list(*columns, named=True)
    return {(cell.indicator_id, cell.unit_id, cell.first): cell for cell in cells}


def _held(cell: Any) -> int:
    held: int = (cell.whole or 0) * MILLION + cell.millionths
    return held


def _from_the_values(
    found: Months,
    indicators: Collection[int],
    units: Collection[int],
    firsts: list[date],
    level: int,
    tops: Tops,
) -> None:
    given = Value.objects.current().filter(
        indicator_id__in=indicators, first__in=firsts, level__gte=level
    )
    end = month_of(firsts[-1]).end
    spans: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    reached = spans_under(units, since=firsts[0], until=end)
    rows: Any = reached.filter(Exists(given.order_by().filter(unit_id=OuterRef("unit_id"))))
    for top_id, unit_id, valid_from, valid_to in rows:
        spans[unit_id].append((top_id, valid_from, valid_to))
    lasts = {first: month_of(first).last for first in firsts}
    values = given.filter(unit_id__in=spans).order_by("first")
    for indicator_id, unit_id, first, amount in amounts_of(values, firsts):
        last = lasts[first]
        for top_id, valid_from, valid_to in spans[unit_id]:
            if first in tops.get(top_id, ()):
                continue
            if valid_from <= last and (valid_to is None or last < valid_to):
                months = found[indicator_id, top_id]
                if not months or months[-1].first != first:
                    months.append(MonthSum(first))
                months[-1].take(amount)


def _from_inflows(
    indicators: Collection[int], flows: Inflows, firsts: list[date], level: int
) -> Months:
    """A reading's months: the cells of places that flow in, corrected by the values of units that stray."""
    sums: dict[tuple[int, int], dict[date, MonthSum]] = defaultdict(dict)
    tops = {top for flow in flows.values() for top in flow.under}
    cells = _cells(indicators, tops, firsts, level) if tops else {}
    for (unit_id, first), flow in flows.items():
        for indicator_id in indicators:
            held = [cell for top in flow.under if (cell := cells.get((indicator_id, top, first)))]
            if held:
                one = sums[indicator_id, unit_id].setdefault(first, MonthSum(first))
                for cell in held:
                    one.add(_held(cell), cell.units, cell.asked)
    _correct(sums, indicators, flows, firsts, level)
    return defaultdict(
        list,
        {key: [by[first] for first in sorted(by) if by[first].asked] for key, by in sums.items()},
    )


def _correct(
    sums: dict[tuple[int, int], dict[date, MonthSum]],
    indicators: Collection[int],
    flows: Inflows,
    firsts: list[date],
    level: int,
) -> None:
    """Let the values of single units enter by their share, taking away what the cells of their places hold of them."""
    into: dict[tuple[int, date], list[tuple[int, Fraction, bool]]] = defaultdict(list)
    for (unit_id, first), flow in flows.items():
        for origin, share in flow.shares.items():
            into[origin, first].append((unit_id, share, origin in flow.inside))
    given = Value.objects.current().filter(
        indicator_id__in=indicators, first__in=firsts, level__gte=level
    )
    origins = sorted({origin for origin, _ in into})
    for start in range(0, len(origins), MANY):
        rows = given.filter(unit_id__in=origins[start : start + MANY]).order_by()
        for indicator_id, origin, first, amount in amounts_of(rows, firsts):
            for unit_id, share, celled in into.get((origin, first), ()):
                by_month = sums[indicator_id, unit_id]
                one = by_month.get(first)
                if one is None:
                    one = by_month[first] = MonthSum(first)
                if celled:
                    one.add(-(amount or 0), -(amount is not None), -1)
                if share:
                    one.take(amount, share)


def amounts_of(
    rows: ValueQuerySet, firsts: Sequence[date]
) -> Iterator[tuple[int, int, date, int | None]]:
    """(indicator id, unit id, first day of the month, amount in millionths) of each value, in the order of the rows.

    Read as integers and text, which cost least: making a decimal and a day of each would cost more than the sums.
    """
    day = {first.isoformat(): first for first in firsts}
    parts: dict[str, Any] = {"whole": Whole("amount"), "rest": Millionths("amount")}
    told = rows.annotate(**parts, month=Cast("first", TextField()))
    fields = ("indicator_id", "unit_id", "month", "whole", "rest")
    for indicator_id, unit_id, month, whole, rest in told.values_list(*fields).iterator(MANY):
        amount = None if whole is None else whole * MILLION + rest
        yield indicator_id, unit_id, day[month], amount
