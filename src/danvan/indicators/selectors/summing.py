"""How figures go up: units make the figure of a month, months that of a longer period, figures others worked out.

Each month is summed over the tree first. So what two units gave before they became one is never held against, nor
added to, what that one gave after.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import AcrossBreak, MeasureKind, OverTime, OverTree
from danvan.indicators.exact import MILLION
from danvan.indicators.models import IndicatorVersion
from danvan.indicators.selectors.definitions import worth
from danvan.indicators.selectors.rolled import (
    MonthSum,
    Rolled,
    decimal_or_none,
    in_units,
)

LOOK_BACK = 24  # months before a period in which the newest amount may still stand
PERSONS = "Đếm người, mỗi người một lần, nên không cộng các tháng hay các đơn vị với nhau."
STEPS = "Chỉ số định tính không có con số; phần mềm đếm mỗi bậc có bao nhiêu đơn vị."
NOT_UP = "Chỉ tiêu này chỉ có số của từng đơn vị, không tổng hợp lên trên."
NOT_LONGER = "Chỉ tiêu này chỉ có số của từng tháng, không tổng hợp thành kỳ dài hơn."

# A figure, and the same from the amounts as they were given, in millionths.
Amounts = tuple[Fraction | int, Fraction | int]


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """What one month comes to under a definition; `amounts` None is not known."""

    first: date
    amounts: Amounts | None
    units: int
    asked: int
    rebased: bool = False


def within(months: Sequence[MonthSum], version: IndicatorVersion, period: Period) -> list[MonthSum]:
    """The months that are looked at for a period: its own, and those before of what takes the newest amount."""
    newest = version.over_time == OverTime.LATEST
    start = looked_back(period.first) if newest else period.first
    return [one for one in months if start <= one.first < period.end]


def looked_back(first: date) -> date:
    """The first day of the earliest month whose amount may still stand in a period that begins on a day."""
    months = first.year * 12 + first.month - 1 - LOOK_BACK
    return date(months // 12, months % 12 + 1, 1)


def over_tree(month: MonthSum, version: IndicatorVersion) -> MonthFigure:
    """What the units of one month come to.

    Where only a part of a unit belongs here, a sum takes that share of its amount. The others do not divide an
    amount, for the part has the level of the whole: an average weighs it by its share, the lowest and the highest
    take it as it is, a count counts it. Where nothing may be apportioned (`at_break`) it is not known.
    """
    if version.over_tree == OverTree.NONE:
        own = month.own[0] if month.own else None
        told = None if own is None else (own, own)
        return MonthFigure(month.first, told, int(own is not None), len(month.own))
    units = month.known(version)
    if not units:
        return MonthFigure(month.first, None, 0, month.asked)
    partly = month.parted > 0 and version.at_break != AcrossBreak.WHOLE
    amounts = UP[version.over_tree](month, partly=partly)
    return MonthFigure(month.first, amounts, units, month.asked, rebased=partly)


def _summed(month: MonthSum, *, partly: bool) -> Amounts:
    if not partly:
        return month.amount, month.amount
    return month.amount + month.part, month.amount + month.given


def _averaged(month: MonthSum, *, partly: bool) -> Amounts:
    amount, before = _summed(month, partly=partly)
    if not partly:
        return Fraction(amount, month.units), Fraction(before, month.units)
    weights = month.units + month.weight
    return Fraction(amount) / weights, Fraction(before) / (month.units + month.parted)


def _counted(month: MonthSum, *, partly: bool) -> Amounts:
    count = (month.units + month.parted * partly) * MILLION
    return count, count


def _lowest(month: MonthSum, *, partly: bool) -> Amounts:
    least = min(month.whole_ones + month.parted_ones * partly)
    return least, least


def _highest(month: MonthSum, *, partly: bool) -> Amounts:
    most = max(month.whole_ones + month.parted_ones * partly)
    return most, most


UP: Mapping[str, Callable[..., Amounts]] = {
    OverTree.SUM: _summed,
    OverTree.AVERAGE: _averaged,
    OverTree.COUNT: _counted,
    OverTree.LEAST: _lowest,
    OverTree.MOST: _highest,
}


def made_of(
    months: Sequence[MonthSum], version: IndicatorVersion, period: Period
) -> list[MonthFigure]:
    """The months that make the figure of a period, with what each comes to.

    Those of the period; where one of them is taken, that one: where none is known, the last month of the period in
    which anybody was asked.
    """
    found = [over_tree(one, version) for one in within(months, version, period)]
    if version.over_time not in TAKEN:
        return found
    known = [one for one in found if one.amounts is not None]
    if known:
        return [known[TAKEN[version.over_time]]]
    return [one for one in found if one.first in period][-1:]


TAKEN: Mapping[str, int] = {OverTime.LAST: -1, OverTime.LATEST: -1, OverTime.FIRST: 0}


def over_time(months: Sequence[MonthSum], version: IndicatorVersion, period: Period) -> Rolled:
    """The figure of a period from its months, by the definition's rules."""
    counted = made_of(months, version, period)
    known = [(one, one.amounts) for one in counted if one.amounts is not None]
    rebased = any(one.rebased for one, _ in known)
    estimates = {one.first for one in months if one.is_estimated(version)}
    amount = in_units(_along(version, period, [now for _, (now, _) in known]))
    before = amount  # the same, where nothing enters in part
    if rebased:
        before = in_units(_along(version, period, [given for _, (_, given) in known]))
    why = "" if amount is not None else _why(months, version, period, known=bool(known))
    return Rolled(
        amount=decimal_or_none(amount),
        units=max((one.units for one in counted), default=0),
        asked=max((one.asked for one in counted), default=0),
        months=len(known),
        gaps=sum(one.asked - one.units for one in counted),
        rebased=rebased,
        estimated=any(one.first in estimates for one, _ in known),
        original=decimal_or_none(before) if rebased else None,
        why=why,
        at_least=_at_least(months, version, period) if why == PERSONS else None,
        exact=amount,
        exact_before=before,
    )


