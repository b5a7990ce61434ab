"""Deadlines against a brute-force counter and the library, on days anyone may think of."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.law.enums import DURATIONS, Measure
from danvan.law.terms import add_months, due

LIBRARY = holidays.country_holidays("VN", language="vi", years=range(2018, 2032))
DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))
NUMBERS = st.integers(0, 120)
COUNTED = st.sampled_from([Measure.DAYS, Measure.WORKING_DAYS])
ANY_COUNTED = st.sampled_from([Measure.DAYS, Measure.WORKING_DAYS, Measure.MONTHS, Measure.YEARS])
FEW = st.integers(0, 3)
ONE = timedelta(days=1)
# Weeks with days turned over at random: what an administrator may make of a calendar.
TURNED = st.sets(DAYS, max_size=30)


def library(day):
    return LIBRARY.is_working_day(day)


def turned_over(turned):
    return lambda day: (day.weekday() < 5) != (day in turned)


def by_hand(start, n, counted, working, *, back):
    """Walks day by day, the slow way, with no shortcut to share a mistake with."""
    step, day, left = (-ONE if back else ONE), start, n
    while left:
        day += step
        if counted == Measure.DAYS or working(day):
            left -= 1
    while not working(day):
        day += step
    return day


@given(DAYS, NUMBERS, COUNTED, st.booleans(), TURNED)
def test_a_term_ends_where_counting_by_hand_ends(start, n, counted, back, turned):
    working = turned_over(turned)
    assert due(start, n, counted, working, back=back) == by_hand(
        start, n, counted, working, back=back
    )


@given(DAYS, FEW, ANY_COUNTED, TURNED)
def test_a_term_ends_on_a_working_day_and_never_early(start, n, counted, turned):
    working = turned_over(turned)
    last = due(start, n, counted, working)
    assert working(last)
    months = {Measure.MONTHS: n, Measure.YEARS: 12 * n}
    least = add_months(start, months[counted]) if counted in months else start + n * ONE
    assert last >= least


@given(DAYS, NUMBERS, COUNTED, TURNED)
def test_a_term_before_an_event_ends_on_a_working_day_and_never_late(event, n, counted, turned):
    working = turned_over(turned)
    last = due(event, n, counted, working, back=True)
    assert working(last)
    assert last <= event - n * ONE


@given(DAYS, NUMBERS, ANY_COUNTED, TURNED)
def test_a_longer_term_never_ends_earlier(start, n, counted, turned):
    working, n = turned_over(turned), n % 24
    assert due(start, n, counted, working) <= due(start, n + 1, counted, working)


@given(DAYS, DAYS, NUMBERS, ANY_COUNTED, TURNED)
def test_a_later_start_never_ends_a_term_earlier(one, other, n, counted, turned):
    working, n = turned_over(turned), n % 24
    first, second = sorted((one, other))
    assert due(first, n, counted, working) <= due(second, n, counted, working)


@given(DAYS, st.integers(1, 120))
def test_working_days_agree_with_the_library(start, n):
    assert due(start, n, Measure.WORKING_DAYS, library) == LIBRARY.get_nth_working_day(start, n)


@given(DAYS, st.integers(1, 120))
def test_there_are_n_working_days_up_to_the_last(start, n):
    last = due(start, n, Measure.WORKING_DAYS, library)
    assert sum(library(start + k * ONE) for k in range(1, (last - start).days + 1)) == n


@given(DAYS, st.integers(0, 60))
def test_a_term_back_and_forth_meets_again(event, n):
    last = due(event, n, Measure.WORKING_DAYS, library, back=True)
    if n and library(event):
        assert due(last, n, Measure.WORKING_DAYS, library) == event


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 600))
def test_months_keep_the_date_or_take_the_last_of_a_shorter_month(start, n):
    found = add_months(start, n)
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == n
    assert found.day == start.day or (found.day < start.day and (found + ONE).day == 1)


@pytest.mark.parametrize(("unit", "rule"), DURATIONS.items())
def test_every_duration_counts_something_that_is_counted(unit, rule):
    counted, back = rule
    assert counted in {Measure.DAYS, Measure.WORKING_DAYS, Measure.MONTHS, Measure.YEARS}
    assert back is unit.endswith("before")
