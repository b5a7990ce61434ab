"""Deadlines of many events by one row of the law, without the words of each: for lists and tables."""

from collections.abc import Collection
from datetime import date

from danvan.law.enums import DURATIONS
from danvan.law.selectors.reads import calendar_on, current_parameters
from danvan.law.terms import due


def last_days(key: str, starts: Collection[date]) -> dict[date, date]:
    """The last day to act for each event by the row in force on its day; an event without one is left out.

    As many queries for a thousand days as for one, and one more a year of the calendar.
    """
    rows = [
        one
        for one in current_parameters().filter(key=key)
        if one.denominator == 1 and one.unit in DURATIONS
    ]
    calendar, found = calendar_on(), {}
    for start in set(starts):
        for row in rows:
            if row.valid_from <= start and (row.valid_to is None or start < row.valid_to):
                counted, back = DURATIONS[row.unit]
                found[start] = due(start, row.numerator, counted, calendar.works, back=back)
    return found
