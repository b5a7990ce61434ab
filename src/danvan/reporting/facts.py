"""Timeliness and completeness of reports, for boards and reviews; always from the frozen obligations."""

from collections.abc import Collection
from dataclasses import dataclass
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
    """How completely and timely the units `within` (their ids) reported the months of a period. One query."""
    owed = Obligation.objects.filter(
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
