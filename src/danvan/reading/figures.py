"""Figures: a number the text states as a fact, percentages with the two counts behind them."""

import re
from dataclasses import replace
from decimal import Decimal

from danvan.reading.judging import FIGURE, NORM, TARGET, Judged
from danvan.reading.layout import index_at
from danvan.reading.periods import Stretch, as_period
from danvan.reading.proposals import Figure, Note, Period, Span
from danvan.reading.quantities import Quantity
from danvan.reading.subjects import subject_of
from danvan.reading.view import View
from danvan.vietnamese.numbers import format_number

# What may stand between a fraction and its percentage: "16/18 sở = 88,9%", "37/41 kiến nghị, đạt 92,7%".
_TIES = re.compile(
    r"(?:[ \n]+[^\W\d_]+){0,6}?[ \n]*[=(,]?[ \n]*(?:[,(][ \n]*)?(?:tương ứng |tức )?(?:đạt|chiếm|bằng|=|tỷ lệ|đạt tỷ lệ|chiếm tỷ lệ)?[ \n]*(?:tỷ lệ )?"
)
_OPENS = re.compile(r"(?:[ \n]+[^\W\d_]+){0,5}[ \n]*\([^()\d]{0,20}$")
_OF_PLAN = re.compile(r" ?(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán|nghị quyết|cùng kỳ|so với)")
_BRACKET = re.compile(r" ?\( ?")
_DIRECTLY = re.compile(r"(?: [^\W\d_]+){0,3},? ?(?:vào |trong )?")
_LED_TO = re.compile(
    r"(?<!\w)(?:lên|xuống|còn|đến|tới|và)(?: còn| tới| đến)?(?: [^\W\d_]+){0,2}[ ]*$"
)
_SHORT_WAY = 50
_LONGEST_LABEL = 400
_COUNTS = frozenset({"counted", "bare", "money"})
_SHARE_VERB = re.compile(r"(?:đạt|chiếm|bằng|tỷ lệ|\()[ ]*(?:tỷ lệ )?(?:trên |hơn |gần |khoảng )?$")


def places(value: Decimal) -> int:
    """How many digits stand behind the comma."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def agrees(part: Decimal, whole: Decimal, percent: Decimal) -> bool:
    """Whether `percent` is `part` of `whole`, rounded or cut to the digits it is written with."""
    if whole <= 0:
        return False
    unit = Decimal(1).scaleb(-places(percent))
    exact = 100 * part / whole
    return abs(exact - percent) <= unit * Decimal("0.5001") or Decimal(0) <= exact - percent < unit


def tie_fractions(low: str, judged: list[Judged]) -> list[Judged]:
    """Join a fraction and the percentage written beside it into one, keeping the first one's span and verdict."""
    tied: list[Judged] = []
    skip = -1
    for at, one in enumerate(judged):
        if at <= skip:
            continue
        following = judged[at + 1] if at + 1 < len(judged) else None
        joined = following and _joined(low, one, following)
        if joined:
            skip = at + 1
        tied.append(joined or one)
    return tied


def _joined(low: str, one: Judged, other: Judged) -> Judged | None:
    first, second = one.quantity, other.quantity
    if (
        one.sentence is not other.sentence
        or second.start - first.end > 60
        or second.start <= first.start
    ):
        return None
    between = low[first.end : second.start]
    if first.kind == "fraction" and second.kind == "percent" and _TIES.fullmatch(between):
        return replace(
            one,
            quantity=replace(first, end=_closed(low, between, second.end), percent=second.value),
        )
    if first.kind == "percent" and first.value is not None and _OPENS.fullmatch(between):
        end = _closed(low, between, second.end)
        if second.kind == "fraction":
            joined = replace(
                first, end=end, numerator=second.numerator, denominator=second.denominator
            )
            return replace(one, quantity=joined)
        if second.kind == "counted" and one.verdict == TARGET and second.value is not None:
            return replace(one, quantity=replace(first, end=end, numerator=second.value))
    return None


def _closed(low: str, between: str, end: int) -> int:
    return end + 1 if "(" in between and low[end : end + 1] == ")" else end


