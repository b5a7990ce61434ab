"""A text cut into lines and segments, so that every proposal is marked where it stands. One pass."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from danvan.documents.models import Proposal

# A line of capitals up to this long is a heading.
HEADING = 160


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one line with the same proposals over it.

    `mark` is the place of the proposal that is shown (the one that begins last), None for plain text;
    `begins` are the places of the proposals that begin here, `ends` of those that end here.
    """

    text: str
    mark: int | None = None
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text; empty lines are left out."""

    segments: list[Segment] = field(default_factory=list)
    heading: bool = False


def marked_lines(text: str, proposals: Sequence[Proposal]) -> list[Line]:
    """The lines of a text with the spans of `proposals` (in the order of the text) marked by their place in it."""
    lines: list[Line] = []
    at = 0
    spans = _pieces(text, proposals)
    piece = next(spans, None)
    for raw in text.splitlines(keepends=True):
        end = at + len(raw)
        segments = []
        while piece is not None and piece[0] < end:
            start, stop, mark, begins, ends = piece
            shown = text[max(start, at) : min(stop, end)].rstrip("\r\n")
            whole = stop <= end
            if shown or begins or ends:
                segments.append(
                    Segment(shown, mark, begins if start >= at else (), ends if whole else ())
                )
            if not whole:
                break
            piece = next(spans, None)
        if any(segment.text.strip() or segment.begins for segment in segments):
            lines.append(Line(segments, _is_heading(raw)))
        at = end
    return lines


Piece = tuple[int, int, int | None, tuple[int, ...], tuple[int, ...]]


def _pieces(text: str, proposals: Sequence[Proposal]) -> Iterator[Piece]:
    """Stretches between the ends of spans: (start, end, shown proposal, those beginning, those ending)."""
    begins: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for place, proposal in enumerate(proposals):
        start, end = min(proposal.start, len(text)), min(proposal.end, len(text))
        if start < end:
            begins.setdefault(start, []).append(place)
            ends.setdefault(end, []).append(place)
    edges = sorted({0, len(text), *begins, *ends})
    over: list[int] = []
    for start, end in pairwise(edges):
        for place in ends.get(start, ()):
            over.remove(place)
        over += begins.get(start, ())
        shown = (
            max(over, key=lambda place: (proposals[place].start, -proposals[place].end))
            if over
            else None
        )
        yield start, end, shown, tuple(begins.get(start, ())), tuple(ends.get(end, ()))


def _is_heading(raw: str) -> bool:
    line = raw.strip()
    return 3 < len(line) <= HEADING and line == line.upper() and any(map(str.isalpha, line))
