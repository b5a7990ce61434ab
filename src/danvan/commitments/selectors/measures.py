"""What is counted of commitments, each as one condition: kept counts, live counts and lists all read it from here."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q

from danvan.commitments.enums import UNCOUNTED, Ruling
from danvan.commitments.models import Extension

# The bounds of ageing, in days: a choice of the house.
WEEK, MONTH, QUARTER = 7, 30, 90
# What a list says it is narrowed to.
LABELS: Mapping[str, str] = {
    "counted": "Mọi việc còn tính",
    "claimed": "Đã báo xong",
    "undone": "Chưa báo xong",
    "verified": "Đã kiểm tra xong",
    "unverified": "Đã báo xong, chưa kiểm tra",
    "asked": "Có người hỏi theo dõi",
    "agreed": "Người hỏi đồng ý",
    "disputed": "Người hỏi chưa đồng ý",
    "unanswered": "Người hỏi chưa trả lời",
    "come": "Đã đến hạn hoặc đã báo xong",
    "in_time": "Báo xong đúng hạn",
    "out_of_time": "Báo xong sau hạn",
    "overdue": "Quá hạn, chưa báo xong",
    "late_week": f"Quá hạn đến {WEEK} ngày",
    "late_month": f"Quá hạn {WEEK + 1} đến {MONTH} ngày",
    "late_quarter": f"Quá hạn {MONTH + 1} đến {QUARTER} ngày",
    "late_more": f"Quá hạn trên {QUARTER} ngày",
    "extended": "Đã gia hạn",
}


def counted() -> Q:
    """What stands in figures at all: neither withdrawn nor replaced by another."""
    return ~Q(state__in=UNCOUNTED)


def measures(on: date) -> dict[str, Q]:
    """The condition of every measure as on a day; each holds for commitments that are counted."""
    claimed, undone = Q(claimed_on__isnull=False), Q(claimed_on=None)
    late = undone & Q(due_on__lt=on)

    def between(most: int, least: int) -> Q:
        return late & Q(
            due_on__gte=on - timedelta(days=most), due_on__lt=on - timedelta(days=least)
        )

    return {
        "counted": Q(pk__isnull=False),
        "claimed": claimed,
        "undone": undone,
        "verified": Q(verified_on__isnull=False),
        "unverified": claimed & Q(verified_on=None),
        "asked": Q(asked_on__isnull=False),
        "agreed": Q(agreed_on__isnull=False),
        "disputed": Q(disputed_on__isnull=False),
        "unanswered": Q(asked_on__isnull=False, agreed_on=None, disputed_on=None),
        "come": Q(due_on__isnull=False) & (claimed | Q(due_on__lt=on)),
        "in_time": Q(claimed_on__lte=F("due_on")),
        "out_of_time": Q(claimed_on__gt=F("due_on")),
        "overdue": late,
        "late_week": between(WEEK, 0),
        "late_month": between(MONTH, WEEK),
        "late_quarter": between(QUARTER, MONTH),
        "late_more": late & Q(due_on__lt=on - timedelta(days=QUARTER)),
        "extended": _extended(),
    }


def _extended() -> Q:
    granted = Extension.objects.filter(commitment=OuterRef("pk"), ruling=Ruling.GRANTED)
    return Q(Exists(granted))
