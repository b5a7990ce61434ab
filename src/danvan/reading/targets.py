"""Targets: the number to be reached, by whom, doing what, how often and until when."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from danvan.reading.dates import Day
from danvan.reading.figures import nearest_period
from danvan.reading.judging import TARGET, Judged
from danvan.reading.layout import Sentence, between, clauses
from danvan.reading.measures import find_every, find_measures, population_at, population_before
from danvan.reading.periods import Stretch
from danvan.reading.proposals import Condition, Period, Population, Span, Target
from danvan.reading.quantities import Quantity
from danvan.reading.view import View
from danvan.reading.words import wording

_HUNDRED = Decimal(100)
_NUMBERING = re.compile(r"^[ *#>+•-]*(?:\(?\d{1,2}(?:\.\d{1,2})*[.)] |\(\d{1,2}\) |[a-zđ]\) )?")
_CARRIES = re.compile(r"[^;.:\d]{0,90}(?:,|và)[^;.:\d]{0,60}")
_HANDED_ON = wording(
    r"(?<!\w)(?:chỉ đạo|giao|yêu cầu|lãnh đạo|hướng dẫn|tạo điều kiện để|phân công)(?!\w)"
)
_PAUSE = re.compile(r"[,;]|(?<!\w)và(?!\w)")
_EACH = wording(
    r"(?<!\w)(?:mỗi|từng) (?!năm|quý|tháng|tuần|kỳ|lần|\d)([^,;:.\d]{2,40}?) "
    r"(?=(?:có|tổ chức|chủ trì|xây dựng|thực hiện|nhận|ít nhất|tối thiểu|phải|duy trì|mở|làm|hằng|mỗi)(?!\w))"
)
_TIMES = frozenset(
    {"lần", "buổi", "cuộc", "đợt", "lượt", "hội nghị", "lớp", "nội dung", "chuyên đề"}
)
_WHO_ENDS = re.compile(
    r"[;:.(]|, (?:trong|và|đồng)|(?<!\w)(?:có|được|đạt|thực hiện|tổ chức|tham gia|xây dựng|ban hành|là|phải|đều|không|biết|sử dụng|hoàn thành|đăng ký|triển khai|làm|đưa|duy trì"
    r"|hằng|mỗi|trở lên|vào|trong năm|ít nhất|so với|và có|ký|mở|lập|bố trí|giải quyết|học tập|nắm)(?!\w)"
)
_QUALITATIVE = wording(
    r"(?<!\w)(?:thực hiện (?:tốt|nghiêm(?: túc)?|có hiệu quả|hiệu quả|đầy đủ)|làm tốt|thường xuyên (?:rà soát|kiểm tra|giám sát|đổi mới|nắm|theo dõi|đối thoại|tiếp xúc"
    r"|làm việc|tổ chức|đôn đốc|quan tâm|thực hiện|lắng nghe)|chấp hành nghiêm|giải quyết (?:kịp thời|dứt điểm)|kịp thời (?:rà soát|giải quyết|trả lời|nắm)"
    r"|định kỳ (?:rà soát|kiểm tra|đánh giá))(?!\w)"
)
_PART_OPENS = re.compile(r"(?:^|[,;:] ?(?:và |đồng thời )?|(?<!\w)và |(?<!\w)đồng thời )$")
_DUE = re.compile(
    r"(?<!\w)(?:đến|trước|chậm nhất|hoàn thành|xong|đến hết|vào)[ ]+(?:trước |hết )?(?:ngày )?$"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the targets of a text share: the view, the periods and days in it, the validity of the document."""

    view: View
    stretches: list[Stretch]
    days: list[Day]
    validity: Period | None
    every: dict[tuple[int, int], str] = field(default_factory=dict)
    stretch_starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stretch_starts.extend(stretch.start for stretch in self.stretches)


def find_targets(setting: Setting, judged: list[Judged], sentences: list[Sentence]) -> list[Target]:
    """Every target in order of the text, the qualitative ones among them."""
    by_sentence: dict[int, list[Judged]] = {}
    for one in judged:
        by_sentence.setdefault(one.sentence.start, []).append(one)
    found: list[Target] = []
    for sentence in sentences:
        members = by_sentence.get(sentence.start, [])
        wanted = [one for one in members if one.verdict == TARGET]
        found += _counted_targets(setting, wanted)
        if wanted or sentence.mood > 0:
            found += _qualitative_targets(setting, sentence, members, bool(wanted))
    return sorted(found, key=lambda target: (target.start, target.end))


