"""Totals of recorded activities for reports, counted from the records."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from danvan.activities.enums import ActivityKind
from danvan.activities.models import Activity
from danvan.foundation.periods import Period


@dataclass(frozen=True, slots=True)
class KindTotal:
    """What was done of one kind. `attendance` sums only the `attendance_known` records that state it."""

    kind: ActivityKind
    records: int
    quantity: int
    units: int
    attendance: int
    attendance_known: int
    with_evidence: int


def totals_by_kind(units: QuerySet[Any, Any], period: Period) -> list[KindTotal]:
    """Totals of the standing activities led by `units` (a queryset of ids) in the period, by kind."""
    rows = (
        Activity.objects.standing()
        .filter(unit_id__in=units, held_on__gte=period.first, held_on__lt=period.end)
        .values("kind")
        .annotate(
            records=Count("pk", distinct=True),
            units=Count("unit_id", distinct=True),
            with_evidence=Count("pk", filter=Q(evidence__isnull=False), distinct=True),
        )
    )
    sums = {
        row["kind"]: row
        for row in Activity.objects.standing()
        .filter(unit_id__in=units, held_on__gte=period.first, held_on__lt=period.end)
        .values("kind")
        .annotate(total=Sum("quantity"), people=Sum("attendance"), known=Count("attendance"))
    }
    found = {
        row["kind"]: KindTotal(
            ActivityKind(row["kind"]),
            row["records"],
            sums[row["kind"]]["total"],
            row["units"],
            sums[row["kind"]]["people"] or 0,
            sums[row["kind"]]["known"],
            row["with_evidence"],
        )
        for row in rows
    }
    return [found[kind] for kind in ActivityKind if kind in found]
