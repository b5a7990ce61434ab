"""What the words around a citation say that one document does to another. A proposal, never a conclusion.

Only words of the same sentence before the first document it names count: in "Căn cứ Nghị định số 1 sửa đổi
Nghị định số 2" it is the first decree that amends the second, not the document that was read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from danvan.documents.enums import RelationKind
from danvan.vietnamese.text import canonical

Span = tuple[int, int]

# Words stand this near before the document they are about; a passage is looked at so far back.
NEAR = 90
BACK = 400
# The paper a regulation was issued with is named at its head.
HEAD = 2_500
_SENTENCE = re.compile(r"\n|;\s|[.!?]\s+(?=[A-ZÀ-ỸĐ])")
_NOT_THIS = re.compile(
    r"(?:được|bị|đã)\s+(?:thay thế|sửa đổi|bổ sung|bãi bỏ)|thay thế\s+bởi|theo\s+tinh\s+thần",
    re.IGNORECASE,
)
# The first that fits decides: "sơ kết 5 năm thực hiện" is a review, though "thực hiện" stands in it.
_SAID: tuple[tuple[RelationKind, re.Pattern[str]], ...] = (
    (RelationKind.REVIEWS, re.compile(r"(?:sơ kết|tổng kết)\b[^.;]{0,60}?\bthực hiện", re.IGNORECASE)),
    (RelationKind.REPLACES, re.compile(r"\bthay thế(?:\s+cho)?\b", re.IGNORECASE)),
    (RelationKind.AMENDS, re.compile(r"\b(?:sửa đổi,?\s*(?:và\s+)?bổ sung|sửa đổi|bổ sung)\b(?:\s+một số (?:điều|nội dung)(?:,\s*khoản)?)?", re.IGNORECASE)),
    (RelationKind.ANSWERS, re.compile(r"\b(?:trả lời|phúc đáp)\b", re.IGNORECASE)),
    (RelationKind.IMPLEMENTS, re.compile(r"\b(?:triển khai(?:\s+thực hiện)?|quán triệt|tổ chức thực hiện|thực hiện|thi hành|cụ thể hóa|cụ thể hoá)\b", re.IGNORECASE)),
    (RelationKind.BASED_ON, re.compile(r"^\W*căn cứ\b", re.IGNORECASE)),
)  # fmt: skip
_WITH = re.compile(r"^\W{0,3}(?:ban hành\s+)?kèm theo\b", re.IGNORECASE)
# What may stand between "thực hiện" and the document: its kind, how it is done, not another thing done by it.
_OTHER_THING = re.compile(r"\b(?:theo|tại|quy định|trên cơ sở|của)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tie:
    """What the document that was read does to one it names, with the words that say so and where they stand."""

    kind: RelationKind
    words: str
    start: int
    end: int

    @property
    def reason(self) -> str:
        """The reason a person reads."""
        return f"văn bản ghi “{self.words}”"


def tie_of(text: str, cited: Span, others: Sequence[Span]) -> Tie | None:
    """What the words before the citation at `cited` say; None where they say nothing of this document.

    `others` are the spans of all citations of the text.
    """
    start, end = cited
    begin = _sentence_start(text, start)
    before = sorted(span for span in others if begin <= span[0] and span[1] <= start)
    first = before[0][0] if before else start
    zone = text[begin:first]
    if _between_speaks(text, [*before, cited]) or _NOT_THIS.search(zone):
        return None
    if start < HEAD and _WITH.match(zone):
        return _tie(text, RelationKind.PROMULGATES, begin, end)
    for kind, said in _SAID:
        found = [one for one in said.finditer(zone) if _leads(kind, zone, one)]
        if found:
            return _tie(text, kind, begin + found[-1].start(), end)
    return None


def _sentence_start(text: str, start: int) -> int:
    """Where the sentence of a place begins; at most `BACK` characters before it."""
    least = max(0, start - BACK)
    ends = [one.end() for one in _SENTENCE.finditer(text, least, start)]
    return ends[-1] if ends else least


def _between_speaks(text: str, spans: list[Span]) -> bool:
    """Whether between two documents of one sentence words say what the first does to the next."""
    between = (text[one[1] : next_[0]] for one, next_ in pairwise(spans))
    return any(said.search(part) for part in between for _, said in _SAID)


def _leads(kind: RelationKind, zone: str, found: re.Match[str]) -> bool:
    """Whether these words are near enough and lead to the document named next."""
    rest = zone[found.end() :]
    if kind == RelationKind.BASED_ON:
        return len(rest) <= BACK
    if len(rest) > NEAR:
        return False
    return kind != RelationKind.IMPLEMENTS or not _OTHER_THING.search(rest)


def _tie(text: str, kind: RelationKind, start: int, end: int) -> Tie:
    words = " ".join(canonical(text[start:end]).split())
    lead = len(text[start:end]) - len(text[start:end].lstrip())
    return Tie(
        kind, words if len(words) <= 180 else words[:179].rsplit(" ", 1)[0] + "…", start + lead, end
    )
