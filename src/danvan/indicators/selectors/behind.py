"""The values behind a figure, and the share by which each of them entered it: every number opens."""

from collections.abc import Collection
from datetime import date
from fractions import Fraction

from django.db.models import Q

from danvan.foundation.periods import Period
from danvan.indicators.enums import AcrossBreak, Approval, OverTime
from danvan.indicators.models import Value, ValueQuerySet
from danvan.indicators.selectors.definitions import Definitions
from danvan.indicators.selectors.flowing import Inflows, inflows
from danvan.indicators.selectors.months import months_of
from danvan.indicators.selectors.rolled import last_known
from danvan.organisations.selectors.readings import THEN, Reading

Counted = dict[
    int, list[date]
]  # by plain indicator, the first days of the months that make the figure


def values_behind(
    indicator_id: int,
    unit_id: int,
    period: Period,
    level: int = Approval.SENT,
    reading: Reading = THEN,
) -> ValueQuerySet:
    """The values that make up a figure of `roll_up`: the sum of their amounts, each by its share, is the figure.

    Those of a ratio or a formula are the values of all its parts. Where an indicator takes the last month,
    only that month's values.
    """
    book = Definitions.of([indicator_id])
    counted = _counted(book, indicator_id, unit_id, period, level, reading)
    return _values(counted, _flows(counted, unit_id, reading), unit_id, level)


def shares_behind(
    indicator_id: int,
    unit_id: int,
    period: Period,
    level: int = Approval.SENT,
    reading: Reading = THEN,
) -> dict[int, Fraction]:
    """By the id of each value of `values_behind`: the share of its amount that is in the figure.

    0 where the indicator is not to be apportioned and only a part would flow to the unit.
    """
    book = Definitions.of([indicator_id])
    counted = _counted(book, indicator_id, unit_id, period, level, reading)
    flows = _flows(counted, unit_id, reading)
    whole = {
        leaf for leaf in counted if book.version(leaf, period.last).at_break == AcrossBreak.WHOLE
    }
    rows = _values(counted, flows, unit_id, level).order_by()
    found = {}
    for pk, leaf, origin, first in rows.values_list("pk", "indicator_id", "unit_id", "first"):
        share = flows[unit_id, first].share_of(origin)
        found[pk] = Fraction(0) if share != 1 and leaf in whole else share
    return found


def _counted(
    book: Definitions,
    indicator_id: int,
    unit_id: int,
    period: Period,
    level: int,
    reading: Reading,
) -> Counted:
    leaves = book.leaves([indicator_id], period.last)
    months = months_of(leaves, [unit_id], [period], level, reading)
    counted: Counted = {}
    for leaf in sorted(leaves):
        held = [one for one in months[leaf, unit_id] if one.asked]
        version = book.version(leaf, period.last)
        if version.over_time == OverTime.LAST:
            held = last_known(held, version)
        counted[leaf] = [one.first for one in held]
    return counted


def _flows(counted: Counted, unit_id: int, reading: Reading) -> Inflows:
    firsts = sorted({first for months in counted.values() for first in months})
    return inflows([unit_id], firsts, reading)


def _values(counted: Counted, flows: Inflows, unit_id: int, level: int) -> ValueQuerySet:
    rows = Q(pk__in=[])
    for first, leaves in _by_month(counted).items():
        rows |= Q(indicator_id__in=leaves) & flows[unit_id, first].rows
    return Value.objects.current().filter(rows, level__gte=level)


def _by_month(counted: Counted) -> dict[date, Collection[int]]:
    found: dict[date, list[int]] = {}
    for leaf, firsts in counted.items():
        for first in firsts:
            found.setdefault(first, []).append(leaf)
    return {first: found[first] for first in sorted(found)}
