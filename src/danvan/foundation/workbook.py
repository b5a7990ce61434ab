"""Excel out: one plain table, its words kept as words even where they begin with an equals sign."""

from collections.abc import Iterable, Sequence
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


def write_table(
    name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    notes: Sequence[str] = (),
    widths: Sequence[int] = (),
) -> bytes:
    """An .xlsx with one sheet called `name`: `notes` above, the headings, the rows. Days and numbers stay such."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = f"A{len(notes) + 2}"
    for note in notes:
        sheet.append([_cell(sheet, note)])
    sheet.append([_heading(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _heading(sheet: Any, heading: str) -> Any:
    cell = _cell(sheet, heading)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, str):
        value = printable(canonical(value))
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # else "=1+1" in a title would become a formula
    elif isinstance(value, date):
        cell.number_format = DAY
    elif isinstance(value, int):
        cell.number_format = NUMBER
    return cell
