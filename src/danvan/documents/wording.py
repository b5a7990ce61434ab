"""How the parts of a proposal are said on a page: the six answers of a target, a figure, a cited document."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from danvan.commitments.selectors.series import said_rule
from danvan.documents.bodies import (
    PLACE,
    ActivityBody,
    Body,
    CitationBody,
    Doer,
    FigureBody,
    TargetBody,
    TaskBody,
)
from danvan.documents.enums import DocumentType
from danvan.foundation.periods import Every
from danvan.indicators import counters
from danvan.indicators.enums import Comparator
from danvan.organisations.enums import Kind, Level
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number, format_share
from danvan.vietnamese.text import fold

EVERY = {
    Every.YEAR.value: "Mỗi năm",
    Every.HALF.value: "Mỗi nửa năm",
    Every.QUARTER.value: "Mỗi quý",
    Every.MONTH.value: "Mỗi tháng",
}
PLACES = "Xã, phường, đặc khu"  # the places themselves, not an organisation in them
REGISTERS = {"documents": "Sổ văn bản đi", "activities": "Sổ hoạt động"}
QUALIFIERS = {"ge": "từ {} trở lên", "gt": "trên {}", "le": "không quá {}", "lt": "dưới {}", "approx": "khoảng {}", "approx_lt": "gần {}"}  # fmt: skip

Answer = tuple[str, str]  # the question, the answer; an empty answer is not stated by the text


def six_answers(body: TargetBody, names: Mapping[int, str]) -> list[Answer]:
    """What, how much, who follows, from which figures, with what evidence, when. `names` of followers by id."""
    return [
        ("Đo cái gì", _what(body)),
        ("Mức cần đạt", _level(body)),
        ("Ai theo dõi", names.get(body.followed_by or 0, "")),
        ("Nguồn số liệu", body.measured_by or _registers(body)),
        ("Minh chứng", body.evidence),
        ("Khi nào", _when(body)),
    ]


def figure_answers(body: FigureBody) -> list[Answer]:
    """The figure, its share where both parts are known, its period."""
    answers = [("Con số", figure_text(body))]
    if body.numerator is not None:
        answers.append(("Tỷ lệ", format_share(body.numerator, body.denominator)))
    if body.percent is not None:
        answers.append(("Văn bản ghi", f"{format_number(body.percent)} %"))
    answers.append(("Kỳ", body.period_words or _span(body.period_from, body.period_to)))
    return answers


def citation_answers(body: CitationBody) -> list[Answer]:
    """Kind, issuer and day of a cited document."""
    known = body.document_type in DocumentType.values
    return [
        ("Loại văn bản", DocumentType(body.document_type).label if known else ""),
        ("Cơ quan ban hành", body.issuer_name),
        ("Ngày ban hành", format_date(body.issued_on) if body.issued_on else ""),
    ]


def figure_text(body: FigureBody) -> str:
    """The figure as it is stated: trên 1.284 cuộc, 3–5 mô hình."""
    if body.value is not None:
        number = format_number(body.value)
    elif body.low is not None and body.high is not None:
        number = f"{format_number(body.low)}–{format_number(body.high)}"
    else:
        one = body.low if body.low is not None else body.high
        number = format_number(one) if one is not None else ""
    said = QUALIFIERS.get(body.qualifier, "{}").format(number) if number else ""
    return f"{said} {body.unit_label}".strip()


def share_text(share: tuple[int, int]) -> str:
    """A required share as people write it: 85,5 % where that is exact, else 2/3."""
    percent = Fraction(100 * share[0], share[1])
    if (percent * 100).denominator != 1:
        return f"{share[0]}/{share[1]}"
    whole = Decimal(percent.numerator) / Decimal(percent.denominator)
    return f"{format_number(whole)} %"


def task_answers(body: TaskBody, names: Mapping[int, str]) -> list[Answer]:
    """Who leads, who supports, by when, with what product and proof. `names` of units by id."""
    return [
        ("Ai chủ trì", "; ".join(doer_text(one, names) for one in body.leads)),
        ("Ai phối hợp", "; ".join(doer_text(one, names) for one in body.supports)),
        ("Hạn", due_text(body)),
        ("Sản phẩm", body.product),
        ("Minh chứng", body.proof),
    ]


def activity_answers(body: ActivityBody, names: Mapping[int, str]) -> list[Answer]:
    """What was done, who led it, when, where, how much of it, before how many. `names` of units by id."""
    people = [
        f"{format_number(number)} {unit}"
        for number, unit in (
            (body.attendance, "lượt người dự"),
            (body.persons, "người"),
            (body.opinions, "lượt ý kiến"),
        )
        if number is not None
    ]
    return [
        ("Loại", counter_label(body.counter) if body.kind else ""),
        ("Ai chủ trì", doer_text(body.lead, names) if body.lead != Doer() else ""),
        ("Ai phối hợp", "; ".join(doer_text(one, names) for one in body.supports)),
        ("Ngày", format_date(body.held_on) if body.held_on else ""),
        ("Địa điểm", body.place),
        ("Số lượng", f"{format_number(body.quantity)} {_unit(body.counter)}".strip()),
        ("Người dự", "; ".join(people)),
    ]


def doer_text(doer: Doer, names: Mapping[int, str]) -> str:
    """Who it is: the unit's name, else the words, with the kind and levels where all of them are meant."""
    if doer.unit_id is not None:
        return names.get(doer.unit_id, doer.words)
    if not doer.group:
        return f"{doer.words} (chưa rõ là đơn vị nào)"
    label = PLACES if doer.kind == PLACE else Kind(doer.kind).label
    levels = ", ".join(Level(one).label.lower() for one in doer.levels)
    return f"{doer.words} ({label.lower() if doer.kind == PLACE else label}, {levels})"


