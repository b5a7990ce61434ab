"""The figures that units give: recording them, correcting them by a new vintage, and approving them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from danvan.foundation import audit, clock
from danvan.foundation.bulk import insert_rows
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval, MeasureKind, Origin
from danvan.indicators.exact import LARGEST, LARGEST_BROKEN, PLACES
from danvan.indicators.models import DirtyKey, IndicatorVersion, ScaleStep, Value
from danvan.indicators.selectors.measures import is_derived, versions_in_force
from danvan.indicators.selectors.scales import scales_of
from danvan.organisations.selectors import unit_on
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

LONGEST_NOTE = 300
_ORIGINS = frozenset(Origin.values)


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure to record. `amount` None says "không có số liệu": asked, and not known.

    Of a qualitative indicator there is a `step_id` instead, of the scale that holds then; None says the same.
    """

    indicator_id: int
    amount: Decimal | None
    origin: str
    note: str = ""
    step_id: int | None = None


def amount_fault(amount: Decimal) -> str:
    """Why an amount cannot be kept, as a sentence; empty where it can."""
    if not amount.is_finite():
        return "Đồng chí vui lòng ghi một con số."
    if abs(amount) >= LARGEST:
        return f"Số phải dưới {format_number(LARGEST)}; đồng chí vui lòng kiểm tra lại đơn vị tính."
    if amount == amount.to_integral_value():
        return ""
    if abs(amount) >= LARGEST_BROKEN:
        return f"Số từ {format_number(LARGEST_BROKEN)} trở lên chỉ ghi số nguyên."
    if amount != round(amount, PLACES):
        return f"Đồng chí vui lòng ghi không quá {PLACES} chữ số thập phân."
    return ""


@transaction.atomic
def record_values(
    unit_id: int,
    period: Period,
    entries: Sequence[Entry],
    *,
    actor: "User | None",
    source_kind: str = "",
    source_id: int | None = None,
    level: int = Approval.SENT,
) -> list[Value]:
    """Keep what a unit gives for a month, and note its cells of the cube as waiting to be summed again.

    Where a value is there already this is its next vintage (of an unchanged amount too, so that a report
    that is sent again holds all its values); a locked value is never replaced, whatever it came with. All
    faults are told at once, by their row. The number of queries is constant; nothing above the unit is
    written.
    """
    _refuse(_faults(unit_id, period, entries))
    ids = [entry.indicator_id for entry in entries]
    before = {
        value.indicator_id: value
        for value in Value.objects.current()
        .filter(unit_id=unit_id, first=period.first, indicator_id__in=ids)
        .select_for_update(of=("self",))
        .order_by("pk")
    }
    if any(value.level == Approval.LOCKED for value in before.values()):
        raise RuleError(
            f"Số liệu {period} của đơn vị này đã chốt nên không ghi thay được. Đồng chí vui lòng đề nghị"
            " người có quyền chốt mở lại báo cáo đã gửi số liệu ấy."
        )
    Value.objects.filter(pk__in=[value.pk for value in before.values()]).update(current=False)
    now = clock.now()
    values = [
        Value(
            indicator_id=entry.indicator_id,
            unit_id=unit_id,
            first=period.first,
            vintage=before[entry.indicator_id].vintage + 1 if entry.indicator_id in before else 1,
            amount=entry.amount,
            step_id=entry.step_id,
            origin=entry.origin,
            level=level,
            note=canonical(entry.note).strip(),
            source_kind=source_kind,
            source_id=source_id,
            entered_by=actor,
            entered_at=now,
        )
        for entry in entries
    ]
    _insert(values)
    _mark([(key, unit_id, period.first) for key in ids])
    if values:
        audit.record(
            actor,
            "indicators.record_values",
            values[0],
            unit_id=unit_id,
            month=period.first,
            values=len(values),
            source_kind=source_kind,
            source_id=source_id,
        )
    return values


