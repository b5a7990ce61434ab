"""A register as Excel, with the columns of the paper one."""

from datetime import date

from django.db.models import QuerySet

from danvan.documents.columns import COLUMNS, cells_of
from danvan.documents.enums import Direction
from danvan.documents.models import Document
from danvan.documents.selectors import unit_names
from danvan.foundation.workbook import write_table
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

MOST_ROWS = 20_000


def as_sheet(documents: QuerySet[Document], direction: str, *, on: date, title: str) -> bytes:
    """The documents of a list as .xlsx in the columns of their paper register, and whose register; at most 20,000."""
    columns = COLUMNS[direction]
    rows = list(documents[: MOST_ROWS + 1])
    shown = rows[:MOST_ROWS]
    names = unit_names(shown)
    notes = [f"{title}, lập ngày {format_date(on)}"]
    if len(rows) > MOST_ROWS:
        notes.append(
            f"Chỉ gồm {format_number(MOST_ROWS)} dòng đầu; đồng chí vui lòng lọc bớt để lấy đủ."
        )
    return write_table(
        Direction(direction).label,
        (*(column.heading for column in columns), "Sổ của"),
        ([*cells_of(one), names.get(one.unit_id, "")] for one in shown),
        notes=notes,
        widths=(*(column.width for column in columns), 32),
    )
