"""Timeliness, completeness and who is late: always from the frozen obligations, never above the whole."""

from datetime import date

import pytest

from danvan.foundation.periods import Period
from danvan.organisations.models import Reach
from danvan.organisations.selectors import every_unit
from danvan.reporting.facts import Completeness, completeness, forms_owed, months_owed
from danvan.reporting.selectors import (
    LateUnit,
    allowed_obligations,
    due_for,
    late_reports,
    months_asked,
    months_beside,
    obligation_told,
    owed_between,
    sent_with,
    standing_of_period,
    who_owes,
)
from danvan.reporting.services import accept_report, open_period, return_report, submit_report
from tests.factories.province import make_grant
from tests.reporting.months import GOOD, NOVEMBER, OCTOBER, PNG

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(month, settings):
    """One sent in time and accepted, one sent late and returned, one missing; October all missing."""
    settings.DANVAN_TODAY = date(2026, 12, 20)
    open_period(month.form, OCTOBER, actor=None)
    submit_report(month.owed[0], answers=GOOD, actor=None, on=date(2026, 12, 5))
    accept_report(month.owed[0], actor=None)
    submit_report(month.owed[1], answers=GOOD, actor=None, on=date(2026, 12, 6))
    return_report(month.owed[1], words="Sai", comments={}, actor=None)
    return month


def places(month, *numbers):
    return Reach.objects.filter(unit__in=[month.province.communes[n] for n in numbers]).values(
        "unit_id"
    )


def test_a_month_is_counted_from_its_obligations(busy):
    standing = standing_of_period(busy.form, NOVEMBER)

    assert (standing.owed, standing.sent, standing.on_time, standing.late) == (3, 2, 1, 1)
    assert standing.missing == [busy.province.communes[2].pk]
    assert (standing.waiting, standing.returned, standing.accepted, standing.locked) == (0, 1, 1, 0)
    part = standing_of_period(busy.form, NOVEMBER, places(busy, 1, 2))
    assert (part.owed, part.sent, part.missing) == (2, 1, [busy.province.communes[2].pk])


def test_sending_again_makes_nothing_timely_and_counts_once(busy):
    submit_report(busy.owed[1], answers=GOOD, actor=None)
    submit_report(busy.owed[1], answers=GOOD, actor=None)

    assert completeness(every_unit(), NOVEMBER) == Completeness(owed=3, sent=2, on_time=1)


def test_completeness_is_of_the_months_of_a_period(busy):
    year = completeness(every_unit(), Period.parse("2026"))

    assert year == Completeness(owed=6, sent=2, on_time=1)
    assert (year.late, year.missing) == (1, 4)
    ids = [place.pk for place in busy.province.communes[:1]]
    assert completeness(ids, NOVEMBER, form=busy.form) == Completeness(owed=1, sent=1, on_time=1)
    assert completeness(ids, Period.parse("2026-01")) == Completeness(owed=0, sent=0, on_time=0)


def test_who_is_late_is_who_never_sent_after_the_day(busy):
    first, second, third = (place.pk for place in busy.province.communes)

    late = late_reports(every_unit(), date(2026, 12, 20))

    october = {one.unit_id: one.pk for one in busy.form.obligations.filter(first=OCTOBER.first)}
    assert late == [
        LateUnit(third, 2, 45, (october[third], busy.owed[2].pk)),
        LateUnit(first, 1, 45, (october[first],)),
        LateUnit(second, 1, 45, (october[second],)),
    ]
    assert late_reports(places(busy, 0), date(2026, 11, 5)) == []


def test_what_a_person_has_to_send_stands_by_its_day(busy):
    officer = make_grant(busy.province.communes[1], "commune_officer")

    owed = due_for(officer, date(2026, 12, 20))

    assert [(one.first, one.standing) for one in owed] == [
        (OCTOBER.first, "due"),
        (NOVEMBER.first, "returned"),
    ]
    assert not due_for(make_grant(busy.province.place, "specialist"), date(2026, 12, 20)).exists()


