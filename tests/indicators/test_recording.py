"""Many figures at once: by the same rules as one report, in one act."""

from datetime import date
from decimal import Decimal

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval, MeasureKind, Origin
from danvan.indicators.models import DirtyKey, Value
from danvan.indicators.selectors import check_cube, roll_up
from danvan.indicators.services import (
    Entry,
    define_indicator,
    recompute_dirty,
    record_values,
)
from danvan.indicators.services.recording import Given, record_many
from tests.factories.province import Province
from tests.factories.rivals import meanwhile

pytestmark = pytest.mark.django_db
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)


@pytest.fixture
def province():
    return Province()


@pytest.fixture
def meetings():
    return define_indicator(
        code="DV-02", name="Số cuộc đối thoại", definition="Cuộc đã tổ chức", unit_label="cuộc",
        kind=MeasureKind.FLOW, actor=None, valid_from=date(2020, 1, 1),
    )  # fmt: skip


def given(unit, indicator, amount, first=JULY, note=""):
    amount = None if amount is None else Decimal(amount)
    return Given(unit.pk, first, Entry(indicator.pk, amount, Origin.ENTERED, note))


def held(**which):
    found = Value.objects.filter(**which).order_by("first", "unit_id", "vintage")
    return [(one.amount, one.vintage, one.current) for one in found]


def test_many_figures_are_kept_in_one_act(province, meetings):
    first, second, _ = province.fronts
    kept = record_many(
        [
            given(first, meetings, 3),
            given(second, meetings, None),
            given(first, meetings, 5, AUGUST),
        ],
        actor=None,
        source_kind="exchange.dhis2",
    )
    assert kept == 3
    assert held() == [(3, 1, True), (None, 1, True), (5, 1, True)]
    [entry] = AuditEntry.objects.filter(action="indicators.record_many")
    assert (entry.details["values"], entry.details["units"]) == (3, 2)
    assert set(Value.objects.values_list("source_kind", flat=True)) == {"exchange.dhis2"}


def test_the_cube_follows_though_each_cell_waits_once(province, meetings):
    record_many([given(front, meetings, 2) for front in province.fronts], actor=None)
    assert DirtyKey.objects.count() == 2  # the province and the country
    recompute_dirty()
    figures = roll_up(
        [meetings.pk], [province.place.pk, province.country.pk], Period.parse("2026-07")
    )
    assert [one.amount for one in figures.values()] == [6, 6]
    assert check_cube() == []


def test_what_stands_there_gets_its_next_vintage(province, meetings):
    front = province.fronts[0]
    record_many([given(front, meetings, 3)], actor=None)
    record_many([given(front, meetings, 4)], actor=None)
    assert held() == [(3, 1, False), (4, 2, True)]


def test_every_fault_is_told_by_its_place_and_nothing_is_kept(province, meetings):
    front, other = province.fronts[:2]
    record_values(
        other.pk, Period.parse("2026-07"), [Entry(meetings.pk, Decimal(1), Origin.ENTERED)],
        actor=None, level=Approval.LOCKED,
    )  # fmt: skip
    wrong = [
        given(front, meetings, 3),
        given(front, meetings, 4),
        given(front, meetings, "0.1234567", AUGUST),
        given(other, meetings, 1, date(2019, 1, 1)),
        given(other, meetings, 1, date(2026, 8, 2)),
    ]
    with pytest.raises(RuleError) as refused:
        record_many(wrong, actor=None)
    assert sorted(fault.row for fault in refused.value.faults) == [1, 2, 3, 4, 5]
    with pytest.raises(RuleError, match="đã chốt") as locked:
        record_many([given(front, meetings, 3), given(other, meetings, 2)], actor=None)
    assert [fault.row for fault in locked.value.faults] == [2]
    assert held() == [(1, 1, True)]


def test_of_two_that_write_the_same_at_once_the_later_is_asked_to_do_it_again(province, meetings):
    front = province.fronts[0]
    with (
        meanwhile("indicators_value", lambda: record_many([given(front, meetings, 8)], actor=None)),
        pytest.raises(RuleError, match="vừa được người khác ghi"),
    ):
        record_many([given(front, meetings, 9)], actor=None)


def test_the_number_of_queries_does_not_grow_with_the_values(
    province, meetings, django_assert_num_queries
):
    with django_assert_num_queries(10):
        record_many([given(province.fronts[0], meetings, 1)], actor=None)
    with django_assert_num_queries(10):
        record_many([given(front, meetings, 1, AUGUST) for front in province.fronts], actor=None)


def test_nothing_given_is_nothing_done():
    assert record_many([], actor=None) == 0
    assert not AuditEntry.objects.filter(action="indicators.record_many").exists()
