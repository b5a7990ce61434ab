"""Who did what with a document, from the audit log."""

from dataclasses import dataclass
from datetime import datetime

from danvan.documents.enums import Direction
from danvan.documents.models import Document
from danvan.foundation.models import AuditEntry

ACTS = {
    "documents.register": ("Vào sổ", "inbox"),
    "documents.enter_in_register": ("Vào sổ", "inbox"),
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
    "documents.amend_entry": ("Sửa mục trong sổ", "pencil"),
    "documents.attach_file": ("Gắn tệp", "paperclip"),
    "documents.forward": ("Chuyển", "corner-up-right"),
    "documents.handle": ("Đánh dấu đã xử lý xong", "circle-check"),
    "documents.reopen_handling": ("Bỏ đánh dấu đã xử lý", "arrow-back-up"),
    "documents.distribute": ("Gửi tới các nơi nhận", "send"),
    "documents.receive": ("Vào sổ từ văn bản được gửi", "inbox"),
    "documents.remind": ("Nhắc nơi chưa vào sổ", "bell"),
    "documents.recall": ("Thu hồi ở nơi chưa vào sổ", "ban"),
    "documents.confirm_relation": ("Xác nhận quan hệ với văn bản khác", "link"),
    "documents.reject_relation": ("Bỏ quan hệ đề xuất", "x"),
    "documents.add_relation": ("Ghi quan hệ với văn bản khác", "link"),
}
BROUGHT = "Đưa vào đọc"
LATEST = 50


@dataclass(frozen=True, slots=True)
class Moment:
    """One act in the life of a document."""

    at: datetime
    who: str
    words: str
    icon: str
    count: int | None = None
    noun: str = "mục"


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
            words=BROUGHT if _only_read(entry) else ACTS[entry.action][0],
            icon=ACTS[entry.action][1],
            count=_count(entry.details.get("proposals", entry.details.get("unit_ids"))),
            noun="nơi" if "unit_ids" in entry.details else "mục",
        )
        for entry in entries
    ]


def _only_read(entry: AuditEntry) -> bool:
    """Whether a text was brought to be read only: it took no number of a register."""
    return bool(entry.details.get("direction") == Direction.READING)


def _count(counted: object) -> int | None:
    if isinstance(counted, list):
        return len(counted)
    return counted if isinstance(counted, int) else None
