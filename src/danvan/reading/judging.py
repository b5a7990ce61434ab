"""Target, figure, norm or nothing: what each number of a text is, with the cues that decided."""

import re
from dataclasses import dataclass

from danvan.reading.doctypes import BACKWARD, FORWARD, OF_LAW
from danvan.reading.layout import Sentence, clauses, index_at
from danvan.reading.quantities import Quantity
from danvan.reading.units import COUNTED_NOUN, STRUCTURE, UNCOUNTED
from danvan.reading.wording import (
    ASKED_OF,
    DEADLINE,
    FUTURE_POINT,
    REACHED,
    REACHED_WITHIN,
    TO_COME,
    Cue,
    cues_in,
    norm_in,
)

TARGET, FIGURE, NORM, IGNORED = "target", "figure", "norm", "ignored"
_BASE, _THRESHOLD = -0.75, 0.75
_STATED_BARE = re.compile(
    r"(?<!\w)(?:là|đạt|còn|được|gồm|bằng|chiếm|có|tổng số|tổng cộng|trong đó)[ :]*$|:[ ]*$"
)
_TOTAL = re.compile(r"(?<!\w)(?:tổng số|số|tổng)(?!\w)")
_LISTED_BARE = re.compile(r"[^\W\d_]\)?[ ]+$")
_ACTION = re.compile(
    r"[ *#>+•-]*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)] |\(\d{1,2}\) |[a-zđ]\) )?(?:(?:trong|trước|đến|vào|dịp|cuối|hết) [^,;.:]{4,30}, )?(?:tổ chức|mở|xây dựng|thành lập|ra mắt|tuyên truyền|hỗ trợ|vận động"
    r"|phát|trao|in|duy trì|nhân rộng|kết nạp|tập huấn|kiểm tra|giám sát|đối thoại|trồng|sửa chữa|xóa|giúp đỡ|phát triển)(?!\w)"
)
# "ra mắt 12 tổ tại 12 thôn": the second number says where, not how many.
_BESIDE = re.compile(r"(?<!\w)(?:tại|ở|của|thuộc|với|cho) $")
_KNOWN = re.compile(rf"(?:^| ){COUNTED_NOUN.pattern}")
_ENDS_BARE = re.compile(r" *(?:[,.;)\n(]|$|(?:được|bị|là|đã)(?!\w))")


@dataclass(frozen=True, slots=True)
class Judged:
    """A quantity with its verdict; `clause` and `sentence` are spans of the view."""

    quantity: Quantity
    verdict: str
    confidence: float
    rule: str
    reason: str
    clause: tuple[int, int]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Frame:
    """What the judge knows of the whole: kind of document, its year, its mood."""

    document_type: str
    year: int | None
    mood: int


@dataclass(slots=True)
class _Clause:
    span: tuple[int, int]
    cues: list[Cue]
    weight: float
    norm: Cue | None
    deadline: int  # where a deadline is worded, past the clause where none is
    to_come: int  # where words tell of what is still to come, past the clause where none do


@dataclass(slots=True)
class _Weighed:
    clauses: list[_Clause]
    starts: list[int]
    total: float


def document_mood(document_type: str, title: str) -> int:
    """1 where the whole document says what shall be, -1 where it tells what was, else 0."""
    # What the title is about stands at its front; further on these words name other things.
    words = title[:45].lower()
    if document_type in BACKWARD or re.search(r"báo cáo|kết quả|tổng kết|sơ kết|số liệu", words):
        return -1
    if document_type in FORWARD:
        return 1
    return 0


def judge(
    low: str, sentences: list[Sentence], quantities: list[Quantity], frame: Frame
) -> list[Judged]:
    """One verdict a quantity, in order."""
    starts = [sentence.start for sentence in sentences]
    judged: list[Judged] = []
    weighed: dict[int, _Weighed] = {}
    for quantity in quantities:
        at = index_at(starts, quantity.number)
        sentence = sentences[at]
        if at not in weighed:
            weighed[at] = _weigh(low, sentence, frame)
        counted_before = quantity.kind == "bare" and any(
            one.sentence is sentence and one.quantity.kind != "bare" for one in judged[-12:]
        )
        judged.append(_verdict(low, quantity, sentence, weighed[at], frame, counted_before))
    return judged


def _weigh(low: str, sentence: Sentence, frame: Frame) -> _Weighed:
    found: list[_Clause] = []
    # "Mức hỗ trợ: ...", "Nhiệm vụ năm tới: ..." hold for all that follows in the sentence.
    label: Cue | None = None
    ahead = False
    for first, last in clauses(low, sentence.start, sentence.end):
        cues = cues_in(low, first, last)
        weight = sum(cue.weight for cue in cues)
        point = FUTURE_POINT.search(low, first, last)
        if point and not any(cue.name in {"done", "so_far"} for cue in cues):
            year = int(point[1]) if point[1] else None
            weight += 2 if year is None or frame.year is None or year >= frame.year else -2
        deadline = DEADLINE.search(low, first, last)
        norm = norm_in(low, first, last)
        to_come = TO_COME.search(low, first, last)
        if low[last - 1] == ":":
            label = norm if norm and norm.name == "rate" else label
            ahead = ahead or (to_come is not None and to_come.end() == last)
        found.append(
            _Clause(
                (first, last),
                cues,
                weight,
                norm or label,
                deadline.start() if deadline else last,
                first if ahead else to_come.start() if to_come else last,
            )
        )
    starts = [clause.span[0] for clause in found]
    return _Weighed(found, starts, sum(clause.weight for clause in found))