def _counted_targets(setting: Setting, wanted: list[Judged]) -> list[Target]:
    low = setting.view.low
    found: list[Target] = []
    used: set[int] = set()
    wanted = _carry_floor(low, wanted)
    for at, one in enumerate(wanted):
        if at in used:
            continue
        parts = []
        if one.quantity.kind == "percent":
            for n in range(at + 1, len(wanted)):
                other = wanted[n]
                if other.clause != one.clause or other.quantity.kind == "percent":
                    break
                if other.quantity.kind == "counted" and other.quantity.comparator == "ge":
                    parts.append(other)
                    used.add(n)
        free = [n for n in range(at + 1, len(wanted)) if n not in used]
        bound = one.clause[1]
        if free and wanted[free[0]].clause == one.clause:
            bound = wanted[free[0]].quantity.start
        previous = (
            wanted[at - 1].quantity.end
            if at and wanted[at - 1].clause == one.clause
            else one.clause[0]
        )
        found.append(_target(setting, one, parts, (previous, bound)))
    return found


def _carry_floor(low: str, wanted: list[Judged]) -> list[Judged]:
    """`ít nhất 02 nội dung giám sát, 02 nội dung phản biện`: "at least" holds behind the comma too."""
    carried: list[Judged] = []
    for one in wanted:
        last = carried[-1] if carried else None
        quantity = one.quantity
        if (
            last
            and last.clause == one.clause
            and last.quantity.comparator == "ge"
            and quantity.comparator == "eq"
            and quantity.kind == last.quantity.kind == "counted"
            and _CARRIES.fullmatch(low, last.quantity.end, quantity.start)
        ):
            one = replace(
                one,
                quantity=replace(quantity, comparator="ge"),
                reason=f"{one.reason} (“ít nhất” nêu trước dấu phẩy)",
            )
        carried.append(one)
    return carried


def _target(setting: Setting, one: Judged, parts: list[Judged], bounds: tuple[int, int]) -> Target:
    view, quantity = setting.view, one.quantity
    previous, bound = bounds
    scope_end = _before_qualitative(view.low, quantity.behind or quantity.end, bound)
    if quantity.kind == "percent":
        populations, who_end = _who(view, quantity.behind or quantity.end, scope_end)
        conditions = _conditions(view, who_end, scope_end, parts)
    else:
        populations = _doer(view, one)
        conditions = _own_condition(view, one, (previous, scope_end))
    start, end = view.span(quantity.start, quantity.end)
    every = _every(setting, one)
    share = None
    stated = quantity.kind == "percent" and not quantity.direction and bool(populations)
    if stated and quantity.value is not None:
        share = (quantity.value, _HUNDRED)
    elif quantity.kind == "counted" and populations and conditions:
        share = (_HUNDRED, _HUNDRED)
    period, due = _when(setting, one)
    return Target(
        start=start, end=end, confidence=round(one.confidence, 2), rule=one.rule, reason=one.reason,
        sentence=Span(*view.span(one.sentence.start, one.sentence.end)), title=_title(view, *one.clause),
        comparator=quantity.comparator, value=quantity.value, low=quantity.low, high=quantity.high,
        unit=quantity.unit, amount=quantity.amount, direction=quantity.direction,
        populations=populations, conditions=conditions, share=share, share_stated=stated and share is not None,
        every=every, due_on=due, period=period, numerator=quantity.numerator, denominator=quantity.denominator,
    )  # fmt: skip


def _every(setting: Setting, one: Judged) -> str:
    """How often: told in the clause, else earlier in the sentence, else in the heading of the list."""
    spans = [one.clause, (one.sentence.start, one.clause[0])]
    spans += [one.sentence.heading] if one.sentence.heading else []
    for span in spans:
        if span not in setting.every:
            setting.every[span] = find_every(setting.view.low, *span)
        if setting.every[span]:
            return setting.every[span]
    return ""


def _who(view: View, at: int, end: int) -> tuple[tuple[Population, ...], int]:
    """Whom a percentage speaks about: organisations, or the words up to the verb."""
    known, after = population_at(view.text, view.low, at, end)
    if known:
        return known, after
    stop = _WHO_ENDS.search(view.low, at, min(end, at + 100))
    comma = view.low.find(",", at, end)
    stops = [stop.start()] if stop else [comma] if comma >= 0 else [end]
    after = min(*stops, at + 100)
    words = " ".join(view.text[at:after].split()).strip(" -")
    return ((Population(words),) if words else ()), after


def _conditions(view: View, start: int, end: int, parts: list[Judged]) -> tuple[Condition, ...]:
    """What each of the population must do; a stated minimum replaces "at least once"."""
    found: dict[str, Condition] = {}
    cuts = [*(part.quantity.start for part in parts), end]
    place = start
    for measure, first, last in find_measures(view.low, start, cuts[0]):
        every = find_every(view.low, place, first)
        found[measure] = Condition(measure, _words(view, first, last), 1, every)
        place = last
    for part, cut in zip(parts, cuts[1:], strict=True):
        quantity = part.quantity
        named = find_measures(view.low, quantity.number, cut)
        if not named and quantity.unit in _TIMES and found:
            measure, known = list(found.items())[-1]
            found[measure] = replace(known, minimum=_whole(quantity))
            continue
        measure, first, last = named[0] if named else ("", quantity.number, quantity.end)
        words = _words(view, first, last)
        found[measure or words] = Condition(measure, words, _whole(quantity))
        for extra, first, last in named[1:]:
            found.setdefault(extra, Condition(extra, _words(view, first, last), 1))
    return tuple(found.values())


