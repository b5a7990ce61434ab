"""A composed summary as a Word file in the Party's layout (law.md 1.5: Hướng dẫn 05-HD/VPTW)."""

from io import BytesIO
from urllib.parse import unquote

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from danvan.analytics.figures import Figure, Run, Section, Table
from danvan.analytics.footnotes import Footnotes
from danvan.analytics.summary import Summary
from danvan.vietnamese.text import printable

FONT = "Times New Roman"
MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 15}  # mm
BODY_SIZE, LINE, FIRST_LINE = 14, 18, 10  # points, points exactly, mm


def to_docx(summary: Summary, *, draft: str = "") -> bytes:
    """The summary as the bytes of a .docx: head, narrative, table, annex; each figure with a footnote.

    `draft` is said at the top of every page where the summary is not yet fit to be handed over.
    """
    document = docx.Document()
    _lay_out(document, draft)
    notes = Footnotes(document)
    _head(document, summary)
    _title(document, summary)
    for section in summary.sections:
        _section(document, notes, section)
    for table in summary.tables:
        _table(document, notes, table)
    _signatory(document, summary)
    notes.attach()
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _lay_out(document: Document, draft: str) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(BODY_SIZE)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(6)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    for side, size in MARGINS.items():
        setattr(page, f"{side}_margin", Mm(size))
    page.different_first_page_header_footer = True
    number = page.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(number, "PAGE")
    if draft:
        for header in (page.header, page.first_page_header):
            said = header.add_paragraph()
            said.alignment = WD_ALIGN_PARAGRAPH.CENTER
            said.add_run(draft).bold = True


def _field(paragraph: WordParagraph, instruction: str) -> None:
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = instruction
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)  # noqa: SLF001


def _centred(cell: _Cell, words: str, *, bold: bool = False, italic: bool = False) -> None:
    first = not cell.paragraphs[0].runs
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(words)
    run.bold, run.italic = bold, italic
    run.font.size = Pt(13)


def _head(document: Document, summary: Summary) -> None:
    head = document.add_table(rows=1, cols=2)
    head.autofit = False
    left, right = head.rows[0].cells
    left.width, right.width = Mm(78), Mm(87)
    for words in summary.superior:
        _centred(left, words)
    _centred(left, summary.issuer, bold=True)
    _centred(left, "*")
    _centred(left, f"Số        -{summary.mark}")
    _centred(right, "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True)
    right.paragraphs[0].runs[0].underline = True
    _centred(right, summary.place_and_day, italic=True)


def _title(document: Document, summary: Summary) -> None:
    for words, size in (("BÁO CÁO", 16), (summary.subject, BODY_SIZE)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(words)
        run.bold, run.font.size = True, Pt(size)
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(f"({summary.tree})").italic = True
    for words in filter(None, (summary.read_words, summary.edition)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(f"({words})").italic = True


def _write(paragraph: WordParagraph, notes: Footnotes, runs: list[Run]) -> None:
    for run in runs:
        if isinstance(run, Figure):
            paragraph.add_run(run.printed)
            notes.add(paragraph, printable(f"{run.note_text} {opened_at(run)}".strip()))
        else:
            paragraph.add_run(printable(run))


def opened_at(figure: Figure) -> str:
    """Where the figure opens, as paper can say it."""
    return f"Mở: {unquote(figure.href)}" if figure.href else ""


def _section(document: Document, notes: Footnotes, section: Section) -> None:
    heading = document.add_paragraph()
    heading.add_run(section.heading).bold = True
    heading.paragraph_format.keep_with_next = True
    for paragraph in section.paragraphs:
        body = document.add_paragraph()
        body.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        layout = body.paragraph_format
        layout.first_line_indent = Mm(FIRST_LINE)
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
        _write(body, notes, paragraph.runs)


WIDTHS = {
    "STT": 12,
    "Đơn vị": 110,
    "Đối tượng": 30,
    "Kết quả": 30,
    "Còn thiếu": 24,
    "Đánh giá": 22,
    "Đơn vị tính": 30,
    "Số liệu": 42,
    "Cùng kỳ năm trước": 34,
    "Tháng chưa gửi": 100,
}  # mm
TEXT_WIDTH = 165  # mm: A4 less the margins


def _widths(heads: list[str]) -> list[int]:
    """The width of each column; those without a width of their own share what is left."""
    known = [WIDTHS.get(head) for head in heads]
    left = TEXT_WIDTH - sum(width or 0 for width in known)
    return [width or left // known.count(None) for width in known]


def _table(document: Document, notes: Footnotes, table: Table) -> None:
    title = document.add_paragraph()
    title.add_run(table.title).bold = True
    title.paragraph_format.keep_with_next = True
    grid = document.add_table(rows=1, cols=len(table.heads), style="Table Grid")
    for cell, words in zip(grid.rows[0].cells, table.heads, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    grid.rows[0]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001
    for row in table.rows:
        for cell, content in zip(grid.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], notes, [content])
    grid.autofit = False
    widths = _widths(table.heads)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for line in grid.rows:
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = Mm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    if run.style is None or run.style.name != "Footnote Reference":
                        run.font.size = Pt(12)
    document.add_paragraph()


def _signatory(document: Document, summary: Summary) -> None:
    foot = document.add_table(rows=1, cols=2)
    left, right = foot.rows[0].cells
    left.paragraphs[0].add_run("Nơi nhận:").underline = True
    for words in ("- Như trên,", "- Lưu."):
        left.add_paragraph(words).paragraph_format.space_after = Pt(0)
    _centred(right, summary.signing_line, bold=True)
    for words in summary.signer_lines or ["(chưa ký)"]:
        _centred(right, words, bold=bool(summary.signer), italic=not summary.signer)