def due_text(body: TaskBody) -> str:
    """The last day, or how the text says it: 30/09/2026; Thường xuyên (hằng quý); “trong thời hạn 30 ngày”."""
    if body.due_on and body.recurs:
        return said_rule(body.recurs, body.due_on, body.recurs_until)
    if body.due_on:
        return format_date(body.due_on)
    if body.term_words:
        return f"{body.term_words}, tính từ ngày giao"
    if body.regular:
        plain = fold(body.due_words) in ("", "thuong xuyen")
        return "Thường xuyên" if plain else f"Thường xuyên ({body.due_words})"
    return f"“{body.due_words}”, chưa rõ ngày" if body.due_words else ""


def title_of(body: Body) -> str:
    """The heading of a proposal."""
    if isinstance(body, TargetBody | TaskBody | ActivityBody):
        return body.title
    if isinstance(body, FigureBody):
        return f"{figure_text(body)}: {body.label}" if body.label else figure_text(body)
    day = f", {format_date(body.issued_on)}" if body.issued_on else ""
    return f"{body.symbol or body.name}{day}"


def counter_label(key: str) -> str:
    """What a counter counts; the key itself where nothing counts it."""
    try:
        return counters.named(key).label
    except LookupError:
        return key


def _what(body: TargetBody) -> str:
    if not body.counted:
        return "Đánh giá theo minh chứng, không đếm"
    said = [counter_label(one.counter) if one.counter else one.words for one in body.conditions]
    return "; ".join(one for one in said if one)


def _level(body: TargetBody) -> str:
    parts = []
    whom = "; ".join(_group(one.kind, one.levels, one.words) for one in body.groups)
    if body.share:
        sign = ">" if body.comparator == Comparator.MORE_THAN else "≥"
        parts.append(f"{sign} {share_text(body.share)} {whom}".strip())
    elif whom:
        parts.append(f"100 % {whom}")
    parts += [
        f"≥ {format_number(one.minimum)} {_unit(one.counter)}".strip()
        for one in body.conditions
        if one.minimum
    ]
    return ", ".join([*parts, *([body.stated] if body.stated and not parts else [])])


def _group(kind: str, levels: tuple[str, ...], words: str) -> str:
    label = Kind(kind).label if kind in Kind.values else words
    said = ", ".join(Level(one).label.lower() for one in levels if one in Level.values)
    return f"{label} ({said})" if said else label


def _unit(counter: str) -> str:
    try:
        return counters.named(counter).unit_label
    except LookupError:
        return ""


def _registers(body: TargetBody) -> str:
    heads = [one.counter.partition(".")[0] for one in body.conditions if one.counter]
    return ", ".join(dict.fromkeys(REGISTERS[head] for head in heads if head in REGISTERS))


def _when(body: TargetBody) -> str:
    parts = [EVERY.get(body.every, "")]
    if body.valid_from:
        parts.append(f"từ {format_date(body.valid_from)}")
    if body.valid_to:
        parts.append(f"đến hết {format_date(body.valid_to - timedelta(days=1))}")
    return ", ".join(part for part in parts if part) if body.every else ""


def _span(first: date | None, last: date | None) -> str:
    return "–".join(format_date(day) for day in (first, last) if day)
