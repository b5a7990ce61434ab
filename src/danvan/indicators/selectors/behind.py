"""The values behind a figure, and the share by which each of them entered it: every number opens."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Self

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
class Makeup:
    """What makes a figure of one unit: which months count of each plain indicator, and whose values flow in.

    Of those in `own` only the unit's own values count. `known` is the moment at which the values are read.
    """

    book: Definitions
    unit_id: int
    period: Period
    level: int
    known: datetime | None
    months: dict[int, list[date]]  # first days, by plain indicator
    own: set[int]
    flows: Inflows

    @classmethod
    def of(
        cls,
        indicator_id: int,
        unit_id: int,
        period: Period,
        level: int = Approval.SENT,
        reading: Reading = THEN,
        known: datetime | None = None,
    ) -> Self:
        """Read it. A constant number of queries."""
        book = Definitions.of([indicator_id])
        leaves = book.leaves([indicator_id], period.last)
        found = gathered(book, leaves, [unit_id], [period], level, reading, known)
        months: dict[int, list[date]] = {}
        own: set[int] = set()
        for leaf in sorted(leaves):
            version = book.version(leaf, period.last)
            held = made_of(found[leaf, unit_id], version, period)
            months[leaf] = [one.first for one in held if one.asked]
            if version.over_tree == OverTree.NONE and months[leaf]:
                own.add(leaf)
            elif version.over_tree == OverTree.NONE:
                months[leaf] = [one.first for one in held]
        firsts = sorted({first for some in months.values() for first in some})
        flows = inflows([unit_id], firsts, reading)
        return cls(book, unit_id, period, level, known, months, own, flows)

    @property
    def rows(self) -> ValueQuerySet:
        """The values."""
        rows = Q(pk__in=[])
        for first, leaves in _by_month(self.months).items():
            rows |= Q(indicator_id__in=leaves) & self.flows[self.unit_id, first].rows
        if self.own:
            rows &= ~Q(indicator_id__in=self.own) | Q(unit_id=self.unit_id)
        return Value.objects.known_at(self.known).filter(rows, level__gte=self.level)

    def share_of(self, leaf: int, origin: int, first: date) -> Fraction:
        """By what share a value among `rows` is in the figure.

        0 where the indicator is not to be apportioned and only a part would flow to the unit.
        """
        share = self.flows[self.unit_id, first].share_of(origin)
        whole = self.book.version(leaf, self.period.last).at_break == AcrossBreak.WHOLE
        return Fraction(0) if share != 1 and whole else share


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
    return Makeup.of(indicator_id, unit_id, period, level, reading).rows


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
    makeup = Makeup.of(indicator_id, unit_id, period, level, reading)
    rows = makeup.rows.order_by().values_list("pk", "indicator_id", "unit_id", "first")
    return {pk: makeup.share_of(leaf, origin, first) for pk, leaf, origin, first in rows}


def _by_month(counted: dict[int, list[date]]) -> dict[date, Collection[int]]:
    found: dict[date, list[int]] = {}
    for leaf, firsts in counted.items():
        for first in firsts:
            found.setdefault(first, []).append(leaf)
    return {first: found[first] for first in sorted(found)}
