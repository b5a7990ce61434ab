"""A reading as plain values for JSON, and as lines for a person."""

from collections import Counter
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from danvan.reading.measures import MEASURES
from danvan.reading.proposals import (
    Citation,
    Doer,
    Figure,
    Happening,
    OrganisationNamed,
    Period,
    Person,
    Proposal,
    Reading,
    Request,
    Span,
    Statement,
    Target,
    Task,
)
from danvan.reading.structure import where
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

SIGNS = {"eq": "=", "ge": ">=", "gt": ">", "le": "<=", "lt": "<", "approx": "~", "approx_lt": "~<"}
_SAID = {
    "eq": "",
    "ge": "ít nhất ",
    "gt": "trên ",
    "le": "không quá ",
    "lt": "dưới ",
    "approx": "khoảng ",
    "approx_lt": "gần ",
}
_DOES = {
    "replaces": "thay thế", "amends": "sửa đổi, bổ sung", "promulgates": "ban hành kèm theo", "continues": "tiếp tục thực hiện",
    "implements": "thực hiện", "reviews": "sơ kết, tổng kết", "answers": "trả lời", "based_on": "căn cứ",
}  # fmt: skip
_PARTS = {
    "part": "phần", "chapter": "chương", "section": "mục", "article": "điều", "clause": "khoản", "annex": "phụ lục",
}  # fmt: skip
_STATED = {
    "conclusion": "Kết luận", "result": "Kết quả", "shortcoming": "Hạn chế", "cause": "Nguyên nhân", "lesson": "Bài học",
}  # fmt: skip
_EVERY = {"year": "mỗi năm", "half": "mỗi 6 tháng", "quarter": "mỗi quý", "month": "mỗi tháng"}


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading as values that `json.dumps` takes: days as yyyy-mm-dd, numbers as int or float.

    `statistics` are the figures. A `comparator` is a sign (`>=`), `comparator_key` its key (`ge`).
    """
    return {
        "head": _plain(asdict(reading.head)),
        "validity": _plain(asdict(reading.validity)) if reading.validity else None,
        "citations": [_plain(asdict(one)) for one in reading.citations],
        "named_laws": [_plain(asdict(one)) for one in reading.named_laws],
        "targets": [_quantified(one) for one in reading.targets],
        "statistics": [_quantified(one) for one in reading.figures],
        "norms": [_quantified(one) for one in reading.norms],
        "tasks": [_plain(asdict(one)) for one in reading.tasks],
        "happenings": [_plain(asdict(one)) for one in reading.happenings],
        "requests": [_plain(asdict(one)) for one in reading.requests],
        "conclusions": [_plain(asdict(one)) for one in reading.conclusions],
        "assessments": [_plain(asdict(one)) for one in reading.assessments],
        "people": [_plain(asdict(one)) for one in reading.people],
        "organisations": [_plain(asdict(one)) for one in reading.organisations],
        "places": [_plain(asdict(one)) for one in reading.places],
        "notes": [_plain(asdict(one)) for one in reading.notes],
        "documents": [_plain(asdict(one)) for one in reading.documents],
        "relations": [_plain(asdict(one)) for one in reading.relations],
        "in_force": _plain(asdict(reading.in_force)) if reading.in_force else None,
        "tables": [_plain(asdict(one)) for one in reading.tables],
        "parts": [_plain(asdict(one)) for one in reading.parts],
    }


def _quantified(one: Target | Figure) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(asdict(one))
    plain["comparator_key"] = plain["comparator"]
    plain["comparator"] = SIGNS[plain["comparator"]]
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def as_lines(reading: Reading) -> list[str]:
    """The reading told in Vietnamese, a line for each thing."""
    head = reading.head
    told = []
    if head.symbol or head.type_words or head.issuer:
        day = f", ngày {format_date(head.issued_on)}" if head.issued_on else ""
        kind = head.type_words or "Văn bản"
        told.append(f"Văn bản: {kind} {head.symbol or '(chưa có số)'}{day}. {head.issuer}".rstrip())
    told += [f"  Trích yếu: {head.abstract}"] * bool(head.abstract)
    kinds = Counter(
        one.kind
        for one in reading.parts
        # "1." outside of an article is a heading of a plan, no clause of a law.
        if one.kind != "clause" or (one.parent >= 0 and reading.parts[one.parent].kind == "article")
    )
    built = [f"{kinds[kind]} {words}" for kind, words in _PARTS.items() if kinds[kind]]
    told += [f"  Cấu trúc: {', '.join(built)}"] * bool(built)
    ties = _relations(reading)
    told += [f"Quan hệ với văn bản khác: {len(ties)}", *(f"  - {line}" for line in ties)] * bool(
        ties
    )
    for title, lines in (
        ("Văn bản viện dẫn", [_citation(one) for one in reading.citations]),
        ("Chỉ tiêu", [_target(one) + _at(reading, one) for one in reading.targets]),
        ("Nhiệm vụ", [_task(one) + _at(reading, one) for one in reading.tasks]),
        ("Hoạt động", [_happening(one) for one in reading.happenings]),
        ("Kiến nghị, yêu cầu", [_request(one) for one in reading.requests]),
        ("Kết luận", [_statement(one) for one in reading.conclusions]),
        ("Đánh giá", [_statement(one) for one in reading.assessments]),
        ("Người và chức danh", [_person(one) for one in reading.people]),
        ("Tổ chức", [_organisation(one) for one in reading.organisations]),
        ("Địa phương", [f"{one.name} {_sure(one)}" for one in reading.places]),
        ("Số liệu", [_figure(one) for one in reading.figures]),
        ("Cần kiểm tra", [note.sentence for note in reading.notes]),
    ):
        told.append(f"{title}: {len(lines)}")
        told += [f"  - {line}" for line in lines]
    return told


def _at(reading: Reading, one: Span) -> str:
    place = where(reading.parts, one.start)
    return f" ({place})" if place else ""


def _relations(reading: Reading) -> list[str]:
    told = []
    for one in reading.relations:
        if one.kind != "cites":
            document = reading.documents[one.document]
            told.append(f"{_DOES[one.kind]} {document.symbol or document.name} (vì: “{one.words}”)")
    return told


def _task(one: Task) -> str:
    parts = [_doers(one.leads) or "(chưa rõ ai chủ trì)", one.title]
    parts += [f"phối hợp: {_doers(one.supports)}"] * bool(one.supports)
    parts += [f"hạn {format_date(one.due_on)}" if one.due_on else one.due_words or "(chưa rõ hạn)"]
    parts += [f"sản phẩm: {one.product}"] * bool(one.product)
    return f"{'; '.join(parts)} {_sure(one)}"


def _happening(one: Happening) -> str:
    where = f", tại {one.place}" if one.place else ""
    what = one.title or MEASURES[one.measure]
    return f"{format_date(one.held_on)}, {_doers((one.lead,))}: {what}{where} {_sure(one)}"


def _request(one: Request) -> str:
    whom = one.addressee or "(không nói với ai)"
    due = f"; hạn {format_date(one.due_on)}" if one.due_on else ""
    by = f"; người nêu: {one.requester}" if one.requester else ""
    return f"{whom}: {one.what}{by}{due} {_sure(one)}"


def _statement(one: Statement) -> str:
    return f"{_STATED[one.kind]}: {one.words}{f' ({one.by})' if one.by else ''} {_sure(one)}"


def _person(one: Person) -> str:
    posts = ", ".join(f"{post.position} {post.organisation}".strip() for post in one.posts)
    return f"{one.name or '(không nêu tên)'}: {posts} {_sure(one)}"


def _organisation(one: OrganisationNamed) -> str:
    return f"{one.unit or one.name} {f'({one.asks}) ' if one.asks else ''}{_sure(one)}"


def _doers(doers: tuple[Doer, ...]) -> str:
    return ", ".join(dict.fromkeys(doer.unit or doer.words for doer in doers))


def _sure(one: Proposal) -> str:
    return f"[{round(one.confidence * 100)} %; {one.reason}]"


def _citation(one: Citation) -> str:
    day = f", ngày {format_date(one.issued_on)}" if one.issued_on else ""
    issuer = f", {one.issuer}" if one.issuer else ""
    return f"{one.type_words.capitalize()} {one.symbol}{day}{issuer} {_sure(one)}".strip()


def _target(one: Target) -> str:
    every = f", {_EVERY[one.every]}" if one.every else ""
    due = f", hạn {format_date(one.due_on)}" if one.due_on else ""
    return f"{one.title}: {_amount(one)}{every}{due}{_period(one.period)} {_sure(one)}"


def _figure(one: Figure) -> str:
    whole = ""
    if one.numerator is not None and one.denominator is not None:
        whole = f" ({format_number(one.numerator)}/{format_number(one.denominator)})"
    return f"{_amount(one)}{whole}{_period(one.period)} | {one.label} {_sure(one)}"


def _amount(one: Target | Figure) -> str:
    if one.value is not None:
        return f"{_SAID[one.comparator]}{format_number(one.value)} {one.unit}".strip()
    if one.low is not None and one.high is not None:
        return f"từ {format_number(one.low)} đến {format_number(one.high)} {one.unit}".strip()
    return "định tính"


def _period(period: Period | None) -> str:
    return f", {period.words}" if period else ""
