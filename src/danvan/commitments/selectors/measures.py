"""What is counted of commitments, each as one condition: kept counts, live counts and lists all read it from here."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from danvan.commitments.enums import UNCOUNTED, Ruling
from danvan.commitments.models import Extension
from danvan.commitments.selectors import brackets

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
    **{name: brackets.LABELS[name] for name in brackets.LATE},
    "extended": "Đã gia hạn",
}


def counted() -> Q:
    """What stands in figures at all: neither withdrawn nor replaced by another."""
    return ~Q(state__in=UNCOUNTED)


def measures(on: date, bounds: brackets.Brackets | None = None) -> dict[str, Q]:
    """The condition of every measure as on a day; each holds for commitments that are counted.

    How late by `bounds`; without these nothing is in a bracket.
    """
    claimed, undone = Q(claimed_on__isnull=False), Q(claimed_on=None)
    late = undone & Q(due_on__lt=on)

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
        **(bounds.late(on) if bounds else dict.fromkeys(brackets.LATE, Q(pk=None))),
        "extended": _extended(),
    }


def _extended() -> Q:
    granted = Extension.objects.filter(commitment=OuterRef("pk"), ruling=Ruling.GRANTED)
    return Q(Exists(granted))
