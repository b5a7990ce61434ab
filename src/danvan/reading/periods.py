"""Periods as they are worded: năm 2026, quý III/2026, 6 tháng đầu năm, giai đoạn 2021-2025, từ năm 2010 đến nay."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

from danvan.reading.dates import day_of
from danvan.reading.proposals import Period
from danvan.reading.words import beginnings_of, letter_first

_YEAR = r"((?:19|20)\d{2})"
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
}
_POINT = rf"(?:ngày )?(?:(\d{{1,2}}) ?[/.-] ?)?(?:(?:tháng )?(\d{{1,2}}) ?[/.-] ?)?(?:năm )?{_YEAR}"
_TO = r" ?(?:-|đến|tới) ?"

# Tried in this order at each place; the first that fits wins.
RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("half", re.compile(rf"(?<!\w)(?:0?6|sáu) tháng (đầu|cuối) (?:của )?năm(?: {_YEAR})?")),
    ("months", re.compile(rf"(?<!\w)0?(\d{{1,2}}) tháng đầu năm(?: {_YEAR})?")),
    (
        "quarter",
        re.compile(
            rf"(?<!\w)quý (iv|iii|ii|i|[1-4]|một|hai|ba|tư)(?:(?: ?/ ?| năm |, năm | ){_YEAR})?(?!\w)"
        ),
    ),
    ("open", re.compile(rf"(?<!\w)(?:từ|kể từ) (?:ngày |đầu |khi )?{_POINT} (?:đến|tới) nay")),
    ("range", re.compile(rf"(?<!\w)(?:từ|kể từ) {_POINT}{_TO}(?:hết )?{_POINT}(?![\w/])")),
    (
        "term",
        re.compile(
            rf"(?<!\w)(?:giai đoạn|nhiệm kỳ|thời kỳ|các năm|những năm|hai năm|hằng năm,?) {_YEAR}{_TO}{_YEAR}( và những năm tiếp theo)?"
        ),
    ),
    ("years", re.compile(rf"(?<![\w/.,-]){_YEAR} ?- ?{_YEAR}(?![\w/-])")),
    ("month", re.compile(rf"(?<!\w)tháng (\d{{1,2}})(?: ?[/.-] ?| năm |, năm ){_YEAR}(?![\w/])")),
    (
        "until",
        re.compile(rf"(?<!\w)(?:đến|tính đến|tới)(?: (?:hết|cuối|nay,?))? {_POINT}(?![\w/])"),
    ),
    ("year", re.compile(rf"(?<!\w)(?:cả |trong |hết |cuối |đầu )?năm {_YEAR}(?!\w|/)")),
    (
        "since",
        re.compile(
            r"(?<!\w)(?:từ đầu (?:năm|nhiệm kỳ)(?: đến nay)?|đến nay|hiện nay|cả năm|trong năm qua)(?!\w)"
        ),
    ),
)
_ANY = re.compile(
    letter_first(
        [
            *(rf"{digit}\d?(?= |-)" for digit in "0123456789"),
            *(
                r"19\d{2}",
                r"20\d{2}",
                "sáu",
                "quý",
                "từ",
                "kể từ",
                "giai đoạn",
                "nhiệm kỳ",
                "thời kỳ",
                "các năm",
            ),
            *(
                "những năm",
                "hai năm",
                "hằng năm,?",
                "tháng",
                "đến",
                "tính đến",
                "tới",
                "cả",
                "trong",
                "hết",
                "cuối",
            ),
            *("đầu", "năm", "hiện"),
        ]
    )
    + "(?= |-)"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period at a span of the view."""

    start: int
    end: int
    first: date | None
    last: date | None
    rule: str


def find_periods(low: str, year: int | None = None) -> list[Stretch]:
    """Every period of the lower-case text, in order; `year` fills in for "6 tháng đầu năm" alone."""
    found: list[Stretch] = []
    at = 0
    while place := _ANY.search(low, at):
        at = place.end()
        for rule, pattern in _rules_for(low[place.start()]):
            match = pattern.match(low, place.start())
            bounds = match and _bounds(rule, match, year)
            if match and bounds:
                found.append(Stretch(match.start(), match.end(), *bounds, rule))
                at = max(at, match.end())
                break
    return found


@cache
def _rules_for(letter: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rules that may fit where this letter stands, in their order."""
    begun = [(rule, pattern, beginnings_of(pattern.pattern)) for rule, pattern in RULES]
    return tuple(
        (rule, pattern)
        for rule, pattern, beginnings in begun
        if beginnings is None or any(letters[0] == letter for letters, _ in beginnings)
    )


def as_period(stretch: Stretch, words: str) -> Period:
    """The stretch as it is handed out, with the words that stand in the text."""
    return Period(" ".join(words.split()), stretch.first, stretch.last)


def _bounds(
    rule: str, match: re.Match[str], year: int | None
) -> tuple[date | None, date | None] | None:
    if rule == "since":
        return None, None
    if rule in {"half", "months", "quarter"}:
        return _part(rule, match, int(match[2]) if match[2] else year)
    if rule == "month":
        return _month(int(match[2]), int(match[1]))
    if rule == "year":
        return _year(int(match[1])), date(int(match[1]), 12, 31)
    if rule == "until":
        last = _point(match[1], match[2], int(match[3]))
        return (None, last[1]) if last else None
    if rule == "open":
        first = _point(match[1], match[2], int(match[3]))
        return (first[0], None) if first else None
    if rule == "range":
        begun = _point(match[1], match[2], int(match[3]))
        ended = _point(match[4], match[5], int(match[6]))
        return (begun[0], ended[1]) if begun and ended and begun[0] <= ended[1] else None
    begin, end = int(match[1]), int(match[2])
    if begin > end:
        return None
    open_end = rule == "term" and match[3]
    return _year(begin), None if open_end else date(end, 12, 31)


def _year(year: int) -> date:
    return date(year, 1, 1)


def _part(
    rule: str, match: re.Match[str], year: int | None
) -> tuple[date | None, date | None] | None:
    if year is None:
        return None, None
    if rule == "quarter":
        quarter = _ROMAN[match[1]]
        return date(year, 3 * quarter - 2, 1), _month_end(year, 3 * quarter)
    if rule == "months":
        months = int(match[1])
        return (_year(year), _month_end(year, months)) if 1 <= months <= 12 else None
    return (
        (_year(year), date(year, 6, 30))
        if match[1] == "đầu"
        else (date(year, 7, 1), date(year, 12, 31))
    )


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _month(year: int, month: int) -> tuple[date, date] | None:
    return (date(year, month, 1), _month_end(year, month)) if 1 <= month <= 12 else None


def _point(day: str | None, month: str | None, year: int) -> tuple[date, date] | None:
    """First and last day of what is written as d/m/y, m/y or y."""
    if day and month:
        exact = day_of(year, int(month), int(day))
        return (exact, exact) if exact else None
    if month or day:
        return _month(year, int(month or day or 0))
    return _year(year), date(year, 12, 31)
