"""Totals of what was due, for reports and boards, counted from the ledger."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from danvan.commitments.enums import UNCOUNTED
from danvan.commitments.models import Commitment
from danvan.foundation.periods import Period


@dataclass(frozen=True, slots=True)
class DueTotals:
    """What was due in a period and how it stood on a day: `due` = `claimed` + `unclaimed`.

    `verified` is a part of `claimed`; `verified_in_time` is the part of `verified` that its lead claimed by
    its day. `overdue` is the part of `unclaimed` whose day was over. `agreed` and `disputed` are parts of
    `asked`, what somebody who asked for it follows; where nobody asked there is no third fact.
    """

    due: int
    claimed: int
    verified: int
    verified_in_time: int
    overdue: int
    unclaimed: int
    asked: int = 0
    agreed: int = 0
    disputed: int = 0


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
        .exclude(state__in=UNCOUNTED)
        .order_by()
        .aggregate(
            due=Count("pk"),
            claimed=Count("pk", filter=claimed),
            verified=Count("pk", filter=verified),
            verified_in_time=Count("pk", filter=verified & Q(claimed_on__lte=F("due_on"))),
            overdue=Count("pk", filter=unclaimed & Q(due_on__lt=on)),
            unclaimed=Count("pk", filter=unclaimed),
            asked=Count("pk", filter=Q(asked_on__lte=on)),
            agreed=Count("pk", filter=Q(agreed_on__lte=on)),
            disputed=Count("pk", filter=Q(disputed_on__lte=on)),
        )
    )
    return DueTotals(**row)


@dataclass(frozen=True, slots=True)
class DueRow:
    """One commitment that `totals` counts, as it stood on the day asked for."""

    pk: int
    number: str
    title: str
    lead_id: int
    due_on: date
    claimed_on: date | None
    verified_on: date | None
    asked_on: date | None = None
    agreed_on: date | None = None
    disputed_on: date | None = None


FIELDS = (
    "pk", "number", "title", "lead_id", "due_on", "claimed_on", "verified_on", "asked_on", "agreed_on",
    "disputed_on",
)  # fmt: skip


def due_rows(within: QuerySet[Any, Any], period: Period, on: date) -> list[DueRow]:
    """The commitments that `totals` counts, one by one, by day. A claim or a check after `on` is left out.

    The same question asked another way: a report is held against it before it is signed. One query.
    """
    rows = (
        Commitment.objects.filter(lead_id__in=within, assigned_on__lte=on)
        .filter(due_on__gte=period.first, due_on__lt=period.end)
        .exclude(state__in=UNCOUNTED)
        .order_by("due_on", "pk")
        .values_list(*FIELDS)
    )

    def by_then(day: date | None) -> date | None:
        return day if day is not None and day <= on else None

    return [
        DueRow(pk, number, title, lead, due_on, *(by_then(day) for day in days))
        for pk, number, title, lead, due_on, *days in rows
        if due_on is not None
    ]