def find_figures(
    view: View, judged: list[Judged], stretches: list[Stretch]
) -> tuple[list[Figure], list[Note]]:
    """The figures among what was judged, and what does not add up."""
    figures: list[Figure] = []
    notes: list[Note] = []
    by_sentence: dict[int, list[Judged]] = {}
    for one in judged:
        if one.verdict == FIGURE:
            by_sentence.setdefault(one.sentence.start, []).append(one)
    starts = [stretch.start for stretch in stretches]
    labels = _Labels(view)
    for members in by_sentence.values():
        for at, one in enumerate(members):
            figure = _figure(labels, members, at, nearest_period(view, one, stretches, starts))
            before = members[at - 1].quantity if at else None
            if (
                before
                and before.unit == one.quantity.unit
                and figures
                and _is_led(view, before.end, one)
            ):
                # The second point of a series is about what the first is about.
                figure = replace(figure, subject=figures[-1].subject)
            figures.append(figure)
            note = check_share(figure)
            if note:
                notes.append(note)
    return figures, notes


def _is_led(view: View, end: int, one: Judged) -> bool:
    """`từ 5% (năm 2021) xuống còn 2%`: nothing but a period and "xuống còn" in between."""
    between = view.low[end : one.quantity.start]
    return len(between) < _SHORT_WAY and bool(_LED_TO.search(between))


def find_norms(view: View, judged: list[Judged], stretches: list[Stretch]) -> list[Figure]:
    """Thresholds and spending norms: neither targets nor facts, so apart from both."""
    starts = [stretch.start for stretch in stretches]
    labels = _Labels(view)
    return [
        _figure(labels, [one], 0, nearest_period(view, one, stretches, starts))
        for one in judged
        if one.verdict == NORM
    ]


