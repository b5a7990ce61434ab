"""Import activities from a workbook: every fault at once, row by row, and nothing written unless all is right."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from danvan.accounts.selectors import units_granted
from danvan.activities.columns import ACTIVITY_KINDS, HEADINGS, WANTED
from danvan.activities.models import Activity
from danvan.activities.naming import Naming
from danvan.activities.services.recording import Draft, faults_of, record_activities
from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.sheet import Row, Table, read_table
from danvan.vietnamese.dates import format_date, parse_date
from danvan.vietnamese.numbers import format_number, parse_number
from danvan.vietnamese.text import fold, looks_damaged

if TYPE_CHECKING:
    from danvan.accounts.models import User

NONE_STATED = ("-", "–", "—", "không", "không có")
TOTALS = ("tong", "tong cong", "cong", "tong so")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote, and the columns of the sheet that it had no use for."""

    activities: Sequence[Activity]
    unused_columns: Sequence[str]

    @property
    def count(self) -> int:
        """How many activities were recorded."""
        return len(self.activities)


@transaction.atomic
def import_activities(content: bytes, *, name: str, actor: "User | None") -> Imported:
    """Record every row of an .xlsx sheet as an activity, or none. `name` is what the sender called the file.

    RuleError carries all faults of all rows, each with its row and the heading of its column. A row that
    repeats another, or an activity that stands recorded (same unit, kind, day and title), is refused.
    """
    table = read_table(content, name=name, wanted=WANTED)
    rows = [row for row in table.rows if not _is_total(row)]
    if not rows:
        raise RuleError("Bảng chưa có dòng hoạt động nào. Đồng chí vui lòng điền rồi gửi lại.")
    readings = [_Reading(row) for row in rows]
    _resolve(readings, actor=actor)
    drafts = [reading.draft() for reading in readings]
    sound = [(reading, draft) for reading, draft in zip(readings, drafts, strict=True) if draft]
    for (reading, _), found in zip(
        sound, faults_of([draft for _, draft in sound], actor=actor), strict=True
    ):
        reading.faults.extend(
            Fault(one.message, column=reading.heading(one.column)) for one in found
        )
    keyed = _keyed(sound)
    faults = _in_order(readings, table)
    if faults:
        raise RuleError(
            f"Tệp có {format_number(len(faults))} lỗi nên chưa ghi dòng nào. "
            "Đồng chí vui lòng sửa các lỗi dưới đây rồi gửi lại.",
            faults=faults,
        )
    activities = record_activities(keyed, actor=actor)
    return Imported(activities, table.unused)


class _Reading:
    """One row being read: what its cells say, and what is wrong with them."""

    def __init__(self, row: Row) -> None:
        self.number = row.number
        self.faults: list[Fault] = []
        self._row = row
        self.unit_id: int | None = None
        self.code = self._read("code", _code) or ""
        self.unit = self._read("unit", _words) or ""
        self.organisation = self._read("organisation", _words) or ""
        self.kind = self._read("kind", _kind) or ""
        self.title = self._read("title", _words) or ""
        self.held_on: date | None = self._read("held_on", _day)
        self.place = self._read("place", _words) or ""
        quantity = self._read("quantity", _count)
        self.quantity = 1 if quantity is None else quantity
        self.attendance = self._read("attendance", _count)
        self.persons = self._read("persons", _count)
        self.opinions = self._read("opinions", _count)
        self.summary = self._read("summary", _words) or ""
        self._ask_for_what_is_needed()

    def _read(self, field: str, reader: Callable[[Any], Any]) -> Any:
        try:
            return self._row.said(field, reader)
        except ValueError as wrong:
            self.faults.append(Fault(str(wrong), column=HEADINGS[field]))
            return None

    def _ask_for_what_is_needed(self) -> None:
        asked = {"kind": "loại hoạt động", "title": "nội dung", "held_on": "ngày thực hiện"}
        wrong = {fault.column for fault in self.faults}
        for field, label in asked.items():
            if self._row.cells.get(field) is None and HEADINGS[field] not in wrong:
                self.faults.append(Fault(f"Đồng chí vui lòng ghi {label}.", column=HEADINGS[field]))

    def heading(self, field: str) -> str:
        """The heading over a field of the draft; a unit is named by its code where the row gives one."""
        return HEADINGS["code" if field == "unit" and self.code else field]

    def draft(self) -> Draft | None:
        """The row as a draft, where it could be read and its unit was found."""
        if self.unit_id is None or self.held_on is None or not self.kind or not self.title:
            return None
        return Draft(
            unit_id=self.unit_id,
            kind=self.kind,
            title=self.title,
            held_on=self.held_on,
            place=self.place,
            quantity=self.quantity,
            attendance=self.attendance,
            persons=self.persons,
            opinions=self.opinions,
            summary=self.summary,
        )


