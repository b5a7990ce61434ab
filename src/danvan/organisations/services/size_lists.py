"""Bring in a list of people and households by place: every fault of every row at once, or all of it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.sheet import Row, Wanted, read_table
from danvan.organisations.models import Unit, UnitCode, UnitVersion
from danvan.organisations.services.sizing import MOST, Counted, record_sizes
from danvan.organisations.services.villages.reading import day_in, whole_number, without_totals
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical, fold

HEADINGS = {
    "code": "Mã đơn vị",
    "name": "Tên đơn vị",
    "population": "Dân số",
    "households": "Số hộ",
    "counted_on": "Tính đến ngày",
}
_ALSO = {
    "ma": "code", "ma xa": "code", "ma tinh": "code", "ma huyen": "code", "ma dvhc": "code",
    "ten": "name", "xa, phuong": "name", "don vi": "name", "dia ban": "name",
    "so dan": "population", "nhan khau": "population", "so khau": "population", "so nhan khau": "population",
    "quy mo dan so": "population", "ho": "households", "so ho dan": "households",
    "ngay tinh": "counted_on", "ngay": "counted_on", "thoi diem": "counted_on",
}  # fmt: skip
WANTED = Wanted(
    subject="dân số, số hộ",
    example="Mã đơn vị, Dân số, Số hộ, Tính đến ngày",
    synonyms={fold(heading): field for field, heading in HEADINGS.items()} | _ALSO,
    needed=("code", "counted_on"),
    most_rows=20_000,
)
LENGTHS = (2, 3, 5)  # of the codes of provinces, districts and communes


@dataclass(slots=True)
class _Line:
    """One row: what its cells say, and every fault with its column."""

    number: int
    code: str = ""
    name: str = ""
    population: int | None = None
    households: int | None = None
    counted_on: date | None = None
    unit_id: int | None = None
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, column: str, sentence: str) -> None:
        """Add a fault at the column of a field."""
        self.faults.append(Fault(sentence, self.number, HEADINGS[column]))


def import_sizes(
    content: bytes,
    *,
    name: str,
    source: str,
    actor: Any,
    within: QuerySet[Any, Any] | None = None,
) -> int:
    """Record the people and households of an .xlsx list, by the codes of the days it gives; returns how many rows.

    Old units are meant by their old codes on their days. `within` are the units whose register the actor may
    write. Refused with every fault of every row, nothing written; a code that lost its zeros is told with
    those it may stand for, and never guessed.
    """
    rows = without_totals(read_table(content, name=name, wanted=WANTED).rows)
    if not rows:
        raise RuleError("Bảng chưa có dòng nào. Đồng chí vui lòng điền rồi gửi lại.")
    lines = [_read(row) for row in rows]
    _find_units(lines, within)
    _refuse_doubles(lines)
    faults = [fault for line in lines for fault in line.faults]
    if faults:
        raise RuleError(
            f"Chưa ghi được số dân, số hộ nào vì bảng có {len(faults)} điểm chưa đúng. Đồng chí vui lòng sửa"
            " từng điểm rồi gửi lại.",
            faults=faults,
        )
    _record(lines, source, actor)
    return len(lines)


@transaction.atomic
def _record(lines: Sequence[_Line], source: str, actor: Any) -> None:
    by_day: dict[date, list[Counted]] = defaultdict(list)
    for line in lines:
        if line.unit_id is not None and line.counted_on is not None:
            by_day[line.counted_on].append(Counted(line.unit_id, line.population, line.households))
    for day, counted in sorted(by_day.items()):
        record_sizes(counted, counted_on=day, source=source, actor=actor)


def _read(row: Row) -> _Line:
    line = _Line(row.number)
    line.code = _cell(line, row, "code", _code) or ""
    line.name = _cell(line, row, "name", lambda value: canonical(str(value)).strip()) or ""
    line.population = _cell(line, row, "population", _size)
    line.households = _cell(line, row, "households", _size)
    line.counted_on = _cell(line, row, "counted_on", day_in)
    told = {fault.column for fault in line.faults}
    if not line.code and HEADINGS["code"] not in told:
        line.refuse("code", "Đồng chí vui lòng ghi mã đơn vị.")
    if line.counted_on is None and HEADINGS["counted_on"] not in told:
        line.refuse("counted_on", "Đồng chí vui lòng ghi số liệu tính đến ngày nào.")
    if line.counted_on is not None and line.counted_on > clock.today():
        line.refuse("counted_on", f"Ngày {format_date(line.counted_on)} chưa đến. Đồng chí vui lòng xem lại ngày.")  # fmt: skip
    if line.population is None and line.households is None and not told & {HEADINGS["population"], HEADINGS["households"]}:  # fmt: skip
        line.refuse("population", "Đồng chí vui lòng ghi dân số hoặc số hộ.")
    if line.population and line.households and line.population < line.households:
        line.refuse("population", "Số dân ít hơn số hộ: có lẽ hai cột đổi chỗ. Đồng chí vui lòng xem lại.")  # fmt: skip
    return line


def _cell(line: _Line, row: Row, column: str, reader: Any) -> Any:
    try:
        return row.said(column, reader)
    except ValueError as wrong:
        line.refuse(column, str(wrong))
        return None


def _code(value: Any) -> str:
    """A code is text. A number may have lost the noughts before it, which is told when no such code is found."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip().lstrip("'")
    if not (text.isascii() and text.isdigit() and len(text) <= LENGTHS[-1]):
        raise ValueError(
            f"“{text[:20]}” không phải mã đơn vị; mã có 2 chữ số (tỉnh), 3 (huyện cũ) hoặc 5 (xã), ví dụ 04021."
        )
    return text


