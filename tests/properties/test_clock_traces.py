"""What a deadline says in words is what it did."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.law.selectors import calendar_on, deadline
from danvan.law.services import load_calendar

NAMED = re.compile(r"(?:Thứ \w+|Chủ nhật) (\d\d)/(\d\d)")


@pytest.fixture
def loaded(db):
    return load_calendar()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(start=st.dates(date(2020, 1, 1), date(2026, 11, 1)), n=st.integers(1, 12))
def test_the_days_named_as_off_are_the_days_passed_over(loaded, start, n):
    found, calendar = deadline(start, n, "WD"), calendar_on()
    days = [start + timedelta(days=k) for k in range(1, (found.due_on - start).days + 1)]
    off = [day for day in days if not calendar.works(day)]
    said = found.trace.partition("nghỉ ")[2].partition("; tính cả")[0].partition(" →")[0]
    if len(off) <= 12:
        bare = re.sub(r"\([^)]*\)", "", said)
        assert NAMED.findall(bare) == [(f"{day:%d}", f"{day:%m}") for day in off]
    assert found.trace.startswith(f"{n:02} ngày làm việc từ {start:%d/%m/%Y}")
    assert f"→ hết ngày {found.due_on:%d/%m/%Y}" in found.trace
