"""Figures worked out once more from the values alone, in plain steps: what a report says is held against them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import AcrossBreak, Approval, OverTime, OverTree
from danvan.indicators.exact import decimal_of
from danvan.indicators.models import IndicatorVersion, Value
from danvan.indicators.selectors.flowing import inflows
from danvan.indicators.selectors.measures import versions_for
from danvan.indicators.selectors.summing import is_month, looked_back
from danvan.organisations.selectors.readings import THEN, Reading

Weighed = Sequence[tuple[Fraction, Fraction]]  # shares and amounts

TREE: Mapping[str, Callable[[Weighed], Fraction]] = {
    OverTree.SUM: lambda given: sum((share * amount for share, amount in given), Fraction(0)),
    OverTree.AVERAGE: lambda given: (
        sum((share * amount for share, amount in given), Fraction(0))
        / sum((share for share, _ in given), Fraction(0))
    ),
    OverTree.LEAST: lambda given: min(amount for _, amount in given),
    OverTree.MOST: lambda given: max(amount for _, amount in given),
    OverTree.COUNT: lambda given: Fraction(len(given)),
    OverTree.NONE: lambda given: given[0][1],
}
TIME: Mapping[str, Callable[[Sequence[Fraction]], Fraction]] = {
    OverTime.SUM: lambda months: sum(months, Fraction(0)),
    OverTime.LAST: lambda months: months[-1],
    OverTime.LATEST: lambda months: months[-1],
    OverTime.FIRST: lambda months: months[0],
    OverTime.AVERAGE: lambda months: sum(months, Fraction(0)) / len(months),
    OverTime.LEAST: min,
    OverTime.MOST: max,
    OverTime.COUNT: lambda months: Fraction(len(months)),
    OverTime.NONE: lambda months: months[0],
}


def is_added(version: IndicatorVersion) -> bool:
    """Whether a figure is the plain sum of amounts, each by its share: of all its months, or of the last known one."""
    return version.over_tree == OverTree.SUM and version.over_time in {OverTime.SUM, OverTime.LAST}


def amounts_again(
    indicator_ids: Collection[int],
    unit_id: int,
    period: Period,
    level: int = Approval.SENT,
    reading: Reading = THEN,
) -> dict[int, Decimal]:
    """The figures of plain indicators for a unit, as `roll_up` gives them, by another path; unknown ones are left out.

    A constant number of queries.
    """
    versions = versions_for(indicator_ids, period.last)
    given = _given(versions, unit_id, period, level, reading)
    found = {}
    for pk, version in versions.items():
        months = [TREE[version.over_tree](given[pk][first]) for first in sorted(given[pk])]
        if months and (version.over_time != OverTime.NONE or is_month(period)):
            found[pk] = decimal_of(TIME[version.over_time](months))
    return found


def _given(
    versions: Mapping[int, IndicatorVersion],
    unit_id: int,
    period: Period,
    level: int,
    reading: Reading,
) -> dict[int, dict[date, list[tuple[Fraction, Fraction]]]]:
    """By indicator and month, the known amounts that count, each with its share."""
    newest = {pk for pk, one in versions.items() if one.over_time == OverTime.LATEST}
    firsts = [one.first for one in period.parts(Every.MONTH)]
    if newest:
        first = looked_back(period.first)
        while first < period.first:
            firsts.append(first)
            first = Period.starting(first, Every.MONTH).end
    flows = inflows([unit_id], firsts, reading)
    found: dict[int, dict[date, list[tuple[Fraction, Fraction]]]] = {
        pk: defaultdict(list) for pk in versions
    }
    known = Value.objects.current().filter(
        indicator_id__in=versions, level__gte=level, amount__isnull=False
    )
    behind = Q(pk__in=[])
    for flow in flows.values():
        behind |= flow.rows
    rows = known.filter(behind).order_by()
    for pk, unit, first, amount in rows.values_list("indicator_id", "unit_id", "first", "amount"):
        version, share = versions[pk], flows[unit_id, first].share_of(unit)
        if amount is None or (share != 1 and version.at_break == AcrossBreak.WHOLE):
            continue
        mine = version.over_tree != OverTree.NONE or (unit == unit_id and share == 1)
        if mine and (first >= period.first or pk in newest):
            found[pk][first].append((share, Fraction(amount)))
    return found
