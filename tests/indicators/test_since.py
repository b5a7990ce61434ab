"""A figure as it was known at the end of a day beside what it is now, and whose values made the difference."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.foundation.periods import Period
from danvan.indicators.enums import MeasureKind, OverTime, OverTree
from danvan.indicators.selectors import changed_since, roll_up, roll_up_known
from danvan.indicators.services import recompute_dirty
from danvan.organisations.selectors.readings import THEN, Reading
from tests.desk.merged import BEFORE, Merged
from tests.desk.merged import TODAY as MERGED_TODAY
from tests.factories.province import Province
from tests.indicators.figures import a_ratio, an_indicator, give
from tests.once import once, own

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)
READINGS = (THEN, Reading(MERGED_TODAY), Reading(BEFORE))
AUTUMN, YEAR = Period.parse("2026-Q4"), Period.parse("2026")

_merged = once(Merged, DANVAN_TODAY=MERGED_TODAY)


@pytest.fixture
def merged(_merged, settings):
    settings.DANVAN_TODAY = MERGED_TODAY
    return own(_merged)


@pytest.fixture
def province():
    return Province()


def end_of(day):
    """The last moment of a day in Viet Nam."""
    return timezone.make_aware(datetime.combine(day, time.max))


def on(day, *what, **said):
    """Give something on a day."""
    with override_settings(DANVAN_TODAY=day):
        return give(*what, **said)


def since(indicator, unit, day=DAY, period=AUTUMN, reading=THEN):
    with override_settings(DANVAN_TODAY=date(2026, 12, 31)):
        return changed_since(indicator.pk, unit.pk, period, moment=end_of(day), reading=reading)


def told(found):
    return [
        (one.unit_id, one.first.month, one.old and one.old.amount, one.new and one.new.amount, one.difference)
        for one in found.moved
    ]  # fmt: skip


def test_what_was_sent_later_does_not_change_what_was_known(province):
    made = an_indicator()
    first, second, third = province.communes
    on(DAY, first, "2026-10", {made: 1})
    on(DAY, second, "2026-10", {made: 2})
    on(DAY, third, "2026-10", {made: 4})
    on(DAY + timedelta(1), second, "2026-10", {made: 5})
    on(DAY + timedelta(2), second, "2026-10", {made: 6})
    on(DAY + timedelta(3), first, "2026-11", {made: None})
    on(DAY + timedelta(4), third, "2026-10", {made: 4})  # sent again as it was

    found = since(made, province.place)

    assert (found.then.amount, found.now.amount, found.difference) == (7, 11, 4)
    assert told(found) == [
        (first.pk, 11, None, None, 0),
        (second.pk, 10, 2, 6, 4),
    ]
    (part,) = found.parts
    assert part.adds_up
    assert part.total == 4
    assert since(made, province.place, DAY + timedelta(1)).difference == 1
    assert told(since(made, first, DAY + timedelta(3))) == []


def test_of_a_share_both_parts_are_told_with_what_moved_them(province):
    part, whole = an_indicator("DV-01"), an_indicator("DV-02")
    rate = a_ratio("DV-03", part, whole)
    first, second, _ = province.communes
    on(DAY, first, "2026-10", {part: 1, whole: 4})
    on(DAY + timedelta(1), first, "2026-10", {part: 3, whole: 4})
    on(DAY + timedelta(1), second, "2026-10", {part: 1, whole: 4})

    found = since(rate, province.place)

    assert [(one.then.amount, one.now.amount, one.total) for one in found.parts] == [
        (1, 4, 3), (4, 8, 4),
    ]  # fmt: skip
    assert (found.then.amount, found.now.amount, found.difference) == (25, 50, 25)


def test_before_anything_was_known_there_is_no_difference_to_tell(province):
    made = an_indicator()
    on(DAY, province.communes[0], "2026-10", {made: 3})
    found = since(made, province.place, DAY - timedelta(1))
    assert (found.then.amount, found.then.asked, found.difference) == (None, 0, None)
    assert [one.total for one in found.parts] == [3]


def test_a_newer_month_takes_the_place_of_an_older_one(province):
    made = an_indicator(kind=MeasureKind.STOCK, over_time=OverTime.LAST)
    first, second, _ = province.communes
    on(DAY, first, "2026-10", {made: 10})
    on(DAY, second, "2026-10", {made: 20})
    on(DAY + timedelta(1), first, "2026-11", {made: 12})

    found = since(made, province.place)

    assert (found.then.amount, found.now.amount) == (30, 12)
    assert sorted(told(found)) == sorted([
        (first.pk, 10, 10, None, -10), (second.pk, 10, 20, None, -20), (first.pk, 11, None, 12, 12),
    ])  # fmt: skip
    assert found.parts[0].total == found.difference == -18


def test_averages_do_not_add_up_and_do_not_pretend_to(province):
    made = an_indicator(over_tree=OverTree.AVERAGE)
    first, second, _ = province.communes
    on(DAY, first, "2026-10", {made: 1})
    on(DAY, second, "2026-10", {made: 3})
    on(DAY + timedelta(1), second, "2026-10", {made: 9})
    found = since(made, province.place)
    assert (found.then.amount, found.now.amount) == (2, 5)
    assert not found.parts[0].adds_up


def test_whose_values_changed_costs_the_same_for_many(merged):
    def costs(reading):
        with CaptureQueriesContext(connection) as asked:
            since(merged.flow, merged.province.place, MERGED_TODAY, YEAR, reading)
        return len(asked)

    one = [costs(reading) for reading in READINGS]
    later = MERGED_TODAY + timedelta(1)
    for place in merged.old:
        on(later, place, "2026-03", {merged.flow: 50})
    assert [costs(reading) for reading in READINGS] == one


CHANGE = st.tuples(
    st.sampled_from(
        [(0, 3), (1, 3), (2, 3), (3, 5), (3, 8), (4, 8), (4, 10), (5, 10), (6, 11)]
    ),  # which unit, which month
    st.one_of(st.none(), st.decimals(min_value=0, max_value=99, places=1)),
    st.integers(1, 6),  # days later
)


def change(units, made, changes):
    """Give these on their days, and let the cube take them in."""
    for (unit, month), amount, later in changes:
        day = MERGED_TODAY + timedelta(later)
        on(day, units[unit], f"2026-{month:02}", {made: amount})
    while recompute_dirty():
        pass


def test_the_differences_make_the_difference_of_the_totals_in_every_reading(merged):
    units = [*merged.old, merged.divided, merged.new, merged.first, merged.second]
    asked = [merged.province.place, merged.first]
    made = an_indicator("DV-09", places=1)

    def figures(of, **how):
        found = of([made.pk], [one.pk for one in asked], YEAR, **how)
        return {key: one.amount for key, one in found.items()}

    @settings(max_examples=4, deadline=None, database=None)
    @given(st.lists(CHANGE, max_size=6), st.integers(0, 6))
    def holds(changes, days):
        day = MERGED_TODAY + timedelta(days)
        with transaction.atomic():
            changes = sorted(changes, key=lambda one: one[2])
            change(units, made, [one for one in changes if one[2] <= days])
            told_then = {reading: figures(roll_up, reading=reading) for reading in READINGS}
            change(units, made, [one for one in changes if one[2] > days])
            for reading in READINGS:
                known = figures(roll_up_known, moment=end_of(day), reading=reading)
                assert known == told_then[reading]
                for place in asked:
                    found = since(made, place, day, YEAR, reading)
                    gap = (found.now.amount or 0) - (found.then.amount or 0)
                    assert found.parts[0].total == gap
            transaction.set_rollback(True)

    holds()


def test_what_is_known_now_is_what_the_roll_up_says(merged):
    place = merged.province.place
    ids = [merged.flow.pk, merged.ratio.pk]
    for reading in READINGS:
        known = roll_up_known(ids, [place.pk], YEAR, moment=end_of(MERGED_TODAY), reading=reading)
        assert known == roll_up(ids, [place.pk], YEAR, reading=reading)
