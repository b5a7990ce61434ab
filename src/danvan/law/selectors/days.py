"""What a correction of one day of the calendar would be refused for."""

from collections.abc import Iterator
from datetime import date

from danvan.foundation.errors import Fault
from danvan.law.models import CalendarDay
from danvan.law.selectors.reads import is_covered, is_working
from danvan.vietnamese.dates import format_date


def day_faults(day: date, *, working: bool, reason: str, citation: str) -> Iterator[Fault]:
    """Everything that is wrong with saying this of a day, field by field."""
    held = CalendarDay.objects.filter(day=day, replaced_in=None).first()
    for name, text, longest in (("reason", reason, 120), ("citation", citation, 200)):
        if not text:
            what = "lý do" if name == "reason" else "văn bản làm căn cứ"
            yield Fault(f"Đồng chí vui lòng ghi {what}.", column=name)
        elif len(text) > longest:
            yield Fault(f"Đồng chí vui lòng ghi ngắn lại, không quá {longest} ký tự.", column=name)
    if not is_covered(day.year):
        yield Fault(
            f"Lịch năm {day.year} chưa được nạp. Đồng chí vui lòng đề nghị người vận hành chạy lệnh"
            f" danvan law load --years {day.year}.",
            column="day",
        )
    elif is_working(day) == working and (held is None or not held.estimated):
        state = "ngày làm việc" if working else "ngày nghỉ"
        yield Fault(
            f"Ngày {format_date(day)} đã là {state} trong lịch. Đồng chí vui lòng kiểm tra lại"
            " ngày.",
            column="day",
        )
