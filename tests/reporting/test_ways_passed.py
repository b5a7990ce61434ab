"""Places on the way of a report that end: the successor takes the step, and undoing brings it back exactly."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.organisations.enums import Level
from danvan.organisations.services import reorganising
from danvan.reporting.models import Obligation, WayStep
from danvan.reporting.services import (
    accept_report,
    lock_period,
    open_period,
    propose_report,
    release_report,
    reopen_report,
    submit_report,
)
from tests.factories.merging import Merger, apply_merger, exported
from tests.factories.province import Province, make_grant, make_place
from tests.reporting.months import GOOD, NOVEMBER, OCTOBER, TODAY, indicators, make_form

pytestmark = pytest.mark.django_db
AFTER, WITHIN = date(2026, 12, 1), date(2026, 11, 10)
KEYS = ("reporting.forms", "reporting.months", "reporting.obligations", "reporting.steps")


class Villages:
    """A form of the province asked of the villages of two communes, by way of these."""

    def __init__(self):
        self.province = Province(3)
        indicators()
        self.villages = [
            make_place(f"Bản {number}", level=Level.VILLAGE, under=commune)
            for number, commune in enumerate(self.province.communes[:2], start=1)
        ]
        self.form = make_form(self.province, level=Level.VILLAGE, by_way=True)
        self.owed = open_period(self.form, NOVEMBER, actor=None)


@pytest.fixture
def land(today, db):
    return Villages()


def takers():
    return list(WayStep.objects.order_by("pk").values_list("unit_id", "bearer_id"))


def test_the_heir_takes_the_step_and_undoing_brings_it_back(land):
    merger = Merger(land.province, AFTER)
    first, second, _ = land.province.communes
    submit_report(land.owed[0], answers=GOOD, actor=None)
    before = exported(*KEYS)
    merger.found()
    moved = merger.hand_over(*KEYS)
    assert [one.title for one in moved][-1] == "Lượt duyệt báo cáo công tác dân vận tháng 11/2026"
    assert takers() == [(first.pk, merger.place.pk), (second.pk, merger.place.pk)]
    old = make_grant(first, "specialist")
    with pytest.raises(RuleError, match=merger.name):
        accept_report(land.owed[0], actor=old)
    merger.take_back(*KEYS)
    assert exported(*KEYS) == before
    accept_report(land.owed[0], actor=old)


def test_the_heir_approves_in_the_turn_of_the_place_that_ended(land):
    merger = Merger(land.province, AFTER)
    submit_report(land.owed[0], answers=GOOD, actor=None)
    merger.found()
    merger.hand_over(*KEYS)
    heir = make_grant(merger.place, "specialist", valid_from=AFTER)
    assert Obligation.objects.allowed(heir, "submissions.approve").count() == 2
    accept_report(land.owed[0], actor=heir)
    land.owed[0].refresh_from_db()
    assert (land.owed[0].standing, land.owed[0].turn) == ("sent", 0)


def test_one_closed_before_finds_the_heir_when_it_is_opened_again(land):
    merger = Merger(land.province, AFTER)
    one = land.owed[0]
    submit_report(one, answers=GOOD, actor=None)
    accept_report(one, actor=None)
    accept_report(one, actor=None)
    lock_period(land.form, NOVEMBER, actor=None)
    merger.found()
    merger.hand_over(*KEYS)
    first = land.province.communes[0].pk
    assert (first, None) in takers()
    reopen_report(one, words="Sai.", actor=None)
    assert (first, merger.place.pk) in takers()
    merger.take_back(*KEYS)
    assert set(WayStep.objects.values_list("bearer", flat=True)) == {None}


def test_the_head_of_the_heir_lets_a_report_of_a_former_unit_go(today):
    province = Province(3)
    indicators()
    form = make_form(province, head_approves=True)
    owed = open_period(form, OCTOBER, actor=None)
    propose_report(owed[0], answers=GOOD, actor=None)
    applied = apply_merger(province, on=WITHIN)
    new = applied.new_units.get().unit
    head = make_grant(new, "leader", valid_from=WITHIN)
    former = make_grant(province.communes[0], "leader")
    with pytest.raises(RuleError, match="Xã Chi Khê"):
        release_report(owed[0], actor=former)
    assert release_report(owed[0], actor=head).obligation.unit_id == province.communes[0].pk


def test_a_back_dated_merger_withdraws_the_way_with_the_report_and_brings_both_back(today):
    province = Province(3)
    indicators()
    form = make_form(province, unit=province.country, by_way=True, head_approves=True)
    open_period(form, NOVEMBER, actor=None)
    before = exported(*KEYS), takers()
    applied = apply_merger(province, on=WITHIN)
    new = Obligation.objects.get(unit=applied.new_units.get().unit)
    assert new.head_approves
    assert [one.unit_id for one in new.steps.all()] == [province.place.pk]
    reorganising.undo_reorganisation(applied, why="Sai ngày.", actor=None)
    assert (exported(*KEYS), takers()) == before


def test_what_lies_before_a_head_stands_in_the_way_of_a_back_dated_merger(today):
    province = Province(3)
    indicators()
    form = make_form(province, head_approves=True)
    owed = open_period(form, NOVEMBER, actor=None)
    propose_report(owed[0], answers=GOOD, actor=None)
    with pytest.raises(RuleError, match="Xã Môn Sơn"):
        apply_merger(province, on=WITHIN)
    assert TODAY > WITHIN
