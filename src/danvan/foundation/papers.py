"""Official papers as Word files in the layout of the state and of the Party (law.md 1.5), and as pages to print.

One `Paper` gives both: whoever makes one fills in its words, this lays them out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from danvan.vietnamese.text import printable

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"
MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 15}  # mm
NO_NUMBER = "........"  # of a paper, to be written by hand
TICKET_PICTURE = 38  # mm
BODY_SIZE, LINE, FIRST_LINE = 14, 18, 10  # points, points exactly, mm
PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a paper: its title, heads, widths in millimetres and rows of words."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: list[list[str]]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """An official paper, before it is a file or a page."""

    issuer: str
    symbol: str
    right: tuple[str, ...]
    place_and_day: str
    title: str
    subject: str
    paragraphs: list[str]
    grid: Grid
    left_signs: tuple[str, ...]
    right_signs: tuple[str, ...]
    after: list[str] = field(default_factory=list)
    landscape: bool = False

    @property
    def under_issuer(self) -> list[str]:
        """What stands below who issues it: the star of Party papers, and the number of it, each as its layout writes it."""
        party = self.right == PARTY
        number = f"Số{'' if party else ':'} {self.symbol}" if self.symbol else ""
        return [line for line in ("*" if party else "", number) if line]


@dataclass(frozen=True, slots=True)
class Ticket:
    """A small sheet to be cut out: a picture (PNG) and beside it lines of words, each with its size and whether it is bold."""

    picture: bytes
    lines: list[tuple[str, int, bool]]


def place_and_day(place: str, day: date) -> str:
    """Where and when a paper was made, as it stands at its head."""
    return f"{place}, ngày {day:%d} tháng {day:%m} năm {day.year}"


def to_docx(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx."""
    document = docx.Document()
    _lay_out(document)
    if paper.landscape:
        _turn(document)
    _head_table(document, paper)
    for words, size in ((paper.title, 16), (paper.subject, BODY_SIZE)):
        title = document.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = title.add_run(printable(words))
        run.bold, run.font.size = True, Pt(size)
    _write(document, paper.paragraphs)
    if paper.grid.rows:
        _grid(document, paper.grid)
    _write(document, [paper.grid.after, *paper.after])
    _signs(document, paper)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def tickets_docx(tickets: Iterable[Ticket]) -> bytes:
    """Tickets one below the other, each whole on its page, as the bytes of a .docx."""
    document = docx.Document()
    _lay_out(document)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for ticket in tickets:
        row = table.add_row()
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)  # noqa: SLF001
        left, right = row.cells
        left.width, right.width = Mm(TICKET_PICTURE + 6), Mm(165 - TICKET_PICTURE - 6)
        left.paragraphs[0].add_run().add_picture(BytesIO(ticket.picture), width=Mm(TICKET_PICTURE))
        for place, (words, size, bold) in enumerate(ticket.lines):
            paragraph = right.paragraphs[0] if place == 0 else right.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            run = paragraph.add_run(printable(words))
            run.bold, run.font.size = bold, Pt(size)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _lay_out(document: Document) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(BODY_SIZE)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    for side, size in MARGINS.items():
        setattr(page, f"{side}_margin", Mm(size))


def _turn(document: Document) -> None:
    """A wide page for a wide table: the margins of a ruled book."""
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(10)


def _centred(cell: _Cell, words: str, *, bold: bool = False, italic: bool = False) -> None:
    paragraph = cell.paragraphs[0] if not cell.paragraphs[0].runs else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(printable(words))
    run.bold, run.italic, run.font.size = bold, italic, Pt(13)


def _head_table(document: Document, paper: Paper) -> None:
    head = document.add_table(rows=1, cols=2)
    head.autofit = False
    left, right = head.rows[0].cells
    left.width, right.width = Mm(75), Mm(90)
    _centred(left, paper.issuer.upper(), bold=True)
    for line in paper.under_issuer:
        _centred(left, line)
    for words in paper.right:
        _centred(right, words, bold=True)
    if paper.place_and_day:
        _centred(right, paper.place_and_day, italic=True)
    document.add_paragraph()


def _write(document: Document, lines: Iterable[str]) -> None:
    for words in lines:
        if not words.strip():
            continue
        body = document.add_paragraph(printable(words))
        body.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        layout = body.paragraph_format
        layout.first_line_indent, layout.space_after = Mm(FIRST_LINE), Pt(6)
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)


def _grid(document: Document, grid: Grid) -> None:
    title = document.add_paragraph()
    title.add_run(grid.title).bold = True
    title.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(grid.heads), style="Table Grid")
    table.autofit = False
    for cell, words in zip(table.rows[0].cells, grid.heads, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001
    for row in grid.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(printable(words))
    for line in table.rows:
        for cell, width in zip(line.cells, grid.widths, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(12)
    document.add_paragraph()


def _signs(document: Document, paper: Paper) -> None:
    foot = document.add_table(rows=1, cols=2)
    left, right = foot.rows[0].cells
    for cell, signs in ((left, paper.left_signs), (right, paper.right_signs)):
        for place, words in enumerate(signs):
            if place == 1 and cell is right:
                for _ in range(3):
                    _centred(cell, " ")
            if words:
                _centred(cell, words, bold=place == 0 or cell is right)
