"""The text of a Word document in reading order: paragraphs, tables, text boxes; deletions left out."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx

from danvan.reading.old_fonts import to_unicode

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_NUMBER = re.compile(r"\s*\d[\d.,]{0,15}\s*%?\s*")
_CELL_LINES, _WIDEST = 3, 40
_STAMP = re.compile(r"(?<!\w)M\s?Ậ\s?T(?!\w)|(?:ĐỘ|Độ) (?:MẬT|mật)")


def word_lines(content: bytes) -> list[str]:
    """Every line of the document. A secrecy stamp in a page header or footer stands first."""
    document = docx.Document(BytesIO(content))
    lines = [line for line in _margins(document) if _STAMP.search(line)]
    lines += _blocks(document.element.body)
    return lines


def _margins(document: Any) -> Iterator[str]:
    for section in document.sections:
        for part in (
            section.header,
            section.first_page_header,
            section.even_page_header,
            section.footer,
            section.first_page_footer,
        ):
            if not part.is_linked_to_previous:
                yield from _blocks(part._element)  # noqa: SLF001  (python-docx has no public face for it)


def _blocks(parent: Any) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child)
        elif child.tag == f"{_W}tbl":
            yield from _table(child)
        elif child.tag == f"{_W}sdt":
            for inner in child.iterchildren(f"{_W}sdtContent"):
                yield from _blocks(inner)


def _table(table: Any) -> Iterator[str]:
    """The rows: on one line each, cells between tabs, in a table of figures; else the cells one under the other.

    A table of figures has rows of three cells or more of one line each, or a number beside a heading; its
    short cells are closed up to one line.
    """
    rows = [
        [cell for part in row.iterchildren(f"{_W}tc", f"{_W}sdt") for cell in _cell(part)]
        for row in _rows(table)
    ]
    numbered = any(_NUMBER.fullmatch(" ".join(cell)) for row in rows for cell in row[1:])
    for cells in rows:
        longest = _CELL_LINES if numbered else 1
        flat = all(len(cell) <= longest for cell in cells)
        if flat and (len(cells) >= 3 or (numbered and len(cells) == 2)):
            yield "\t".join(" ".join(cell) for cell in cells)
            continue
        for cell in cells:
            yield from cell


def _rows(parent: Any) -> Iterator[Any]:
    """The rows of the table itself, not of tables in its cells."""
    for child in parent.iterchildren():
        if child.tag == f"{_W}tr":
            yield child
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent"}:
            yield from _rows(child)


def _cell(part: Any) -> Iterator[list[str]]:
    """The lines of a cell, and an empty cell for each further column that it spans."""
    if part.tag == f"{_W}sdt":
        for inner in part.iter(f"{_W}tc"):
            yield from _cell(inner)
        return
    yield [line for words in _blocks(part) for line in words.split("\n")]
    spans = part.find(f"{_W}tcPr/{_W}gridSpan")
    width = spans.get(f"{_W}val", "1") if spans is not None else "1"
    for _ in range(min(_WIDEST, int(width)) - 1 if width.isdigit() else 0):
        yield []


def _paragraph(paragraph: Any) -> Iterator[str]:
    boxes: list[str] = []
    pieces: list[str] = []
    _gather(paragraph, pieces, boxes)
    yield from boxes
    yield "".join(pieces)


def _gather(element: Any, pieces: list[str], boxes: list[str], font: str = "") -> None:
    if element.tag == f"{_W}r":
        font = _font(element)
    for child in element:
        if child.tag == f"{_W}t":
            pieces.append(_in_unicode(child.text or "", font))
        elif child.tag in _SIGNS:
            pieces.append(_SIGNS[child.tag])
        elif child.tag == f"{_W}txbxContent":
            boxes.extend(_blocks(child))
        elif child.tag not in {_FALLBACK, f"{_W}del", f"{_W}pPr", f"{_W}rPr", f"{_W}moveFrom"}:
            _gather(child, pieces, boxes, font)


def _font(run: Any) -> str:
    """The font that a run names for itself, in small letters; "" where it names none."""
    named = run.find(f"{_W}rPr/{_W}rFonts")
    told = named.get(f"{_W}ascii") or named.get(f"{_W}hAnsi") if named is not None else ""
    return (told or "").lower()


def _in_unicode(words: str, font: str) -> str:
    """The words of a run in a font of before Unicode in Vietnamese letters: .VnTime is TCVN3, VNI-Times VNI."""
    if font.startswith(".vn"):
        words = to_unicode(words, "tcvn3")
        return words.upper() if font.endswith("h") else words
    return to_unicode(words, "vni") if font.startswith("vni-") else words
