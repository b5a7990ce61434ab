"""The rule of standings, at its edges."""

from datetime import date

import pytest

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Comparator, Standing
from danvan.indicators.standing import asked_parts, judge

YEAR = Period.parse("2026")
SINCE = date(2021, 11, 19)


@pytest.mark.parametrize(
    ("day", "met", "standing"),
    [
        (date(2026, 1, 1), 0, Standing.WATCHED),
        (date(2026, 3, 1), 10, Standing.WATCHED),  # 10 % done, 16 % of the time
        (date(2026, 3, 1), 20, Standing.ON_COURSE),
        (date(2026, 7, 1), 30, Standing.WATCHED),  # the day before half the time has gone
        (date(2026, 7, 2), 30, Standing.AT_RISK),  # the third quarter warns
        (date(2026, 7, 2), 60, Standing.WATCHED),
        (date(2026, 7, 2), 95, Standing.ON_COURSE),
        (date(2026, 10, 31), 54, Standing.AT_RISK),
        (date(2026, 10, 31), 91, Standing.WATCHED),
        (date(2026, 10, 31), 97, Standing.ON_COURSE),
        (date(2026, 12, 30), 97, Standing.AT_RISK),
        (date(2026, 12, 31), 99, Standing.AT_RISK),
        (date(2026, 12, 31), 100, Standing.REACHED),
        (date(2026, 2, 1), 100, Standing.REACHED),
    ],
)
def test_a_yearly_target_of_all_units(day, met, standing):
    asked = asked_parts(YEAR, Every.YEAR, SINCE, None, day=day)
    assert judge(met, 100, (1, 1), Comparator.AT_LEAST, asked) == standing


@pytest.mark.parametrize(
    ("day", "met", "standing"),
    [
        (date(2026, 1, 10), 0, Standing.WATCHED),  # no month is over: the running one is read
        (date(2026, 1, 20), 10, Standing.AT_RISK),
        (date(2026, 1, 20), 100, Standing.ON_COURSE),
        (date(2026, 2, 1), 99, Standing.AT_RISK),  # January does not come back
        (date(2026, 2, 1), 100, Standing.ON_COURSE),
        (date(2026, 12, 31), 100, Standing.REACHED),
        (date(2025, 12, 31), 100, Standing.NOT_ASSESSABLE),
    ],
)
def test_a_monthly_target_read_over_a_year(day, met, standing):
    asked = asked_parts(YEAR, Every.MONTH, SINCE, None, day=day)
    assert judge(met, 100, (1, 1), Comparator.AT_LEAST, asked) == standing


def test_nobody_to_count_is_not_assessable():
    asked = asked_parts(YEAR, Every.YEAR, SINCE, None, day=date(2026, 5, 5))
    assert judge(0, 0, (1, 1), Comparator.AT_LEAST, asked) == Standing.NOT_ASSESSABLE


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "codes"),
    [
        (date(2026, 1, 1), None, [f"2026-{month:02}" for month in range(1, 13)]),
        (date(2026, 3, 31), None, [f"2026-{month:02}" for month in range(3, 13)]),
        (date(2026, 4, 1), date(2026, 6, 30), ["2026-04", "2026-05"]),
        (date(2026, 4, 1), date(2026, 7, 1), ["2026-04", "2026-05", "2026-06"]),
        (date(2027, 1, 1), None, []),
    ],
)
def test_a_part_is_asked_for_when_the_target_is_in_force_on_its_last_day(
    valid_from, valid_to, codes
):
    asked = asked_parts(YEAR, Every.MONTH, valid_from, valid_to, day=date(2027, 5, 1))
    assert [part.code for part in asked.parts] == codes
    assert (asked.counted, asked.ended) == (asked.parts, bool(codes))
