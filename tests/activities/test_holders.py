"""Activities stay with the unit that held them; those dated after it ended are its heir's, and come back."""

from datetime import date

import pytest

from danvan.activities.models import Activity, ActivityPartner
from danvan.organisations.holders import holder_named
from tests.factories import ActivityFactory
from tests.factories.merging import ON, Merger, exported
from tests.factories.province import Province

LEAD, PARTNERS = KEYS = ["activities.lead", "activities.partners"]


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = date(2026, 8, 20)


@pytest.fixture
def province(db):
    return Province()


def test_what_was_held_before_the_day_stays(province):
    ActivityFactory(unit=province.fronts[0], held_on=date(2026, 6, 30))
    gone = ActivityFactory(unit=province.fronts[0], held_on=ON, withdrawn_at="2026-07-05T00:00Z")
    merger = Merger(province).found()
    assert merger.hand_over(*KEYS) == []
    assert gone.unit_id == province.fronts[0].pk


def test_what_was_held_after_the_unit_had_ended_is_the_heirs_and_comes_back(province):
    late = ActivityFactory(unit=province.fronts[0], held_on=date(2026, 7, 5))
    ActivityPartner.objects.create(activity=late, unit=province.fronts[1])
    before = exported(*KEYS)
    merger = Merger(province).found()
    [moved] = merger.hand_over(*KEYS)
    assert moved.title == "Tiếp xúc, đối thoại với Nhân dân ngày 05/07/2026"
    assert Activity.objects.get().unit_id == merger.front.pk
    assert ActivityPartner.objects.get().unit_id == province.fronts[1].pk
    merger.take_back(*KEYS)
    assert exported(*KEYS) == before


def test_two_rows_of_one_line_of_a_list_are_both_kept(province):
    for front in province.fronts[:2]:
        ActivityFactory(unit=front, held_on=ON, import_key="a" * 64)
    before = exported(*KEYS)
    merger = Merger(province).found()
    merger.hand_over(*KEYS)
    keys = Activity.objects.filter(unit=merger.front).order_by("pk")
    assert list(keys.values_list("import_key", flat=True)) == ["a" * 64, ""]
    merger.take_back(*KEYS)
    assert exported(*KEYS) == before


def test_partners_and_signed_reports_are_counted_and_never_pass(province):
    one = ActivityFactory(unit=province.fronts[2])
    ActivityPartner.objects.create(activity=one, unit=province.fronts[0])
    holder = holder_named(PARTNERS)
    unit = province.fronts[0].pk
    assert holder.count_rows({unit}) == {unit: 1}
    assert (holder.count_open({unit}, ON), holder_named("analytics.reviews").export()) == ({}, [])
    with pytest.raises(LookupError):
        holder.pass_on(None, unit, actor=None)
    assert holder_named("analytics.reviews").count_rows({unit}) == {}
