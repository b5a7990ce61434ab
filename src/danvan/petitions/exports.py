"""Petitions as Excel: the list as it is filtered. Who sent a petition stands in no sheet."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.foundation.workbook import write_table
from danvan.petitions.models import Petition
from danvan.petitions.selectors import lines_of
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

MOST_ROWS = 5_000
HEADINGS = (
    "Số", "Loại", "Lần", "Ngày nhận", "Tóm tắt", "Lĩnh vực", "Đơn vị giải quyết", "Tình trạng", "Ngày thụ lý",
    "Hạn gần nhất", "Hạn của việc", "Quá hạn", "Kết quả", "Ngày trả lời", "Hài lòng", "Ngày đóng",
)  # fmt: skip
WIDTHS = (14, 12, 6, 12, 50, 30, 36, 20, 12, 12, 26, 9, 22, 12, 16, 12)


def as_sheet(found: QuerySet[Petition], *, on: date) -> bytes:
    """The petitions of a list as .xlsx; at most 5,000 rows, which it says."""
    rows = list(found[: MOST_ROWS + 1])
    notes = [f"Đơn thư, kiến nghị, lập ngày {format_date(on)}. Không ghi người gửi."]
    if len(rows) > MOST_ROWS:
        notes.append(
            f"Chỉ gồm {format_number(MOST_ROWS)} dòng mới nhất; đồng chí vui lòng lọc bớt để lấy đủ."
        )
    return write_table("Đơn thư", HEADINGS, _rows(rows[:MOST_ROWS], on), notes=notes, widths=WIDTHS)


def _rows(petitions: list[Petition], on: date) -> Iterable[list[Any]]:
    for line in lines_of(petitions, on=on):
        one = line.petition
        yield [
            one.number, one.get_kind_display(), one.round, one.received_on, one.title, line.topic, line.unit_name,
            one.get_state_display(), one.accepted_on, one.due_on, line.due_label, "x" if line.late else "",
            one.get_outcome_display() if one.outcome else "", one.answered_on or one.sent_on,
            one.get_satisfaction_display() if one.satisfaction else "", one.closed_on,
        ]  # fmt: skip
