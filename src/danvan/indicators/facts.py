"""What stands behind rolled-up figures: how many values, how far approved, how often mended, unit by unit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval
from danvan.indicators.models import DirtyKey, Value, ValueQuerySet
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import units_under


@dataclass(frozen=True, slots=True)
class Behind:
    """The values behind one indicator in one month: those with a known amount, and what they have been through."""

    first: date
    records: int
    accepted: int
    locked: int
    mended: int  # second and later vintages


def values_under(
    indicator_ids: Collection[int], unit_id: int, period: Period, level: int = Approval.SENT
) -> ValueQuerySet:
    """The current values of some indicators, month by month, of the units then at or under a unit by place."""
    months = Q(pk__in=[])
    for month in period.parts(Every.MONTH):
        under = units_under([unit_id], on=month.last, follows=Follows.PLACE)
        months |= Q(first=month.first, unit_id__in=under)
    given = Value.objects.current().filter(indicator_id__in=indicator_ids, level__gte=level)
    return given.filter(months)


def behind_figures(
    indicator_ids: Collection[int], unit_id: int, period: Period, level: int = Approval.SENT
) -> dict[int, list[Behind]]:
    """By indicator: what stands behind each month of the period, in order. One query."""
    known = Q(amount__isnull=False)
    rows = (
        values_under(indicator_ids, unit_id, period, level)
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
    indicator_ids: Collection[int], unit_id: int, period: Period, level: int = Approval.SENT
) -> dict[int, dict[tuple[int, date], Decimal]]:
    """By indicator: the known amounts of each unit in each month, added up from the values. One query.

    The same figures as `roll_up` gives, read another way: a report is held against them.
    """
    known = values_under(indicator_ids, unit_id, period, level).filter(amount__isnull=False)
    rows = known.order_by().values_list("indicator_id", "unit_id", "first", "amount")
    found: dict[int, dict[tuple[int, date], Decimal]] = {}
    for indicator_id, unit, first, amount in rows:
        if amount is not None:
            found.setdefault(indicator_id, {})[unit, first] = amount
    return found


def are_waiting(period: Period) -> bool:
    """Whether values of these months have come in that the cube does not hold yet: a matter of seconds."""
    return DirtyKey.objects.filter(first__gte=period.first, first__lt=period.end).exists()
