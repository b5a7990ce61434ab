"""The columns of the two paper registers, one after the other, as the page, Excel and the printed page have them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from danvan.documents.enums import Direction, Priority
from danvan.documents.models import Document
from danvan.documents.selectors.numbers import FreeNumbers
from danvan.vietnamese.dates import format_date


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in Excel, its class on paper, what stands in it."""

    heading: str
    width: int
    shape: str
    of: Callable[[Document], Any]


def _titled(document: Document) -> str:
    return f"{document.get_document_type_display()}: {document.abstract}"


def _noted(document: Document) -> str:
    """The note with how urgent it is and by when it must be dealt with."""
    urgent = document.get_priority_display() if document.priority != Priority.NORMAL else ""
    due = f"Hạn xử lý {format_date(document.due_on)}" if document.due_on else ""
    return "; ".join(part for part in (urgent, due, document.note) if part)


_TITLE = Column("Tên loại và trích yếu nội dung văn bản", 60, "so-rong", _titled)
_FORWARDED = Column("Ngày chuyển", 12, "so-ngay", lambda one: one.forwarded_on)
_SIGNED_FOR = Column("Ký nhận", 14, "so-ky", lambda one: "")
_NOTE = Column("Ghi chú", 28, "so-vua", _noted)
_SYMBOL = Column("Số, ký hiệu văn bản", 22, "so-vua", lambda one: one.symbol)
_ISSUED = Column("Ngày văn bản", 12, "so-ngay", lambda one: one.issued_on)

COLUMNS: dict[str, tuple[Column, ...]] = {
    Direction.INCOMING: (
        Column("Ngày đến", 12, "so-ngay", lambda one: one.received_on),
        Column("Số đến", 9, "so-so", lambda one: one.entry_number),
        Column("Tác giả", 32, "so-vua", lambda one: one.issuer_name),
        _SYMBOL,
        _ISSUED,
        _TITLE,
        Column("Đơn vị hoặc người nhận", 26, "so-vua", lambda one: one.kept_by),
        _FORWARDED,
        _SIGNED_FOR,
        _NOTE,
    ),
    Direction.OUTGOING: (
        _SYMBOL,
        _ISSUED,
        _TITLE,
        Column("Người ký", 24, "so-vua", lambda one: one.signer),
        Column("Nơi nhận", 34, "so-vua", lambda one: one.recipients),
        Column("Đơn vị, người nhận bản lưu", 24, "so-vua", lambda one: one.kept_by),
        Column("Số lượng bản", 9, "so-so", lambda one: one.copies),
        _FORWARDED,
        _SIGNED_FOR,
        _NOTE,
    ),
}


def cells_of(document: Document) -> list[Any]:
    """What stands in the columns of its register for one document."""
    return [column.of(document) for column in COLUMNS[document.direction]]


def free_words(line: FreeNumbers) -> str:
    """What the register says of numbers that no document bears."""
    return f"Số {line.words}: {line.reason or 'chưa rõ lý do bỏ trống'}"
