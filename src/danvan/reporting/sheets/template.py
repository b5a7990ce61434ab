"""The workbook that a unit fills in for a month: what is known stands in it, only what is asked can be typed."""

from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from danvan.reporting.selectors import Cell, Sheet
from danvan.reporting.sheets.headings import HEADINGS, NO_CASES
from danvan.reporting.tables import Table
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number, parse_number
from danvan.vietnamese.text import canonical, printable

TITLE = "Báo cáo"
WIDTHS = (14, 52, 14, 14, 14, 16, 32, 14, 14, 14)
FIRST = 3  # the column of a table's first column
ANSWER, NOTE = 6, 7  # columns
ASKED, KNOWN = "FFF8E1", "E3F2E6"  # what is to be typed, and what stands there already from records
GUIDE = (
    "Đồng chí ghi vào cột “Số liệu”. Không có thì ghi 0 hoặc gạch ngang (-); chưa có số liệu thì để trống hoặc ghi "
    "“không có số liệu”. Số ước thì ghi “ước” ở cột “Ghi chú”. Cả mục không phát sinh thì ghi x ở dòng tên mục."
)
OFFERED = "Ô màu xanh: số phần mềm đã đếm từ hồ sơ, đồng chí xem lại và sửa nếu chưa đúng."
_LINE = Side("thin", color="C9C9C9")
_THIN = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LIST = 255
_EXACT = 15  # digits that a cell keeps


def write_template(sheet: Sheet, line: str) -> bytes:
    """The template of a report as .xlsx; `line` is its signed hidden line. What is drafted or counted stands in it."""
    book = Workbook()
    page: Any = book.active
    page.title = TITLE
    _head(page, sheet, line)
    for section in sheet.sections:
        row = page.max_row + 1
        _line(page, row, [f"Mục {section.position}", section.title], bold=True)
        if section.may_be_nil:
            _line(page, row, [NO_CASES], start=5)
            _entry(page, row, ANSWER, "x" if section.nil else None)
        if section.table is not None:
            row = _table(page, row + 1, section.table, nil=section.nil)
        for cell in section.listed:
            _item(page, row := row + 1, cell, nil=section.nil)
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
    for letter, width in zip("ABCDEFGHIJ", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _head(page: Worksheet, sheet: Sheet, line: str) -> None:
    form = sheet.obligation.form
    notes = [
        line,
        f"{form.name} {sheet.period.label}",
        f"{sheet.unit_name}; biểu {form.code}, phiên bản {form.number}; hạn gửi {format_date(sheet.obligation.due_on)}",
        GUIDE,
        OFFERED,
    ]
    for row, note in enumerate(notes, start=1):
        _line(page, row, [note], bold=row == 2)
    page.row_dimensions[1].hidden = True
    _line(page, len(notes) + 1, HEADINGS, bold=True)
    page.freeze_panes = f"A{len(notes) + 2}"
    page.print_title_rows = f"{len(notes) + 1}:{len(notes) + 1}"
    page.page_setup.orientation, page.page_setup.fitToWidth = "landscape", 1


def _item(page: Worksheet, row: int, cell: Cell, *, nil: bool) -> None:
    question = cell.question
    _line(page, row, [question.code, question.label, question.unit_label])
    _put(page, row, 4, _figure(cell.before))
    _put(page, row, 5, _figure(cell.offer.amount) if cell.offer else None)
    if question.computed:
        _put(page, row, ANSWER, "phần mềm tự tính")
        return
    text = "" if nil else cell.text
    _entry(page, row, ANSWER, _typed(text) if question.number else text or None, known=cell.kept)
    _entry(page, row, NOTE, "ước" if cell.estimated and not nil else None)
    if question.steps:
        _choose(page, row, [one.name for one in question.steps])


def _choose(page: Worksheet, row: int, names: list[str]) -> None:
    """The names of the steps, to choose from; a list in a cell holds neither commas nor more than 255 letters."""
    told = ",".join(names)
    if len(told) <= _LIST and not any("," in name or '"' in name for name in names):
        choice = DataValidation(type="list", formula1=f'"{told}"', allow_blank=True)
        choice.error = f"Đồng chí vui lòng chọn một trong: {'; '.join(names)}."[:_LIST]
        page.add_data_validation(choice)
        choice.add(page.cell(row, ANSWER))


def _table(page: Worksheet, row: int, table: Table[Cell], *, nil: bool) -> int:
    """A table as people draw it: names of columns above, a line for each row. Gives its last line."""
    heads = [
        f"{column.label} ({column.unit})" if column.unit else column.label
        for column in table.columns
    ]
    for at, head in enumerate(["Nội dung", *heads], start=FIRST - 1):
        _put(page, row, at, head, bold=True).alignment = Alignment(wrap_text=True, vertical="top")
        page.cell(row, at).border = _THIN
    for line in table.rows:
        row += 1
        _put(page, row, FIRST - 1, line.label).border = _THIN
        for at, (_, cell) in enumerate(line.cells, start=FIRST):
            if cell is None:
                page.cell(row, at).border = _THIN
            elif cell.question.computed:
                _put(page, row, at, "phần mềm tự tính").border = _THIN
            else:
                _entry(page, row, at, _typed("" if nil else cell.text), known=cell.kept)
                _tell(page, row, at, cell)
    return row


def _tell(page: Worksheet, row: int, column: int, cell: Cell) -> None:
    """What is known beside a cell of a table, shown when it is chosen."""
    told = []
    if cell.before is not None:
        told.append(f"Tháng trước: {format_number(cell.before)}.")
    if cell.offer is not None:
        told.append(f"Đếm từ hồ sơ: {format_number(cell.offer.amount)}.")
    if told:
        beside = DataValidation(allow_blank=True, showInputMessage=True)
        beside.prompt = " ".join(told)
        page.add_data_validation(beside)
        beside.add(page.cell(row, column))


def _typed(text: str) -> Any:
    """What is drafted as a number of Excel where it is one that Excel keeps exactly, else as it was typed."""
    try:
        return _figure(parse_number(text)) if text.strip() else None
    except ValueError:
        return text


def _figure(amount: Decimal | None) -> Any:
    if amount is None:
        return None
    if len(amount.as_tuple().digits) > _EXACT:
        return f"{amount:f}".replace(".", ",")
    return int(amount) if amount == int(amount) else float(amount)


def _line(
    page: Worksheet, row: int, values: Iterable[Any], *, start: int = 1, bold: bool = False
) -> None:
    for column, value in enumerate(values, start=start):
        _put(page, row, column, value, bold=bold)


def _put(page: Worksheet, row: int, column: int, value: Any, *, bold: bool = False) -> Any:
    cell = page.cell(row, column)
    if isinstance(value, str):
        cell.value = printable(canonical(value))
        cell.data_type = "s"  # else "=1+1" in a title would become a formula
        cell.alignment = Alignment(wrap_text=column == 2 and row > 5, vertical="top")
    elif value is not None:
        cell.value = value
        cell.number_format = "#,##0" if isinstance(value, int) else "#,##0.######"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _entry(page: Worksheet, row: int, column: int, value: Any, *, known: bool = False) -> None:
    cell = _put(page, row, column, value)
    cell.protection = Protection(locked=False)
    cell.fill = PatternFill("solid", fgColor=KNOWN if known else ASKED)
    cell.border = _THIN
    if column == NOTE:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
