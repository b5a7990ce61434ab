"""What the words around a citation say that one document does to another. A proposal, never a conclusion.

Only words of the same sentence before the first document it names count: in "Căn cứ Nghị định số 1 sửa đổi
Nghị định số 2" it is the first decree that amends the second, not the document that was read.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from danvan.vietnamese.text import canonical

Span = tuple[int, int]

# Words stand this near before the document they are about; a passage is looked at so far back.
NEAR = 90
BACK = 400
# A list of what a document is based on is followed back over so many of its items.
ITEMS = 40
# The paper a regulation was issued with is named at its head.
HEAD = 2_500
# The mark comes first, what stands behind which mark then: few letters of a text are marks.
_SENTENCE = re.compile(r"[\n;.!?](?:(?<=\n)|(?<=;)\s|(?<=[.!?])\s+(?=[A-ZÀ-ỸĐ]))")
_NOT_THIS = re.compile(
    r"(?:được|bị|đã)\s+(?:thay thế|sửa đổi|bổ sung|bãi bỏ)|thay thế\s+bởi|theo\s+tinh\s+thần",
    re.IGNORECASE,
)
# Asked of another or still to be written: not what this document does.
_ASKED = re.compile(
    r"\b(?:đề nghị|kiến nghị|đề xuất|tham mưu|nghiên cứu|xem xét|sớm)\b", re.IGNORECASE
)
_CHANGES = frozenset({"replaces", "amends"})
_BASED = re.compile(r"^\W*căn cứ\b", re.IGNORECASE)
# The first that fits decides: "sơ kết 5 năm thực hiện" is a review, though "thực hiện" stands in it.
_SAID: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("reviews", re.compile(r"(?:sơ kết|tổng kết)\b[^.;]{0,60}?\bthực hiện", re.IGNORECASE)),
    ("replaces", re.compile(r"\bthay thế(?:\s+cho)?\b|\bbãi bỏ\b", re.IGNORECASE)),
    ("amends", re.compile(r"\b(?:sửa đổi,?\s*(?:và\s+)?bổ sung|sửa đổi|bổ sung)\b(?:\s+một số (?:điều|nội dung)(?:,\s*khoản)?)?", re.IGNORECASE)),
    ("answers", re.compile(r"\b(?:trả lời|phúc đáp)\b", re.IGNORECASE)),
    ("continues", re.compile(r"\btiếp tục\s+(?:triển khai|quán triệt|tổ chức thực hiện|thực hiện|thi hành)\b", re.IGNORECASE)),
    ("implements", re.compile(r"\b(?:triển khai(?:\s+thực hiện)?|quán triệt|tổ chức thực hiện|thực hiện|thi hành|cụ thể hóa|cụ thể hoá)\b", re.IGNORECASE)),
    ("based_on", _BASED),
)  # fmt: skip
_ITEM_ENDS = re.compile(r";\s+$")
# Before the document in an item of such a list there is at most a dash, "và", or the article of it that is meant.
_ITEM = re.compile(
    r"\W*(?:và\s+)?(?:(?:điểm|khoản|điều|mục|phần)\s+\w{1,4},?\s+)*(?:của\s+)?", re.IGNORECASE
)
_WITH = re.compile(r"^\W{0,3}(?:ban hành\s+)?kèm theo\b", re.IGNORECASE)
# What may stand between "thực hiện" and the document: its kind, how it is done, not another thing done by it.
_OTHER_THING = re.compile(r"\b(?:theo|tại|quy định|trên cơ sở|của)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tie:
    """What the document that was read does to one it names, with the words that say so and where they stand.

    `kind` is replaces, amends, promulgates, continues, implements, reviews, answers or based_on.
    """

    kind: str
    words: str
    start: int
    end: int

    @property
    def reason(self) -> str:
        """The reason a person reads."""
        return f"văn bản ghi “{self.words}”"


class Ties:
    """What a text says that it does to the documents it names; `spans` are those of all its citations."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        self._text = text
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def of(self, cited: Span) -> Tie | None:
        """What the words before the citation say; None where they say nothing of this document."""
        text = self._text
        start, end = cited
        begin = _sentence_start(text, start)
        near = self._spans[bisect_left(self._starts, begin) : bisect_left(self._starts, start)]
        before = [span for span in near if span[1] <= start]
        first = before[0][0] if before else start
        zone = text[begin:first]
        if _between_speaks(text, [*before, cited]) or _NOT_THIS.search(zone):
            return None
        if start < HEAD and _WITH.match(zone):
            return _tie(text, "promulgates", begin, end)
        for kind, said in _SAID:
            found = [one for one in said.finditer(zone) if _leads(kind, zone, one)]
            if found:
                return _tie(text, kind, begin + found[-1].start(), end)
        if _ITEM.fullmatch(zone) and _in_list_of_bases(text, begin):
            return _tie(text, "based_on", begin, end)
        return None


def tie_of(text: str, cited: Span, others: Iterable[Span]) -> Tie | None:
    """What the words before the one citation at `cited` say; `others` are the spans of all citations of the text."""
    return Ties(text, others).of(cited)


def _sentence_start(text: str, start: int) -> int:
    """Where the sentence of a place begins; at most `BACK` characters before it."""
    least = max(0, start - BACK)
    ends = [one.end() for one in _SENTENCE.finditer(text, least, start)]
    return ends[-1] if ends else least


def _in_list_of_bases(text: str, begin: int) -> bool:
    """Whether the item that begins here goes on with "Căn cứ A; B; …": what stands first tells for all of them."""
    for _ in range(ITEMS):
        ends = _ITEM_ENDS.search(text, max(0, begin - 4), begin)
        if ends is None:
            return False
        before = _sentence_start(text, ends.start())
        item = text[before : ends.start()]
        if _BASED.match(item):
            return True
        if any(said.search(item) for _, said in _SAID):
            return False
        begin = before
    return False


def _between_speaks(text: str, spans: list[Span]) -> bool:
    """Whether between two documents of one sentence words say what the first does to the next."""
    between = (text[one[1] : next_[0]] for one, next_ in pairwise(spans))
    return any(said.search(part) for part in between for _, said in _SAID)


def _leads(kind: str, zone: str, found: re.Match[str]) -> bool:
    """Whether these words are near enough and lead to the document named next."""
    rest = zone[found.end() :]
    if kind == "based_on":
        return len(rest) <= BACK
    if len(rest) > NEAR or (kind in _CHANGES and _ASKED.search(zone, 0, found.start())):
        return False
    return kind not in {"implements", "continues"} or not _OTHER_THING.search(rest)


def _tie(text: str, kind: str, start: int, end: int) -> Tie:
    words = " ".join(canonical(text[start:end]).split())
    lead = len(text[start:end]) - len(text[start:end].lstrip())
    return Tie(
        kind, words if len(words) <= 180 else words[:179].rsplit(" ", 1)[0] + "…", start + lead, end
    )
