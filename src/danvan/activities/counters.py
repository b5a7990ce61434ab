"""What is counted from activities: for each kind, the sum of what was stated, by lead unit and day."""

from collections.abc import Callable, Collection, Sequence

from django.db.models import Q, Sum
from django.urls import reverse

from danvan.activities.enums import COUNTED_IN, ActivityKind
from danvan.activities.models import Activity, ActivityEvidence, ActivityQuerySet
from danvan.foundation.periods import Period
from danvan.indicators.counters import CountedRecord, Counter, register, tally_by


def register_all() -> None:
    """Register one counter a kind; called once, when the app starts."""
    for kind in ActivityKind:
        register(
            Counter(
                key=f"activities.{kind}",
                label=str(kind.label),
                unit_label=COUNTED_IN[kind],
                definition=(
                    f"Cộng số lượng của các hoạt động loại “{kind.label}” do đơn vị chủ trì, "
                    "theo ngày thực hiện; hoạt động đã rút không tính."
                ),
                count=_counting(kind),
                records=_listing(kind),
                count_by=_counting_by(kind),
                number_of_records=_numbering(kind),
            )
        )


def _days(period: Period) -> Q:
    return Q(held_on__gte=period.first, held_on__lt=period.end)


def _by(kind: ActivityKind, unit_ids: Collection[int]) -> ActivityQuerySet:
    return Activity.objects.standing().filter(kind=kind, unit_id__in=unit_ids)


def _of(kind: ActivityKind, unit_ids: Collection[int], period: Period) -> ActivityQuerySet:
    return _by(kind, unit_ids).filter(_days(period))


def _counting(kind: ActivityKind) -> Callable[[Collection[int], Period], dict[int, int]]:
    def count(unit_ids: Collection[int], period: Period) -> dict[int, int]:
        rows = _of(kind, unit_ids, period).order_by().values("unit_id")
        return dict(rows.annotate(number=Sum("quantity")).values_list("unit_id", "number"))

    return count


def _counting_by(
    kind: ActivityKind,
) -> Callable[[Collection[int], Sequence[Period]], dict[tuple[int, Period], int]]:
    def count_by(
        unit_ids: Collection[int], periods: Sequence[Period]
    ) -> dict[tuple[int, Period], int]:
        return tally_by(
            _by(kind, unit_ids),
            unit="unit_id",
            periods=periods,
            within=_days,
            number=lambda of: Sum("quantity", filter=of),
        )

    return count_by


def _numbering(kind: ActivityKind) -> Callable[[Collection[int], Period], int]:
    def number(unit_ids: Collection[int], period: Period) -> int:
        return _of(kind, unit_ids, period).count()

    return number


def _listing(kind: ActivityKind) -> Callable[[Collection[int], Period], list[CountedRecord]]:
    def records(unit_ids: Collection[int], period: Period) -> list[CountedRecord]:
        shown = ActivityEvidence.objects.filter(activity__in=_of(kind, unit_ids, period))
        evidenced = set(shown.values_list("activity_id", flat=True))
        return [
            CountedRecord(
                model="activities.activity",
                pk=activity.pk,
                unit_id=activity.unit_id,
                title=activity.title,
                day=activity.held_on,
                quantity=activity.quantity,
                url=reverse("activities:card", args=[activity.pk]),
                has_evidence=activity.pk in evidenced,
            )
            for activity in _of(kind, unit_ids, period).order_by("held_on", "pk")
        ]

    return records
