"""Targets after units merged and divided: what was done before counts for whom it passed to, once and whole."""

from datetime import date

import pytest

from danvan.foundation.periods import Period
from danvan.indicators.enums import Standing
from danvan.indicators.selectors import evaluate, evaluate_all, records_behind
from danvan.organisations.enums import Kind
from danvan.organisations.models import UnitVersion
from danvan.organisations.selectors.following import CountedFor, counted_for
from tests.desk.merged import BEFORE, MERGED, TODAY, Merged
from tests.indicators.test_evaluate import did, make_target
from tests.once import once, own

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2026")


_merged = once(Merged, DANVAN_TODAY=TODAY)


@pytest.fixture
def merged(_merged, settings):
    settings.DANVAN_TODAY = TODAY
    return own(_merged)


def front_of(place):
    row = UnitVersion.objects.get(place=place, kind=Kind.FRONT_COMMITTEE, valid_to=None)
    return row.unit


@pytest.fixture
def fronts(merged):
    """The fronts before, and those of today: of the merged commune, and of the larger and the smaller part."""
    old = merged.province.fronts
    return old, [front_of(place) for place in (merged.new, merged.first, merged.second)]


def test_what_merged_communes_did_counts_for_the_one_they_became(merged, fronts):
    old, (new, larger, smaller) = fronts
    did(old[0], date(2026, 2, 1))
    did(old[1], date(2026, 3, 1))
    did(old[3], date(2026, 4, 1), 2)
    target = make_target(merged.province)

    found = evaluate(target, YEAR)

    assert found.population == sorted([new.pk, larger.pk, smaller.pk])
    assert found.met == sorted([new.pk, larger.pk])
    assert found.missing == [smaller.pk]
    assert found.per_rule == {new.pk: [2], larger.pk: [2], smaller.pk: [0]}
    assert found.before == {new.pk: [one.pk for one in old[:3]], larger.pk: [old[3].pk]}
    assert found.divided == {larger.pk}
    assert sorted(found.counted_units) == sorted([*found.population, *(one.pk for one in old)])
    (behind,) = records_behind(target, new.pk, YEAR)
    assert [(one.unit_id, one.quantity) for one in behind.records] == [
        (old[0].pk, 1),
        (old[1].pk, 1),
    ]
    (behind,) = records_behind(target, smaller.pk, YEAR)
    assert behind.records == []


def test_read_on_a_day_before_the_merger_the_old_units_are_asked(merged, fronts):
    old, (new, larger, smaller) = fronts
    did(old[0], date(2026, 2, 1))
    did(old[1], date(2026, 3, 1), 2)
    did(new, date(2026, 8, 1))
    did(smaller, date(2026, 11, 1), 2)
    target = make_target(merged.province)

    (found,) = evaluate_all([target], YEAR, standing_on=BEFORE)

    assert found.population == sorted(one.pk for one in old)
    # The front of the merged commune is read back with the largest of the three, the halves with the whole.
    assert found.per_rule == {old[0].pk: [2], old[1].pk: [2], old[2].pk: [0], old[3].pk: [2]}
    assert found.before == {old[0].pk: [new.pk], old[3].pk: sorted([larger.pk, smaller.pk])}
    assert found.divided == {old[0].pk}
    (behind,) = records_behind(target, old[3].pk, YEAR, standing_on=BEFORE)
    assert [one.unit_id for one in behind.records] == [smaller.pk]


def test_each_part_counts_what_was_done_in_it(merged, fronts):
    old, (new, _, _) = fronts
    for day in (date(2026, 1, 5), date(2026, 4, 5)):
        did(old[2], day)
    did(new, date(2026, 7, 5))
    target = make_target(merged.province, every="quarter", rules=(("activities.supervision", 1),))

    assert new.pk in evaluate(target, YEAR).met


def test_a_period_that_ended_before_the_merger_stays_as_it_was(merged, fronts):
    old, _ = fronts
    did(old[0], date(2026, 2, 1), 2)
    target = make_target(merged.province, every="half")

    found = evaluate(target, Period.parse("2026-H1"))

    assert found.population == sorted(one.pk for one in old)
    assert (found.met, found.before, found.divided) == ([old[0].pk], {}, set())


def test_nobody_asked_is_not_assessable(merged):
    target = make_target(merged.province)

    (found,) = evaluate_all([target], YEAR, standing_on=date(2000, 1, 1))

    assert (found.population, found.standing) == ([], Standing.NOT_ASSESSABLE)
    assert (
        records_behind(target, merged.province.fronts[0].pk, Period.parse("2020"))[0].records == []
    )


def test_only_like_counts_for_like(merged):
    """A place's records do not count for its organisations, nor what stands for what goes on."""
    province = merged.province
    places = [merged.new.pk, merged.first.pk, merged.second.pk]
    first = date(2026, 1, 1)

    found = counted_for(places, on=TODAY, since=first, until=TODAY)

    assert found == {
        **{one.pk: CountedFor(merged.new.pk, whole=True) for one in merged.old},
        merged.divided.pk: CountedFor(merged.first.pk, whole=False),
    }
    assert counted_for([province.place.pk], on=TODAY, since=first, until=TODAY) == {}
    assert counted_for([merged.second.pk], on=TODAY, since=first, until=TODAY) == {}
    assert counted_for(places, on=TODAY, since=MERGED, until=TODAY).keys() == {merged.divided.pk}
    assert counted_for([], on=TODAY, since=first, until=TODAY) == {}
