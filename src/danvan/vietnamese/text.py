"""One spelling for every Vietnamese text: the canonical form that is stored, and the folded form that is searched.

Plain Python. Letters of the minority languages (ƀ ŏ ĕ č, Khmer, Cham) are kept as they are written.
"""

import re
import unicodedata

from danvan.vietnamese.composing import compose, decompose
from danvan.vietnamese.damage import looks_damaged

__all__ = ["INVISIBLE", "canonical", "fold", "looks_damaged", "lower_first", "printable", "written"]

# Spaces that look like a space and are none: they break search, sorting and comparison.
_SPACES = dict.fromkeys((0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
# Invisible characters left by editors, browsers and address books. Some turn the direction of what stands after them, so that
# a number reads otherwise than it is written; tags (U+E0000) hide whole words. U+FFFE and U+FFFF are none at all, and no Excel
# or Word file takes them.
_INVISIBLE = dict.fromkeys(
    (
        0x00AD, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF, 0xFFFE, 0xFFFF,
        *range(0xE0000, 0xE0080),
    )
)  # fmt: skip
# The same for use inside a character class of a regular expression.
INVISIBLE = "".join(map(chr, _INVISIBLE))
# Eth and the African D look like Đ and come from old keyboards and from OCR.
_EXACT = _SPACES | _INVISIBLE | {0x00D0: "Đ", 0x0189: "Đ", 0x00F0: "đ", 0x0256: "đ"}
_NOT_EXACT = re.compile("[" + "".join(map(chr, _EXACT)) + "]")
# Khmer writes U+200B between words; anywhere else it is litter.
_ZERO_WIDTH = re.compile("(?<![\u1780-\u17ff])\u200b(?![\u1780-\u17ff])")
# Joiners make one sign of several in emoji and in scripts of India; behind a Latin letter or a figure they only hide.
_JOINERS = re.compile("(?<![^\u0000-\u036f\u1e00-\u1eff])[\u200c\u200d]+")
_HIDING = re.compile("[\u200b-\u200d]")

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARKS = "\u0300-\u036f"
# Some tools write the tone before the shape (é + circumflex); Unicode does not put that right.
_TONE_FIRST = re.compile(f"([aeoAEO])([{_TONES}])(\u0302)|([aA])([{_TONES}])(\u0306)")


def _toned(vowel: str) -> str:
    return "".join(unicodedata.normalize("NFC", vowel + tone) for tone in _TONES)


_TONED = {vowel: _toned(vowel) + _toned(vowel.upper()) for vowel in "aeuyo"}
# No letter of any language here bears more than four marks of its own.
_SIGN = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILED = re.compile(f"({_SIGN}{{4}}){_SIGN}+")
_ONSET = r"(?<![^\W\d_])(?<![\u0300-\u036f'’])([bcdđghklmnprstvx]{0,3})"
_END = r"(?![^\W_]|[\u0300-\u036f])"
# hoà -> hòa, khoẻ -> khỏe, thuý -> thúy, where no letter follows and q does not own the u.
_OLD_PLACE = re.compile(
    f"{_ONSET}(?:(o)([{_TONED['a']}{_TONED['e']}])|(u)([{_TONED['y']}])){_END}", re.IGNORECASE
)
# qúy -> quý: after q the u is no vowel.
_ON_Q = re.compile(rf"(?<![^\W\d_])(q)([{_TONED['u']}])([aăâeêiouơy]){_END}", re.IGNORECASE)
# What both of them hold: looked for first, since most texts hold neither.
_PERHAPS_OLD = re.compile(
    f"[{_TONED['a']}{_TONED['e']}{_TONED['y']}]"
    f"(?:(?<=[oO][{_TONED['a']}{_TONED['e']}])|(?<=[uU][{_TONED['y']}])(?<![qQ]..)){_END}"
)
_PERHAPS_ON_Q = re.compile(f"[{_TONED['u']}](?<=[qQ].)")


def canonical(text: str) -> str:
    """The form that is stored: NFC, plain spaces, Đ for its look-alikes, tones placed as in hòa and thúy.

    Line breaks and runs of spaces stay. Applying it twice changes nothing.
    """
    if text.isascii():
        return text
    if _NOT_EXACT.search(text):
        text = text.translate(_EXACT)
    text = compose(text)
    if _HIDING.search(text):
        text = compose(_JOINERS.sub("", _ZERO_WIDTH.sub("", text)))
    if "\u0302" in text or "\u0306" in text:
        loose = decompose(text)
        text = compose(_TONE_FIRST.sub(_shape_first, loose))
    if _PERHAPS_OLD.search(text):
        text = _OLD_PLACE.sub(_move_tone, text)
    return _ON_Q.sub(_off_q, text) if _PERHAPS_ON_Q.search(text) else text


def written(text: str) -> str:
    """What somebody typed who is no officer, as it is stored: its canonical form without control characters, and without marks
    piled on a letter until they cover the lines above it.
    """
    return _PILED.sub(r"\1", canonical(printable(text)))


def printable(text: str) -> str:
    """The text without control characters, which files of Word and Excel do not take; a vertical tab breaks the line."""
    broken = text.replace("\v", "\n")
    return "".join(one for one in broken if one >= " " or one in "\n\t")


def lower_first(words: str) -> str:
    """The words as they stand within a sentence: a small first letter, unless they begin with an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _shape_first(found: re.Match[str]) -> str:
    letter, tone, shape = (part for part in found.groups() if part)
    return letter + shape + tone


def _move_tone(found: re.Match[str]) -> str:
    onset = found[1]
    first, second = found[2] or found[4], found[3] or found[5]
    base, tone = list(unicodedata.normalize("NFD", second))
    return onset + unicodedata.normalize("NFC", first + tone) + base


def _off_q(found: re.Match[str]) -> str:
    base, tone = list(unicodedata.normalize("NFD", found[2]))
    return found[1] + base + unicodedata.normalize("NFC", found[3] + tone)


class _FoldTable(dict[int, str | None]):
    """What each character folds to, worked out at its first sight and kept."""

    def __missing__(self, code: int) -> str | None:
        if 0x0300 <= code <= 0x036F:
            folded = ""
        else:
            letter = unicodedata.normalize("NFC", chr(code)).lower()
            loose = unicodedata.normalize("NFD", letter)
            bare = re.sub(f"[{_MARKS}]", "", loose)
            folded = letter if bare == loose else unicodedata.normalize("NFC", bare)
        self[code] = folded
        return folded


_FOLD = _FoldTable()
_FOLD.update({ord(letter): "d" for letter in "đĐðÐɖƉ"})
_FOLD.update({ord(letter): "b" for letter in "ƀɃɓƁ"})
_FOLD.update(dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212), "-"))
_FOLD.update(dict.fromkeys((0xFE58, 0xFE63, 0xFF0D), "-"))
_FOLD.update({ord(mark): "'" for mark in "’‘ʼ′`´"})
_FOLD.update(_INVISIBLE)
_FOLD[0x200B] = None


def fold(text: str) -> str:
    """The form that is searched: lower case, no tones or marks, d for đ, one kind of hyphen and space.

    The same for composed and decomposed spelling and for either placing of the tone; keeps the
    letters of other scripts. Applying it twice changes nothing.
    """
    folded = compose(text).translate(_FOLD)
    return " ".join(compose(folded).split())
