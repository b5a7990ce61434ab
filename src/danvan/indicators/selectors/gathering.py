"""The months behind figures, gathered by what their definitions ask for: sums of the cube, or values one by one."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Origin, OverTime, OverTree
from danvan.indicators.models import IndicatorVersion, Value
from danvan.indicators.selectors.cube import month_of
from danvan.indicators.selectors.definitions import Definitions
from danvan.indicators.selectors.flowing import Inflows, inflows
from danvan.indicators.selectors.months import MANY, Months, amounts_of, months_of
from danvan.indicators.selectors.rolled import MonthSum
from danvan.indicators.selectors.summing import looked_back
from danvan.organisations.selectors import spans_under
from danvan.organisations.selectors.readings import Reading

ONE_BY_ONE = {OverTree.LEAST, OverTree.MOST, OverTree.NONE}  # what no sum tells


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which months are wanted, and how they are read."""

    one_by_one: bool
    back: bool


def gathered(
    book: Definitions,
    leaves: Collection[int],
    unit_ids: Collection[int],
    periods: Sequence[Period],
    level: int,
    reading: Reading,
    known: datetime | None = None,
) -> Months:
    """The months that figures of these periods are made of, in order, by (indicator id, unit id).

    As they were `known` at a moment they are read from the values one by one: cells hold what stands now.
    """
    ways: dict[_Asked, list[int]] = defaultdict(list)
    for leaf in sorted(leaves):
        ways[_asked([book.version(leaf, period.last) for period in periods])].append(leaf)
    found: Months = defaultdict(list)
    for asked, ids in ways.items():
        wanted = [*periods, *_before(ids, periods, known)] if asked.back else periods
        if asked.one_by_one or known is not None:
            found.update(months_one_by_one(ids, unit_ids, wanted, level, reading, known))
        else:
            found.update(months_of(ids, unit_ids, wanted, level, reading))
    return found


def mark_estimates(months: Months, unit_ids: Collection[int], level: int, reading: Reading) -> None:
    """Mark the months into which an estimate flows. One query; where there are estimates, those of `inflows` too."""
    by_first = {
        (*key, one.first): one for key, found in months.items() for one in found if one.asked
    }
    if not by_first:
        return
    firsts = sorted({first for _, _, first in by_first})
    given = Value.objects.current().filter(
        origin=Origin.ESTIMATED,
        amount__isnull=False,
        indicator_id__in={indicator for indicator, _, _ in by_first},
        first__in=firsts,
        level__gte=level,
    )
    rows = list(given.order_by().values_list("indicator_id", "unit_id", "first").distinct())
    if not rows:
        return
    into = _Into.of(inflows(unit_ids, firsts, reading), firsts)
    for indicator_id, origin, first in rows:
        for unit_id, share in into.shares(origin, first):
            one = by_first.get((indicator_id, unit_id, first))
            if one is not None and share == 1:
                one.estimated = True
            elif one is not None and share:
                one.part_estimated = True


def _asked(versions: Sequence[IndicatorVersion]) -> _Asked:
    return _Asked(
        one_by_one=any(one.over_tree in ONE_BY_ONE for one in versions),
        back=any(one.over_time == OverTime.LATEST for one in versions),
    )


def _before(
    indicator_ids: Collection[int], periods: Sequence[Period], known: datetime | None
) -> list[Period]:
    """The months before some periods in which anything was given that may still stand. One query."""
    given = Value.objects.known_at(known).filter(
        indicator_id__in=indicator_ids,
        first__gte=looked_back(min(period.first for period in periods)),
        first__lt=max(period.first for period in periods),
    )
    return [
        month_of(first) for first in given.order_by().values_list("first", flat=True).distinct()
    ]


def months_one_by_one(
    indicator_ids: Collection[int],
    unit_ids: Collection[int],
    periods: Sequence[Period],
    level: int,
    reading: Reading,
    known: datetime | None = None,
) -> Months:
    """`months_of` from the values alone, keeping what each was: the lowest, the highest, and the unit's own."""
    firsts = sorted({month.first for one in periods for month in one.parts(Every.MONTH)})
    flows = inflows(unit_ids, firsts, reading)
    into = _Into.of(flows, firsts)
    sums: dict[tuple[int, int], dict[date, MonthSum]] = defaultdict(dict)
    given = Value.objects.known_at(known).filter(
        indicator_id__in=indicator_ids, first__in=firsts, level__gte=level
    )
    origins = sorted(into.origins)
    for start in range(0, len(origins), MANY):
        rows = given.filter(unit_id__in=origins[start : start + MANY]).order_by()
        for indicator_id, origin, first, amount in amounts_of(rows, firsts):
            for unit_id, share in into.shares(origin, first):
                one = sums[indicator_id, unit_id].setdefault(first, MonthSum(first))
                one.take(amount, share)
                if amount is not None:
                    (one.whole_ones if share == 1 else one.parted_ones).append(amount)
                if origin == unit_id and share == 1:
                    one.own.append(amount)
    return defaultdict(list, {key: [by[first] for first in sorted(by)] for key, by in sums.items()})


@dataclass(frozen=True, slots=True)
class _Into:
    """Into which units the values of a unit flow, month by month."""

    flows: Inflows
    single: Mapping[tuple[int, date], list[tuple[int, Fraction]]]  # by origin and month
    under: Mapping[tuple[int, date], list[int]]  # by place and month, the units asked for
    spans: Mapping[int, list[tuple[int, date, date | None]]]  # by origin, the places above it
    lasts: Mapping[date, date]

    @classmethod
    def of(cls, flows: Inflows, firsts: Sequence[date]) -> "_Into":
        """Read who stood under the places that flow in: one query at most."""
        single: dict[tuple[int, date], list[tuple[int, Fraction]]] = defaultdict(list)
        under: dict[tuple[int, date], list[int]] = defaultdict(list)
        for (unit_id, first), flow in flows.items():
            for top in flow.under:
                under[top, first].append(unit_id)
            for origin, share in flow.shares.items():
                if share:
                    single[origin, first].append((unit_id, share))
        spans: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
        tops = {top for top, _ in under}
        if tops:
            reached = spans_under(tops, since=firsts[0], until=month_of(firsts[-1]).end)
            for top, unit, since, until in reached:
                spans[unit].append((top, since, until))
        return cls(
            flows,
            single,
            under,
            spans,
            {first: month_of(first).last for first in firsts},
        )

    @property
    def origins(self) -> set[int]:
        """The units whose values flow anywhere."""
        return {origin for origin, _ in self.single} | self.spans.keys()

    def shares(self, origin: int, first: date) -> list[tuple[int, Fraction]]:
        """The units that a value of one unit and month flows into, each with its share."""
        last = self.lasts[first]
        found = list(self.single.get((origin, first), ()))
        for top, since, until in self.spans.get(origin, ()):
            if since <= last and (until is None or last < until):
                found += [
                    (unit_id, Fraction(1))
                    for unit_id in self.under.get((top, first), ())
                    if origin not in self.flows[unit_id, first].shares
                ]
        return found
