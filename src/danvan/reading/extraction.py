"""Text out of files: .txt, Word and PDF with a text layer. What cannot be read is said in one sentence."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from danvan.reading.old_fonts import kind_of, to_unicode
from danvan.reading.proposals import ReadingError

KINDS = ("txt", "docx", "pdf")
_LARGEST_PART = 200 * 1024 * 1024

_EMPTY = "Tệp không có chữ nào. Đồng chí vui lòng kiểm tra lại tệp."
_NOT_UTF8 = (
    "Tệp .txt không dùng bảng mã Unicode (UTF-8). Đồng chí vui lòng lưu lại tệp theo bảng mã UTF-8."
)
_BROKEN_WORD = "Tệp Word bị hỏng hoặc không phải tệp .docx. Đồng chí vui lòng mở tệp trong Word rồi lưu lại thành .docx."
_LOCKED_WORD = (
    "Tệp Word có mật khẩu nên không đọc được. Đồng chí vui lòng bỏ mật khẩu rồi tải lên lại."
)
_BROKEN_PDF = "Tệp PDF bị hỏng nên không đọc được. Đồng chí vui lòng lấy lại tệp từ nơi gửi."
_LOCKED_PDF = (
    "Tệp PDF có mật khẩu nên không đọc được. Đồng chí vui lòng tải lên bản không có mật khẩu."
)
_SCANNED = (
    "Tệp PDF là ảnh quét, không có lớp chữ. Đồng chí vui lòng tải lên bản Word hoặc PDF có chữ."
)
_UNKNOWN = (
    "Chỉ đọc được tệp .txt, .docx và .pdf. Đồng chí vui lòng chuyển tệp sang một trong ba dạng này."
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file; `pages` holds the offset where each page begins (one for .txt and .docx).

    `old_font` says which font of before Unicode it was led back from (`tcvn3`, `vni`), "" for none.
    """

    text: str
    pages: tuple[int, ...] = (0,)
    old_font: str = ""


def extract(content: bytes, kind: str) -> Extracted:
    """The text of a file of this kind (`txt`, `docx`, `pdf`). ReadingError with a whole sentence otherwise."""
    readers = {"txt": _plain_text, "docx": _word, "pdf": _pdf}
    if kind not in readers:
        raise ReadingError(_UNKNOWN)
    extracted = readers[kind](content)
    if not extracted.text.strip():
        raise ReadingError(_SCANNED if kind == "pdf" else _EMPTY)
    return _in_unicode(extracted)


def _in_unicode(extracted: Extracted) -> Extracted:
    """The text in Vietnamese letters where it was certainly typed in a font of before Unicode."""
    font = kind_of(extracted.text)
    if not font:
        return extracted
    ends = [*extracted.pages[1:], len(extracted.text)]
    text, starts = "", []
    for start, end in zip(extracted.pages, ends, strict=True):
        starts.append(len(text))
        text += to_unicode(extracted.text[start:end], font)
    return Extracted(text, tuple(starts), font)


def _plain_text(content: bytes) -> Extracted:
    encoding = "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as wrong:
        # The fonts of before Unicode hold a letter a byte.
        text = content.decode("latin-1")
        if not kind_of(text):
            raise ReadingError(_NOT_UTF8) from wrong
    if "\x00" in text:
        raise ReadingError(_NOT_UTF8)
    return Extracted(text)


def _word(content: bytes) -> Extracted:
    # Office keeps an encrypted document in the old compound format.
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadingError(_LOCKED_WORD)
    from danvan.reading.word import word_lines  # noqa: PLC0415  (slow to load; most runs read no Word)

    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            oversized = any(part.file_size > _LARGEST_PART for part in package.infolist())
        lines = [] if oversized else word_lines(content)
    # A damaged package breaks in many places of the library; whatever it is, the file is not readable.
    except Exception as wrong:
        raise ReadingError(_BROKEN_WORD) from wrong
    if oversized:
        raise ReadingError(_BROKEN_WORD)
    return Extracted("\n".join(lines))


def _pdf(content: bytes) -> Extracted:
    from danvan.reading.pdf import LockedFileError, pdf_pages  # noqa: PLC0415  (slow to load; most runs read no PDF)

    try:
        pages, scanned = pdf_pages(content)
    except LockedFileError as locked:
        raise ReadingError(_LOCKED_PDF) from locked
    except ValueError as wrong:
        raise ReadingError(_BROKEN_PDF) from wrong
    if scanned:
        raise ReadingError(_SCANNED)
    text, starts = "", []
    for page in pages:
        starts.append(len(text))
        text += page
    return Extracted(text, tuple(starts))
