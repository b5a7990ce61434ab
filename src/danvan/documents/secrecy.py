"""State-secret stamps. A marked document must not enter: no secret text may be on this system at all."""

import io
import re
import zipfile
from xml.etree import ElementTree

from danvan.documents.enums import Secrecy
from danvan.foundation.errors import RuleError
from danvan.foundation.file_kinds import UNREADABLE
from danvan.vietnamese.text import canonical

# A stamp stands at the head of the first page; this many characters hold it.
FIRST_PAGE = 4_000
LEVELS = {
    "MẬT": Secrecy.SECRET,
    "TỐI MẬT": Secrecy.TOP_SECRET,
    "TUYỆT MẬT": Secrecy.ABSOLUTE_SECRET,
}
_MARK = r"(?:T\s?U\s?Y\s?Ệ\s?T\s+|T\s?Ố\s?I\s+)?M\s?Ậ\s?T"
# Alone on its line or in its column: words of a sentence stand one space apart.
_STAMP = re.compile(rf"(?:^|\s{{2,}}|\t)[\[(*]?\s?({_MARK})\s?[\])*]?(?=$|\s{{2,}}|\t)")
# At the beginning of a line and closed off from what follows, as where two columns became one line.
_BEGINS = re.compile(
    rf"^\W*({_MARK})\s*(?=[-–/|;:,]|\d|A\d|(?i:số\s*:|(?:hỏa tốc|hoả tốc|thượng khẩn|khẩn)\b))"
)
_NAMED = re.compile(
    rf"^\W*(?:(?:VĂN BẢN|TÀI LIỆU|CÔNG VĂN)|(?:(?i:mức độ|dấu)\s*:))\s*({_MARK})\W*$"
)
_STATED = re.compile(r"(?:độ|mức độ|dấu)\s+mật\s*:\s*(tuyệt\s+mật|tối\s+mật|mật)\b", re.IGNORECASE)
_UNFINISHED = re.compile(r"\b(?:BÍ|BẢO)\s*$")
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
# Where Word keeps stamps that are no part of the running text.
_PART = re.compile(r"word/(?:document|header[0-9]*|footer[0-9]*)\.xml")


def stamp_in(text: str) -> str:
    """The level of the secrecy stamp at the head of a text; empty where there is none."""
    before = ""
    for line in canonical(text[:FIRST_PAGE]).splitlines():
        written = line.strip(" \r")
        found = _STAMP.search(written) or _BEGINS.match(written) or _NAMED.match(written)
        if found and not _UNFINISHED.search(before):
            return _level(found[1])
        if stated := _STATED.search(written):
            return _level(stated[1])
        if written:
            before = written.upper()
    return ""


def stamp_in_word(content: bytes) -> str:
    """The level of a stamp in the headers, footers and text boxes of a Word file; empty where there is none.

    RuleError where a part cannot be read: what may carry a stamp must not pass unread.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                if _PART.fullmatch(name) and (found := stamp_in(_lines(packed.read(name)))):
                    return found
    except (ElementTree.ParseError, *UNREADABLE):
        raise RuleError(
            "Tệp Word này bị hỏng nên không đọc được. Đồng chí vui lòng mở tệp trong Word, lưu lại rồi gửi."
        ) from None
    return ""


def _lines(part: bytes) -> str:
    """The paragraphs of one part of a Word file, a line each, with those of its text boxes."""
    lines = []
    for paragraph in ElementTree.fromstring(part).iter(_PARAGRAPH):  # noqa: S314 - expat expands no outer entity
        line = "".join(piece.text or "" for piece in paragraph.iter(_TEXT))
        if line.strip():
            lines.append(line)
    return "\n".join(lines)


def _level(mark: str) -> str:
    letters = re.sub(r"\s", "", mark.upper())
    return next(level for name, level in LEVELS.items() if name.replace(" ", "") == letters)
