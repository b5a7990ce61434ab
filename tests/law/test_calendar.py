from datetime import date

import holidays
import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.law.models import CalendarDay, CalendarVersion
from danvan.law.selectors import (
    calendar_days,
    calendar_on,
    calendar_years,
    deadline,
    is_covered,
    is_working,
    versions,
)
from danvan.law.services import correct_calendar_day, load_calendar
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOTICE = {"reason": "Nghỉ hoán đổi", "citation": "Công văn 123/VPCP-KGVX"}


def table():
    days = CalendarDay.objects.order_by("pk").values_list("day", "working", "replaced_in__number")
    return list(days), CalendarVersion.objects.count(), AuditEntry.objects.count()


def test_the_calendar_is_the_library_s_but_for_its_known_gap(calendar):
    known = holidays.country_holidays("VN", language="vi", years=range(2020, 2028))
    offices = calendar_on()
    differs = {
        day
        for first in (date(year, 1, 1).toordinal() for year in range(2020, 2028))
        for day in map(date.fromordinal, range(first, first + 365))
        if offices.works(day) != known.is_working_day(day)
    }
    assert differs == {date(2026, 1, 2), date(2026, 1, 10)}


def test_every_named_day_has_a_reason_and_a_basis_and_only_unpublished_years_are_estimates(
    calendar,
):
    days = list(CalendarDay.objects.all())
    assert all(one.reason and one.citation for one in days)
    assert {one.day.year for one in days if one.estimated} == {2027}
    assert calendar_years() == list(range(2020, 2028))
    tet = CalendarDay.objects.get(day=date(2025, 1, 27))
    assert (tet.reason, str(tet)) == ("Tết Nguyên đán", "2025-01-27: Tết Nguyên đán")
    assert CalendarDay.objects.get(day=date(2026, 1, 1)).reason == "Tết Dương lịch"
    swapped = CalendarDay.objects.get(day=date(2024, 5, 4))
    assert (swapped.working, swapped.reason) == (True, "Làm bù cho ngày 29/04/2024")


def test_loading_again_changes_nothing(calendar):
    before = table()
    assert load_calendar() is None
    assert load_calendar([]) is None
    assert table() == before
    assert str(calendar) == "1"


def test_a_year_can_be_added_later(calendar):
    assert is_covered(2028) is False
    version = load_calendar([2028])
    assert (version.number, is_covered(2028)) == (2, True)
    assert all(one.estimated for one in calendar_days(2028))
    assert list(versions()) == [version, calendar]


def test_correcting_a_day_is_an_act_and_a_new_version(calendar):
    admin, day = UserFactory(), date(2026, 12, 31)
    made = correct_calendar_day(day, working=False, **NOTICE, actor=admin)
    assert (made.working, made.corrected, made.made_in.number) == (False, True, 2)
    assert is_working(day) is False
    assert deadline(date(2026, 12, 30), 1, "WD").calendar_version == 2
    entry = AuditEntry.objects.order_by("-pk").first()
    assert (entry.actor, entry.action) == (admin, "law.correct_day")
    assert entry.details == {"day": "2026-12-31", "working": False}


def test_a_corrected_holiday_keeps_what_it_was_and_loading_leaves_it_alone(calendar):
    day = date(2027, 2, 10)
    old = CalendarDay.objects.get(day=day)
    made = correct_calendar_day(day, working=True, **NOTICE, actor=None)
    old.refresh_from_db()
    assert (old.working, old.replaced_in) == (False, made.made_in)
    assert load_calendar() is None
    assert is_working(day) is True
    again = correct_calendar_day(day, working=False, **NOTICE, actor=None)
    made.refresh_from_db()
    assert made.replaced_in == again.made_in
    assert is_working(day) is False


def test_a_plan_that_is_published_confirms_an_estimated_day(calendar):
    day = date(2027, 2, 10)
    made = correct_calendar_day(day, working=False, **NOTICE, actor=None)
    assert (made.estimated, made.corrected) == (False, True)


def test_a_deadline_can_be_counted_again_by_the_calendar_of_its_day(calendar, settings):
    day = date(2026, 12, 31)
    calendar.made_at = calendar.made_at.replace(year=2026, month=3)
    calendar.save()
    settings.DANVAN_TODAY = date(2026, 11, 1)
    correct_calendar_day(day, working=False, **NOTICE, actor=None)
    assert is_working(day) is False
    assert is_working(day, on=date(2026, 10, 31)) is True
    then = deadline(date(2026, 12, 30), 1, "WD", on=date(2026, 10, 31))
    now = deadline(date(2026, 12, 30), 1, "WD")
    assert (then.due_on, then.calendar_version) == (day, 1)
    assert (now.due_on, now.calendar_version) == (date(2027, 1, 4), 2)
    assert is_working(date(2026, 1, 1), on=date(2019, 1, 1)) is True


@pytest.mark.parametrize(
    ("day", "change", "columns"),
    [
        (date(2026, 12, 31), {"working": True}, ["day"]),
        (date(2026, 11, 24), {"working": False}, ["day"]),
        (date(2026, 11, 21), {"working": False}, ["day"]),
        (date(2031, 12, 31), {"working": False}, ["day"]),
        (date(2026, 12, 31), {"reason": "  "}, ["reason"]),
        (date(2026, 12, 31), {"citation": ""}, ["citation"]),
        (date(2026, 12, 31), {"reason": "x" * 121, "citation": "y" * 201}, ["reason", "citation"]),
        (
            date(2031, 12, 31),
            {"reason": "", "citation": ""},
            ["reason", "citation", "day"],
        ),
    ],
)
def test_a_refused_correction_leaves_no_trace(calendar, day, change, columns):
    before = table()
    with pytest.raises(RuleError) as refused:
        correct_calendar_day(day, **{"working": False, **NOTICE, **change}, actor=UserFactory())
    assert [fault.column for fault in refused.value.faults] == columns
    assert table() == before


def test_a_year_with_only_a_corrected_day_is_not_covered(calendar):
    load_calendar([2029])
    CalendarDay.objects.filter(day__year=2029).exclude(day=date(2029, 1, 1)).delete()
    CalendarDay.objects.filter(day=date(2029, 1, 1)).update(corrected=True)
    assert is_covered(2029) is False
    assert 2029 not in calendar_years()


def test_what_left_the_library_leaves_the_calendar(calendar):
    extra = CalendarDay.objects.create(
        day=date(2026, 7, 7), working=False, reason="Thừa", made_in=calendar
    )
    version = load_calendar([2026])
    extra.refresh_from_db()
    assert extra.replaced_in == version
    assert is_working(date(2026, 7, 7)) is True
