"""What values were before they were corrected, and how final a month is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Q, Sum

from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval, Origin
from danvan.indicators.exact import exactly, millionths_of
from danvan.indicators.models import CubeCell, Value, ValueQuerySet
from danvan.indicators.selectors.cube import month_of
from danvan.indicators.selectors.definitions import Definitions
from danvan.indicators.selectors.flowing import Inflow, inflows
from danvan.organisations.selectors import spans_under
from danvan.organisations.selectors.readings import THEN, Reading


@dataclass(frozen=True, slots=True)
class Corrected:
    """How many values were given in a later vintage, and by how much their sum moved at the last correction."""

    values: int
    moved: Decimal


@dataclass(frozen=True, slots=True)
class Finality:
    """How many values of a month were given, how many of them accepted (or locked), how many locked; and
    whether any is an estimate."""

    given: int
    accepted: int
    locked: int
    estimated: bool


def corrections(behind: ValueQuerySet, shares: Mapping[int, Fraction] | None = None) -> Corrected:
    """What the last corrections of these current values changed; an unknown amount counts as nought. Two queries.

    `shares` (of `shares_behind`) is by what share each value enters the figure; without it, whole.
    """
    fields = ("indicator_id", "unit_id", "first", "vintage")
    now, share = {}, {}
    for pk, *key, amount in behind.filter(vintage__gt=1).values_list("pk", *fields, "amount"):
        before_it = (*key[:3], key[3] - 1)
        now[before_it] = amount
        share[before_it] = Fraction(1) if shares is None else shares[pk]
    if not now:
        return Corrected(0, Decimal(0))
    indicators, units, months = ({key[place] for key in now} for place in range(3))
    rows = Value.objects.filter(
        current=False, indicator_id__in=indicators, unit_id__in=units, first__in=months
    ).values_list(*fields, "amount")
    before = {tuple(key): amount for *key, amount in rows if tuple(key) in now}
    moved = sum(
        millionths_of((now[key] or Decimal(0)) - (before.get(key) or Decimal(0))) * share[key]
        for key in now
    )
    return Corrected(len(now), exactly(moved))


def finality(
    indicator_id: int, unit_id: int, months: Sequence[Period], reading: Reading = THEN
) -> dict[date, Finality]:
    """How final each month is, by its first day; a month in which nothing was given is left out.

    Provinces and the country are read from the cube, except for the estimates and for what strays from one
    province to another in the reading. A constant number of queries.
    """
    book = Definitions.of([indicator_id])
    leaves = {leaf for month in months for leaf in book.leaves([indicator_id], month.last)}
    firsts = [month.first for month in months]
    flows = {flow.first: flow for flow in inflows([unit_id], firsts, reading).values()}
    celled = {first for first, flow in flows.items() if flow.celled and not flow.shares}
    given = Value.objects.current().filter(indicator_id__in=leaves)
    counts: dict[date, dict[int, int]] = {}
    for first, level, count in _from_cells(flows, celled, leaves):
        held = counts.setdefault(first, {})
        held[level] = held.get(level, 0) + count
    below = Q(pk__in=[])
    for first in sorted(flows.keys() - celled):
        below |= flows[first].rows
    rows = given.filter(below).order_by().values_list("first", "level").annotate(Count("pk"))
    for first, level, count in rows:
        for reached in Approval:  # cells hold what stands at a level or above it
            if level >= reached:
                held = counts.setdefault(first, {})
                held[reached] = held.get(reached, 0) + count
    estimated = _estimated(given.filter(first__in=firsts), flows)
    return {first: _final(counts[first], estimated=first in estimated) for first in sorted(counts)}


def _final(found: Mapping[int, int], *, estimated: bool) -> Finality:
    sent, _, accepted, locked = (found.get(level, 0) for level in Approval)
    return Finality(sent, accepted, locked, estimated=estimated)


def _from_cells(
    flows: Mapping[date, Inflow], celled: Collection[date], leaves: Collection[int]
) -> list[tuple[date, int, int]]:
    tops = {top for first in celled for top in flows[first].under}
    cells = CubeCell.objects.filter(indicator_id__in=leaves, unit_id__in=tops, first__in=celled)
    rows = cells.order_by().values_list("first", "level", "unit_id").annotate(Sum("asked"))
    return [(first, level, count) for first, level, top, count in rows if top in flows[first].under]


def _estimated(given: ValueQuerySet, flows: Mapping[date, Inflow]) -> set[date]:
    """The months in which an estimate flows in: estimates are few, so each is held against the units of its month."""
    rows = given.filter(origin=Origin.ESTIMATED).order_by().values_list("first", "unit_id")
    estimates = set(rows.distinct())
    tops = {top for flow in flows.values() for top in flow.under}
    stood: dict[int, list[tuple[int, date, date | None]]] = {}
    if estimates and tops:
        since, until = min(flows), month_of(max(flows)).end
        for top, unit, start, end in spans_under(tops, since=since, until=until).filter(
            unit_id__in=given.filter(origin=Origin.ESTIMATED).order_by().values("unit_id")
        ):
            stood.setdefault(unit, []).append((top, start, end))
    found = set()
    for first, unit in estimates:
        flow, last = flows[first], month_of(first).last
        if unit in flow.shares:
            flows_in = flow.shares[unit] > 0
        else:
            flows_in = any(
                top in flow.under and start <= last and (end is None or last < end)
                for top, start, end in stood.get(unit, ())
            )
        if flows_in:
            found.add(first)
    return found
