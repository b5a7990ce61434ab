"""The duty matrix: duties recorded from the clauses of a regulation, changed, and ended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.enums import DutyRole, Kind, Level
from danvan.organisations.models import Duty, DutyShare, Unit
from danvan.organisations.selectors.days import in_force
from danvan.organisations.selectors.reaching import units_under
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

LONGEST = 600


@dataclass(frozen=True, slots=True)
class Share:
    """What the organisations of a kind (at a level, or at every level), or one organisation, are in a duty."""

    role: str
    kind: str = ""
    level: str = ""
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class DutySource:
    """The clause that a duty comes from: the document, and the span of the words in its text."""

    symbol: str
    clause: str = ""
    sentence: str = ""
    kind: str = ""
    id: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class DutyEntry:
    """One duty to be recorded."""

    words: str
    shares: Sequence[Share]
    source: DutySource


@transaction.atomic
def record_duties(
    scope_id: int, entries: Sequence[DutyEntry], *, on: date, actor: Any, until: date | None = None
) -> list[int]:
    """Record duties that bind the organisations of a place from a day; returns their ids.

    RuleError, every fault at once, where the place does not stand on the day, a duty has no words or nobody in
    it, somebody stands twice in one role, or the same clause is on record already.
    """
    scope = Unit.objects.select_for_update().filter(pk=scope_id).first()
    faults = _scope_faults(scope, on, until)
    known = _known_spans(entries)
    for row, entry in enumerate(entries, 1):
        faults += [
            Fault(words, row, column) for column, words in _faults(scope_id, entry, on, known)
        ]
        known.add(_span(entry.source))
    if not entries:
        faults.append(Fault("Đồng chí vui lòng chọn ít nhất một nhiệm vụ để ghi vào ma trận."))
    if faults:
        raise RuleError(_told(faults), faults=faults)
    made = []
    for entry in entries:
        source = entry.source
        duty = Duty.objects.create(
            scope_id=scope_id,
            words=canonical(entry.words).strip(),
            clause=source.clause,
            sentence=source.sentence,
            source_kind=source.kind,
            source_id=source.id,
            source_start=source.start,
            source_end=source.end,
            source_symbol=canonical(source.symbol).strip(),
            valid_from=on,
            valid_to=until,
        )
        _write(duty, entry.shares)
        audit.record(actor, "organisations.record_duty", duty, scope=scope_id, source=source.id)
        made.append(duty.pk)
    return made


@transaction.atomic
def edit_duty(duty_id: int, *, words: str, shares: Sequence[Share], actor: Any) -> Duty:
    """Change the words of a duty and who is what in it. RuleError as `record_duties` raises it."""
    duty = Duty.objects.select_for_update().get(pk=duty_id)
    source = DutySource(duty.source_symbol, duty.clause)
    told = _faults(duty.scope_id, DutyEntry(words, shares, source), duty.valid_from, set())
    faults = [Fault(sentence, column=column) for column, sentence in told]
    if faults:
        raise RuleError(_told(faults), faults=faults)
    duty.words = canonical(words).strip()
    duty.save(update_fields=["words"])
    duty.shares.all().delete()
    _write(duty, shares)
    audit.record(actor, "organisations.edit_duty", duty, fields=["words", "shares"])
    return duty


@transaction.atomic
def end_duty(duty_id: int, *, on: date, actor: Any) -> Duty:
    """A duty holds no more from a day on; it stays readable for the days before."""
    duty = Duty.objects.select_for_update().get(pk=duty_id)
    if duty.valid_to is not None:
        raise RuleError(
            f"Nhiệm vụ này đã hết hiệu lực từ ngày {format_date(duty.valid_to)}. Đồng chí không cần kết thúc nữa."
        )
    if on <= duty.valid_from:
        raise RuleError(
            f"Nhiệm vụ này có hiệu lực từ ngày {format_date(duty.valid_from)}. Đồng chí vui lòng chọn ngày kết thúc sau ngày đó."
        )
    duty.valid_to = on
    duty.save(update_fields=["valid_to"])
    audit.record(actor, "organisations.end_duty", duty, on=on.isoformat())
    return duty


def _write(duty: Duty, shares: Sequence[Share]) -> None:
    DutyShare.objects.bulk_create(
        DutyShare(duty=duty, role=one.role, kind=one.kind, level=one.level, unit_id=one.unit_id)
        for one in shares
    )


def _told(faults: Sequence[Fault]) -> str:
    if len(faults) == 1:
        return faults[0].message
    return f"Có {len(faults)} chỗ chưa đúng nên chưa ghi nhiệm vụ nào. Đồng chí vui lòng sửa rồi ghi lại."


def _scope_faults(scope: Unit | None, on: date, until: date | None) -> list[Fault]:
    if scope is None or not scope.versions.filter(in_force(on), kind="").exists():
        return [Fault(f"Địa bàn áp dụng không tồn tại vào ngày {format_date(on)}. Đồng chí vui lòng chọn địa bàn khác.", column="scope")]  # fmt: skip
    if until is not None and until <= on:
        return [Fault("Ngày hết hiệu lực phải sau ngày bắt đầu. Đồng chí vui lòng sửa lại.", column="until")]  # fmt: skip
    return []


Span = tuple[str, int | None, int | None, int | None]


def _span(source: DutySource) -> Span:
    return source.kind, source.id, source.start, source.end


def _known_spans(entries: Sequence[DutyEntry]) -> set[Span]:
    """The spans of these documents that have a duty already. One query."""
    ids = {entry.source.id for entry in entries if entry.source.id}
    rows = Duty.objects.filter(source_id__in=ids, valid_to=None)
    return set(rows.values_list("source_kind", "source_id", "source_start", "source_end"))


def _faults(
    scope_id: int, entry: DutyEntry, on: date, known: Collection[Span]
) -> list[tuple[str, str]]:
    found = []
    words = canonical(entry.words).strip()
    if not words:
        found.append(("words", "Đồng chí vui lòng ghi nội dung nhiệm vụ."))
    elif len(words) > LONGEST:
        found.append(
            ("words", f"Nội dung nhiệm vụ dài quá {LONGEST} ký tự. Đồng chí vui lòng rút gọn.")
        )
    if not canonical(entry.source.symbol).strip():
        found.append(("symbol", "Đồng chí vui lòng ghi số, ký hiệu của quy chế, quy định."))
    if entry.source.id and entry.source.start is not None and _span(entry.source) in known:
        found.append(("words", f"{entry.source.clause or 'Đoạn này'} của {entry.source.symbol} đã có trong ma trận. Đồng chí vui lòng bỏ chọn."))  # fmt: skip
    if not entry.shares:
        found.append(
            ("shares", "Đồng chí vui lòng chọn ít nhất một tổ chức và vai trò của tổ chức đó.")
        )
    return found + [("shares", told) for told in _share_faults(scope_id, entry.shares, on)]


def _share_faults(scope_id: int, shares: Sequence[Share], on: date) -> list[str]:
    found = []
    if len(set(shares)) < len(shares):
        found.append("Có tổ chức được ghi hai lần với cùng vai trò. Đồng chí vui lòng bỏ một dòng.")
    for one in shares:
        if one.role not in DutyRole.values or not (one.unit_id or one.kind in Kind.values):
            found.append("Đồng chí vui lòng chọn cả tổ chức và vai trò trên mỗi dòng.")
        elif one.level and one.level not in Level.values:
            found.append("Cấp của tổ chức không đúng. Đồng chí vui lòng chọn lại cấp.")
    named = {one.unit_id for one in shares if one.unit_id}
    if named:
        inside = units_under([scope_id], on=on).filter(unit_id__in=named)
        if named - set(inside.values_list("unit_id", flat=True)):
            found.append(f"Có tổ chức không thuộc địa bàn áp dụng vào ngày {format_date(on)}. Đồng chí vui lòng chọn tổ chức khác.")  # fmt: skip
    return found
