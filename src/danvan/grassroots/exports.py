"""Matters as Excel: the list, and the year of each commune. Counts only; no person stands in either."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.foundation.periods import Period
from danvan.foundation.workbook import write_table
from danvan.grassroots.models import Matter
from danvan.grassroots.selectors import Overview, lines_of
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

MOST_ROWS = 5_000
HEADINGS = (
    "Số", "Ngày phát sinh", "Đơn vị", "Thôn", "Mã", "Việc", "Tình trạng", "Ngày công khai", "Hạn", "Quá hạn", "Tệp",
)  # fmt: skip
WIDTHS = (14, 14, 36, 24, 8, 50, 22, 14, 12, 10, 8)
COMMUNE_HEADINGS = (
    "Xã", "Đến hạn công khai", "Công khai đúng hạn", "Chậm", "Quá hạn chưa công khai", "Nội dung đã ghi", "Tổng nội dung",
    "Đã biểu quyết", "Thông qua", "Phải bàn lại", "Việc lấy ý kiến", "Số ý kiến", "Kiến nghị đến hạn", "Trả lời đúng hạn",
)  # fmt: skip


def as_sheet(found: QuerySet[Matter], *, on: date) -> bytes:
    """The matters of a list as .xlsx; at most 5,000 rows, which it says."""
    rows = list(found[: MOST_ROWS + 1])
    notes = [f"Việc dân chủ ở cơ sở, lập ngày {format_date(on)}"]
    if len(rows) > MOST_ROWS:
        notes.append(
            f"Chỉ gồm {format_number(MOST_ROWS)} dòng mới nhất; đồng chí vui lòng lọc bớt để lấy đủ."
        )
    table = _rows(rows[:MOST_ROWS], on)
    return write_table("Dân chủ ở cơ sở", HEADINGS, table, notes=notes, widths=WIDTHS)


def _rows(matters: list[Matter], on: date) -> Iterable[list[Any]]:
    for line in lines_of(matters, on=on):
        one = line.matter
        yield [
            one.number,
            one.began_on,
            line.unit_name,
            line.village_name,
            one.kind.code,
            one.title,
            one.get_state_display(),
            one.shown_on,
            line.due_on,
            "x" if line.late else "",
            line.files,
        ]


def communes_sheet(found: Overview, year: Period, *, on: date) -> bytes:
    """The year of each commune as .xlsx."""
    rows = [
        [
            one.name, one.due, one.on_time, one.late, one.lacking, len(one.kinds), found.kinds, one.decided, one.passed,
            one.again, one.asking, one.comments, one.answers, one.answers_on_time,
        ]
        for one in found.lines
    ]  # fmt: skip
    notes = [f"Dân chủ ở cơ sở theo xã, {year.label.lower()}, lập ngày {format_date(on)}"]
    return write_table("Theo xã", COMMUNE_HEADINGS, rows, notes=notes, widths=(40, *(12,) * 13))
