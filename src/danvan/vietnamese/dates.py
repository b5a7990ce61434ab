"""Days as they are written here: dd/mm/yyyy."""

import re
from calendar import monthrange
from datetime import date

from danvan.vietnamese.text import canonical

_WRITTEN = re.compile(r"([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SPOKEN = re.compile(
    r"(?:ngày\s+)?([0-9]{1,2})\s+tháng\s+([0-9]{1,2})\s+năm\s+([0-9]{4})", re.IGNORECASE
)
_SHORT_YEAR = re.compile(r"([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*[0-9]{1,3}")
_HOW = "Đồng chí vui lòng viết ngày/tháng/năm, ví dụ 05/03/2026."


def format_date(day: date) -> str:
    """Write a day as 05/03/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def parse_date(text: str) -> date:
    """Read `5/3/2026`, `05-03-2026`, `5.3.2026`, `ngày 5 tháng 3 năm 2026` or `2026-03-05`.

    ValueError with a whole sentence on anything else, also on a day that the calendar does not have.
    """
    written = canonical(text).strip()
    if not written:
        raise ValueError(f"Thiếu ngày. {_HOW}")
    if found := _WRITTEN.fullmatch(written):
        return _day(written, int(found[4]), int(found[3]), int(found[1]))
    if found := _SPOKEN.fullmatch(written):
        return _day(written, int(found[3]), int(found[2]), int(found[1]))
    if found := _ISO.fullmatch(written):
        return _day(written, int(found[1]), int(found[2]), int(found[3]))
    if _SHORT_YEAR.fullmatch(written):
        raise ValueError(f"Năm trong “{written}” phải đủ bốn chữ số. {_HOW}")
    raise ValueError(f"“{written}” không phải là một ngày. {_HOW}")


def _day(written: str, year: int, month: int, day: int) -> date:
    if year == 0:
        raise ValueError(f"Không có năm 0000 trong “{written}”. {_HOW}")
    if not 1 <= month <= 12:
        if 1 <= day <= 12 < month <= 31:
            raise ValueError(
                f"“{written}” viết tháng trước ngày. Đồng chí vui lòng viết ngày trước tháng."
            )
        raise ValueError(f"“{written}” không có tháng {month}; một năm có 12 tháng. {_HOW}")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(
            f"Tháng {month}/{year} chỉ có {last} ngày nên không có “{written}”. {_HOW}"
        )
    return date(year, month, day)
