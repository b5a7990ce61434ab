"""Who did what with a document, from the audit log."""

from dataclasses import dataclass
from datetime import datetime

from danvan.documents.models import Document
from danvan.foundation.models import AuditEntry

ACTS = {
    "documents.register": ("Vào sổ", "inbox"),
    "documents.read": ("Máy đọc xong", "text-scan-2"),
    "documents.give_up_reading": ("Máy không đọc được", "alert-triangle"),
    "documents.propose_again": ("Cho đọc lại", "refresh"),
    "documents.accept_proposal": ("Nhận một mục", "check"),
    "documents.correct_proposal": ("Sửa và nhận một mục", "pencil"),
    "documents.reject_proposal": ("Bỏ một mục", "x"),
    "documents.reopen_proposal": ("Xem lại một mục", "arrow-back-up"),
    "documents.accept_all_sure": ("Nhận các mục chắc", "checks"),
    "documents.reject_open": ("Bỏ các mục còn lại", "x"),
    "documents.finish_review": ("Kiểm lại xong", "circle-check"),
    "documents.reopen_review": ("Mở lại để kiểm", "arrow-back-up"),
    "documents.download": ("Tải tệp", "download"),
}
LATEST = 50


@dataclass(frozen=True, slots=True)
class Moment:
    """One act in the life of a document."""

    at: datetime
    who: str
    words: str
    icon: str
    count: int | None = None


def timeline(document: Document) -> list[Moment]:
    """The latest acts on a document, the newest first. One query."""
    entries = (
        AuditEntry.objects.filter(target=f"documents.document:{document.pk}", action__in=ACTS)
        .select_related("actor")
        .order_by("-pk")[:LATEST]
    )
    return [
        Moment(
            at=entry.at,
            who=str(entry.actor) if entry.actor else "Phần mềm",
            words=ACTS[entry.action][0],
            icon=ACTS[entry.action][1],
            count=_count(entry.details.get("proposals")),
        )
        for entry in entries
    ]


def _count(proposals: object) -> int | None:
    if isinstance(proposals, list):
        return len(proposals)
    return proposals if isinstance(proposals, int) else None
