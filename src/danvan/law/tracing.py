"""How a deadline was counted, in words that a reader can follow with a calendar in hand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from danvan.law.enums import Measure
from danvan.law.terms import nominal
from danvan.vietnamese.dates import format_date

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
LABELS = {
    Measure.DAYS: "ngày",
    Measure.WORKING_DAYS: "ngày làm việc",
    Measure.MONTHS: "tháng",
    Measure.YEARS: "năm",
}
# More days off than this are summed up: a trace is read, not scanned.
NAMED = 12


@dataclass(frozen=True, slots=True)
class DayRead:
    """One day as the calendar has it; without a `reason` it only follows the week."""

    day: date
    working: bool
    reason: str = ""
    estimated: bool = False

    @property
    def name(self) -> str:
        """Thứ Ba 24/11 (Ngày Văn hóa Việt Nam)."""
        name = f"{WEEKDAYS[self.day.weekday()]} {self.day:%d/%m}"
        return f"{name} ({self.reason})" if self.reason else name

    @property
    def weekend(self) -> bool:
        """Saturday or Sunday."""
        return self.day.weekday() >= 5


def trace(
    start: date, n: int, counted: str, last: date, read: Callable[[date], DayRead], *, back: bool
) -> str:
    """The whole sentence: the term, from when, which days were passed over, where it ends."""
    term = f"{n:02} {LABELS[Measure(counted)]} {'trước' if back else 'từ'} {format_date(start)}"
    if counted == Measure.WORKING_DAYS:
        step = timedelta(days=-1 if back else 1)
        first = start if n == 0 else start + step
        passed = _passed(read(first + k * step) for k in range(abs((last - first).days) + 1))
    else:
        passed = _moved(read(nominal(start, n, counted, back=back)), n, counted, back=back)
    end = f"{'chậm nhất' if back else 'hết'} ngày {format_date(last)}"
    return f"{term}: {passed} → {end}" if passed else f"{term} → {end}"


def _passed(days: Iterable[DayRead]) -> str:
    """The days off that were not counted, and weekend days that were."""
    found = list(days)
    off = [day for day in found if not day.working]
    worked = [day.name for day in found if day.working and day.weekend]
    parts = []
    if off:
        parts.append(f"nghỉ {_named(off)}")
    if worked:
        parts.append(f"tính cả {', '.join(worked)}")
    return "; ".join(parts)


def _named(off: list[DayRead]) -> str:
    if len(off) <= NAMED:
        return ", ".join(day.name for day in off)
    plain = [day for day in off if day.weekend and not day.reason]
    others = [day.name for day in off if day not in plain]
    return ", ".join([f"{len(plain)} ngày Thứ Bảy, Chủ nhật", *others])


def _moved(day: DayRead, n: int, counted: str, *, back: bool) -> str:
    """Why the last day is not the one counted to; nothing where it is."""
    if day.working:
        return "" if counted != Measure.DAYS else "tính cả ngày nghỉ"
    where = "ngày làm việc liền trước" if back else "ngày làm việc tiếp theo"
    reason = f" ({day.reason})" if day.reason else ""
    return (
        f"ngày cuối {WEEKDAYS[day.day.weekday()]} {format_date(day.day)}{reason} là ngày nghỉ, chuyển"
        f" sang {where}"
    )
