"""The text layer of a PDF, its wrapped lines joined to paragraphs."""

import re
from threading import Lock
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from danvan.reading.pdf_tables import Run, with_tables

_PDFIUM = Lock()  # the library must not be entered by two threads at once
_AHEAD = 4  # a run stands at most so many lines behind the one before it
_THIN = 60  # letters a page, under which a page with an image is taken for a scan
_BEGINS = re.compile(
    r"(?:[-+*•]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,5}\.|[a-zđ]\)|Điều \d|Căn cứ|Chương|Nơi nhận)"
)
_ENDED = re.compile(r"[.;:!?/]\s*$")


class LockedFileError(Exception):
    """The file asks for a password."""


def pdf_pages(content: bytes) -> tuple[list[str], bool]:
    """The text of each page (joined, they are the text of the file), and whether it is only a scan.

    LockedFileError where a password is needed, ValueError where the file is broken.
    """
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as wrong:
            if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(wrong):
                raise LockedFileError from wrong
            raise ValueError(str(wrong)) from wrong
        try:
            raw, images = _read_pages(document)
        except pypdfium2.PdfiumError as wrong:
            raise ValueError(str(wrong)) from wrong
        finally:
            document.close()
    letters = sum(len("".join(page.split())) for page in raw)
    return _joined(raw), not letters or (images and letters < _THIN * len(raw))


def _read_pages(document: Any) -> tuple[list[str], bool]:
    texts: list[str] = []
    images = False
    for page in document:
        textpage = page.get_textpage()
        lines = _plain(textpage.get_text_range()).split("\n")
        texts.append("\n".join(with_tables(lines, _runs(textpage, lines))))
        if not images:
            images = any(
                True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
            )
        textpage.close()
        page.close()
    return texts, images


def _plain(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "")


def _runs(textpage: Any, lines: list[str]) -> list[Run]:
    """The runs of text of a page, each in its line; what does not stand in the lines in order is left out."""
    found: list[Run] = []
    line = place = 0
    for at in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(at)
        words = _plain(textpage.get_text_bounded(left, bottom, right, top)).strip()
        ahead = line
        begin = place
        while words and ahead < min(len(lines), line + _AHEAD):
            start = lines[ahead].find(words, begin)
            if start >= 0:
                line, place = ahead, start + len(words)
                found.append(Run(words, line, left, bottom, right, top))
                break
            ahead, begin = ahead + 1, 0
    return found


def _joined(pages: list[str]) -> list[str]:
    """Lines of a paragraph on one line; page numbers standing alone are left out."""
    widths = sorted(len(line) for page in pages for line in page.split("\n") if len(line) > 20)
    full = 0.8 * widths[int(len(widths) * 0.9)] if widths else 0
    joined: list[str] = []
    before = ""
    for number, page in enumerate(pages):
        pieces: list[str] = []
        for line in page.split("\n"):
            words = line.strip(" ")
            if not words.strip() or words in {str(number), str(number + 1)}:
                continue
            if not before:
                pieces.append(words)
            elif "\t" in before or "\t" in words:
                pieces.append(f"\n{words}")
            elif len(before) >= full and not _ENDED.search(before) and not _BEGINS.match(words):
                pieces.append(f" {words}")
            else:
                pieces.append(f"\n{words}")
            before = words
        joined.append("".join(pieces))
    return joined