def _own_condition(view: View, one: Judged, bounds: tuple[int, int]) -> tuple[Condition, ...]:
    """What a counted target counts: the measure named behind the number, else the last one before it."""
    quantity = one.quantity
    if quantity.kind != "counted":
        return ()
    comma = _PAUSE.search(view.low, quantity.end, bounds[1])
    behind = find_measures(view.low, quantity.number, comma.start() if comma else bounds[1])
    before = find_measures(view.low, bounds[0], quantity.start)
    near = [
        one
        for one in before[-1:]
        if quantity.unit in _TIMES
        or (quantity.start - one[2] <= 30 and not _PAUSE.search(view.low, one[2], quantity.start))
    ]
    for measure, first, last in [*behind[:1], *near]:
        return (Condition(measure, _words(view, first, last), _whole(quantity)),)
    return (Condition("", quantity.unit, _whole(quantity)),)


def _words(view: View, start: int, end: int) -> str:
    return " ".join(view.text[start:end].split())


def _whole(quantity: Quantity) -> int:
    return max(1, int(quantity.value)) if quantity.value is not None else 1


def _doer(view: View, one: Judged) -> tuple[Population, ...]:
    """The organisations that have to do it: named before the number, after the one that only directs."""
    for start in (one.clause[0], one.sentence.start):
        handed_on = list(_HANDED_ON.finditer(view.low, start, one.quantity.start))
        if handed_on:
            doer = population_before(view.text, view.low, handed_on[-1].end(), one.quantity.start)
            if doer:
                return doer
        doer = population_before(view.text, view.low, start, one.quantity.start)
        if doer:
            return doer
    each = list(_EACH.finditer(view.low, one.clause[0], one.quantity.start + 1))
    return (Population(_words(view, *each[-1].span(1))),) if each else ()


def _before_qualitative(low: str, start: int, end: int) -> int:
    for match in _QUALITATIVE.finditer(low, start, end):
        if (
            _PART_OPENS.search(low[max(start, match.start() - 12) : match.start()])
            and match.start() > start
        ):
            return match.start()
    return end


def _title(view: View, start: int, end: int) -> str:
    words = _NUMBERING.sub("", view.text[start:end])
    return " ".join(words.split()).rstrip(" ;,.")[:300]


def _when(setting: Setting, one: Judged) -> tuple[Period | None, date | None]:
    """The period and the last day: from the clause, else the sentence, else the document's own validity."""
    view, sentence = setting.view, one.sentence
    due: date | None = None
    for start, end in (one.clause, (sentence.start, sentence.end)):
        for day in between(setting.days, start, end):
            lead = view.low[max(start, day.start - 20) : day.start]
            if due is None and (
                _DUE.search(lead)
                or re.search(
                    r"(?:đến|hết|cuối|trước) (?:hết |cuối )?(?:năm|tháng|quý \w+/?) ?$", lead
                )
            ):
                due = day.last
    period = (
        nearest_period(view, one, setting.stretches, setting.stretch_starts) or setting.validity
    )
    return period, due


def _qualitative_targets(
    setting: Setting,
    sentence: Sentence,
    members: list[Judged],
    beside_counted: bool,  # noqa: FBT001
) -> list[Target]:
    view = setting.view
    found = []
    for first, last in clauses(view.text, sentence.start, sentence.end):
        inside = [one for one in members if first <= one.quantity.start < last]
        begin = max((one.quantity.end for one in inside), default=first)
        for match in _QUALITATIVE.finditer(view.low, begin, last):
            lead = view.low[max(first, match.start() - 12) : match.start()]
            opens = _PART_OPENS.search(lead) or _NUMBERING.fullmatch(
                view.low[first : match.start()]
            )
            if not opens and (
                inside or not population_before(view.text, view.low, first, match.start())
            ):
                continue
            end = first + len(view.text[first:last].rstrip(" .;,"))
            start = match.start()
            measures = tuple(
                Condition(key, _words(view, a, b), 1)
                for key, a, b in find_measures(view.low, start, end)
            )
            span = view.span(start, end)
            found.append(
                Target(
                    start=span[0],
                    end=span[1],
                    confidence=0.7 if beside_counted else 0.6,
                    rule="target.qualitative",
                    reason=f"Vì: “{match[0]}”; không có con số, theo dõi bằng minh chứng và nhận xét",
                    sentence=Span(*view.span(sentence.start, sentence.end)),
                    title=_title(view, start, end),
                    populations=population_before(view.text, view.low, sentence.start, start),
                    conditions=measures[:1],
                    every=find_every(view.low, start, end),
                    period=setting.validity,
                    qualitative=True,
                )
            )
            break
    return found
