"""What marks, terms, flags and links share: a unit that stands, days in order, no two at once, an end."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q

from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.models import Unit, UnitVersion
from danvan.organisations.selectors.days import in_force
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

Dated = TypeVar("Dated", bound=Model)


def one_line(text: str) -> str:
    """One spelling, one line."""
    return " ".join(canonical(text).split())


def locked(unit_id: int) -> Unit:
    """The unit under lock; whoever writes what it carries waits for one another."""
    return Unit.objects.select_for_update().get(pk=unit_id)


def version_on(unit: Unit, day: date, faults: list[Fault]) -> UnitVersion | None:
    """What the unit is on a day; a fault at `valid_from` where it does not stand then."""
    found = UnitVersion.objects.filter(in_force(day), unit=unit).first()
    if found is None:
        faults.append(
            Fault(
                f"Đơn vị không hoạt động vào ngày {format_date(day)}. Đồng chí vui lòng xem lại ngày.",
                column="valid_from",
            )
        )
    return found


def needed(value: str, column: str, sentence: str, most: int, faults: list[Fault]) -> str:
    """The text in one line; a fault where it is empty or longer than its column."""
    text = one_line(value)
    if not text:
        faults.append(Fault(sentence, column=column))
    return short_enough(text, column, most, faults)


def short_enough(value: str, column: str, most: int, faults: list[Fault]) -> str:
    """The text in one line; a fault where it is longer than its column."""
    text = one_line(value)
    if len(text) > most:
        faults.append(
            Fault(f"Nội dung dài quá {most} ký tự, đồng chí vui lòng rút gọn.", column=column)
        )
    return text


def days_in_order(start: date, end: date | None, unit: Unit, faults: list[Fault]) -> None:
    """A fault where the end is not after the beginning, or after the unit's own end."""
    if end is not None and end <= start:
        faults.append(
            Fault(
                f"Ngày kết thúc phải sau ngày {format_date(start)}, đồng chí vui lòng xem lại.",
                column="valid_to",
            )
        )
    if unit.ended_on and end is not None and end > unit.ended_on:
        faults.append(
            Fault(
                f"Đơn vị kết thúc ngày {format_date(unit.ended_on)}, trước ngày đồng chí ghi.",
                column="valid_to",
            )
        )


def overlapping(rows: Any, start: date, end: date | None) -> Any:
    """Those of `rows` that share a day with the period from `start` up to but not including `end`."""
    found = rows.filter(Q(valid_to=None) | Q(valid_to__gt=start))
    return found.filter(valid_from__lt=end) if end else found


def until(end: date | None) -> str:
    """The end of a period in words."""
    return f"đến trước ngày {format_date(end)}" if end else "chưa kết thúc"


def refuse(faults: list[Fault], act: str) -> None:
    """RuleError that tells all of these at once; nothing where there are none."""
    if faults:
        raise RuleError(f"{act}: " + " ".join(fault.message for fault in faults), faults=faults)


def end_row(row: Dated, on: date, act: str) -> Dated:
    """End a dated row on a day (no longer held from then). Refuses where it has ended, or began no earlier.

    The row's unit is locked; the row is read again under that lock.
    """
    locked(row.unit_id)  # type: ignore[attr-defined]
    fresh: Any = row
    fresh.refresh_from_db()
    faults = []
    if fresh.valid_to is not None and fresh.valid_to <= on:
        faults.append(
            Fault(
                f"Mục này đã kết thúc ngày {format_date(fresh.valid_to)}, đồng chí không cần làm lại.",
                column="on",
            )
        )
    if on <= fresh.valid_from:
        faults.append(
            Fault(
                f"Ngày kết thúc phải sau ngày bắt đầu {format_date(fresh.valid_from)}.", column="on"
            )
        )
    refuse(faults, act)
    fresh.valid_to = on
    fresh.save(update_fields=["valid_to"])
    return row
