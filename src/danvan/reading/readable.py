"""Whether a text can be read at all; if not, why, in a whole sentence for the person who brought it."""

import re

from danvan.reading.old_fonts import kind_of, to_unicode
from danvan.vietnamese.damage import is_syllable, looks_damaged

# A long law has half a million characters; past this the text is not one document.
LONGEST = 12_000_000
_SEEN = 60_000
_WORD = re.compile(r"[^\W\d_]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_OURS = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9\u0300-\u0303\u0309\u0323]")
_FEWEST_WORDS = 20
_VIETNAMESE = 0.6

_EMPTY = "Văn bản không có chữ nào. Đồng chí vui lòng kiểm tra lại tệp hoặc đoạn đã dán."
_LONG = (
    "Văn bản dài quá 12 triệu ký tự nên phần mềm không đọc một lần được. "
    "Đồng chí vui lòng chia thành từng văn bản rồi đưa vào lần lượt."
)
_BINARY = (
    "Nội dung này không phải là chữ (có nhiều ký tự điều khiển). "
    "Đồng chí vui lòng mở tệp bằng phần mềm soạn thảo rồi lưu lại thành .docx, .pdf hoặc .txt."
)
_FOREIGN = (
    "Văn bản không phải tiếng Việt nên phần mềm không đọc được. "
    "Đồng chí vui lòng đưa vào bản tiếng Việt."
)


def why_unreadable(text: str) -> str | None:
    """A whole sentence saying why this text is not read and what to do; None where it can be read."""
    piece = text[:_SEEN]
    if not re.search(r"[^\W_]", text):
        return _EMPTY
    if len(text) > LONGEST:
        return _LONG
    if len(_CONTROL.findall(piece)) * 100 > len(piece):
        return _BINARY
    if font := kind_of(text):
        piece = text = to_unicode(piece, font)
    return looks_damaged(text) or (_FOREIGN if _is_foreign(piece) else None)


def lacks_signs(text: str) -> bool:
    """Whether this is Vietnamese typed without its signs: the rules find little in it and may take it wrongly."""
    words = _WORD.findall(text[:_SEEN])
    if len(words) < _FEWEST_WORDS or len(_OURS.findall(text[:_SEEN])) * 20 > len(words):
        return False
    return sum(map(is_syllable, words)) >= _VIETNAMESE * len(words)


def _is_foreign(text: str) -> bool:
    """Many words, few of them Vietnamese syllables, hardly a letter that only Vietnamese has."""
    words = _WORD.findall(text)
    if len(words) < _FEWEST_WORDS or len(_OURS.findall(text)) * 20 > len(words):
        return False
    return sum(map(is_syllable, words)) < _VIETNAMESE * len(words)
