"""The values behind a figure, and the share by which each of them entered it: every number opens."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q

from danvan.foundation.periods import Period
from danvan.indicators.enums import AcrossBreak, Approval, OverTree
from danvan.indicators.models import Value, ValueQuerySet
from danvan.indicators.selectors.definitions import Definitions
from danvan.indicators.selectors.flowing import Inflows, inflows
from danvan.indicators.selectors.gathering import gathered
from danvan.indicators.selectors.summing import made_of
from danvan.organisations.selectors.readings import THEN, Reading


@dataclass(frozen=True, slots=True)
class _Counted:
    """By plain indicator the first days of the months that make the figure; of some, only the unit's own values."""

    months: dict[int, list[date]]
    own: set[int]


def values_behind(
    indicator_id: int,
    unit_id: int,
    period: Period,
    level: int = Approval.SENT,
    reading: Reading = THEN,
) -> ValueQuerySet:
    """The values that make up a figure of `roll_up`; of what is summed, the sum of their amounts, each by its share.

    Those of a ratio or a formula are the values of all its parts. Where an indicator takes one month, only that
    month's values. Of what is not summed over units the unit's own; where it gave none, those that say "at least".
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
        leaf
        for leaf in counted.months
        if book.version(leaf, period.last).at_break == AcrossBreak.WHOLE
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
) -> _Counted:
    leaves = book.leaves([indicator_id], period.last)
    months = gathered(book, leaves, [unit_id], [period], level, reading)
    counted = _Counted({}, set())
    for leaf in sorted(leaves):
        version = book.version(leaf, period.last)
        held = made_of(months[leaf, unit_id], version, period)
        counted.months[leaf] = [one.first for one in held if one.asked]
        if version.over_tree == OverTree.NONE and counted.months[leaf]:
            counted.own.add(leaf)
        elif version.over_tree == OverTree.NONE:
            counted.months[leaf] = [one.first for one in held]
    return counted


def _flows(counted: _Counted, unit_id: int, reading: Reading) -> Inflows:
    firsts = sorted({first for months in counted.months.values() for first in months})
    return inflows([unit_id], firsts, reading)


def _values(counted: _Counted, flows: Inflows, unit_id: int, level: int) -> ValueQuerySet:
    rows = Q(pk__in=[])
    for first, leaves in _by_month(counted.months).items():
        rows |= Q(indicator_id__in=leaves) & flows[unit_id, first].rows
    if counted.own:
        rows &= ~Q(indicator_id__in=counted.own) | Q(unit_id=unit_id)
    return Value.objects.current().filter(rows, level__gte=level)


def _by_month(counted: dict[int, list[date]]) -> dict[date, Collection[int]]:
    found: dict[date, list[int]] = {}
    for leaf, firsts in counted.items():
        for first in firsts:
            found.setdefault(first, []).append(leaf)
    return {first: found[first] for first in sorted(found)}
