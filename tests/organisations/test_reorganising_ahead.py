"""A reorganisation applied ahead of its day: until then everybody keeps their work; on the day it changes hands."""

from datetime import date

import pytest

from danvan.commitments.services import Assignment, assign_commitments
from danvan.organisations.holders import all_holders
from danvan.organisations.models import HandOver
from danvan.organisations.services.reorganising import hand_over_due, undo_reorganisation
from danvan.organisations.services.reorganising.waiting import hand_over_one
from danvan.reporting.services import open_period, save_draft
from tests.factories.merging import ON, apply_merger
from tests.factories.province import Province, make_grant
from tests.reporting.months import Period, indicators, make_form


@pytest.fixture
def province(db, settings):
    settings.DANVAN_TODAY = date(2026, 6, 10)
    province = Province()
    make_grant(province.communes[0], "commune_officer")
    assign_commitments(
        [Assignment(province.committees[0].pk, "Việc", "Báo cáo", date(2026, 9, 1))],
        assigner=province.committee,
        actor=None,
    )
    return province


def exported():
    return {holder.key: holder.export() for holder in all_holders()}


def test_nothing_changes_hands_before_the_day_and_all_of_it_on_the_day(province, settings):
    before = exported()
    row = apply_merger(province)
    assert (hand_over_due(), exported(), row.handed_over_at) == (0, before, None)
    settings.DANVAN_TODAY = ON
    assert hand_over_due() == 1
    assert set(HandOver.objects.values_list("holder", flat=True)) == {
        "accounts.grants",
        "commitments.lead",
    }
    assert hand_over_due() == 0
    undo_reorganisation(row, why="Nhầm", actor=None)
    assert exported() == before


def test_of_two_workers_the_slower_hands_nothing_over_again(province, settings):
    row = apply_merger(province)
    settings.DANVAN_TODAY = ON
    assert hand_over_one(row.pk)
    waiting = HandOver.objects.count()
    assert not hand_over_one(row.pk)
    assert HandOver.objects.count() == waiting


def test_undone_before_the_day_nothing_is_handed_over(province, settings):
    before = exported()
    row = apply_merger(province)
    undo_reorganisation(row, why="Nhầm", actor=None)
    settings.DANVAN_TODAY = ON
    assert (hand_over_due(), exported()) == (0, before)


def test_what_stands_in_the_way_on_the_day_is_tried_again(province, settings):
    indicators()
    form = make_form(province)
    apply_merger(province, on=date(2026, 7, 10))
    settings.DANVAN_TODAY = date(2026, 7, 10)
    owed = open_period(form, Period.parse("2026-06"), actor=None)
    assert len(owed) == 3
    former = owed[0]
    type(former).objects.filter(pk=former.pk).update(first=date(2026, 7, 1))
    save_draft(former, {"luot": "5"}, actor=None)
    assert hand_over_due() == 0
    assert not HandOver.objects.exists()
    save_draft(former, {"luot": ""}, actor=None)
    assert hand_over_due() == 1
