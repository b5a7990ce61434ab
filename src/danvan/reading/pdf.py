"""The text layer of a PDF, its wrapped lines joined to paragraphs."""

import re
from threading import Lock
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_PDFIUM = Lock()  # the library must not be entered by two threads at once
_THIN = 60  # letters a page, under which a page with an image is taken for a scan
_NEW_PARAGRAPH = re.compile(r"\s*(?:[-+*•]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,5}\.|[a-zđ]\)|Điều \d|Căn cứ|Chương|Nơi nhận)")
_ENDED = re.compile(r"[.;:!?/]\s*$")


class LockedFile(Exception):
    """The file asks for a password."""


def pdf_pages(content: bytes) -> tuple[list[str], bool]:
    """The text of each page (joined, they are the text of the file), and whether it is only a scan.

    LockedFile where a password is needed, ValueError where the file is broken.
    """
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as wrong:
            if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "assword" in str(wrong):
                raise LockedFile from wrong
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
        texts.append(textpage.get_text_range().replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", ""))
        if not images:
            images = any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        textpage.close()
        page.close()
    return texts, images


def _joined(pages: list[str]) -> list[str]:
    """Lines of a paragraph on one line; page numbers standing alone are left out."""
    widths = sorted(len(line) for page in pages for line in page.split("\n") if len(line) > 20)
    full = 0.8 * widths[int(len(widths) * 0.9)] if widths else 0
    joined: list[str] = []
    before = ""
    for number, page in enumerate(pages):
        text = ""
        for line in (line.rstrip() for line in page.split("\n")):
            if not line.strip() or (line.strip().isdigit() and int(line.strip()) in {number + 1, number}):
                continue
            goes_on = before and len(before) >= full and not _ENDED.search(before) and not _NEW_PARAGRAPH.match(line)
            text += (" " if goes_on else "\n" if joined or text else "") + line.lstrip() if goes_on else ("\n" if joined or text else "") + line
            before = line
        joined.append(text)
    return joined
