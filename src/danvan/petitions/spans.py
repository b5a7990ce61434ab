"""Which days a period of the statistics holds: calendar months, or months that close on the day the reports close."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from danvan.foundation.periods import Every, Period
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

NINE = "9T"  # in a code: the first nine months of a year
YEARS = 3  # how many years back the pages offer


@dataclass(frozen=True, slots=True)
class Span:
    """A period of the statistics: its code, what it is called, its days; `closes` is the day of the month, 0 the last."""

    code: str
    label: str
    period: Period
    closes: int = 0

    @property
    def words(self) -> str:
        """From which day to which it is counted, as the page says it."""
        days = (
            f"từ ngày {format_date(self.period.first)} đến hết ngày {format_date(self.period.last)}"
        )
        if not self.closes:
            return f"{self.label}, {days}"
        return f"{self.label}, {days} (chốt số liệu ngày {format_number(self.closes)} của tháng cuối kỳ)"


def span_of(code: str, *, closes: int = 0) -> Span:
    """The span of a code: 2026, 2026-9T, 2026-H1, 2026-Q3, 2026-07. ValueError on anything else."""
    year, _, part = code.strip().partition("-")
    if part == NINE:
        whole = Period.parse(year)
        period = Period(whole.first, date(whole.first.year, 10, 1), Every.QUARTER)
        label = f"9 tháng đầu năm {whole.first.year}"
    else:
        period = Period.parse(code)
        label = period.label
    if closes:
        period = Period(_closed(period.first, closes), _closed(period.end, closes), period.every)
    return Span(code.strip(), label, period, closes)


def closing_day() -> int:
    """On which day of the last month the reports of this house close; 0: on its last."""
    return int(settings.DANVAN_PETITION_CLOSING_DAY)


def codes_of(year: int) -> list[tuple[str, str]]:
    """Every span of a year with its label, the longest first."""
    months = [f"{year}-{number:02}" for number in range(1, 13)]
    quarters = [f"{year}-Q{number}" for number in range(1, 5)]
    codes = [f"{year}", f"{year}-{NINE}", f"{year}-H1", f"{year}-H2", *quarters, *months]
    return [(code, span_of(code).label) for code in codes]


def _closed(first: date, closes: int) -> date:
    """The day after the closing day of the month before the one that begins on `first`."""
    month = first - timedelta(days=1)
    return month.replace(day=min(closes, month.day)) + timedelta(days=1)
