"""Roll-up: the figure of any unit in any period, from the cube or from the values, in the reading asked for."""

from collections.abc import Collection, Sequence
from datetime import datetime

from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval, MeasureKind
from danvan.indicators.selectors.definitions import Definitions
from danvan.indicators.selectors.gathering import gathered, mark_estimates
from danvan.indicators.selectors.months import Months
from danvan.indicators.selectors.rolled import Rolled
from danvan.indicators.selectors.summing import over_time, ratio, worked_out
from danvan.organisations.selectors.readings import THEN, Reading


def roll_up(
    indicator_ids: Collection[int],
    unit_ids: Collection[int],
    period: Period,
    *,
    level: int = Approval.SENT,
    reading: Reading = THEN,
) -> dict[tuple[int, int], Rolled]:
    """The figure of each indicator for each unit in a period, by (indicator id, unit id); none is left out.

    A month adds the current values, at `level` or above. *As it was then*: those of all units that stood at or
    under the unit by place on the month's last day. *As on a day*: those that flow to the units at or under it on
    that day, each by the share that passed there (`organisations.selectors.origins`); where an indicator is not to
    be apportioned (`at_break`) a value of which only a part flows there is asked and not known. Nothing is rounded.
    The units of a month make its figure by `over_tree`, the months of a longer period theirs by `over_time` (see
    `summing`); what is not summed (persons, of whom one may be counted twice) has no figure but of the very unit and
    month that gave one, and `why` says so. Sums, averages and counts of provinces and the country are read from the
    cube, all others from the values. A ratio divides its parts, each rolled up by its own rules, and never averages;
    without a known denominator above zero it is unknown. A formula is worked out from its rolled-up parts and is
    unknown where one of them is. Nothing is cut at 100 %. The definitions are those of the period's last day. The
    number of queries is constant.
    """
    book = Definitions.of(indicator_ids)
    leaves = book.leaves(indicator_ids, period.last)
    months = gathered(book, leaves, unit_ids, [period], level, reading)
    mark_estimates(months, unit_ids, level, reading)
    return {
        (indicator_id, unit_id): _figure(book, months, indicator_id, unit_id, period)
        for indicator_id in indicator_ids
        for unit_id in unit_ids
    }


def roll_up_known(
    indicator_ids: Collection[int],
    unit_ids: Collection[int],
    period: Period,
    *,
    moment: datetime,
    reading: Reading = THEN,
) -> dict[tuple[int, int], Rolled]:
    """`roll_up` of all that had been sent, as it was known at a moment: of each value the vintage that stood then.

    By the definitions and the register as they are now, so that only what units gave makes a difference. How far
    anything was approved then is not told. Read from the values; a constant number of queries.
    """
    book = Definitions.of(indicator_ids)
    leaves = book.leaves(indicator_ids, period.last)
    months = gathered(book, leaves, unit_ids, [period], Approval.SENT, reading, moment)
    return {
        (indicator_id, unit_id): _figure(book, months, indicator_id, unit_id, period)
        for indicator_id in indicator_ids
        for unit_id in unit_ids
    }


def series(
    indicator_id: int,
    unit_id: int,
    months: Sequence[Period],
    level: int = Approval.SENT,
    reading: Reading = THEN,
) -> list[Rolled]:
    """`roll_up` of one indicator and unit for each of several months (or longer periods), in their order.

    Each with the definition of its own last day. A constant number of queries.
    """
    book = Definitions.of([indicator_id])
    leaves = {leaf for period in months for leaf in book.leaves([indicator_id], period.last)}
    found = gathered(book, leaves, [unit_id], months, level, reading)
    mark_estimates(found, [unit_id], level, reading)
    return [_figure(book, found, indicator_id, unit_id, period) for period in months]


def _figure(
    book: Definitions, months: Months, indicator_id: int, unit_id: int, period: Period
) -> Rolled:
    version = book.version(indicator_id, period.last)
    if version.kind == MeasureKind.RATIO:
        numerator, denominator = (
            _figure(book, months, part, unit_id, period)
            for part in (version.numerator_id, version.denominator_id)
            if part is not None
        )
        return ratio(numerator, denominator, version, period)
    if version.formula is not None:
        named = {
            code: _figure(book, months, part, unit_id, period)
            for code, part in book.parts(version).items()
        }
        return worked_out(version, named)
    return over_time(months[indicator_id, unit_id], version, period)
