"""The cells of a workbook, sheet by sheet, after it was found safe to open. Formulas give the figure kept with them."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from danvan.foundation import files
from danvan.foundation.errors import RuleError
from danvan.foundation.sheet import check_package
from danvan.reporting.sheets.cells import RawCell
from danvan.reporting.sheets.plain import plain_sheets

MOST_ROWS = 2_000
MOST_COLUMNS = 60
MOST_SHEETS = 30
ERRORS = "Lỗi"  # the sheet that lists faults in a workbook that went back
BROKEN = (
    InvalidFileException, KeyError, ValueError, TypeError, zipfile.BadZipFile, zlib.error, OSError,
    SyntaxError, AttributeError, IndexError, EOFError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grid:
    """A visible sheet: its filled cells by row and column."""

    title: str
    rows: Mapping[int, Mapping[int, RawCell]]

    def at(self, row: int, column: int) -> RawCell | None:
        """The cell there, None where it is empty."""
        return self.rows.get(row, {}).get(column)


def grids_of(content: bytes, *, name: str) -> list[Grid]:
    """The visible sheets of an .xlsx but for the list of faults; RuleError with a sentence where it cannot be read."""
    files.inspect(content, name=name, allowed=files.SHEETS)
    check_package(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on styles and extensions
            return _plain(content) or list(_grids(content))
    except BROKEN as broken:
        raise RuleError(
            "Không đọc được tệp Excel này. Đồng chí vui lòng mở bằng Excel, lưu lại dạng .xlsx rồi gửi."
        ) from broken


def _plain(content: bytes) -> list[Grid] | None:
    """The same by the short way, where nothing in the workbook needs the long one."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheets = plain_sheets(package, (MOST_SHEETS, MOST_ROWS, MOST_COLUMNS))
    if sheets is None:
        return None
    return [Grid(title, rows) for title, rows in sheets.items() if title != ERRORS]


def _grids(content: bytes) -> Iterator[Grid]:
    uncounted = _formulas(content)
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets[:MOST_SHEETS]:
            if isinstance(sheet, ReadOnlyWorksheet) and _is_shown(sheet):
                yield Grid(sheet.title, _rows(sheet, uncounted.get(sheet.title, frozenset())))
    finally:
        book.close()


def _is_shown(sheet: ReadOnlyWorksheet) -> bool:
    return sheet.sheet_state == "visible" and sheet.title != ERRORS


def _rows(sheet: Any, formulas: frozenset[str]) -> dict[int, dict[int, RawCell]]:
    found: dict[int, dict[int, RawCell]] = {}
    sheet.reset_dimensions()  # the stated size may be wrong; the rows themselves are not
    for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS):
        for cell in row:
            raw = _raw(cell, sheet.title, formulas)
            if raw is not None:
                found.setdefault(cell.row, {})[cell.column] = raw
    return found


def _raw(cell: Any, sheet: str, formulas: frozenset[str]) -> RawCell | None:
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        if value is None and not formulas:
            return None
        address = getattr(cell, "coordinate", "")
        return RawCell(None, address, sheet, uncounted=True) if address in formulas else None
    percent = isinstance(value, int | float) and "%" in (cell.number_format or "")
    return RawCell(value, cell.coordinate, sheet, percent=percent, error=cell.data_type == "e")


def _formulas(content: bytes) -> dict[str, frozenset[str]]:
    """The addresses of formulas by sheet. Most workbooks have none, which the packed text tells sooner."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = [one for one in package.namelist() if one.startswith("xl/worksheets/")]
        if not any(_holds_formula(package.read(part)) for part in parts):
            return {}
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    try:
        return {
            sheet.title: frozenset(
                cell.coordinate
                for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
                for cell in row
                if cell.data_type == "f"
            )
            for sheet in book.worksheets[:MOST_SHEETS]
            if isinstance(sheet, ReadOnlyWorksheet)
        }
    finally:
        book.close()


def _holds_formula(part: bytes) -> bool:
    return b"<f>" in part or b"<f " in part or b":f>" in part or b"<f/>" in part
