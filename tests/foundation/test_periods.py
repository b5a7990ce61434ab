from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.foundation.periods import Every, Period


@pytest.mark.parametrize(
    ("code", "first", "last", "label"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026"),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31), "6 tháng cuối năm 2026"),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "quý I/2026"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "quý IV/2026"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "tháng 2/2028"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "tháng 12/2026"),
    ],
)
def test_a_period_is_read_and_written_by_its_code(code, first, last, label):
    period = Period.parse(f" {code} ")
    assert (period.first, period.last, period.label) == (first, last, label)
    assert (period.code, str(period)) == (code, label)


@pytest.mark.parametrize(
    "code", ["", "26", "2026-Q5", "2026-H3", "2026-13", "2026-00", "1500", "x"]
)
def test_what_is_no_period_is_told(code):
    with pytest.raises(ValueError, match="không"):
        Period.parse(code)


def test_a_period_has_smaller_ones_inside():
    year = Period.parse("2026")
    assert [part.code for part in year.parts(Every.QUARTER)] == [f"2026-Q{n}" for n in range(1, 5)]
    assert len(year.parts(Every.MONTH)) == 12
    assert Period.parse("2026-Q1").parts(Every.YEAR) == [Period.parse("2026-Q1")]


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from(Every))
def test_every_day_is_in_exactly_one_period_of_a_kind(day, every):
    period = Period.containing(day, every)
    assert day in period
    assert Period.parse(period.code) == period
    assert period.first - timedelta(days=1) not in period
    assert period.end not in period


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from(Every))
def test_a_period_so_far_ends_with_the_day_and_never_beyond_itself(day, every):
    period = Period.containing(day, every)
    assert (period.until(day).first, period.until(day).last) == (period.first, day)
    assert period.until(period.end) == period.until(period.last) == period


def test_the_parts_of_a_period_span_it():
    year = Period.parse("2026")
    quarters = year.parts(Every.QUARTER)
    spanned = Period.spanning(quarters)
    assert (spanned.first, spanned.end, spanned.every) == (year.first, year.end, Every.QUARTER)
