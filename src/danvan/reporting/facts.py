"""Timeliness and completeness of reports, for boards and reviews; always from the frozen obligations."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from danvan.foundation.periods import Period
from danvan.reporting.models import Form, Obligation


@dataclass(frozen=True, slots=True)
class Completeness:
    """Of the reports `owed` for the months of a period: how many were `sent`, and `on_time`.

    Neither can exceed `owed`. A report counts once, however often it was sent again.
    """

    owed: int
    sent: int
    on_time: int

    @property
    def late(self) -> int:
        """Sent after the day they were due."""
        return self.sent - self.on_time

    @property
    def missing(self) -> int:
        """Never sent."""
        return self.owed - self.sent


def completeness(
    within: QuerySet[Any, Any] | Collection[int], period: Period, *, form: Form | None = None
) -> Completeness:
    """How completely and timely the units `within` (their ids) reported the months of a period. One query.

    Who was let off a report does not owe it.
    """
    owed = Obligation.objects.owed().filter(
        first__gte=period.first, first__lt=period.end, unit_id__in=within
    )
    if form is not None:
        owed = owed.filter(form=form)
    return Completeness(
        **owed.aggregate(
            owed=Count("pk"),
            sent=Count("pk", filter=Q(first_sent_on__isnull=False)),
            on_time=Count("pk", filter=Q(first_sent_on__lte=F("due_on"))),
        )
    )


def forms_owed(within: QuerySet[Any, Any] | Collection[int], period: Period) -> list[Form]:
    """The forms of which the units `within` owe a month of the period, in order. One query."""
    owed = Obligation.objects.owed().filter(
        first__gte=period.first, first__lt=period.end, unit_id__in=within
    )
    return list(
        Form.objects.filter(pk__in=owed.order_by().values("form_id")).order_by("code", "number")
    )


@dataclass(frozen=True, slots=True)
class Owed:
    """One report that is owed: by whom, for which month, by when, and when it was first sent."""

    pk: int
    unit_id: int
    first: date
    due_on: date
    sent_on: date | None

    @property
    def timely(self) -> bool:
        """Sent no later than it was due."""
        return self.sent_on is not None and self.sent_on <= self.due_on


def months_owed(
    within: QuerySet[Any, Any] | Collection[int], period: Period, *, form: Form
) -> list[Owed]:
    """Each report owed for a month of the period. One query.

    The rows that `completeness` counts: a report is held against them, and names from them who is late.
    """
    owed = Obligation.objects.owed().filter(
        form=form, first__gte=period.first, first__lt=period.end, unit_id__in=within
    )
    rows = owed.order_by("first", "unit_id")
    return [
        Owed(*row) for row in rows.values_list("pk", "unit_id", "first", "due_on", "first_sent_on")
    ]
