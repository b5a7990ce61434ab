"""Activities as Excel: the list as it stands on the page, and the sheet to fill in."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from django.db.models import QuerySet
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from danvan.activities.columns import COLUMNS
from danvan.activities.enums import ActivityKind
from danvan.activities.models import Activity
from danvan.activities.selectors import files_of, names_of
from danvan.foundation.workbook import write_table
from danvan.organisations.enums import Kind
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

MOST_ROWS = 20_000
HEADINGS = (
    "Ngày", "Nội dung", "Loại hoạt động", "Đơn vị chủ trì", "Địa điểm", "Số lượng", "Lượt người dự",
    "Số người", "Lượt ý kiến", "Kết quả", "Số minh chứng", "Tình trạng",
)  # fmt: skip
WIDTHS = (12, 50, 32, 40, 24, 10, 12, 10, 12, 40, 12, 14)
FILLED_ROWS = 500  # rows of the empty sheet that have their formats and lists


def as_sheet(activities: QuerySet[Activity], *, on: date) -> bytes:
    """The activities of a list as .xlsx, with the columns of the page and the counts; at most 20,000 rows."""
    rows = list(activities[: MOST_ROWS + 1])
    shown = rows[:MOST_ROWS]
    names, files = names_of(shown, on=on), files_of(shown)
    notes = [f"Danh sách hoạt động, lập ngày {format_date(on)}"]
    if len(rows) > MOST_ROWS:
        notes.append(
            f"Chỉ gồm {format_number(MOST_ROWS)} dòng mới nhất; đồng chí vui lòng lọc bớt để lấy đủ."
        )
    return write_table(
        "Hoạt động", HEADINGS, _rows(shown, names, files), notes=notes, widths=WIDTHS
    )


def _rows(
    activities: list[Activity], names: dict[int, str], files: dict[int, int]
) -> Iterable[list[object]]:
    for activity in activities:
        yield [
            activity.held_on,
            activity.title,
            activity.get_kind_display(),
            names.get(activity.unit_id, ""),
            activity.place,
            activity.quantity,
            activity.attendance,
            activity.persons,
            activity.opinions,
            activity.summary,
            files.get(activity.pk, 0),
            "Đã rút" if activity.withdrawn_at else "Đã ghi",
        ]


def blank_sheet() -> bytes:
    """The sheet to fill in: headings, text format for codes, lists to pick kinds from, and how to fill it."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Hoạt động"
    headings = [heading for heading, _ in COLUMNS.values()]
    sheet.append(headings)
    for place, (field, heading) in enumerate(zip(COLUMNS, headings, strict=True), start=1):
        letter = get_column_letter(place)
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet[f"{letter}1"].fill = PatternFill("solid", fgColor="ECEEF0")
        sheet.column_dimensions[letter].width = max(14, len(heading) + 4)
        for row in range(2, FILLED_ROWS + 2) if field in ("code", "held_on") else ():
            sheet[f"{letter}{row}"].number_format = "@" if field == "code" else "dd/mm/yyyy"
    sheet.freeze_panes = "A2"
    notes = book.create_sheet("Hướng dẫn")
    _explain(notes)
    kinds, organisations = len(ActivityKind.choices), len(Kind.choices)
    for field, column, many in (("kind", "A", kinds), ("organisation", "B", organisations)):
        letter = get_column_letter(list(COLUMNS).index(field) + 1)
        listed = DataValidation(
            type="list", formula1=f"'Hướng dẫn'!${column}$2:${column}${many + 1}"
        )
        listed.add(f"{letter}2:{letter}{FILLED_ROWS + 1}")
        sheet.add_data_validation(listed)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _explain(notes: Any) -> None:
    how = (
        "Mã đơn vị là mã của xã, phường, tỉnh nơi tổ chức đứng, đủ 5 (hoặc 2) chữ số, ví dụ 04021.",
        "Không có mã thì ghi Tên đơn vị đúng như trong Sổ đơn vị.",
        "Ngày ghi dạng 05/03/2026. Số ghi dạng 1.234. Không có thì ghi dấu -, không biết thì để trống.",
        "Số lượng để trống được hiểu là 1.",
    )
    rows = max(len(ActivityKind.choices), len(Kind.choices), len(how))
    notes.append(["Các loại hoạt động", "Các loại tổ chức", "Cách điền"])
    kinds = [str(label) for _, label in ActivityKind.choices]
    organisations = [str(label) for _, label in Kind.choices]
    for place in range(rows):
        notes.append([_at(kinds, place), _at(organisations, place), _at(list(how), place)])


def _at(words: list[str], place: int) -> str | None:
    return words[place] if place < len(words) else None
