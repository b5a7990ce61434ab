"""A picture of an identity card is refused and not kept: a petition needs the number at most, never the card.

Told from what can be read here: the name of the file, the shape of the picture, the words on it. Chips and codes are not
read. What is certain is refused for good; what only looks like it may be kept by who says that it is none, and why.
"""

import re
from dataclasses import dataclass

from danvan import reading
from danvan.foundation.file_kinds import PDFIUM, FileKind
from danvan.foundation.pictures import size_of, words_in_picture, words_in_scan
from danvan.reading import ReadingError
from danvan.vietnamese.text import fold

CARD_WORDS = 150  # a card holds fewer words; a letter that names its number holds more
FEW_LABELS = 2
# The card is 85,6 mm by 53,98 mm; a photograph that was cut to it keeps this shape.
SHAPE, SLACK = 85.6 / 53.98, 0.03
_MACHINE = re.compile(r"IDVNM[0-9O<]{6,}|[A-Z0-9<]{5,}<<<<+")
_TITLES = re.compile(
    r"(?<!\w)(?:can cuoc(?: cong dan)?|chung minh nhan dan|citizen identity card|identity card|ho chieu ?/? ?passport)(?!\w)"
)
_LABELS = tuple(
    re.compile(one)
    for one in (
        r"ho (?:va|,? chu dem va) ?ten|full name", r"(?:ngay,? (?:thang,? nam )?sinh|date of birth)",
        r"gioi tinh|(?<!\w)sex(?!\w)", r"quoc tich|nationality", r"que quan|nguyen quan|place of origin",
        r"noi (?:thuong tru|cu tru)|noi dkhk|place of residence", r"co gia tri den|date of expiry",
        r"dac diem (?:nhan dang|nhan dien)|personal identification", r"dan toc|ton giao",
    )
)  # fmt: skip
_NAMES = re.compile(
    r"(?<![a-z])(?:cccd|cmnd|cmtnd|can ?cuoc|chung ?minh(?: ?nhan ?dan)?|ho ?chieu|passport)(?![a-z])"
)
_NOT_CARD = re.compile(r"kinh gui|don (?:khieu nai|kien nghi|phan anh|de nghi)")
_MARKS = re.compile(r"[_\-.\d]+")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a file is taken for an identity card; `certain` where no saying helps."""

    certain: bool
    why: str


def identity_doubt(content: bytes, *, kind: FileKind, name: str) -> Doubt | None:
    """Whether a file shows an identity card, as far as it can be told here; None where nothing says so."""
    words, read = _words_of(content, kind)
    certain = any(_is_card(one) for one in words)
    if certain:
        return Doubt(certain=True, why="trên ảnh có chữ của thẻ căn cước, chứng minh nhân dân")
    if _NAMES.search(_MARKS.sub(" ", fold(name))):
        return Doubt(certain=False, why="tên tệp nhắc đến giấy tờ tùy thân")
    if any(_has_title(one) for one in words):
        return Doubt(
            certain=False,
            why="trên tệp có chữ “căn cước” hoặc “chứng minh nhân dân” và rất ít chữ khác",
        )
    if not read and kind.code in ("png", "jpeg") and _is_card_shaped(content):
        return Doubt(
            certain=False, why="ảnh có hình dạng của một tấm thẻ và máy chưa đọc được chữ trên ảnh"
        )
    return None


def _words_of(content: bytes, kind: FileKind) -> tuple[list[str], bool]:
    """The words of each page, and whether they could be read at all."""
    if kind.code in ("png", "jpeg"):
        words = words_in_picture(content)
        return ([words] if words else []), words is not None
    if kind.code not in ("pdf", "docx"):
        return [], True
    try:
        with PDFIUM:
            extracted = reading.extract(content, kind.code)
    except ReadingError:
        scanned = words_in_scan(content) if kind.code == "pdf" else None
        return scanned or [], scanned is not None
    ends = (*extracted.pages[1:], len(extracted.text))
    return [extracted.text[one:end] for one, end in zip(extracted.pages, ends, strict=True)], True


def _is_card(words: str) -> bool:
    if _MACHINE.search(words.replace(" ", "")):
        return True
    return _has_title(words) and sum(bool(one.search(fold(words))) for one in _LABELS) >= FEW_LABELS


def _has_title(words: str) -> bool:
    folded = fold(words)
    short = len(folded.split()) <= CARD_WORDS and not _NOT_CARD.search(folded)
    return short and _TITLES.search(folded) is not None


def _is_card_shaped(content: bytes) -> bool:
    size = size_of(content)
    if size is None or not all(size):
        return False
    return abs(max(size) / min(size) / SHAPE - 1) <= SLACK
