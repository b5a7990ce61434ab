"""The text of a Word document in reading order: paragraphs, tables, text boxes; deletions left out."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
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
            for row in child.iter(f"{_W}tr"):
                yield from _row(row)
        elif child.tag == f"{_W}sdt":
            for inner in child.iterchildren(f"{_W}sdtContent"):
                yield from _blocks(inner)


def _row(row: Any) -> Iterator[str]:
    """The cells one under the other; cells of one line each, three or more, on one line (a table of figures)."""
    cells = [list(_blocks(cell)) for cell in row.iterchildren(f"{_W}tc")]
    if len(cells) >= 3 and all(len(cell) <= 1 for cell in cells):
        yield "\t".join(cell[0] if cell else "" for cell in cells)
        return
    for cell in cells:
        yield from cell


def _paragraph(paragraph: Any) -> Iterator[str]:
    boxes: list[str] = []
    pieces: list[str] = []
    _gather(paragraph, pieces, boxes)
    yield from boxes
    yield "".join(pieces)


def _gather(element: Any, pieces: list[str], boxes: list[str]) -> None:
    for child in element:
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in _SIGNS:
            pieces.append(_SIGNS[child.tag])
        elif child.tag == f"{_W}txbxContent":
            boxes.extend(_blocks(child))
        elif child.tag not in {_FALLBACK, f"{_W}del", f"{_W}pPr", f"{_W}rPr", f"{_W}moveFrom"}:
            _gather(child, pieces, boxes)
