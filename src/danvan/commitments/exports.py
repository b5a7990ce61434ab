"""The ledger as Excel: the list as it stands on the page."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from danvan.commitments.models import Commitment
from danvan.commitments.selectors import Line, lines_of
from danvan.foundation.workbook import write_table
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

MOST_ROWS = 20_000
HEADINGS = (
    "Số", "Việc phải làm", "Sản phẩm", "Đơn vị chủ trì", "Đơn vị giao", "Ngày giao", "Hạn gốc",
    "Hạn hiện tại", "Số lần gia hạn", "Tình trạng", "Quá hạn (ngày)", "Ngày báo xong",
    "Ngày kiểm tra xong", "Người hỏi đồng ý", "Người hỏi chưa đồng ý", "Ngày đóng", "Kết quả", "Văn bản",
    "Lĩnh vực",
)  # fmt: skip
WIDTHS = (15, 50, 36, 36, 30, 12, 12, 12, 10, 16, 10, 12, 12, 12, 12, 12, 40, 18, 32)


def as_sheet(commitments: QuerySet[Commitment], *, on: date) -> bytes:
    """The commitments of a list as .xlsx, in its order; at most 20,000 rows."""
    rows = list(commitments[: MOST_ROWS + 1])
    notes = [f"Danh sách việc phải làm, lập ngày {format_date(on)}"]
    if len(rows) > MOST_ROWS:
        notes.append(
            f"Chỉ gồm {format_number(MOST_ROWS)} dòng đầu; đồng chí vui lòng lọc bớt để lấy đủ."
        )
    lines = lines_of(rows[:MOST_ROWS], on=on)
    return write_table("Việc phải làm", HEADINGS, _rows(lines), notes=notes, widths=WIDTHS)


def _rows(lines: list[Line]) -> Iterable[list[object]]:
    for line in lines:
        one = line.commitment
        yield [
            one.number,
            one.title,
            one.product,
            line.lead,
            line.assigner,
            one.assigned_on,
            one.first_due_on or "Thường xuyên",
            one.due_on or "Thường xuyên",
            line.extensions,
            one.get_state_display(),
            line.days if line.late else None,
            one.claimed_on,
            one.verified_on,
            one.agreed_on if one.asked_on else "–",
            one.disputed_on if one.asked_on else "–",
            one.closed_on,
            one.result,
            one.source_symbol,
            line.topic.path if line.topic else None,
        ]
