"""Following up and difficulties go with the units while an answer is awaited; what was said stays where it was said."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from danvan.commitments.enums import FollowUpKind
from danvan.commitments.models import (
    Difficulty,
    DifficultyStep,
    FollowUp,
    FollowUpPart,
    WorkEntry,
)
from danvan.organisations.holders import FieldHolder, Holder, StayingRows
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


class _DifficultyHolder(FieldHolder):
    """A side of a difficulty that nobody has answered."""

    model = Difficulty

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Not answered; what is joined to another waits with it."""
        return Difficulty.objects.filter(answered_at=None)

    def title(self, row: Any) -> str:
        """By its day: its own words may name a person."""
        return f"Khó khăn, vướng mắc nêu ngày {format_date(timezone.localdate(row.raised_at))}"


class RaiserHolder(_DifficultyHolder):
    """Who raised it, and gets the answer."""

    key = "commitments.raiser"
    label = "khó khăn, vướng mắc đã nêu, chưa có trả lời"
    field = "unit"
    fields = ("unit",)
    kept = ("joined_to_id",)


class AnswererHolder(_DifficultyHolder):
    """Whose turn it is to answer or pass on."""

    key = "commitments.answerer"
    label = "khó khăn, vướng mắc chờ trả lời"
    field = "at_unit"
    fields = ("at_unit",)
    kept = ("waits_since",)


class DifficultyWayHolder(StayingRows):
    """Which units were on the way: a fact."""

    key = "commitments.difficulty_way"
    label = "diễn biến khó khăn, vướng mắc"
    model = DifficultyStep
    fields = ("unit",)
    kept = ("kind",)


class WorkHolder(StayingRows):
    """Where a cadre worked on the day: a fact."""

    key = "commitments.work"
    label = "dòng nhật ký công việc"
    model = WorkEntry
    fields = ("unit",)
    kept = ("user_id", "on")


FOLLOW_HOLDERS: tuple[Holder, ...] = (
    AnswererHolder(),
    DifficultyWayHolder(),
    FollowedHolder(),
    FollowerHolder(),
    RaiserHolder(),
    WorkHolder(),
)


def _called(row: FollowUp) -> str:
    kind = str(FollowUpKind(row.kind).label).lower()
    return f"lượt {kind} ngày {format_date(row.on)}"
