"""The workbook as it came, its faulty cells marked with what to do, and a sheet that lists all of it."""

import warnings
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from danvan.foundation.errors import RuleError
from danvan.reporting.sheets.grids import BROKEN, ERRORS
from danvan.vietnamese.text import canonical, printable

MARK = "FFC7CE"
AUTHOR = "Dân Vận Số"
HEADINGS = ("STT", "Trang", "Ô", "Nội dung", "Cần sửa")


def mark_faults(content: bytes, faults: Iterable[Mapping[str, str]]) -> bytes:
    """The same workbook with the faulty cells coloured and commented, and a sheet "Lỗi" listing them.

    Marks of an earlier round are taken off. RuleError where the workbook cannot be opened at all.
    """
    found = list(faults)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(content))
            _unmark(book)
            for fault in found:
                if fault.get("sheet") in book.sheetnames and fault.get("address"):
                    _mark(book[fault["sheet"]], fault["address"], fault["message"])
            _list(book, found)
            kept = BytesIO()
            book.save(kept)
            return kept.getvalue()
    except BROKEN as broken:
        raise RuleError(
            "Tệp này không mở được nên không đánh dấu lỗi vào tệp. Các lỗi ghi ở trang này."
        ) from broken


def _unmark(book: Any) -> None:
    if ERRORS in book.sheetnames:
        del book[ERRORS]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    cell.comment = None
                    cell.fill = PatternFill()


def _mark(sheet: Any, address: str, message: str) -> None:
    cell = sheet[address]
    if isinstance(cell, MergedCell):
        cell = _top_left(sheet, cell)
    said = f"{cell.comment.text}\n{message}" if cell.comment else message
    cell.comment = Comment(said, AUTHOR, width=320, height=120)
    cell.fill = PatternFill("solid", fgColor=MARK)


def _top_left(sheet: Any, cell: Any) -> Any:
    around = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
    return sheet.cell(around.min_row, around.min_col)


def _list(book: Any, faults: list[Mapping[str, str]]) -> None:
    sheet: Any = book.create_sheet(ERRORS)
    for letter, width in zip("ABCDE", (6, 18, 8, 44, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(list(HEADINGS))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, fault in enumerate(faults, start=1):
        told = (fault.get("sheet"), fault.get("address"), fault.get("label"), fault["message"])
        sheet.cell(number + 1, 1).value = number
        for column, text in enumerate(told, start=2):
            cell = sheet.cell(number + 1, column)
            cell.value = printable(canonical(text or ""))
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
