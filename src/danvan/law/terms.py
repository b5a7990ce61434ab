"""Counting terms of the law on a calendar: plain functions over "is this day worked?".

Bộ luật Dân sự 2015 Điều 147, 148: the day of the event is not counted; a term that ends on a day off
ends with the next working day, at 24:00. A term in months or years ends on the same date, or on the last
day of a month that has no such date (Điều 146 to 148).
"""

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from danvan.law.enums import Measure

Working = Callable[[date], bool]
DAY = timedelta(days=1)


def next_working(day: date, working: Working, *, back: bool = False) -> date:
    """`day` itself where it is worked, else the nearest worked one after it (before it, going `back`)."""
    while not working(day):
        day = day - DAY if back else day + DAY
    return day


def count_working(start: date, n: int, working: Working, *, back: bool = False) -> date:
    """The `n`-th working day after `start` (before it, going `back`); for none, `start` or the nearest."""
    if n == 0:
        return next_working(start, working, back=back)
    day = start
    for _ in range(n):
        day = next_working(day - DAY if back else day + DAY, working, back=back)
    return day


def add_months(start: date, n: int) -> date:
    """The same date `n` months later, or the last day of a month that has no such date."""
    months = start.year * 12 + start.month - 1 + n
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def nominal(start: date, n: int, counted: str, *, back: bool = False) -> date:
    """Where a term of days, months or years ends before days off are looked at."""
    if counted == Measure.DAYS:
        return start - n * DAY if back else start + n * DAY
    return add_months(start, n if counted == Measure.MONTHS else 12 * n)


def due(start: date, n: int, counted: str, working: Working, *, back: bool = False) -> date:
    """The last day to act: of `n` days, working days, months or years after `start`, or before it (`back`).

    Going forward it moves off a day off to the next working day; going back, where an act must come at
    least so long before an event, to the working day before.
    """
    if counted == Measure.WORKING_DAYS:
        return count_working(start, n, working, back=back)
    return next_working(nominal(start, n, counted, back=back), working, back=back)
