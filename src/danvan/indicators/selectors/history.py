"""What values were before they were corrected, and which of them are estimates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from danvan.foundation.periods import Period
from danvan.indicators.enums import Origin
from danvan.indicators.models import Value, ValueQuerySet
from danvan.indicators.selectors.definitions import Definitions
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import units_under


@dataclass(frozen=True, slots=True)
class Corrected:
    """How many values were given in a later vintage, and by how much their sum moved at the last correction."""

    values: int
    moved: Decimal


def corrections(behind: ValueQuerySet) -> Corrected:
    """What the last corrections of these current values changed; an unknown amount counts as nought. Two queries."""
    fields = ("indicator_id", "unit_id", "first", "vintage")
    now = {
        (*key[:3], key[3] - 1): amount
        for *key, amount in behind.filter(vintage__gt=1).values_list(*fields, "amount")
    }
    if not now:
        return Corrected(0, Decimal(0))
    indicators, units, months = ({key[place] for key in now} for place in range(3))
    rows = Value.objects.filter(
        current=False, indicator_id__in=indicators, unit_id__in=units, first__in=months
    ).values_list(*fields, "amount")
    before = {tuple(key): amount for *key, amount in rows if tuple(key) in now}
    moved = sum((now[key] or 0) - (before.get(key) or 0) for key in now)
    return Corrected(len(now), Decimal(moved))


def estimated_months(indicator_id: int, unit_id: int, months: Sequence[Period]) -> set[date]:
    """The months (their first days) in which any value at or under a unit is an estimate. A few queries."""
    book = Definitions.of([indicator_id])
    days = (months[0].last, months[-1].last)
    leaves = book.leaves(days[0]) | book.leaves(days[1])
    under = Q()
    for day in days:
        under |= Q(unit_id__in=units_under([unit_id], on=day, follows=Follows.PLACE))
    found = Value.objects.current().filter(
        under,
        indicator_id__in=leaves,
        first__in=[month.first for month in months],
        origin=Origin.ESTIMATED,
    )
    return set(found.order_by().values_list("first", flat=True).distinct())
