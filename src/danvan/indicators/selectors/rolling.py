"""Roll-up: the figure of any unit in any period, from the cube or from the values, with what stands behind it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval, MeasureKind, OverTime
from danvan.indicators.exact import tidy
from danvan.indicators.models import CubeCell, IndicatorVersion, Value, ValueQuerySet
from danvan.indicators.selectors.cube import TOPS, month_of
from danvan.indicators.selectors.definitions import Definitions, computed
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import inherited, spans_under, units_under
from danvan.organisations.selectors.spans import spans_of


@dataclass(frozen=True, slots=True)
class Rolled:
    """One figure: the amount of an indicator for a unit in a period.

    `amount` None with `asked` above 0 is "asked, not known"; with `asked` 0 nobody gave anything. A ratio
    has its `numerator` and `denominator`, and its amount in percent, unrounded. `units` is how many units
    gave a known amount and `asked` how many gave anything, in the month of the period with the most;
    `gaps` is how often, over all months, a unit was asked and did not know. `months` is how many months
    have a known amount (for a ratio: its numerator).
    """

    amount: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    units: int = 0
    asked: int = 0
    months: int = 0
    gaps: int = 0


THEN, TODAY = "then", "today"  # the readings: as it was then, as it is today


@dataclass(slots=True)
class MonthSum:
    """One month of one indicator under one unit."""

    first: date
    amount: Decimal | None
    units: int
    asked: int

    def take(self, amount: Decimal | None, units: int, asked: int) -> None:
        """Add what so many units gave; an unknown amount adds nothing to what is known."""
        self.units += units
        self.asked += asked
        if amount is not None:
            self.amount = amount if self.amount is None else self.amount + amount


Months = dict[tuple[int, int], list[MonthSum]]


def roll_up(
    indicator_ids: Collection[int],
    unit_ids: Collection[int],
    period: Period,
    *,
    level: int = Approval.SENT,
    reading: str = "then",
) -> dict[tuple[int, int], Rolled]:
    """The figure of each indicator for each unit in a period, by (indicator id, unit id); none is left out.

    A month adds the current values, at `level` or above, of all units that stood at or under the unit by
    place on the month's last day (the reading "then"). The reading "today" adds the figures that the unit's
    predecessors had then, by the share of each that passed to it; nothing is rounded. Provinces and the
    country are read from the cube, other units from the values. Over the months of a longer period an indicator is summed, or (`over_time`
    last, as for a stock) taken from the last month in which anybody under the unit knew an amount. A ratio
    divides its summed parts, each rolled up by its own rule, and never averages; without a known
    denominator above zero it is unknown. A formula is worked out from its rolled-up parts and is unknown
    where one of them is. Nothing is cut at 100 %. The definitions are those of the period's last day.
    The number of queries is constant.
    """
    if reading not in (THEN, TODAY):
        raise ValueError(f"no reading is called {reading}")
    book = Definitions.of(indicator_ids)
    leaves = book.leaves(indicator_ids, period.last)
    read = _months_today if reading == TODAY else _months
    months = read(leaves, unit_ids, [period], level)
    return {
        (indicator_id, unit_id): _figure(book, months, indicator_id, unit_id, period)
        for indicator_id in indicator_ids
        for unit_id in unit_ids
    }


def series(
    indicator_id: int, unit_id: int, months: Sequence[Period], level: int = Approval.SENT
) -> list[Rolled]:
    """`roll_up` of one indicator and unit for each of several months (or longer periods), in their order.

    Each with the definition of its own last day. A constant number of queries.
    """
    book = Definitions.of([indicator_id])
    leaves = {leaf for period in months for leaf in book.leaves([indicator_id], period.last)}
    found = _months(leaves, [unit_id], months, level)
    return [_figure(book, found, indicator_id, unit_id, period) for period in months]


def values_behind(
    indicator_id: int, unit_id: int, period: Period, level: int = Approval.SENT
) -> ValueQuerySet:
    """The values that make up a figure of `roll_up`: the sum of their amounts is the figure.

    Those of a ratio or a formula are the values of all its parts. Where an indicator takes the last month,
    only that month's values.
    """
    book = Definitions.of([indicator_id])
    leaves = book.leaves([indicator_id], period.last)
    months = _months(leaves, [unit_id], [period], level)
    counted = Q(pk__in=[])
    for leaf in sorted(leaves):
        known = [one for one in months[leaf, unit_id] if one.asked]
        if book.version(leaf, period.last).over_time == OverTime.LAST:
            known = _last(known)
        for one in known:
            under = units_under([unit_id], on=month_of(one.first).last, follows=Follows.PLACE)
            counted |= Q(indicator_id=leaf, first=one.first, unit_id__in=under)
    return Value.objects.current().filter(counted, level__gte=level)


def _figure(
    book: Definitions, months: Months, indicator_id: int, unit_id: int, period: Period
) -> Rolled:
    version = book.version(indicator_id, period.last)
    if version.kind == MeasureKind.RATIO:
        parts = [
            _figure(book, months, part, unit_id, period)
            for part in (version.numerator_id, version.denominator_id)
            if part is not None
        ]
        return _ratio(*parts)
    if version.formula is not None:
        named = {
            code: _figure(book, months, part, unit_id, period)
            for code, part in book.parts(version).items()
        }
        return _computed(version, named)
    held = [one for one in months[indicator_id, unit_id] if one.first in period]
    return _over_time(held, version)


def _over_time(months: list[MonthSum], version: IndicatorVersion) -> Rolled:
    if version.over_time == OverTime.LAST:
        months = _last(months)
    known = [one.amount for one in months if one.amount is not None]
    return Rolled(
        amount=tidy(sum(known, Decimal(0))) if known else None,
        units=max((one.units for one in months), default=0),
        asked=max((one.asked for one in months), default=0),
        months=len(known),
        gaps=sum(one.asked - one.units for one in months),
    )


def _last(months: list[MonthSum]) -> list[MonthSum]:
    """The last month with a known amount; where none is known, the last month asked."""
    known = [one for one in months if one.amount is not None] or months
    return known[-1:]


def _ratio(numerator: Rolled, denominator: Rolled) -> Rolled:
    amount = None
    if numerator.amount is not None and denominator.amount:
        amount = numerator.amount * 100 / denominator.amount
    return Rolled(
        amount=amount,
        numerator=numerator.amount,
        denominator=denominator.amount,
        units=numerator.units,
        asked=numerator.asked,
        months=numerator.months,
        gaps=numerator.gaps,
    )


def _computed(version: IndicatorVersion, parts: dict[str, Rolled]) -> Rolled:
    amounts = {code: part.amount for code, part in parts.items()}
    return Rolled(
        amount=computed(version.formula, amounts),
        units=min(part.units for part in parts.values()),
        asked=max(part.asked for part in parts.values()),
        months=min(part.months for part in parts.values()),
        gaps=sum(part.gaps for part in parts.values()),
    )


def _months(
    indicator_ids: Collection[int], unit_ids: Collection[int], periods: Sequence[Period], level: int
) -> Months:
    """Each month of the periods in which anything was given, in order, by (indicator id, unit id)."""
    found: Months = defaultdict(list)
    firsts = sorted({month.first for one in periods for month in one.parts(Every.MONTH)})
    tops = {one.unit_id for one in spans_of(unit_ids) if not one.kind and one.level in TOPS}
    if tops:
        _from_the_cube(found, indicator_ids, tops, firsts, level)
    if below := set(unit_ids) - tops:
        _from_the_values(found, indicator_ids, below, firsts, level)
    return found


def _months_today(
    indicator_ids: Collection[int], unit_ids: Collection[int], periods: Sequence[Period], level: int
) -> Months:
    """`_months` of the units with those of their predecessors, each by the share that passed on."""
    taken = inherited(unit_ids)
    earlier = {one for shares in taken.values() for one in shares}
    then = _months(indicator_ids, {*unit_ids, *earlier}, periods, level)
    found: Months = defaultdict(list)
    for indicator_id in indicator_ids:
        for unit_id in unit_ids:
            sums: dict[date, MonthSum] = {}
            for one, share in {unit_id: Decimal(1), **taken.get(unit_id, {})}.items():
                for month in then[indicator_id, one]:
                    amount = None if month.amount is None else month.amount * share
                    held = sums.setdefault(month.first, MonthSum(month.first, None, 0, 0))
                    held.take(amount, month.units, month.asked)
            found[indicator_id, unit_id] = [sums[first] for first in sorted(sums)]
    return found


def _from_the_cube(
    found: Months,
    indicators: Collection[int],
    tops: Collection[int],
    firsts: list[date],
    level: int,
) -> None:
    cells = CubeCell.objects.filter(
        indicator_id__in=indicators, unit_id__in=tops, level=level, first__in=firsts
    )
    for cell in cells.order_by("first"):
        one = MonthSum(cell.first, cell.amount, cell.units, cell.asked)
        found[cell.indicator_id, cell.unit_id].append(one)


def _from_the_values(
    found: Months,
    indicators: Collection[int],
    units: Collection[int],
    firsts: list[date],
    level: int,
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
    for indicator_id, unit_id, first, amount in values.values_list(
        "indicator_id", "unit_id", "first", "amount"
    ):
        last = lasts[first]
        for top_id, valid_from, valid_to in spans[unit_id]:
            if valid_from <= last and (valid_to is None or last < valid_to):
                _add(found[indicator_id, top_id], first, amount)


def _add(months: list[MonthSum], first: date, amount: Decimal | None) -> None:
    if not months or months[-1].first != first:
        months.append(MonthSum(first, None, 0, 0))
    months[-1].take(amount, 0 if amount is None else 1, 1)
