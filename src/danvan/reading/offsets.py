"""A text with stretches replaced, and the way back from its offsets to those of the text before."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable


class Way:
    """`text` is the source with every edit (start, end, new words) worked in; edits in order, none overlapping.

    What is not edited is led back letter by letter, an edited stretch as a whole; an offset takes log(edits).
    """

    def __init__(self, source: str, edits: Iterable[tuple[int, int, str]]) -> None:
        pieces: list[str] = []
        # Stretches by turns: where each begins in the new text, in the source, and where it ends there (-1: letter by letter).
        self._new, self._old, self._ends = array("q", [0]), array("q", [0]), array("q", [-1])
        at = length = 0
        for start, end, words in edits:
            pieces.append(source[at:start])
            length += start - at
            if words:
                pieces.append(words)
                self._begin(length, start, end)
                length += len(words)
            self._begin(length, end, -1)
            at = end
        pieces.append(source[at:])
        self.text = "".join(pieces)

    def _begin(self, new: int, old: int, end: int) -> None:
        self._new.append(new)
        self._old.append(old)
        self._ends.append(end)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source behind a non-empty span of the new text."""
        first = bisect_right(self._new, start) - 1
        last = bisect_right(self._new, end - 1) - 1
        begin = self._old[first]
        if self._ends[first] < 0:
            begin += start - self._new[first]
        close = self._ends[last]
        return begin, close if close >= 0 else self._old[last] + end - self._new[last]
