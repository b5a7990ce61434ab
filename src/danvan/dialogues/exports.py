"""Dialogues as Excel: the list, and the year of each host. No opinion and no name of who gave one stands in either."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.dialogues.models import Dialogue
from danvan.dialogues.selectors import HostLine, Share, lines_of
from danvan.foundation.periods import Period
from danvan.foundation.workbook import write_table
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

MOST_ROWS = 5_000
HEADINGS = (
    "Số", "Ngày", "Đơn vị chủ trì", "Loại", "Nội dung", "Địa điểm", "Tình trạng", "Ý kiến",
    "Kết luận", "Đã xong", "Chưa có chủ trì",
)  # fmt: skip
WIDTHS = (14, 12, 40, 34, 50, 30, 16, 10, 10, 10, 16)
HOST_HEADINGS = (
    "Đơn vị", "Người đứng đầu", "Đã tổ chức", "Sắp tới", "Phải có", "Còn thiếu",
    "Thông báo đủ ngày", "Kết luận đúng hạn", "Trực tiếp chủ trì",
)  # fmt: skip


def as_sheet(found: QuerySet[Dialogue], *, on: date) -> bytes:
    """The dialogues of a list as .xlsx; at most 5,000 rows, which it says."""
    rows = list(found[: MOST_ROWS + 1])
    notes = [f"Danh sách cuộc đối thoại, lập ngày {format_date(on)}"]
    if len(rows) > MOST_ROWS:
        notes.append(
            f"Chỉ gồm {format_number(MOST_ROWS)} dòng mới nhất; đồng chí vui lòng lọc bớt để lấy đủ."
        )
    shown = rows[:MOST_ROWS]
    return write_table("Đối thoại", HEADINGS, _rows(shown, on), notes=notes, widths=WIDTHS)


def _rows(dialogues: list[Dialogue], on: date) -> Iterable[list[Any]]:
    for line in lines_of(dialogues, on=on):
        one = line.dialogue
        yield [
            one.number,
            one.held_on,
            line.unit_name,
            one.get_kind_display(),
            one.subject,
            one.place,
            one.get_state_display(),
            line.opinions,
            line.conclusions,
            line.done,
            line.unowned,
        ]


def hosts_sheet(lines: list[HostLine], year: Period, *, on: date) -> bytes:
    """The year of each host as .xlsx: held, still to come, required, lacking."""
    rows = [
        [
            *(one.name, one.head, one.held, one.coming, one.required, one.short),
            *(
                _share(share)
                for share in (one.keeping.noticed, one.keeping.issued, one.keeping.led)
            ),
        ]
        for one in lines
    ]
    notes = [f"Đối thoại của người đứng đầu, {year.label.lower()}, lập ngày {format_date(on)}"]
    return write_table(
        "Theo đơn vị", HOST_HEADINGS, rows, notes=notes, widths=(44, 36, 12, 12, 12, 12, 16, 16, 16)
    )


def _share(share: Share) -> str:
    """How many of those known; empty where nothing is known."""
    return f"{format_number(share.kept)}/{format_number(share.known)}" if share.known else ""