def test_the_months_of_a_form_stand_in_one_line_each(busy):
    specialist = make_grant(busy.province.place, "specialist")

    november, october = months_asked(specialist, on=date(2026, 12, 20))

    assert (november.period, november.owed, november.sent, november.late) == (NOVEMBER, 3, 2, 1)
    assert (november.missing, november.waiting, november.accepted) == (1, 0, 1)
    assert (october.period, october.sent, october.missing) == (OCTOBER, 0, 3)
    assert months_beside(busy.form, NOVEMBER) == (OCTOBER, None)
    assert months_beside(busy.form, OCTOBER) == (None, NOVEMBER)
    officer = make_grant(busy.province.communes[0], "commune_officer")
    assert months_asked(officer, on=date(2026, 12, 20)) == []


@pytest.mark.parametrize(
    ("role", "where", "action", "seen"),
    [
        ("commune_officer", "commune", "submissions.enter", 1),
        ("commune_officer", "commune", "submissions.view", 1),
        ("commune_officer", "commune", "submissions.approve", 0),
        ("specialist", "province", "submissions.view", 3),
        ("specialist", "province", "submissions.approve", 3),
        ("specialist", "province", "submissions.enter", 0),
        ("specialist", "commune", "submissions.approve", 0),
        ("leader", "province", "submissions.lock", 3),
        ("leader", "province", "submissions.approve", 0),
        ("clerk", "province", "submissions.view", 0),
    ],
)
def test_each_role_reaches_the_reports_of_its_table(month, role, where, action, seen):
    place = month.province.place if where == "province" else month.province.communes[0]

    assert allowed_obligations(make_grant(place, role), action).count() == seen


def test_who_asks_reads_the_report_of_a_unit_that_has_ended_since(month):
    Reach.objects.filter(unit=month.province.communes[0]).update(valid_to=date(2026, 12, 1))

    specialist = make_grant(month.province.place, "specialist")

    assert allowed_obligations(specialist, "submissions.view").count() == 3


def test_the_rows_behind_completeness_are_named(busy):
    ids = [place.pk for place in busy.province.communes]

    assert forms_owed(ids, NOVEMBER) == [busy.form]
    assert forms_owed(ids[:1], Period.parse("2026-01")) == []
    rows = months_owed(ids, NOVEMBER, form=busy.form)
    assert [(row.unit_id, row.first, row.due_on, row.sent_on) for row in rows] == [
        (ids[0], NOVEMBER.first, date(2026, 12, 5), date(2026, 12, 5)),
        (ids[1], NOVEMBER.first, date(2026, 12, 5), date(2026, 12, 6)),
        (ids[2], NOVEMBER.first, date(2026, 12, 5), None),
    ]
    assert [row.timely for row in rows] == [True, False, False]


def test_who_is_to_be_told_is_read_without_a_reader(busy):
    owed = owed_between(date(2026, 12, 1), date(2026, 12, 5))

    assert [one.pk for one in owed] == [busy.owed[1].pk, busy.owed[2].pk]
    assert [one.pk for one in who_owes(busy.form.pk, NOVEMBER.first)] == [
        one.pk for one in busy.owed
    ]
    assert obligation_told(busy.owed[0].pk) == busy.owed[0]
    assert obligation_told(0) is None


def test_what_a_value_came_with_is_told_to_who_may_read_the_report(busy):
    first, second = (one.submissions.get() for one in busy.owed[:2])
    near = make_grant(busy.province.communes[0], "commune_officer")

    found = sent_with(near, [first.pk, second.pk])

    assert list(found) == [first.pk]
    told = found[first.pk]
    assert (told.obligation_id, told.vintage, told.sent_by) == (busy.owed[0].pk, 1, "")
    assert told.decided == first.decisions.get()
    assert told.evidence == []
    far = sent_with(make_grant(busy.province.place, "specialist"), [second.pk])
    assert far[second.pk].decided is None
    third = submit_report(busy.owed[2], answers=GOOD, actor=None, evidence=[("anh.png", PNG)])
    told = sent_with(make_grant(busy.province.place, "specialist"), [third.pk])[third.pk]
    assert [one.file_name for one in told.evidence] == ["anh.png"]
