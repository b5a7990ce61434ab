"""A text seen in one spelling, with the way back to the offsets of the text as it was given.

Rules are written once, against composed letters, one kind of space, hyphen and quotation mark, and tones
placed as in "hòa". What they find is reported in offsets of the original.
"""

import re

from danvan.vietnamese.text import canonical

# Capitals, for use inside a character class.
UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA, 2))

_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", re.DOTALL)
_PLAIN = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | dict.fromkeys("“”„‟«»＂", '"')
    | dict.fromkeys("／⁄∕", "/")
    | dict.fromkeys("\t\u000b\u000c\r\u0085\u2028\u2029", " ")
    | {"％": "%", "：": ":", "，": ",", "²": "2", "³": "3"}
)
# Marks that need work; a text without them is seen as it stands, character for character.
_NEEDS_WORK = re.compile("[\u0300-\u036f\u00ad\u200b\u2060\ufeff]")


def _same_length_lower(text: str) -> str:
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


class View:
    """`text` keeps the case, `low` is lower case; both have the same length."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._starts: list[int] | None = None
        self._ends: list[int] | None = None
        seen = raw if not _NEEDS_WORK.search(raw) else None
        if seen is not None:
            placed = canonical(seen)
            seen = placed if len(placed) == len(raw) else None
        if seen is None:
            seen = self._mapped(raw)
        self.text = seen.translate(_PLAIN)
        self.low = _same_length_lower(self.text)

    def _mapped(self, raw: str) -> str:
        letters: list[str] = []
        self._starts, self._ends = [], []
        for cluster in _CLUSTER.finditer(raw):
            for letter in canonical(cluster[0]):
                letters.append(letter)
                self._starts.append(cluster.start())
                self._ends.append(cluster.end())
        seen = "".join(letters)
        placed = canonical(seen)
        return placed if len(placed) == len(seen) else seen

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text behind a non-empty span of the view."""
        if self._starts is None or self._ends is None:
            return start, end
        return self._starts[start], self._ends[end - 1]

    def surface(self, start: int, end: int) -> str:
        """The original characters behind a span of the view."""
        first, last = self.span(start, end)
        return self.raw[first:last]
