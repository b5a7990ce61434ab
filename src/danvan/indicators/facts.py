"""What stands behind rolled-up figures: how many values, how far approved, how often mended, unit by unit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from danvan.foundation.periods import Every, Period
from danvan.indicators.again import amounts_again, is_added
from danvan.indicators.enums import AcrossBreak, Approval
from danvan.indicators.exact import exactly, millionths_of
from danvan.indicators.models import DirtyKey, Value, ValueQuerySet
from danvan.indicators.selectors.flowing import Inflows, inflows
from danvan.indicators.selectors.measures import versions_for
from danvan.organisations.selectors.readings import THEN, Reading

__all__ = [
    "Behind",
    "amounts_again",
    "are_waiting",
    "behind_figures",
    "is_added",
    "sums_by_unit",
    "values_under",
]


@dataclass(frozen=True, slots=True)
class Behind:
    """The values behind one indicator in one month: those with a known amount, and what they have been through."""

    first: date
    records: int
    accepted: int
    locked: int
    mended: int  # second and later vintages


def values_under(
    indicator_ids: Collection[int],
    unit_id: int,
    period: Period,
    level: int = Approval.SENT,
    reading: Reading = THEN,
) -> ValueQuerySet:
    """The current values of some indicators, month by month, of the units that flow into a unit in the reading."""
    return _under(indicator_ids, _flows(unit_id, period, reading), level)


def _flows(unit_id: int, period: Period, reading: Reading) -> Inflows:
    firsts = [month.first for month in period.parts(Every.MONTH)]
    return inflows([unit_id], firsts, reading)


def _under(indicator_ids: Collection[int], flows: Inflows, level: int) -> ValueQuerySet:
    months = Q(pk__in=[])
    for flow in flows.values():
        months |= flow.rows
    given = Value.objects.current().filter(indicator_id__in=indicator_ids, level__gte=level)
    return given.filter(months)


def behind_figures(
    indicator_ids: Collection[int],
    unit_id: int,
    period: Period,
    level: int = Approval.SENT,
    reading: Reading = THEN,
) -> dict[int, list[Behind]]:
    """By indicator: what stands behind each month of the period, in order. A constant number of queries."""
    known = Q(amount__isnull=False)
    rows = (
        values_under(indicator_ids, unit_id, period, level, reading)
        .order_by()
        .values("indicator_id", "first")
        .annotate(
            records=Count("pk", filter=known),
            accepted=Count("pk", filter=known & Q(level__gte=Approval.ACCEPTED)),
            locked=Count("pk", filter=known & Q(level__gte=Approval.LOCKED)),
            mended=Count("pk", filter=known & Q(vintage__gt=1)),
        )
        .order_by("first")
    )
    found: dict[int, list[Behind]] = {}
    names = ("indicator_id", "first", "records", "accepted", "locked", "mended")
    for indicator_id, *counted in rows.values_list(*names):
        found.setdefault(indicator_id, []).append(Behind(*counted))
    return found


def sums_by_unit(
    indicator_ids: Collection[int],
    unit_id: int,
    period: Period,
    level: int = Approval.SENT,
    reading: Reading = THEN,
) -> dict[int, dict[tuple[int, date], Decimal]]:
    """By indicator: the known amounts of each unit in each month, each by the share of it that is in the figure.

    Of what is added (`is_added`) the same figures as `roll_up` gives, read another way: a report is held against
    them. A constant number of queries.
    """
    versions = versions_for(indicator_ids, period.last)
    flows = _flows(unit_id, period, reading)
    known = _under(indicator_ids, flows, level).filter(amount__isnull=False)
    rows = known.order_by().values_list("indicator_id", "unit_id", "first", "amount")
    found: dict[int, dict[tuple[int, date], Decimal]] = {}
    for indicator_id, unit, first, amount in rows:
        share = flows[unit_id, first].share_of(unit)
        if amount is None or (share != 1 and versions[indicator_id].at_break == AcrossBreak.WHOLE):
            continue
        part = amount if share == 1 else exactly(millionths_of(amount) * share)
        found.setdefault(indicator_id, {})[unit, first] = part
    return found


def are_waiting(period: Period) -> bool:
    """Whether values of these months have come in that the cube does not hold yet: a matter of seconds."""
    return DirtyKey.objects.filter(first__gte=period.first, first__lt=period.end).exists()