def _size(value: Any) -> int | None:
    found = whole_number(value)
    if found is not None and not 0 < found <= MOST:
        raise ValueError("Đồng chí vui lòng ghi một số lớn hơn 0.")
    return found


@dataclass(slots=True)
class _Codes:
    """Who carried the codes of a list and when, and what those units were called through time."""

    held: dict[str, list[UnitCode]]
    names: dict[int, list[tuple[str, date, date | None]]]

    def holder(self, code: str, day: date) -> int | None:
        """The unit that carried a code on a day."""
        for one in self.held.get(code, ()):
            if one.valid_from <= day and (one.valid_to is None or day < one.valid_to):
                return one.unit_id
        return None

    def name(self, unit: int, day: date) -> str:
        """What a unit was called on a day, else when it was last or first there."""
        spans = self.names[unit]
        return next(
            (name for name, start, end in spans if start <= day and (end is None or day < end)),
            spans[-1 if spans[0][1] <= day else 0][0],
        )

    def absent(self, code: str, day: date) -> str:
        """Why nobody carried a code on a day, in words."""
        maybe = [
            f"{one} ({self.name(unit, day)})"
            for one in _padded(code)
            if (unit := self.holder(one, day)) is not None
        ]
        if maybe:
            return f"Mã {code} thiếu số 0 ở đầu: có lẽ là {' hoặc '.join(maybe)}. Đồng chí vui lòng định dạng cột mã là văn bản rồi sửa trong tệp."  # fmt: skip
        if others := self.held.get(code):
            last = others[-1]
            end = last.valid_to
            when = f"đến trước ngày {format_date(end)}" if end and end <= day else f"từ ngày {format_date(last.valid_from)}"  # fmt: skip
            return f"Ngày {format_date(day)} không có đơn vị nào mang mã {code}; {self.name(last.unit_id, day)} mang mã ấy {when}. Đồng chí vui lòng xem lại ngày và mã."  # fmt: skip
        return f"Không có đơn vị nào mang mã {code}. Đồng chí vui lòng tra lại trong Sổ đơn vị."


def _read_codes(lines: Sequence[_Line]) -> _Codes:
    meant = {code for line in lines for code in (line.code, *_padded(line.code)) if code}
    codes = _Codes(defaultdict(list), defaultdict(list))
    for one in UnitCode.objects.filter(system="gso", code__in=meant).order_by("valid_from"):
        codes.held[one.code].append(one)
    units = {one.unit_id for held in codes.held.values() for one in held}
    versions = UnitVersion.objects.filter(unit_id__in=units).order_by("valid_from")
    rows = versions.values_list("unit_id", "name", "valid_from", "valid_to")
    for unit, name, start, end in rows:
        codes.names[unit].append((name, start, end))
    return codes


def _find_units(lines: Sequence[_Line], within: QuerySet[Any, Any] | None) -> None:
    """The unit that carried each code on its day, or why there is none. Three queries."""
    codes = _read_codes(lines)
    reached = set(codes.names)
    if within is not None:
        kept = Unit.objects.filter(Q(pk__in=within), pk__in=list(codes.names))
        reached = set(kept.values_list("pk", flat=True))
    for line in lines:
        if not line.code or line.counted_on is None:
            continue
        unit = codes.holder(line.code, line.counted_on)
        if unit is None:
            line.refuse("code", codes.absent(line.code, line.counted_on))
            continue
        name = codes.name(unit, line.counted_on)
        if unit not in reached:
            line.refuse("code", f"{name} ngoài phạm vi đồng chí được sửa sổ đơn vị.")
        elif line.name and not fold(name).endswith(fold(line.name)):
            line.refuse("name", f"Mã {line.code} ngày {format_date(line.counted_on)} là {name}, không phải “{line.name}”. Đồng chí vui lòng xem lại mã và tên.")  # fmt: skip
        else:
            line.unit_id = unit


def _padded(code: str) -> list[str]:
    """The codes that this one may have been before a spreadsheet took its zeros away."""
    return [code.zfill(length) for length in LENGTHS if length > len(code)] if code else []


def _refuse_doubles(lines: Collection[_Line]) -> None:
    first: dict[tuple[int, date], _Line] = {}
    for line in lines:
        if line.unit_id is None or line.counted_on is None:
            continue
        before = first.setdefault((line.unit_id, line.counted_on), line)
        if before is not line:
            line.refuse("code", f"Mã {line.code} đã có ở dòng {before.number} cùng ngày. Đồng chí vui lòng chỉ để lại một dòng.")  # fmt: skip
