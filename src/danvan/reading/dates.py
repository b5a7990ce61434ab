"""Days and years as they stand in running text."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

# A digit comes first, what may not stand before it behind it: `re` skips to the next digit then.
_FULL = re.compile(
    r"(\d(?<![\w/.,-]\d)\d?)(?: ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{4})|\s{1,2}tháng\s{1,2}(\d{1,2}),?(?:\s{1,2}năm)?\s{1,2}(\d{4}))"
    r"(?![\w/]|[.,-]\d)"
)
_MONTH = re.compile(
    r"(?=\d)(?<![\w/.,-])(?:(?<=tháng )(\d{1,2})(?: ?[/.-] ?| năm |, )|(\d{1,2})/)(\d{4})(?![\w/]|[.,]\d)"
)
_DAY_MONTH = re.compile(r"(?<![\w.,/])(\d{1,2}) ?[/-] ?(\d{1,2})(?![\w/%]|[.,-]\d| ?(?:\d|%))")
_YEAR = re.compile(
    r"(1(?<![\w/.,]1)[89]\d{2}|2(?<![\w/.,]2)0\d{2}|2(?<![\w/.,]2)100)(?![\w/]|[.,]\d)"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day (or a month or a year, where `exact` is not "day") at a span of the view."""

    start: int
    end: int
    first: date
    last: date
    exact: str


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def find_days(low: str) -> list[Day]:
    """Every full day, month and year of the lower-case text, in order; parts of a day are not repeated."""
    found: list[Day] = []
    taken: list[tuple[int, int]] = []
    for match in _FULL.finditer(low):
        month, year = match[3] or match[5], match[4] or match[6]
        day = day_of(int(year), int(month), int(match[1]))
        taken.append(match.span())
        if day:
            found.append(Day(*match.span(), day, day, "day"))
    rest = blank(low, taken)
    taken = []
    for match in _MONTH.finditer(rest):
        month, year = int(match[1] or match[2]), int(match[3])
        first = day_of(year, month, 1)
        if first:
            taken.append(match.span())
            last = first.replace(day=monthrange(year, month)[1])
            found.append(Day(*match.span(), first, last, "month"))
    rest = blank(rest, taken)
    for match in _YEAR.finditer(rest):
        year = int(match[1])
        found.append(Day(*match.span(), date(year, 1, 1), date(year, 12, 31), "year"))
    return sorted(found, key=lambda day: day.start)


def looks_like_day_and_month(low: str, start: int, end: int) -> bool:
    """Whether `7/8` between these offsets may be the seventh of August."""
    match = _DAY_MONTH.match(low, start)
    if not match or match.end() < end:
        return False
    return 1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with these spans hidden under an unused character; offsets stay."""
    if not spans:
        return text
    parts: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        start = max(start, at)
        parts.append(text[at:start])
        parts.append("\x1f" * (end - start))
        at = end
    parts.append(text[at:])
    return "".join(parts)
