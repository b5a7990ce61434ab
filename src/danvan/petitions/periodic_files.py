"""The statistics of petitions as files: the periodic tables as Excel and Word, the rows behind a number as Excel."""

from collections.abc import Sequence

from danvan.foundation.papers import STATE, Grid, Paper, to_docx
from danvan.foundation.workbook import Sheet, write_sheets
from danvan.petitions.selectors.periodic import Cell, Filled
from danvan.petitions.spans import Span
from danvan.vietnamese.numbers import format_number

WORD_HEADS, WORD_WIDTHS = ("Biểu", "Cột", "Chỉ tiêu", "Số đơn"), (24, 14, 90, 37)  # mm
ORIGIN = "Phần mềm đếm từ đơn thư, sổ tiếp công dân đã ghi; không số nào nhập tay. Tên cột theo chỉ tiêu của biểu, đồng chí đối chiếu mẫu hiện hành."


def as_workbook(tables: Sequence[Filled], *, span: Span, whose: str) -> bytes:
    """A sheet a table: the whole, then each unit."""
    return write_sheets(
        Sheet(
            name=one.table.code.replace("/", " "),
            headings=("STT", "Đơn vị", *(heading for heading, _ in one.table.columns)),
            rows=[
                [number or "", row.name, *(_said(cell) for cell in row.cells)]
                for number, row in enumerate([one.whole, *one.rows])
            ],
            notes=[
                line for line in (f"Biểu {one.table.code}. {one.table.title}", f"{whose}; {span.words}.", *one.notes, ORIGIN) if line
            ],
            widths=(6, 42, *(16 for _ in one.table.columns)),
        )
        for one in tables
    )  # fmt: skip


def as_word(tables: Sequence[Filled], *, span: Span, whose: str, place: str) -> bytes:
    """One paper: every column of every table as a line, with the whole's number."""
    rows = [
        [one.table.code, str(number), cell.heading, _words(cell)]
        for one in tables
        for number, cell in enumerate(one.whole.cells, 1)
    ]
    notes = [f"Biểu {one.table.code}: {words}" for one in tables for words in one.notes]
    return to_docx(
        Paper(
            issuer=whose,
            symbol="",
            right=STATE,
            place_and_day=f"{place}, ngày ... tháng ... năm {span.period.last.year}",
            title="BIỂU SỐ LIỆU",
            subject=f"Tiếp công dân, xử lý đơn, giải quyết đơn thư {span.label}",
            paragraphs=[f"Số liệu {span.words}.", ORIGIN, *notes],
            grid=Grid("Số liệu các biểu", WORD_HEADS, WORD_WIDTHS, rows),
            left_signs=("Nơi nhận:", "- Lưu."),
            right_signs=("THỦ TRƯỞNG ĐƠN VỊ", ""),
        )
    )


def _said(cell: Cell) -> int | str:
    return cell.words if cell.number is None else cell.number


def _words(cell: Cell) -> str:
    return cell.words if cell.number is None else format_number(cell.number)
