"""A text seen in one spelling, with the way back to the offsets of the text as it was given.

Rules are written once, against composed letters, one kind of space, hyphen and quotation mark, and tones
placed as in "hòa". What they find is reported in offsets of the original.
"""

import re

from danvan.reading.offsets import Way
from danvan.reading.old_fonts import VNI, VNI_SIGN, kind_of, to_unicode
from danvan.reading.proposals import Note
from danvan.reading.repairs import as_note, find_repairs
from danvan.reading.words import Words
from danvan.vietnamese.text import INVISIBLE, canonical

# Capitals, for use inside a character class.
UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA, 2))

_PLAIN = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | dict.fromkeys("“”„‟«»＂", '"')
    | dict.fromkeys("／⁄∕", "/")
    | dict.fromkeys("\t\u000b\u000c\r\u0085\u2028\u2029", " ")
    | dict.fromkeys(
        "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " "
    )
    | {"％": "%", "：": ":", "，": ",", "²": "2", "³": "3"}
)
_ODD = re.compile("[" + re.escape("".join(map(chr, _PLAIN))) + "]")
# A letter with marks of its own, marks without a letter, signs that are not seen: what is not one letter of the view.
_UNSEEN = f"\u200b-\u200d{INVISIBLE}"
_LOOSE = re.compile(f"[^\u0300-\u036f]?[\u0300-\u036f]+|[{_UNSEEN}]+", re.DOTALL)
_LOOSE_SIGN = re.compile(f"[\u0300-\u036f{_UNSEEN}]")
_FIRST_WORDS = 40
# A letter bears two marks here, a copied one perhaps four. Composing sorts a run of marks, in time that grows with its square.
_MOST_SIGNS = 8


def _same_length_lower(text: str) -> str:
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _placed(text: str) -> str:
    """Every line in its canonical spelling, where that has as many letters."""
    placed = canonical(text)
    if len(placed) == len(text):
        return placed
    lines = [(line, canonical(line)) for line in text.split("\n")]
    return "\n".join(new if len(new) == len(old) else old for old, new in lines)


class View:
    """`text` keeps the case, `low` is lower case; both have the same length. `repairs` tells what was mended."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._ways: list[Way] = []
        self.old_font = kind_of(raw)
        seen = raw
        if self.old_font == "vni":
            seen = self._led(seen, [(*one.span(), VNI[one[0]]) for one in VNI_SIGN.finditer(seen)])
        elif self.old_font:
            seen = to_unicode(raw, self.old_font)
        if _LOOSE_SIGN.search(seen):
            loose = [
                (*one.span(), canonical(one[0][:_MOST_SIGNS])) for one in _LOOSE.finditer(seen)
            ]
            seen = self._led(seen, loose)
        seen = _placed(seen)
        repairs = find_repairs(seen)
        self._repairs = [(self.span(one.start, one.end), one) for one in repairs]
        if repairs:
            seen = self._led(seen, [(one.start, one.end, one.words) for one in repairs])
        self.tabbed = seen  # as `text`, with its tabs
        self.text = _ODD.sub(lambda found: _PLAIN[ord(found[0])], seen)
        self.low = Words(_same_length_lower(self.text))

    def _led(self, seen: str, edits: list[tuple[int, int, str]]) -> str:
        way = Way(seen, edits)
        self._ways.append(way)
        return way.text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text behind a non-empty span of the view."""
        for way in reversed(self._ways):
            start, end = way.span(start, end)
        return start, end

    def surface(self, start: int, end: int) -> str:
        """The original characters behind a span of the view."""
        first, last = self.span(start, end)
        return self.raw[first:last]

    def notes(self) -> list[Note]:
        """What was mended, and that the text is in a font of before Unicode, for a person to know."""
        told = [as_note(span, self.raw, one) for span, one in self._repairs]
        if self.old_font and self.raw.strip():
            kind = {"tcvn3": "TCVN3 (.VnTime)", "vni": "VNI"}[self.old_font]
            # At its first words: it is about the whole text, and no remark on each figure in it.
            start = len(self.raw) - len(self.raw.lstrip())
            end = min(start + _FIRST_WORDS, len(self.raw))
            sentence = f"Văn bản gõ bằng bảng mã {kind}; phần mềm đã chuyển sang Unicode để đọc."
            told.append(Note(start, end, "old_font", sentence))
        return told
