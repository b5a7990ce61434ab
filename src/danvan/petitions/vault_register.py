"""The vault's register in the columns of Mẫu 03/TCD, for its readers only; the denouncer stays a pseudonym in it."""

from collections.abc import Iterable

from danvan.foundation.workbook import write_table
from danvan.petitions.register_columns import COLUMNS, RegisterRow, cells

NOTE = "Sổ niêm phong: chỉ người được giao đọc; không sao gửi. Mỗi lần lập được ghi lại."


def as_sheet(rows: Iterable[RegisterRow]) -> bytes:
    """The register as .xlsx, written row by row."""
    return write_table(
        "Sổ niêm phong",
        [one.label for one in COLUMNS],
        map(cells, rows),
        notes=[NOTE],
        widths=[one.width for one in COLUMNS],
    )
