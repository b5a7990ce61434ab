"""A planned session and a review not yet given pass to the heir; whom a session was for stays as it was."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.documents.enums import SessionState
from danvan.documents.models import DisseminationSession, ReviewDuty, SessionUnit
from danvan.organisations.holders import FieldHolder, Holder, StayingRows
from danvan.vietnamese.dates import format_date


class SessionHolder(FieldHolder):
    """Who is to hold a planned session; one that was held stays with who held it."""

    key = "documents.sessions"
    label = "hội nghị quán triệt chưa ghi kết quả"
    model = DisseminationSession
    field = "held_by"
    fields = ("held_by",)
    kept = ("document_id", "on", "state", "invited", "attended")
    counts = "changes"

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Planned."""
        planned = DisseminationSession.objects.filter(state=SessionState.PLANNED)
        return planned.select_related("document").defer("document__text")

    def title(self, row: Any) -> str:
        """By the document and the day."""
        return f"Hội nghị quán triệt {row.document.symbol} ngày {format_date(row.on)}"


class SessionUnitHolder(StayingRows):
    """Whom a session was for: heirs are counted as reached through those before them."""

    key = "documents.session_units"
    label = "đơn vị của hội nghị quán triệt"
    model = SessionUnit
    fields = ("unit",)
    kept = ("session_id", "invited", "attended", "absent")


class ReviewHolder(FieldHolder):
    """Who owes a review; of one that an heir owes twice one commitment is made."""

    key = "documents.reviews"
    label = "lần sơ kết, tổng kết chưa giao"
    model = ReviewDuty
    field = "unit"
    fields = ("unit",)
    kept = ("document_id", "kind", "due_on", "commitment_id")

    def open_rows(self, on: date) -> QuerySet[Any, Any]:
        """Not yet given: a commitment passes on by itself."""
        return ReviewDuty.objects.waiting().select_related("document").defer("document__text")

    def title(self, row: Any) -> str:
        """By its words and the document."""
        return f"{row.title} {row.document.symbol}".strip()


SESSION_HOLDERS: tuple[Holder, ...] = (SessionHolder(), SessionUnitHolder(), ReviewHolder())