def _verdict(
    low: str,
    quantity: Quantity,
    sentence: Sentence,
    weighed: _Weighed,
    frame: Frame,
    counted_before: bool,  # noqa: FBT001
) -> Judged:
    clause = weighed.clauses[max(index_at(weighed.starts, quantity.number), 0)]

    def as_(verdict: str, confidence: float, rule: str, reason: str) -> Judged:
        return Judged(quantity, verdict, confidence, rule, f"Vì: {reason}", clause.span, sentence)

    if refused := _refused(low, quantity, clause.span, counted_before):
        return as_(*refused)
    # What a plan says that each household gets is a norm; what a report says that it got is a fact.
    norm = None if clause.norm and clause.norm.name == "grant" and frame.mood <= 0 else clause.norm
    if norm or frame.document_type in OF_LAW or clause.deadline < quantity.start:
        label = norm.label if norm else "quy định của pháp luật hoặc thời hạn"
        return as_(NORM, 0.8, f"norm.{norm.name if norm else 'law'}", label)
    part = low[
        max(clause.span[0], low.rfind(",", clause.span[0], quantity.start) + 1) : quantity.start
    ]
    if REACHED.search(part[-REACHED_WITHIN:]):
        return as_(FIGURE, 0.9, f"figure.{quantity.kind}", "“làm được, đạt được” ngay trước con số")
    if quantity.kind == "counted" and ASKED_OF.search(part[-REACHED_WITHIN:]):
        return as_(FIGURE, 0.75, "figure.counted", "số nơi được yêu cầu")
    if quantity.unit in STRUCTURE and quantity.comparator == "eq":
        return as_(FIGURE, 0.8, "figure.structure", "số phần, số nhóm của chính văn bản")
    score, names = _score(
        low, quantity, sentence, clause, weighed.total - clause.weight, frame.mood
    )
    if score >= _THRESHOLD:
        confidence = min(0.97, 0.62 + 0.06 * score)
        return as_(
            TARGET,
            confidence,
            f"target.{next((name for name, weight, _ in names if weight > 0), 'context')}",
            _told(names, 1, "mạch văn nêu việc phải đạt"),
        )
    sure = (
        0.75 + 0.04 * min(4.0, -score) + 0.05 * (quantity.kind in {"percent", "money", "fraction"})
    )
    known = quantity.kind != "counted" or bool(_KNOWN.search(quantity.unit))
    if quantity.kind == "bare" or not known:
        sure -= 0.2
    rule = f"figure.{quantity.kind}" if known else "figure.noun"
    return as_(FIGURE, min(0.97, sure), rule, _told(names, -1, "số + đơn vị"))


def _planned(low: str, quantity: Quantity, sentence: Sentence, clause: _Clause, mood: int) -> bool:
    """`- Tổ chức 12 buổi ...` in a plan: a verb at the front and nothing that tells of the past."""
    past = any(cue.weight < 0 for cue in clause.cues)
    acts = _ACTION.match(low, clause.span[0], clause.span[1])
    return (
        mood > 0
        and sentence.mood >= 0
        and quantity.kind == "counted"
        and not past
        and bool(acts)
        and not _BESIDE.search(low, max(clause.span[0], quantity.start - 8), quantity.start)
    )


def _score(
    low: str, quantity: Quantity, sentence: Sentence, clause: _Clause, others: float, mood: int
) -> tuple[float, list[tuple[str, float, str]]]:
    # What a report says is still to come is no result, whatever else it tells.
    to_come = clause.to_come < quantity.start
    score = _BASE + clause.weight + 0.6 * max(0.0 if to_come else -3.0, min(3.0, others))
    score += 3.5 * sentence.mood
    names = [(cue.name, cue.weight, cue.label) for cue in clause.cues]
    if sentence.mood:
        names.append(
            (
                "section",
                3.5 * sentence.mood,
                "mục nêu chỉ tiêu" if sentence.mood > 0 else "mục nêu kết quả",
            )
        )
    if _planned(low, quantity, sentence, clause, mood):
        score += 1
        names.append(("planned", 1.0, "việc nêu trong kế hoạch"))
    if mood < 0 and not to_come:
        score -= 2
    elif mood > 0 and sentence.mood >= 0:
        pull = {"percent": 1.5, "counted": 0.5}.get(quantity.kind, 0.0)
        score += pull
        if pull:
            names.append(("document", pull, "loại văn bản nêu việc phải làm"))
    if quantity.comparator in {"ge", "le"} and not any(cue.name == "floor" for cue in clause.cues):
        score += 2
    return score, sorted(names, key=lambda name: -abs(name[1]))


def _told(names: list[tuple[str, float, str]], sign: int, otherwise: str) -> str:
    told = [f"“{label}”" for _, weight, label in names if weight * sign > 0]
    return " + ".join(told[:3]) or otherwise


def _refused(
    low: str,
    quantity: Quantity,
    clause: tuple[int, int],
    counted_before: bool,  # noqa: FBT001
) -> tuple[str, float, str, str] | None:
    """A bare number is a figure only where the sentence says what it counts."""
    if quantity.kind == "counted" and UNCOUNTED.match(quantity.unit):
        return IGNORED, 0.6, "ignored.phrase", "số nằm trong cụm từ, không phải số đếm"
    if quantity.kind == "measured" and quantity.value == 1:
        return IGNORED, 0.6, "ignored.per_unit", "tính trên một đơn vị đo"
    if quantity.kind != "bare":
        return None
    before = low[max(clause[0], quantity.start - 30) : quantity.start]
    stated = _STATED_BARE.search(before)
    listed = counted_before and _LISTED_BARE.search(before)
    if (stated or listed) and _ENDS_BARE.match(low, quantity.end):
        near = low[max(clause[0], quantity.start - 200) : quantity.start]
        if counted_before or _TOTAL.search(near):
            return None
    return IGNORED, 0.5, "ignored.bare", "số không có đơn vị"
