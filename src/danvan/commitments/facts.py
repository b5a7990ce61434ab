"""Totals of what was due, for reports and boards, counted from the ledger."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from danvan.commitments.enums import State
from danvan.commitments.models import Commitment
from danvan.foundation.periods import Period


@dataclass(frozen=True, slots=True)
class DueTotals:
    """What was due in a period and how it stood on a day: `due` = `claimed` + `unclaimed`.

    `verified` is a part of `claimed`; `verified_in_time` is the part of `verified` that its lead claimed by
    its day. `overdue` is the part of `unclaimed` whose day was over.
    """

    due: int
    claimed: int
    verified: int
    verified_in_time: int
    overdue: int
    unclaimed: int


def totals(within: QuerySet[Any, Any], period: Period, on: date) -> DueTotals:
    """The commitments led by `within` (a queryset of unit ids) whose present day lies in the period, as on `on`.

    A claim or a check made after `on` does not count yet; what was withdrawn never does. One query.
    """
    claimed, verified = Q(claimed_on__lte=on), Q(verified_on__lte=on)
    unclaimed = Q(claimed_on=None) | Q(claimed_on__gt=on)
    row = (
        Commitment.objects.filter(
            lead_id__in=within,
            assigned_on__lte=on,
            due_on__gte=period.first,
            due_on__lt=period.end,
        )
        .exclude(state=State.WITHDRAWN)
        .order_by()
        .aggregate(
            due=Count("pk"),
            claimed=Count("pk", filter=claimed),
            verified=Count("pk", filter=verified),
            verified_in_time=Count("pk", filter=verified & Q(claimed_on__lte=F("due_on"))),
            overdue=Count("pk", filter=unclaimed & Q(due_on__lt=on)),
            unclaimed=Count("pk", filter=unclaimed),
        )
    )
    return DueTotals(**row)


def due_by_lead(
    within: QuerySet[Any, Any], period: Period, on: date
) -> dict[int, tuple[int, int, int]]:
    """The commitments of `totals` lead by lead, read from the rows: (due, unclaimed, overdue). One query.

    The same question asked another way: a report is held against it before it is signed.
    """
    rows = Commitment.objects.filter(
        lead_id__in=within, due_on__gte=period.first, assigned_on__lte=on
    )
    found: dict[int, tuple[int, int, int]] = {}
    for lead, due_on, claimed_on in (
        rows.exclude(state=State.WITHDRAWN)
        .filter(due_on__lt=period.end)
        .order_by("due_on", "pk")
        .values_list("lead_id", "due_on", "claimed_on")
    ):
        assert due_on is not None
        undone = claimed_on is None or claimed_on > on
        due, unclaimed, overdue = found.get(lead, (0, 0, 0))
        found[lead] = (due + 1, unclaimed + undone, overdue + (undone and due_on < on))
    return found
