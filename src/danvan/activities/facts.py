"""Totals of recorded activities for reports, counted from the records."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from danvan.activities.enums import ActivityKind
from danvan.activities.models import Activity, ActivityEvidence
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
    shown = ActivityEvidence.objects.filter(activity=OuterRef("pk"))
    rows = (
        Activity.objects.standing()
        .filter(unit_id__in=units, held_on__gte=period.first, held_on__lt=period.end)
        .annotate(shown=Exists(shown))
        .values("kind")
        .annotate(
            records=Count("pk"),
            total=Sum("quantity"),
            leads=Count("unit_id", distinct=True),
            people=Sum("attendance"),
            known=Count("attendance"),
            with_evidence=Count("pk", filter=Q(shown=True)),
        )
        .order_by()
    )
    found = {
        row["kind"]: KindTotal(
            kind=ActivityKind(row["kind"]),
            records=row["records"],
            quantity=row["total"],
            units=row["leads"],
            attendance=row["people"] or 0,
            attendance_known=row["known"],
            with_evidence=row["with_evidence"],
        )
        for row in rows
    }
    return [found[kind] for kind in ActivityKind if kind in found]
