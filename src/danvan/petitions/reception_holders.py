"""What a reorganisation and the calendar ask of citizen reception: unfinished days pass on, what happened stays."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.law.holders import ClockHolder, ClockMoved
from danvan.organisations.holders import HistoryHolder, Holder, StayingRows
from danvan.petitions.models import ReceptionDay, ReceptionStep, ReceptionVisit, VisitMatter
from danvan.petitions.reception_enums import COMING, VISIT, DayState, DayStepKind
from danvan.vietnamese.dates import format_date


class ReceptionDayHolder(HistoryHolder):
    """Who receives citizens on a day that is not held, or whose conclusion is not out yet."""

    key = "petitions.reception_days"
    label = "buổi tiếp công dân chưa xong"
    model = ReceptionDay
    field = "unit"
    line = ReceptionStep
    line_of = "day"
    line_kind = DayStepKind.PASSED_ON
    dated = True
    fields = ("unit",)
    kept = ("number", "state", "held_on", "former_id", "passed_on")

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Not held yet, or held and not concluded."""
        return ReceptionDay.objects.filter(state__in=(*COMING, DayState.HELD))

    def title(self, row: Any) -> str:
        """By its number and day."""
        return f"Buổi tiếp {row.number} ngày {format_date(row.held_on)}"


class FormerReceptionHolder(StayingRows):
    """Whose day it was before a reorganisation."""

    key = "petitions.former_reception"
    label = "buổi tiếp công dân trước sắp xếp"
    model = ReceptionDay
    fields = ("former",)


class VisitHolder(StayingRows):
    """Where somebody came: a fact of its day."""

    key = "petitions.visits"
    label = "lượt tiếp công dân"
    model = ReceptionVisit
    fields = ("unit",)
    kept = ("held_on",)


class VisitMatterHolder(StayingRows):
    """A row of the register of that day."""

    key = "petitions.visit_matters"
    label = "nội dung trong sổ tiếp công dân"
    model = VisitMatter
    fields = ("unit",)
    kept = ("on",)


HOLDERS: tuple[Holder, ...] = (
    ReceptionDayHolder(),
    FormerReceptionHolder(),
    VisitHolder(),
    VisitMatterHolder(),
)


class VisitClocks(ClockHolder):
    """The clocks of written refusals of reception."""

    kind = VISIT
    label = "thông báo từ chối tiếp công dân"

    def titles(self, subject_ids: Collection[int]) -> Mapping[int, str]:
        """By the day of the visit."""
        rows = ReceptionVisit.objects.filter(pk__in=subject_ids).values_list("pk", "held_on")
        return {pk: f"Từ chối tiếp ngày {format_date(day)}" for pk, day in rows}

    def moved(self, moves: Sequence[ClockMoved], *, actor: Any) -> None:
        """Take the new days over."""
        for one in moves:
            ReceptionVisit.objects.filter(pk=one.subject_id).update(refusal_due_on=one.new_due_on)