def _along(
    version: IndicatorVersion, period: Period, amounts: Sequence[Fraction | int]
) -> Fraction | int | None:
    """The figure of a period from those of the months that are known."""
    if not amounts:
        return None
    match version.over_time:
        case OverTime.AVERAGE:
            return Fraction(sum(amounts)) / len(amounts)
        case OverTime.LEAST:
            return min(amounts)
        case OverTime.MOST:
            return max(amounts)
        case OverTime.COUNT:
            return len(amounts) * MILLION
        case OverTime.NONE if not is_month(period):
            return None
    return sum(amounts)  # of all months, or of the one that is taken


def is_month(period: Period) -> bool:
    """Whether a period is no longer than the month it begins in."""
    return period.end <= Period.containing(period.first, Every.MONTH).end


def _why(
    months: Sequence[MonthSum],
    version: IndicatorVersion,
    period: Period,
    *,
    known: bool,
) -> str:
    """Why nothing is told though something was given; empty where nothing was."""
    if version.kind == MeasureKind.QUALITATIVE:
        return STEPS
    below = any(one.units or one.parted for one in within(months, version, period))
    if version.over_tree == OverTree.NONE and not known and below:
        return PERSONS if version.kind == MeasureKind.PERSONS else NOT_UP
    if known:
        return PERSONS if version.kind == MeasureKind.PERSONS else NOT_LONGER
    return ""


def _at_least(
    months: Sequence[MonthSum], version: IndicatorVersion, period: Period
) -> Decimal | None:
    """The most that any one unit counted in any one month: there are no fewer persons than those."""
    told = [most for one in within(months, version, period) for most in one.whole_ones]
    return decimal_or_none(in_units(max(told))) if told else None


def ratio(
    numerator: Rolled, denominator: Rolled, version: IndicatorVersion, period: Period
) -> Rolled:
    """A ratio divides its parts as they are rolled up, and never averages."""
    times = Fraction(version.factor)
    if version.annualised:
        times /= years_in(period)
    rebased = numerator.rebased or denominator.rebased
    amount = _divided(numerator.exact, denominator.exact, times)
    before = _divided(numerator.exact_before, denominator.exact_before, times)
    return Rolled(
        amount=decimal_or_none(amount),
        numerator=numerator.amount,
        denominator=denominator.amount,
        units=numerator.units,
        asked=numerator.asked,
        months=numerator.months,
        gaps=numerator.gaps,
        rebased=rebased,
        estimated=numerator.estimated or denominator.estimated,
        original=decimal_or_none(before) if rebased else None,
        numerator_original=numerator.original,
        denominator_original=denominator.original,
        why=numerator.why or denominator.why,
        exact=amount,
        exact_before=before,
    )


def years_in(period: Period) -> Fraction:
    """How much of a year a period is: its days of each year over the days of that year."""
    found = Fraction(0)
    for year in range(period.first.year, period.last.year + 1):
        whole = Period.parse(str(year))
        days = min(period.end, whole.end) - max(period.first, whole.first)
        found += Fraction(days.days, (whole.end - whole.first).days)
    return found


def _divided(part: Fraction | None, whole: Fraction | None, times: Fraction) -> Fraction | None:
    """A part of a whole, so many times; unknown without a known whole above or below zero."""
    return None if part is None or not whole else part * times / whole


def worked_out(version: IndicatorVersion, parts: Mapping[str, Rolled]) -> Rolled:
    """A formula of its parts, unknown where one of them is."""
    rebased = any(part.rebased for part in parts.values())
    amount = worth(version.formula, {code: part.exact for code, part in parts.items()})
    before = worth(version.formula, {code: part.exact_before for code, part in parts.items()})
    return Rolled(
        amount=decimal_or_none(amount),
        units=min(part.units for part in parts.values()),
        asked=max(part.asked for part in parts.values()),
        months=min(part.months for part in parts.values()),
        gaps=sum(part.gaps for part in parts.values()),
        rebased=rebased,
        estimated=any(part.estimated for part in parts.values()),
        original=decimal_or_none(before) if rebased else None,
        why=next((part.why for part in parts.values() if part.why), ""),
        exact=amount,
        exact_before=before,
    )
