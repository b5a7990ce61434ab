"""Signs that a text has lost its Vietnamese letters on the way to us."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from danvan.vietnamese.composing import compose, decompose

_WORD = re.compile(r"[^\s]+")
_QUESTION = re.compile(r"[^\W\d_]\?+[^\W\d_]|\?{2,}[^\W\d_]|[^\W\d_]\?{2,}[^\W\d_]")
_ADDRESS = re.compile(r"://|www\.|=")
# Letters that only Vietnamese needs: none of them exists in the old 8-bit fonts' code page.
_OURS = re.compile("[ăĂđĐơƠưƯĩĨũŨ\u1ea0-\u1ef9]")
_MARKED = re.compile("[^\\W\\d_a-zA-Z]|[\u0300-\u036f]")
# Signs of Latin-1 that no Vietnamese word holds, beside a letter: TCVN3 and VNI text is full of them.
_ALIEN = re.compile(
    "[^\\W\\d_][¦¨©ª«¬®¯±²³µ¶·¸¹¼½¾¿ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñöøûüþÿ][^\\W\\d_]?"
    "|[¦¨©¬®¯±µ¶¸¼½¾][^\\W\\d_]"
)
# UTF-8 read as Windows-1252 or Latin-1.
_TWICE = re.compile(
    "Ã[\u0080-\u00bf\u2018-\u201d]|á[º»][\u0080-\u00bf\u2018-\u2122]|Æ[°¡]|Ä[‘\u0090\u0091\u0083]"
)
_SYLLABLE = re.compile(
    r"(?:ngh?|[cgknt]h|gi|qu|tr|ph|[bcdghklmnprstvx])?"
    r"(?:uye|uya|[iuy]e|[uo]a|oo|[uo]e|uo|uu|[aeiouy]{1,2}|[aeiouy][aeiouy][iuoy])"
    r"(?:ch|nh|ng|[cmnpt])?"
)

# Every Vietnamese text is full of these; a dump that took Latin-1 for rubbish lost them and kept the others.
_USUAL = re.compile("[àáâê]")
# Nothing but consonants, and no abbreviation of ours: "ngy 26 thng 9".
_VOWELLESS = re.compile(
    r"(?<![^\W_])[BCDĐGHKLMNPQRSTVXbcdđghklmnpqrstvx][bcdđghklmnpqrstvx]{1,5}(?![^\W_]|[.-]\w)"
)
_SHORT_FOR = frozenset(
    [
        "tp",
        "tx",
        "tt",
        "th",
        "ths",
        "gs",
        "pgs",
        "đc",
        "đcs",
        "km",
        "kg",
        "kn",
        "kh",
        "kl",
        "ks",
        "kt",
        "ktxh",
        "cm",
        "mm",
        "dl",
        "ml",
        "vd",
        "vv",
        "tl",
        "tm",
        "tr",
        "bs",
        "cn",
        "ct",
        "cp",
        "hđ",
        "nxb",
        "ptth",
        "sđt",
        "stt",
    ]
)

_SOME_LOST = (
    "Tệp đã mất một phần chữ tiếng Việt: nhiều từ không còn nguyên âm (như “ngy”, “thng”). "
    "Đồng chí vui lòng lấy lại tệp gốc từ nơi gửi."
)
_LOST = (
    "Tệp đã mất chữ tiếng Việt: nhiều chữ có dấu thành dấu “?” hoặc “\ufffd”. "
    "Đồng chí vui lòng lấy lại tệp gốc từ nơi gửi."
)
_OLD_FONT = (
    "Chữ trong tệp dùng bảng mã cũ (TCVN3, VNI) hoặc bị đọc sai bảng mã. "
    "Đồng chí vui lòng chuyển sang Unicode rồi tải lên lại."
)
_NO_MARKS = (
    "Văn bản không có dấu tiếng Việt nên không thể đọc chính xác. "
    "Đồng chí vui lòng tải lên bản có đủ dấu."
)


def looks_damaged(text: str) -> str | None:
    """A whole sentence saying how the text lost its Vietnamese letters and what to do; None if it did not."""
    found = _WORD.findall(text)
    addresses = {word for word in set(found) if _ADDRESS.search(word)}
    words = [word for word in found if word not in addresses]
    if not words:
        return None
    sound = compose(" ".join(words))
    lost = sound.count("\ufffd") + _times(sound.split(), _QUESTION.search)
    ours = len(_OURS.findall(sound))
    if "\ufffd" in sound or (lost and (not ours or (lost >= 2 and lost * 50 >= len(words)))):
        return _LOST
    twice, alien = len(_TWICE.findall(sound)), len(_ALIEN.findall(sound))
    if twice >= 2 or (twice and not ours):
        return _OLD_FONT
    if (alien >= 2 and not ours) or (alien >= 5 and alien * 10 >= len(words)):
        return _OLD_FONT
    if ours and not _USUAL.search(sound.lower()) and _vowelless(sound) >= max(3, len(words) // 40):
        return _SOME_LOST
    return _NO_MARKS if _bare(sound) else None


def is_syllable(word: str) -> bool:
    """Whether a word is spelled as a Vietnamese syllable, whatever its marks."""
    loose = decompose(word.lower().replace("đ", "d"))
    return bool(_SYLLABLE.fullmatch(re.sub("[\u0300-\u036f]", "", loose)))


def _vowelless(text: str) -> int:
    """How many words of the text have lost every vowel."""
    return sum(word.lower() not in _SHORT_FOR for word in _VOWELLESS.findall(text))


def _bare(text: str) -> bool:
    """Eight words or more, nearly all of them Vietnamese syllables, and hardly a mark among them."""
    spelled = re.findall(r"[^\W\d_]+", text)
    if len(spelled) < 8 or len(_MARKED.findall(text)) * 50 > len(spelled):
        return False
    return _times(map(str.lower, spelled), _SYLLABLE.fullmatch) * 5 >= len(spelled) * 4


def _times(words: Iterable[str], is_one: Callable[[str], object]) -> int:
    """How many of the words are such; a long text says few different ones, each is looked at once."""
    return sum(times for word, times in Counter(words).items() if is_one(word))
