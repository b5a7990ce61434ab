"""How a text is laid out: lines, headings with their mood, sentences and clauses, all in offsets of the view."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol, TypeVar

# The mark itself comes first, what stands before it is looked at then: few letters of a text are marks.
_STOP = re.compile(
    r"[.!?…](?:[.!?…]*[\")\]]*(?= |\n|$)|(?<=[^\W\d_]\.)(?=[^\W\d_][^\W\d_])|(?<=\.)/\.)"
)
_ABBREVIATION = re.compile(r"(?:^|[^\w])(?:tp|tx|tt|q|p|h|ths|ts|gs|pgs|đ/c|đc|tr|st|no|\w)$")
_NUMERAL = re.compile(r"[ *(#]*(?:\d{1,3}|[ivx]{1,6})")
_FIRST_LETTER = re.compile(r"[ \n\"(\[*-]*(\S?)")
_WRAPPED = re.compile(r" *[^\W\d_](?![).])")
_CLAUSE = re.compile(r"[;:.](?:(?<=;)|(?<=:)(?= |\n)|(?<=\.)\.+)")
_NUMBERED = re.compile(
    r" *[*#]* *(?:(?P<roman>(?:phần )?(?=[xvi])x{0,3}(?:ix|iv|v?i{0,3}))[.)]|(?P<letter>[a-hđ])[.)]"
    r"|(?P<deep>\d{1,2}(?:\.\d{1,2})+)\.?(?= )|(?P<arabic>\d{1,2})[.)]|(?P<round>\(\d{1,2}\))"
    r"|(?P<article>điều \d{1,3})[.:]?|(?P<dash>[-+*•]))(?=\s|[^\W\d_]|$)",
    re.IGNORECASE,
)
# What stands before the words of a line: marks of Markdown, a number or a letter, a dash.
NUMBERING = (
    r"[ *_#>+•-]*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4}|[a-zđ])[.)] ?|\(\d{1,2}\) )?[ *_+•-]*"
)
_RANK = {"roman": 1, "article": 1, "arabic": 2, "deep": 3, "letter": 4, "round": 6, "dash": 6}
_COLON_RANK = 5
# "... yêu cầu:" in a line without a number, above the items 1., 2., 3.: they stand under it.
_LEAD_RANK = 1.5
_FIRST_ITEM = re.compile(r"[ *#]*\(?0?1[.)](?= |$)")
_LONGEST = 2500
_INLINE = re.compile(r"[^.:\n]{2,60}[.:](?= )")

_FORWARD = re.compile(
    r"mục tiêu|chỉ tiêu|phương hướng|nhiệm vụ năm|nhiệm vụ trọng tâm|định hướng phát triển"
)
_BACKWARD = re.compile(
    r"tình hình|kết quả|thực trạng|hạn chế|ưu điểm|khuyết điểm|tồn tại|đánh giá chung|số liệu|khen thưởng"
    r"|thành tích|đạt được"
)
_NEUTRAL = re.compile(
    r"quan điểm|giải pháp|tổ chức thực hiện|mục đích|yêu cầu|nơi nhận|kiến nghị|đề xuất|bài học"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `mood` is that of its section: 1 says what shall be, -1 what was, 0 neither.

    `paragraph` is where its paragraph begins, `path` the spans of all headings it stands under, the outermost first.
    """

    start: int
    end: int
    mood: int
    paragraph: int
    path: tuple[tuple[int, int], ...]

    @property
    def heading(self) -> tuple[int, int] | None:
        """The heading it stands right under."""
        return self.path[-1] if self.path else None

    @property
    def is_heading(self) -> bool:
        """Whether it is that heading itself."""
        return bool(self.path) and self.begins_in(self.path[-1]) and self.end <= self.path[-1][1]

    def begins_in(self, span: tuple[int, int]) -> bool:
        """Whether it begins within these offsets."""
        return span[0] <= self.start < span[1]


@dataclass(frozen=True, slots=True)
class _Section:
    rank: float
    mood: int
    span: tuple[int, int]


def mood_of(words: str) -> int | None:
    """The mood of a heading in lower case; 0 closes an earlier mood, None says nothing about it."""
    forward, backward = _FORWARD.search(words), _BACKWARD.search(words)
    if forward and (not backward or forward.start() < backward.start()):
        return 1
    if backward:
        return -1
    return 0 if _NEUTRAL.search(words) else None


def lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that hold something."""
    found = []
    at = 0
    for piece in text.split("\n"):
        if piece.strip():
            found.append((at, at + len(piece)))
        at += len(piece) + 1
    return found


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Lines, where one that begins with a small letter continues the one just before it."""
    found: list[tuple[int, int]] = []
    for start, end in lines(text):
        wrapped = _WRAPPED.match(text, start)
        if found and found[-1][1] == start - 1 and wrapped and text[wrapped.end() - 1].islower():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def find_sentences(text: str, low: str) -> list[Sentence]:
    """Every sentence in order, each with the mood of the section it stands in."""
    sections: list[_Section] = []
    found: list[Sentence] = []
    spans = paragraphs(text)
    for at, (start, end) in enumerate(spans):
        following = spans[at + 1][0] if at + 1 < len(spans) else len(text)
        _step_into(text, low, (start, end), sections, bool(_FIRST_ITEM.match(text, following)))
        top = sections[-1] if sections else None
        path = tuple(section.span for section in sections)
        for first, last in _split(text, low, start, end):
            found.append(Sentence(first, last, top.mood if top else 0, start, path))
    return found


def _step_into(
    text: str,
    low: str,
    line: tuple[int, int],
    sections: list[_Section],
    leads: bool,  # noqa: FBT001
) -> None:
    """Open or close sections at this line; `leads` says that the item 1. stands right below it."""
    start, end = line
    numbered = _NUMBERED.match(text, start, end)
    kind = (numbered.lastgroup if numbered else None) or ""
    body = text[start:end].strip(" *#")
    words = len(body.split())
    capitals = not kind and words >= 2 and body.isupper()
    rank: float = 1 if capitals else _RANK.get(kind, _COLON_RANK)
    begun = numbered.end() if numbered else start
    span, title = line, low[start:end]
    open_line = words <= 24 and body[-1] not in ".;,!?" if body else False
    heading = (open_line and 1 <= rank <= 4) or (body.endswith(":") and rank <= _COLON_RANK)
    inline = _INLINE.match(text, begun, end)
    if not heading and inline and 2 <= rank <= 4 and len(inline[0].split()) <= 7:
        span, title = (start, inline.end()), low[start : inline.end()]
        heading = mood_of(title) is not None
    if rank <= 4 or heading or not kind:
        while sections and sections[-1].rank >= rank:
            sections.pop()
    if not kind and rank == _COLON_RANK:
        if sections and sections[-1].rank == _LEAD_RANK:
            sections.pop()  # words that go on behind the items are no part of them
        if heading and leads and (not sections or sections[-1].rank <= 1):
            rank = _LEAD_RANK
    if heading:
        mood = mood_of(title)
        outer = sections[-1].mood if sections else 0
        sections.append(_Section(rank, outer if mood is None else mood, span))


def _split(text: str, low: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    at = start
    for stop in _STOP.finditer(text, start, end):
        if _ends_here(text, low, at, stop, end):
            found.append((at, stop.end()))
            at = stop.end()
    found.append((at, end))
    pieces = [piece for first, last in found for piece in _cut(text, first, last)]
    trimmed = [_trimmed(text, first, last) for first, last in pieces]
    return [(first, last) for first, last in trimmed if first < last]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A run without any full stop is cut at a space, so that no text costs more than its length."""
    cuts = [start]
    while end - cuts[-1] > _LONGEST:
        space = text.rfind(" ", cuts[-1] + 1, cuts[-1] + _LONGEST)
        cuts.append(space if space > 0 else cuts[-1] + _LONGEST)
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _ends_here(text: str, low: str, at: int, stop: re.Match[str], end: int) -> bool:
    following = _FIRST_LETTER.match(text, stop.end(), end)
    if following and following[1].islower():
        return False
    before = low[max(at, stop.start() - 6) : stop.start()]
    # "1. Giao việc", "TP. Huế", "v.v." do not end where their point stands.
    return not (_ABBREVIATION.search(before) or _NUMERAL.fullmatch(low, at, stop.start()))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a sentence between semicolons and colons, in order."""
    cuts = [start, *(cut.end() for cut in _CLAUSE.finditer(text, start, end)), end]
    spans = [_trimmed(text, first, last) for first, last in pairwise(cuts)]
    return [(first, last) for first, last in spans if first < last]


def pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts between semicolons that hold something, without them."""
    found = []
    at = start
    while at < end:
        cut = text.find(";", at, end)
        stop = end if cut < 0 else cut
        first, last = _trimmed(text, at, stop)
        if first < last:
            found.append((first, last))
        at = stop + 1
    return found


class Placed(Protocol):
    """What stands at an offset."""

    @property
    def start(self) -> int:
        """Where it begins."""


P = TypeVar("P", bound=Placed)


def between(items: Sequence[P], start: int, end: int) -> Iterator[P]:
    """Those of the items, in order of their starts, that begin between two offsets; no other is looked at."""
    for at in range(bisect_left(items, start, key=lambda one: one.start), len(items)):
        if items[at].start >= end:
            return
        yield items[at]


def index_at(starts: list[int], offset: int) -> int:
    """The index of the last of these starts that is not after the offset; -1 if there is none."""
    return bisect_right(starts, offset) - 1
