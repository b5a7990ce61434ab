"""Every kind of activity has a counter; its records are exactly what it counts."""

from datetime import date

import pytest

from danvan.activities.enums import COUNTED_IN, ActivityKind
from danvan.activities.selectors import readable_activities
from danvan.activities.services import record_activity, withdraw_activity
from danvan.foundation.periods import Period
from danvan.indicators import counters
from tests.factories.province import Province, make_grant

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2026")


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = date(2026, 12, 31)


def test_every_kind_has_a_counter_in_words():
    for kind in ActivityKind:
        counter = counters.named(f"activities.{kind}")
        assert (counter.label, counter.unit_label) == (kind.label, COUNTED_IN[kind])
        assert kind.label in counter.definition


def test_a_count_is_the_sum_of_its_records_by_unit_and_by_month():
    province = Province()
    counter = counters.named("activities.dialogue")
    first, second, third = (front.pk for front in province.fronts)
    for front, day, quantity in (
        (0, date(2026, 1, 1), 2),
        (0, date(2026, 1, 31), 1),
        (0, date(2026, 12, 31), 4),
        (1, date(2026, 6, 1), 1),
        (1, date(2025, 12, 31), 8),
        (2, date(2026, 6, 1), 8),
    ):
        made = record_activity(
            unit=province.fronts[front], kind="dialogue", title="Đối thoại", held_on=day,
            quantity=quantity, actor=None,
        )  # fmt: skip
    withdraw_activity(made, why="Nhầm", actor=None)

    assert counter.count([first, second, third], YEAR) == {first: 7, second: 1}
    assert counter.count([], YEAR) == {}
    summed = {}
    for record in counter.records([first, second, third], YEAR):
        summed[record.unit_id] = summed.get(record.unit_id, 0) + record.quantity
    assert summed == {first: 7, second: 1}
    everywhere = [first, second, third]
    assert counter.how_many_records(everywhere, YEAR) == len(counter.records(everywhere, YEAR))
    assert counter.how_many_records([third], YEAR) == 0
    months = YEAR.parts("month")
    assert counter.tally([first, second], months) == {
        (first, months[0]): 3, (first, months[11]): 4, (second, months[5]): 1}  # fmt: skip
    assert counter.tally([first], []) == {}


def test_who_may_open_which_records():
    province = Province()
    mine, other = (
        record_activity(
            unit=front, kind="other", title="Việc", held_on=date(2026, 1, 1), actor=None
        )
        for front in province.fronts[:2]
    )
    officer = make_grant(province.communes[0], "commune_officer")
    assert readable_activities(officer, [mine.pk, other.pk]) == {mine.pk}
