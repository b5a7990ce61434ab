"""The periods of DHIS2 as they are written in its files, and the months that they cover.

After the manual of DHIS2 ("Date and period format"): 202607, 2026-07, 202604B, 2026Q3, 2026S1, 2026AprilS1, 2026,
2026April, 2026Sep; weeks and days are known by their form, so that they can be refused by their name.
"""

import re
from dataclasses import dataclass
from datetime import date

from danvan.foundation.periods import Every, Period

_NAMES = {
    "april": 4, "july": 7, "sep": 9, "oct": 10, "nov": 11,
    "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8,
}  # fmt: skip
_MONTH = re.compile(r"(\d{4})-?(0[1-9]|1[0-2])\Z")
_TWO_MONTHS = re.compile(r"(\d{4})(0[1-6])B\Z")
_QUARTER = re.compile(r"(\d{4})(Nov)?Q([1-4])\Z")
_HALF = re.compile(r"(\d{4})(April|Nov)?S([12])\Z")
_YEAR = re.compile(r"(\d{4})(April|July|Sep|Oct|Nov|Feb|Mar|Apr|May|Jun|Jul|Aug)?\Z")
_WEEK = re.compile(r"\d{4}(?:Wed|Thu|Fri|Sat|Sun|Mon|Tue|Bi)?W\d{1,2}\Z")
_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}\Z")


@dataclass(frozen=True, slots=True)
class Given:
    """A period as a file gives it: how it was written, and the months it covers, in order."""

    written: str
    months: tuple[Period, ...]

    @property
    def words(self) -> str:
        """As people say it: tháng 7/2026; từ tháng 1/2026 đến tháng 12/2026."""
        if len(self.months) == 1:
            return self.months[0].label
        return f"từ {self.months[0].label} đến {self.months[-1].label}"


def read_period(written: str) -> Given:
    """The months of a period. ValueError with a whole sentence where our months cannot hold it.

    A week or a day is refused: what a week across the end of a month gave to either month is not known.
    """
    text = written.strip()
    if found := _MONTH.match(text):
        return _months(text, int(found[1]), int(found[2]), 1)
    if found := _TWO_MONTHS.match(text):
        return _months(text, int(found[1]), 2 * int(found[2]) - 1, 2)
    if found := _QUARTER.match(text):
        # what begins in November is named after the year in which most of it lies
        start = 11 if found[2] else 1
        return _months(text, int(found[1]) - bool(found[2]), start + 3 * int(found[3]) - 3, 3)
    if found := _HALF.match(text):
        start = {None: 1, "April": 4, "Nov": 11}[found[2]]
        year = int(found[1]) - (found[2] == "Nov")
        return _months(text, year, start + 6 * int(found[3]) - 6, 6)
    if found := _YEAR.match(text):
        start = _NAMES[found[2].lower()] if found[2] else 1
        return _months(text, int(found[1]) - (start == _NAMES["nov"]), start, 12)
    if _WEEK.match(text):
        raise ValueError(
            f"Kỳ “{text}” là tuần: không chia được cho tháng nên không nhận. Đồng chí vui lòng xuất theo tháng."
        )
    if _DAY.match(text):
        raise ValueError(
            f"Kỳ “{text}” là một ngày: phần mềm giữ số liệu theo tháng. Đồng chí vui lòng xuất theo tháng."
        )
    raise ValueError(
        f"Không đọc được kỳ “{text}”. Đồng chí vui lòng viết như 202607, 2026Q3, 2026S1 hoặc 2026."
    )


def _months(written: str, year: int, month: int, count: int) -> Given:
    if not 1900 <= year <= 2200:
        raise ValueError(f"Kỳ “{written}” có năm không đọc được. Đồng chí vui lòng kiểm tra lại.")
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    found = [Period.starting(first, Every.MONTH)]
    while len(found) < count:
        found.append(Period.starting(found[-1].end, Every.MONTH))
    return Given(written, tuple(found))


def written_month(first: date) -> str:
    """A month as DHIS2 writes it: 202607."""
    return f"{first:%Y%m}"
