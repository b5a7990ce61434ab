"""The minutes and the notice of conclusions, as Word files in the official layout (law.md 1.5) and as a page to print.

One `Paper` gives both. No name of who gave an opinion stands in either.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell

from danvan.dialogues.enums import Way
from danvan.dialogues.selectors import Card, ConclusionLine, OpinionLine
from danvan.organisations.enums import Kind
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import printable

FONT = "Times New Roman"
MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 15}  # mm
BODY_SIZE, LINE, FIRST_LINE = 14, 18, 10  # points, points exactly, mm
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
TABLE_HEADS = ("STT", "Ý kiến", "Hướng xử lý", "Đơn vị, trả lời", "Hạn")
TABLE_WIDTHS = (12, 60, 33, 38, 22)  # mm
TASK_HEADS = ("STT", "Việc", "Đơn vị chủ trì", "Sản phẩm", "Hạn")
TASK_WIDTHS = (12, 55, 40, 36, 22)  # mm
NONE_ABOVE = "Không có ý kiến vượt thẩm quyền."


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
    """A paper of a dialogue, before it is a file or a page."""

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


def minutes(card: Card, *, host_kind: str, place: str) -> Paper:
    """Biên bản: when, where, who led, who came as counts, the head's words, and the table of opinions."""
    one = card.dialogue
    hour = f"{one.starts_at:%H:%M}, " if one.starts_at else ""
    came = "; ".join(f"{label} {format_number(number)}" for label, number in card.attendance)
    households = f"; từ {format_number(one.households)} hộ" if one.households is not None else ""
    lines = [
        f"Thời gian: {hour}ngày {format_date(one.held_on)}. Địa điểm: {one.place}.",
        f"Chủ trì: {_head(card)}."
        + (f" Cùng tổ chức: {card.co_host_name}." if card.co_host_name else ""),
        f"Hình thức: {one.get_shape_display()}."
        + (f" Lý do: {one.shape_why}." if one.shape_why else ""),
        f"Căn cứ: {one.basis}." if one.basis else "",
        f"Thông báo từ ngày {format_date(one.noticed_on)} tại {one.noticed_at}."
        if one.noticed_on
        else "",
        f"Có mặt {format_number(card.people)} người ({came}){households}." if card.people else "",
    ]
    rows = [_opinion(line) for line in card.opinions]
    grid = Grid(
        "Ý kiến của Nhân dân và hướng xử lý", TABLE_HEADS, TABLE_WIDTHS, rows,
        NONE_ABOVE if one.none_above else "",
    )  # fmt: skip
    said = one.conclusion.splitlines()
    after = ["Kết luận của người đứng đầu:", *said] if said else []
    return Paper(
        issuer=card.unit_name,
        symbol="",
        right=_right(host_kind),
        place_and_day=_place_and_day(place, one.held_on),
        title="BIÊN BẢN",
        subject=f"{one.get_kind_display()}: {one.subject}",
        paragraphs=[line for line in lines if line],
        grid=grid,
        left_signs=("THƯ KÝ",),
        right_signs=("CHỦ TRÌ", one.head_name),
        after=after,
    )


def conclusion_notice(card: Card, *, host_kind: str, place: str, symbol: str) -> Paper:
    """Thông báo kết luận: what the head concluded, and who does what by when."""
    one = card.dialogue
    rows = [row for line in card.conclusions for row in _tasks(line)]
    for number, row in enumerate(rows, start=1):
        row[0] = str(number)
    return Paper(
        issuer=card.unit_name,
        symbol=symbol,
        right=_right(host_kind),
        place_and_day=_place_and_day(place, one.concluded_on) if one.concluded_on else "",
        title="THÔNG BÁO",
        subject=f"Kết luận của {_head(card)} tại cuộc đối thoại ngày {format_date(one.held_on)} về {one.subject}",
        paragraphs=one.conclusion.splitlines(),
        grid=Grid("Việc giao sau đối thoại", TASK_HEADS, TASK_WIDTHS, rows),
        left_signs=("Nơi nhận:", "- Các đơn vị có tên,", "- Niêm yết công khai,", "- Lưu."),
        right_signs=(one.head_title.upper() or "CHỦ TRÌ", one.head_name),
    )


def _head(card: Card) -> str:
    one = card.dialogue
    return f"{one.head_title} {one.head_name}".strip() or card.unit_name


def _right(host_kind: str) -> tuple[str, ...]:
    return (PARTY,) if host_kind in (Kind.PARTY_COMMITTEE, Kind.ADVISORY_BOARD) else STATE


def _place_and_day(place: str, day: date) -> str:
    return f"{place}, ngày {day:%d} tháng {day:%m} năm {day.year}"


def _opinion(line: OpinionLine) -> list[str]:
    row = line.row
    who = {
        Way.ANSWERED: row.answer,
        Way.GIVEN: line.unit_name
        or "; ".join(one.lead for one in (line.conclusion.given if line.conclusion else [])),
        Way.ABOVE: row.above,
    }.get(Way(row.way), "")
    due = "; ".join(format_date(day) for day in line.due)
    return [str(row.place), row.content, str(Way(row.way).label), who, due]


def _tasks(line: ConclusionLine) -> Iterable[list[str]]:
    for one in line.given:
        work = one.commitment
        due = format_date(work.due_on) if work.due_on else "Thường xuyên"
        yield ["", work.title, one.lead, work.product, due]


def to_docx(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx."""
    document = docx.Document()
    _lay_out(document)
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


def _lay_out(document: Document) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(BODY_SIZE)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    for side, size in MARGINS.items():
        setattr(page, f"{side}_margin", Mm(size))


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
    _centred(left, f"Số: {paper.symbol}" if paper.symbol else "*")
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
