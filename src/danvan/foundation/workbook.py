"""Excel out: plain tables, their words kept as words even where they begin with an equals sign."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from danvan.vietnamese.text import canonical, printable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY = "dd/mm/yyyy"
NUMBER = "#,##0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: `notes` above, the headings, the rows."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    notes: Sequence[str] = ()
    widths: Sequence[int] = ()


def write_table(
    name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    notes: Sequence[str] = (),
    widths: Sequence[int] = (),
) -> bytes:
    """An .xlsx with one sheet called `name`: `notes` above, the headings, the rows. Days and numbers stay such."""
    return write_sheets([Sheet(name, headings, rows, notes, widths)])


def write_sheets(sheets: Iterable[Sheet]) -> bytes:
    """An .xlsx with these sheets one after the other. Days and numbers stay such."""
    book = Workbook(write_only=True)
    for one in sheets:
        sheet = book.create_sheet(one.name[:31])
        for place, width in enumerate(one.widths, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = f"A{len(one.notes) + 2}"
        for note in one.notes:
            sheet.append([_cell(sheet, note)])
        sheet.append([_heading(sheet, heading) for heading in one.headings])
        for row in one.rows:
            sheet.append([_cell(sheet, value) for value in row])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _heading(sheet: Any, heading: str) -> Any:
    cell = WriteOnlyCell(sheet, value=printable(canonical(heading)))
    cell.data_type = "s"
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, str):
        value = printable(canonical(value))
        if not value.startswith(("=", "#")):
            return value  # plain words need no cell of their own, which costs time in long sheets
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # else "=1+1" in a title would become a formula
    elif isinstance(value, date):
        cell.number_format = DAY
    elif isinstance(value, int):
        cell.number_format = NUMBER
    return cell
