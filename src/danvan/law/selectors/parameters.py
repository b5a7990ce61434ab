"""What a new or corrected row of the law would be refused for, and which clocks it would move."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from danvan.foundation.clock import today
from danvan.foundation.errors import Fault
from danvan.law.clock_events import ChangeKind
from danvan.law.clock_rows import result_of
from danvan.law.clockwork import append
from danvan.law.courses import Term
from danvan.law.enums import DURATIONS, Confidence, Measure
from danvan.law.models import ClockHeld, LegalParameter
from danvan.law.parameter_file import LONGEST, ParameterRow
from danvan.law.selectors.clocks import Foreseen, clocks_by_law, folded, named
from danvan.law.selectors.reads import calendar_on, current_parameters
from danvan.vietnamese.dates import format_date

MOST = 1_000_000
LATEST = 1_000  # of a warning: a number further off is a slip of the keyboard
KEYS = {"clock.": "Khóa này là mốc nhắc hạn của hệ thống: giữ nguyên đơn vị tính"}


@dataclass(frozen=True, slots=True)
class Replacing:
    """What a row would take the place of: the row it corrects, and the one that would end where it begins."""

    corrected: LegalParameter | None
    ends: LegalParameter | None


def place_of(row: ParameterRow, *, end_former: bool) -> Replacing:
    """The row of the same key and first day, and the one in force until then where it may be ended."""
    rows = list(current_parameters().filter(key=row.key).order_by("valid_from"))
    same = next((one for one in rows if one.valid_from == row.valid_from), None)
    former = [one for one in rows if one.valid_from < row.valid_from]
    last = former[-1] if former else None
    reaches = last is not None and (last.valid_to is None or last.valid_to > row.valid_from)
    return Replacing(same, last if end_former and reaches and same is None else None)


def faults_of(row: ParameterRow, *, end_former: bool) -> list[Fault]:
    """Everything that a row would be refused for, as the table stands."""
    return list(row_faults(row, place_of(row, end_former=end_former)))


def row_faults(row: ParameterRow, place: Replacing) -> Iterator[Fault]:
    """Everything that is wrong with a row that an administrator writes, field by field."""
    for name, what in (("title", "nội dung"), ("citation", "văn bản làm căn cứ")):
        if not getattr(row, name):
            yield Fault(f"Đồng chí vui lòng ghi {what}.", column=name)
    for name, longest in LONGEST.items():
        if len(getattr(row, name)) > longest:
            yield Fault(f"Đồng chí vui lòng ghi ngắn lại, không quá {longest} ký tự.", column=name)
    if not 0 <= row.numerator <= MOST:
        yield Fault(f"Đồng chí vui lòng ghi số từ 0 đến {MOST}.", column="numerator")
    if not 1 <= row.denominator <= MOST:
        yield Fault(f"Đồng chí vui lòng ghi mẫu số từ 1 đến {MOST}.", column="denominator")
    if row.unit not in Measure.values:
        yield Fault("Đồng chí vui lòng chọn một đơn vị tính trong danh sách.", column="unit")
    if row.confidence not in Confidence.values:
        yield Fault("Đồng chí vui lòng chọn mức chắc chắn trong danh sách.", column="confidence")
    if row.valid_to is not None and row.valid_to <= row.valid_from:
        yield Fault("Ngày hết hiệu lực phải sau ngày có hiệu lực.", column="valid_to")
    yield from _unit_faults(row)
    yield from _overlaps(row, place)


def _unit_faults(row: ParameterRow) -> Iterator[Fault]:
    known = current_parameters().filter(key=row.key).values_list("unit", flat=True)
    for start, sentence in KEYS.items():
        if row.key.startswith(start) and row.unit not in known:
            yield Fault(f"{sentence}.", column="unit")
        elif row.key.startswith(start) and not 1 <= row.numerator <= LATEST:
            yield Fault(f"Mốc nhắc hạn phải từ 1 đến {LATEST}.", column="numerator")


def _overlaps(row: ParameterRow, place: Replacing) -> Iterator[Fault]:
    """Another row of the same key that holds on a day of this one; `scope` is a remark and parts nothing."""
    for other in current_parameters().filter(key=row.key).order_by("valid_from"):
        if place.corrected and other.pk == place.corrected.pk:
            continue
        end = row.valid_from if place.ends and other.pk == place.ends.pk else other.valid_to
        begins_before_end = row.valid_to is None or other.valid_from < row.valid_to
        if begins_before_end and (end is None or end > row.valid_from):
            until = f" đến trước {format_date(end)}" if end else ""
            yield Fault(
                f"Khoảng hiệu lực chồng lên dòng từ {format_date(other.valid_from)}{until} của cùng khóa"
                f" {row.key}. Đồng chí vui lòng sửa ngày, hoặc cho dòng đang có hiệu lực kết thúc khi dòng"
                " mới bắt đầu.",
                column="valid_from",
            )


def foresee_parameter(row: ParameterRow) -> list[Foreseen]:
    """Which open clocks the row would move: those of its key whose event falls into its period.

    A clock of an earlier event keeps the row it was counted from, and so does one whose term was decided for
    its matter alone: extended, or of another kind since.
    """
    return named((held, result) for held, _, result in changes_by(row))


def changes_by(row: ParameterRow) -> list[tuple[ClockHeld, ChangeKind, dict[str, Any]]]:
    """Each such clock with the event that changes its term, and what it then comes to."""
    measure, back = DURATIONS.get(row.unit, ("", True))
    if back or row.denominator != 1 or row.numerator < 1 or not measure:
        return []
    working, term, found = calendar_on().works, Term(row.numerator, row.unit), []
    for held in clocks_by_law(row.key, row.valid_from, row.valid_to):
        clock, said = folded(held, working), held.parameter
        if said is None or clock.extensions or clock.term != Term(said.numerator, said.unit):
            continue  # decided for this matter alone
        on = max(today(), clock.last_on)
        event = ChangeKind(on, term, f"Thay tham số: {row.citation}"[:300], clock.bounds)
        result = result_of(append(clock, event, working), working)
        if result["due_on"] != held.due_on:
            found.append((held, event, result))
    return found