def _resolve(readings: Sequence[_Reading], *, actor: "User | None") -> None:
    naming = Naming(
        {reading.code for reading in readings if reading.code},
        {reading.unit for reading in readings if reading.unit},
        within=None if actor is None else units_granted(actor, "activities.record"),
    )
    for reading in readings:
        day = reading.held_on or clock.today()
        if HEADINGS["code"] in {fault.column for fault in reading.faults}:
            continue
        found = naming.meant(reading.code, reading.unit, reading.organisation, day)
        if isinstance(found, Fault):
            reading.faults.append(found)
        else:
            reading.unit_id = found


def _keyed(sound: Sequence[tuple[_Reading, Draft]]) -> list[Draft]:
    """The drafts with their fingerprints; a row that repeats another or a recorded activity is a fault."""
    recorded = _recorded([draft for _, draft in sound])
    seen: dict[str, int] = {}
    keyed = []
    for reading, draft in sound:
        key = fingerprint(draft.unit_id, draft.kind, draft.held_on, draft.title)
        if key in seen:
            reading.faults.append(
                Fault(f"Dòng này trùng dòng {seen[key]}: cùng đơn vị, loại, ngày và nội dung.",
                      column=HEADINGS["title"])
            )  # fmt: skip
        elif key in recorded:
            reading.faults.append(
                Fault(
                    f"Hoạt động này đã ghi rồi (ngày {format_date(draft.held_on)}, số {recorded[key]}).",
                    column=HEADINGS["title"],
                )
            )
        seen.setdefault(key, reading.number)
        keyed.append(replace(draft, import_key=key))
    return keyed


def _recorded(drafts: Sequence[Draft]) -> dict[str, int]:
    """The fingerprints of what stands recorded for these units in these days. One query."""
    if not drafts:
        return {}
    days = [draft.held_on for draft in drafts]
    standing = Activity.objects.standing().filter(
        unit_id__in={draft.unit_id for draft in drafts}, held_on__range=(min(days), max(days))
    )
    return {
        fingerprint(unit_id, kind, held_on, title): pk
        for pk, unit_id, kind, held_on, title in standing.order_by("-pk").values_list(
            "pk", "unit_id", "kind", "held_on", "title"
        )
    }


def fingerprint(unit_id: int, kind: str, held_on: date, title: str) -> str:
    """What makes two rows the same activity: the unit, the kind, the day and the folded title."""
    plain = "\x1f".join((str(unit_id), kind, held_on.isoformat(), fold(title).strip()))
    return hashlib.sha256(plain.encode()).hexdigest()


def _in_order(readings: Sequence[_Reading], table: Table) -> list[Fault]:
    """All faults, by row and then by the place of the column; the heading as the sheet writes it."""
    written = {HEADINGS[field]: heading for field, heading in table.headings.items()}
    places = {heading: place for place, heading in enumerate(HEADINGS.values())}
    return [
        Fault(fault.message, reading.number, written.get(fault.column, fault.column))
        for reading in readings
        for fault in sorted(reading.faults, key=lambda fault: places.get(fault.column, 0))
    ]


def _is_total(row: Row) -> bool:
    """A row of totals under the table: it has no day, and begins with the word."""
    first = next((cell for cell in row.cells.values() if cell is not None), None)
    return (
        row.cells.get("held_on") is None
        and isinstance(first, str)
        and fold(first).strip(" :.") in TOTALS
    )


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date()
    text = format_date(value) if isinstance(value, date) else str(value)
    if damaged := looks_damaged(text):
        raise ValueError(damaged)
    return text.strip()


def _code(value: Any) -> str:
    """A code is text. A number may have lost the noughts before it, which is asked about later."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip().lstrip("'")
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"“{text}” không phải mã đơn vị; mã gồm 2 đến 5 chữ số, ví dụ 04021.")
    return text


def _kind(value: Any) -> str:
    text = str(value).strip()
    found = ACTIVITY_KINDS.get(fold(text))
    if found is None:
        raise ValueError(
            f"Không có loại hoạt động “{text}”. Đồng chí vui lòng chọn một loại trong tệp mẫu."
        )
    return found


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float | Decimal):
        raise ValueError(
            f"“{format_number(value)}” là số, không phải ngày. "
            "Đồng chí vui lòng ghi ngày dạng 05/03/2026."
        )
    return parse_date(str(value))


def _count(value: Any) -> int | None:
    if isinstance(value, bool | date) or value in (float("inf"), float("-inf")):
        raise ValueError("Ô này phải là một số, ví dụ 1.234.")
    if isinstance(value, str):
        if fold(value).strip() in {fold(word) for word in NONE_STATED}:
            return 0
        value = parse_number(value)
    if value != int(value):
        raise ValueError(f"“{format_number(value)}” phải là số nguyên.")
    return int(value)