class _Labels:
    """The words of the part of a sentence a figure stands in, worked out once for all figures of the part."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._clause, self._words = (0, 0), ""
        self._sentence, self._span = (0, 0), Span(0, 0)

    def of(self, clause: tuple[int, int]) -> str:
        """The words between these offsets in one line."""
        if clause != self._clause:
            self._clause = clause
            self._words = " ".join(self.view.text[clause[0] : clause[1]].split())[:_LONGEST_LABEL]
        return self._words

    def span_of(self, sentence: tuple[int, int]) -> Span:
        """Where this sentence stands in the text as given."""
        if sentence != self._sentence:
            self._sentence, self._span = sentence, Span(*self.view.span(*sentence))
        return self._span


def _figure(labels: _Labels, members: list[Judged], at: int, period: Period | None) -> Figure:
    one, view = members[at], labels.view
    quantity = one.quantity
    start, end = view.span(quantity.start, quantity.end)
    percent = quantity.percent
    numerator, denominator, rule = quantity.numerator, quantity.denominator, one.rule
    reason, unit = one.reason, quantity.unit
    if quantity.kind == "percent" and quantity.value is not None:
        percent = quantity.value
        if numerator is None:
            numerator, denominator = _parts_of(view.low, members, at)
    if denominator is not None:
        reason = (
            "Vì: phân số + tỷ lệ trong cùng câu"
            if percent is not None
            else "Vì: phân số, phần trên tổng"
        )
        rule = "figure.share"
    if quantity.kind == "bare":
        unit = next(
            (
                other.quantity.unit
                for other in reversed(members[:at])
                if other.quantity.kind == "counted"
            ),
            "",
        )
    span = labels.span_of((one.sentence.start, one.sentence.end))
    return Figure(
        start=start, end=end, confidence=round(one.confidence, 2), rule=rule, reason=reason,
        sentence=span, label=labels.of(one.clause), comparator=quantity.comparator, value=quantity.value,
        low=quantity.low, high=quantity.high, unit=unit, amount=quantity.amount, direction=quantity.direction,
        numerator=numerator, denominator=denominator, percent=percent, period=period,
        subject=subject_of(view.text, view.low, quantity, _floor(members, at), one.clause[1]),
    )  # fmt: skip


def _floor(members: list[Judged], at: int) -> int:
    """Where the words about this figure begin: behind the one before it in the same sentence."""
    return max(members[at].sentence.start, members[at - 1].quantity.end if at else 0)


def _parts_of(low: str, members: list[Judged], at: int) -> tuple[Decimal | None, Decimal | None]:
    """The counts behind `đã giải quyết 7.344 đơn đạt 97%`: the part before it, the whole elsewhere in the sentence.

    Nothing is invented: where no count of the sentence fits, the whole stays unknown.
    """
    quantity = members[at].quantity
    percent = quantity.value
    before = low[max(0, quantity.start - 30) : quantity.start]
    if (
        at == 0
        or percent is None
        or not _SHARE_VERB.search(before)
        or _OF_PLAN.match(low, quantity.end)
    ):
        return None, None
    part = members[at - 1].quantity
    apart = ";" in low[part.end : quantity.start]
    if part.kind not in _COUNTS or part.value is None or quantity.start - part.end > 40 or apart:
        return None, None
    if quantity.comparator != "eq":
        return part.value, None
    others = [other.quantity for other in members[: at - 1] if _same_kind(other.quantity, part)]
    wholes = {
        other.value for other in others if other.value is not None and other.value >= part.value
    }
    fitting = [whole for whole in wholes if agrees(part.value, whole, percent)]
    return part.value, fitting[0] if len(fitting) == 1 else None


def _same_kind(other: Quantity, part: Quantity) -> bool:
    if other.kind not in _COUNTS or (
        (other.kind == "money" or part.kind == "money") and other.unit != part.unit
    ):
        return False
    mine, theirs = set(part.unit.split()), set(other.unit.split())
    return not mine or not theirs or bool(mine & theirs)


def check_share(figure: Figure) -> Note | None:
    """A note where the stated percentage is not the stated part of the stated whole."""
    part, whole, percent = figure.numerator, figure.denominator, figure.percent
    if part is None or whole is None:
        return None
    if part > whole > 0 and percent is None:
        return Note(
            figure.start,
            figure.end,
            "share",
            f"Phần {format_number(part)} lớn hơn tổng {format_number(whole)}.",
        )
    if percent is None or figure.comparator != "eq" or agrees(part, whole, percent):
        return None
    if whole == 0:
        return Note(figure.start, figure.end, "share", "Tổng số bằng 0 nên không tính được tỷ lệ.")
    exact = format_number(100 * part / whole, max(1, places(percent)))
    sentence = (
        f"{format_number(part)}/{format_number(whole)} = {exact} %, văn bản ghi {format_number(percent)} %. "
        "Đồng chí vui lòng kiểm tra lại với nơi gửi."
    )
    return Note(figure.start, figure.end, "share", sentence)


def nearest_period(
    view: View, one: Judged, stretches: list[Stretch], starts: list[int]
) -> Period | None:
    """The period the sentence names: in brackets behind the number, else the nearest before the number, else the first behind it, else the paragraph's, the heading's."""
    sentence = one.sentence
    last = index_at(starts, one.quantity.start)
    following = stretches[last + 1] if last + 1 < len(stretches) else None
    if following and _BRACKET.fullmatch(view.low, one.quantity.end, following.start):
        return handed(view, following)
    # A period in brackets belongs to the number before it and to no other.
    while (
        last >= 0
        and stretches[last].start >= sentence.paragraph
        and _in_brackets(view, stretches[last])
    ):
        last -= 1
    before = stretches[last] if last >= 0 else None
    # "từ 5% năm 2021 xuống còn 2% năm 2025": the second point has its own year behind it.
    if (
        before
        and following
        and _DIRECTLY.fullmatch(view.low, one.quantity.end, following.start)
        and _LED_TO.search(view.low[before.end : one.quantity.start])
    ):
        return handed(view, following)
    if before and before.start >= sentence.start:
        return handed(view, before)
    if following and following.start < sentence.end:
        return handed(view, following)
    if before and before.start >= sentence.paragraph:
        return handed(view, before)
    if sentence.heading:
        at = index_at(starts, sentence.heading[1])
        if at >= 0 and stretches[at].start >= sentence.heading[0]:
            return handed(view, stretches[at])
    return None


def _in_brackets(view: View, stretch: Stretch) -> bool:
    return view.low[stretch.start - 1 : stretch.start] == "("


def handed(view: View, stretch: Stretch) -> Period:
    """The stretch with the words that stand in the text."""
    return as_period(stretch, view.text[stretch.start : stretch.end])
