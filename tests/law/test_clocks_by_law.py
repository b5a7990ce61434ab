"""A clock that a row of the law sets: begun by the row in force on its day, ended once, passed over where none runs."""

from datetime import date

import pytest

from danvan.foundation.models import AuditEntry
from danvan.law.errors import UnknownParameter
from danvan.law.models import ClockEvent, ClockHeld
from danvan.law.selectors import clock_of, parameter
from danvan.law.services import (
    end_clock,
    end_clock_if_open,
    load_parameters,
    pause_clock,
    start_clock_by_law,
)
from tests.law.matters import KIND

pytestmark = pytest.mark.django_db
ACCEPT = "complaint.accept"  # ten days until the middle of 2026, then seven working days


@pytest.fixture(autouse=True)
def of_the_day(calendar, settings):
    settings.DANVAN_TODAY = date(2026, 11, 27)
    load_parameters()
    return calendar


@pytest.mark.parametrize(
    ("on", "term", "unit", "due_on"),
    [
        (date(2026, 6, 15), 10, "D", date(2026, 6, 25)),
        (date(2026, 7, 1), 7, "WD", date(2026, 7, 10)),
    ],
)
def test_a_clock_runs_by_the_row_in_force_on_the_day_of_its_event(on, term, unit, due_on):
    held = start_clock_by_law(KIND, 5, ACCEPT, on=on, unit_id=3, name="classify", actor=None)
    row = parameter(ACCEPT, on=on)
    assert (row.numerator, row.unit) == (term, unit)
    assert (held.due_on, held.started_on, held.parameter, held.unit_id, held.name) == (
        due_on, on, row, 3, "classify",
    )  # fmt: skip


def test_without_a_row_in_force_no_clock_begins():
    with pytest.raises(UnknownParameter, match="danvan law load"):
        start_clock_by_law(KIND, 5, ACCEPT, on=date(2011, 1, 3), unit_id=3, actor=None)
    assert ClockHeld.objects.count() == 0


def test_a_clock_is_ended_once_and_on_no_day_before_its_last_event():
    held = start_clock_by_law(KIND, 5, ACCEPT, on=date(2026, 11, 2), unit_id=None, actor=None)
    other = start_clock_by_law(KIND, 6, ACCEPT, on=date(2026, 11, 2), unit_id=None, actor=None)
    end_clock(other, on=date(2026, 11, 4), actor=None)
    pause_clock(held, on=date(2026, 11, 6), reason="Chờ", actor=None)
    end_clock_if_open(KIND, 5, on=date(2026, 11, 5), actor=None)
    assert clock_of(KIND, 5).ended_on == date(2026, 11, 6)
    before = (ClockEvent.objects.count(), AuditEntry.objects.count())
    for subject, name in ((5, "due"), (6, "due"), (5, "other"), (7, "due")):
        end_clock_if_open(KIND, subject, on=date(2026, 11, 20), name=name, actor=None)
    assert (ClockEvent.objects.count(), AuditEntry.objects.count()) == before
    assert [one.ended_on for one in ClockHeld.objects.order_by("pk")] == [
        date(2026, 11, 6),
        date(2026, 11, 4),
    ]
