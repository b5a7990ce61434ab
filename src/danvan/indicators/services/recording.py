"""Recording the figures of many units and months at once, as a file brings them: a few queries a month."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from danvan.foundation import audit, clock
from danvan.foundation.bulk import insert_rows
from danvan.foundation.errors import Fault, RuleError
from danvan.indicators.enums import Approval
from danvan.indicators.models import DirtyKey, Value
from danvan.indicators.selectors.cube import TOPS, month_of
from danvan.indicators.selectors.measures import versions_in_force
from danvan.indicators.services.measures import Entry, entry_fault
from danvan.organisations.selectors import places_above
from danvan.organisations.selectors.spans import UnitSpan, spans_of
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

CHUNK = 5_000  # ids a statement

_Key = tuple[int, int]  # indicator, unit


@dataclass(frozen=True, slots=True)
class Given:
    """One figure of one unit for the month that begins on `first`."""

    unit_id: int
    first: date
    entry: Entry
    source_id: int | None = None  # of its own, where what is recorded together came from many


@transaction.atomic
def record_many(
    given: Sequence[Given],
    *,
    actor: "User | None",
    source_kind: str = "",
    source_id: int | None = None,
    level: int = Approval.SENT,
) -> int:
    """`record_values` for many units and months: by the same rules, in one act and one audit entry.

    Returns how many values were kept. All faults are told at once, by their place in `given` from 1. The number of
    queries grows with the months and with thousands of units, not with values. The cells of the places above wait to
    be summed again, each once.
    """
    by_month: dict[date, list[tuple[int, Given]]] = defaultdict(list)
    for place, one in enumerate(given, 1):
        by_month[one.first].append((place, one))
    spans = _spans({one.unit_id for one in given})
    faults = [
        fault for first, rows in sorted(by_month.items()) for fault in _faults(first, rows, spans)
    ]
    before = (
        {}
        if faults
        else {
            first: _held(first, [one for _, one in rows])
            for first, rows in sorted(by_month.items())
        }
    )
    for first, rows in sorted(by_month.items()) if before else ():
        faults += [
            Fault(_LOCKED, place, "amount")
            for place, one in rows
            if _is_locked(before[first].get((one.entry.indicator_id, one.unit_id)))
        ]
    if faults:
        told = " ".join(dict.fromkeys(fault.message for fault in faults[:CHUNK]))
        raise RuleError(f"Chưa ghi được số liệu: {told[:500]}", faults=faults)
    for first, rows in sorted(by_month.items()):
        figures = [one for _, one in rows]
        same = {"level": int(level), "source_kind": source_kind, "source_id": source_id}
        _keep(first, figures, before[first], {**same, "entered_by": actor.pk if actor else None})
    if given:
        audit.record(
            actor,
            "indicators.record_many",
            _kept(given[0]),
            values=len(given),
            units=len({one.unit_id for one in given}),
            months=sorted(by_month),
            source_kind=source_kind,
            source_id=source_id,
        )
    return len(given)


def _kept(one: Given) -> Value:
    return Value.objects.current().get(
        indicator_id=one.entry.indicator_id, unit_id=one.unit_id, first=one.first
    )


_LOCKED = (
    "Số liệu tháng này của đơn vị đã chốt nên không ghi thay được. Đồng chí vui lòng đề nghị người có quyền chốt"
    " mở lại báo cáo."
)

_STEP = "Bậc của chỉ số định tính được chọn trong báo cáo, kèm vì sao, không ghi từ tệp. Đồng chí vui lòng nhập ở báo cáo."

_Before = dict[_Key, tuple[int, int, int]]  # id, vintage, level of the value that stands


def _is_locked(held: tuple[int, int, int] | None) -> bool:
    return held is not None and held[2] == Approval.LOCKED


def _spans(unit_ids: Collection[int]) -> dict[int, list[UnitSpan]]:
    found: dict[int, list[UnitSpan]] = defaultdict(list)
    for some in _chunks(sorted(unit_ids)):
        for span in spans_of(some):
            found[span.unit_id].append(span)
    return found


def _faults(
    first: date, rows: list[tuple[int, Given]], spans: dict[int, list[UnitSpan]]
) -> Iterator[Fault]:
    month = month_of(first)
    last = month.last
    versions = versions_in_force({one.entry.indicator_id for _, one in rows}, last)
    times = Counter((one.entry.indicator_id, one.unit_id) for _, one in rows)
    standing = {
        unit_id
        for unit_id in {one.unit_id for _, one in rows}
        if any(span.holds_on(last) for span in spans.get(unit_id, ()))
    }
    for place, one in rows:
        if first.day != 1:
            yield Fault("Tháng của số liệu bắt đầu từ ngày mùng một.", place, "first")
        if one.unit_id not in standing:
            message = f"Đơn vị này không hoạt động vào ngày cuối {month}, nên không có số liệu của {month}."
            yield Fault(message, place, "unit")
        elif message := entry_fault(one.entry, versions.get(one.entry.indicator_id), month):
            yield Fault(message, place, "amount")
        elif one.entry.step_id is not None:
            yield Fault(_STEP, place, "amount")
        elif times[one.entry.indicator_id, one.unit_id] > 1:
            message = "Một chỉ số của một đơn vị chỉ ghi một lần trong một tháng."
            yield Fault(message, place, "amount")


def _held(first: date, rows: Sequence[Given]) -> _Before:
    """The values that stand there, locked till the end of the act."""
    indicators = {one.entry.indicator_id for one in rows}
    found: _Before = {}
    for some in _chunks(sorted({one.unit_id for one in rows})):
        standing = (
            Value.objects.current()
            .filter(first=first, indicator_id__in=indicators, unit_id__in=some)
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        names = ("pk", "indicator_id", "unit_id", "vintage", "level")
        for pk, indicator_id, unit_id, vintage, level in standing.values_list(*names):
            found[indicator_id, unit_id] = (pk, vintage, level)
    return found


_COLUMNS = ("indicator", "unit", "vintage", "amount", "step", "origin", "note", "source_id")


def _keep(first: date, given: Sequence[Given], before: _Before, same: dict[str, Any]) -> None:
    """Write the figures of one month over what stood there, and note what is to be summed again."""
    source_id = same["source_id"]
    # In the order of the indexes, so that neighbours of a large table are written one after the other.
    given = sorted(given, key=lambda one: (one.entry.indicator_id, one.unit_id))
    keys = [(one.entry.indicator_id, one.unit_id) for one in given]
    for some in _chunks([before[key][0] for key in sorted(keys) if key in before]):
        Value.objects.filter(pk__in=some).update(current=False)
    rows = (
        (
            *key,
            before[key][1] + 1 if key in before else 1,
            one.entry.amount,
            one.entry.step_id,
            str(one.entry.origin),
            canonical(one.entry.note).strip() if one.entry.note else "",
            source_id if one.source_id is None else one.source_id,
        )
        for key, one in zip(keys, given, strict=True)
    )
    del same["source_id"]
    same |= {"first": first, "current": True, "entered_at": clock.now()}
    try:
        insert_rows(Value, _COLUMNS, rows, same=same)
    except IntegrityError as raced:
        raise RuleError(
            "Số liệu của tháng này vừa được người khác ghi. Đồng chí vui lòng làm lại."
        ) from raced
    above: dict[int, set[int]] = defaultdict(set)  # the places with cells over each unit
    for some in _chunks(sorted({one.unit_id for one in given})):
        for top_id, unit_id in places_above(some, TOPS, on=month_of(first).last):
            above[unit_id].add(top_id)
    dirty = {(indicator_id, top) for indicator_id, unit_id in keys for top in above[unit_id]}
    insert_rows(DirtyKey, ("indicator", "unit"), sorted(dirty), same={"first": first})


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