@transaction.atomic
def raise_level(
    source_kind: str, source_ids: Collection[int], level: int, *, actor: "User | None"
) -> int:
    """Set how far up the values of some reports are approved, up or down; returns how many changed.

    Only current values: a vintage that was replaced keeps the level it had reached.
    """
    found = (
        Value.objects.current()
        .filter(source_kind=source_kind, source_id__in=source_ids)
        .exclude(level=level)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    changed = list(found)
    if not changed:
        return 0
    Value.objects.filter(pk__in=[value.pk for value in changed]).update(level=level)
    _mark([(value.indicator_id, value.unit_id, value.first) for value in changed])
    audit.record(
        actor,
        "indicators.raise_level",
        changed[0],
        source_kind=source_kind,
        source_ids=sorted(source_ids),
        level=level,
    )
    return len(changed)


def _mark(keys: list[tuple[int, int, date]]) -> None:
    """Append what must be summed again; a plain insert, which waits for nobody."""
    if keys:
        insert_rows(DirtyKey, ("indicator", "unit", "first"), keys)


def _insert(values: list[Value]) -> None:
    try:
        Value.objects.bulk_create(values)
    except IntegrityError as raced:
        raise RuleError(
            "Số liệu của tháng này vừa được người khác ghi. "
            "Đồng chí vui lòng mở lại để xem rồi ghi tiếp."
        ) from raced


def _faults(unit_id: int, period: Period, entries: Sequence[Entry]) -> list[Fault]:
    if period.every != Every.MONTH:
        return [Fault("Số liệu được ghi theo từng tháng, đồng chí vui lòng chọn một tháng.")]
    if unit_on(unit_id, period.last) is None:
        message = (
            f"Đơn vị này không hoạt động vào ngày cuối {period}, nên không có số liệu của {period}."
        )
        return [Fault(message, column="unit")]
    times = Counter(entry.indicator_id for entry in entries)
    versions = versions_in_force(times, period.last)
    scales = scales_of(one.pk for one in versions.values() if one.kind == MeasureKind.QUALITATIVE)
    return [
        Fault(message, row, "amount")
        for row, entry in enumerate(entries, 1)
        if (message := entry_fault(entry, versions.get(entry.indicator_id), period))
        or (message := _step_fault(entry, versions[entry.indicator_id], scales))
        or (message := _repeated(times[entry.indicator_id]))
    ]


def entry_fault(entry: Entry, version: IndicatorVersion | None, period: Period) -> str:
    """Why a figure cannot be kept for a month under a definition, as a sentence; empty where it can."""
    if version is None:
        return f"Chỉ số này không được đo vào {period}."
    if is_derived(version):
        return f"“{version.name}” được tính từ các chỉ số khác nên không nhập."
    if entry.origin not in _ORIGINS:
        return f"“{version.name}”: đồng chí vui lòng chọn nguồn gốc của số liệu."
    if len(entry.note) > LONGEST_NOTE:
        return f"“{version.name}”: ghi chú dài quá {LONGEST_NOTE} ký tự, đồng chí vui lòng rút gọn."
    if version.kind == MeasureKind.QUALITATIVE and entry.amount is not None:
        return f"“{version.name}” là chỉ số định tính: đồng chí vui lòng chọn bậc, không ghi số."
    fault = amount_fault(entry.amount) if entry.amount is not None else ""
    return f"“{version.name}”: {fault[0].lower()}{fault[1:]}" if fault else ""


def _step_fault(
    entry: Entry, version: IndicatorVersion, scales: Mapping[int, Sequence[ScaleStep]]
) -> str:
    """Why a step cannot be kept, as a sentence; empty where it can or where there is none."""
    if entry.step_id is None or entry.step_id in {one.pk for one in scales.get(version.pk, ())}:
        return ""
    return f"“{version.name}” không có bậc này trong thang đang dùng, đồng chí vui lòng chọn lại."


def _repeated(times: int) -> str:
    return "Một chỉ số chỉ ghi một lần trong một báo cáo." if times > 1 else ""


def _refuse(faults: list[Fault]) -> None:
    if faults:
        told = " ".join(dict.fromkeys(fault.message for fault in faults))
        raise RuleError(f"Chưa ghi được số liệu: {told}", faults=faults)
