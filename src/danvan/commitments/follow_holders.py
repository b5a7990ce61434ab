"""Following up goes with the units while an answer is awaited; what was found and answered stays where it was said."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.commitments.enums import FollowUpKind
from danvan.commitments.models import FollowUp, FollowUpPart
from danvan.organisations.holders import FieldHolder, Holder
from danvan.vietnamese.dates import format_date


class FollowerHolder(FieldHolder):
    """Who followed work up, and waits for answers."""

    key = "commitments.follower"
    label = "lượt theo dõi, đôn đốc, kiểm tra đang chờ trả lời"
    model = FollowUp
    field = "unit"
    fields = ("unit",)

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """A unit was asked and has not answered."""
        waiting = FollowUpPart.objects.all().waiting()
        return FollowUp.objects.filter(pk__in=waiting.values("follow_up_id"))

    def title(self, row: Any) -> str:
        """By its kind and day: what was found may name a person."""
        return f"Nhận trả lời sau {_called(row)}"


class FollowedHolder(FieldHolder):
    """Who is to answer."""

    key = "commitments.followed"
    label = "lượt theo dõi, đôn đốc, kiểm tra phải trả lời"
    model = FollowUpPart
    field = "unit"
    fields = ("unit",)
    kept = ("answered_at",)

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Asked, not answered."""
        return FollowUpPart.objects.all().waiting().select_related("follow_up")

    def title(self, row: Any) -> str:
        """By the act's kind and day."""
        return f"Trả lời sau {_called(row.follow_up)}"


FOLLOW_HOLDERS: tuple[Holder, ...] = (FollowedHolder(), FollowerHolder())


def _called(row: FollowUp) -> str:
    kind = str(FollowUpKind(row.kind).label).lower()
    return f"lượt {kind} ngày {format_date(row.on)}"
