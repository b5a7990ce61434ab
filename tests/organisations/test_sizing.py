"""How large places are: recorded with a source, the latest of each known on a day."""

from datetime import date
from decimal import Decimal

import pytest

from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.organisations.models import UnitSize
from danvan.organisations.selectors.sizing import Size, sizes_on
from danvan.organisations.services.sizing import Counted, record_sizes
from tests.factories.province import Province

ON = date(2026, 6, 30)


@pytest.fixture
def province(db):
    return Province()


def test_people_and_households_are_each_the_latest_known(province, django_assert_num_queries):
    first, second, third = province.communes
    record_sizes([Counted(first.pk, 9_000, 2_500)], counted_on=date(2024, 4, 1), source="Niên giám", actor=None)  # fmt: skip
    record_sizes([Counted(first.pk, 9_860), Counted(second.pk, None, 1_770)], counted_on=ON, source="Đề án", actor=None)  # fmt: skip
    second.versions.update(area_km2=Decimal("12.5"))

    with django_assert_num_queries(2):
        found = sizes_on([first.pk, second.pk, third.pk], ON)

    assert found == {
        first.pk: Size(9_860, 2_500, None, ON, "Đề án"),
        second.pk: Size(None, 1_770, Decimal("12.5000"), ON, "Đề án"),
        third.pk: Size(),
    }
    assert sizes_on([first.pk], date(2025, 1, 1))[first.pk].population == 9_000


def test_said_again_by_the_same_source_it_is_put_right(province):
    place = province.communes[0]
    for people, homes in ((9_860, 2_000), (9_870, None)):
        record_sizes(
            [Counted(place.pk, people, homes)], counted_on=ON, source=" Đề  án ", actor=None
        )

    row = UnitSize.objects.get()
    assert (row.population, row.households, row.source) == (9_870, 2_000, "Đề án")
    assert AuditEntry.objects.filter(action="organisations.record_sizes").count() == 2


def test_nothing_said_records_nothing(province):
    assert (
        record_sizes([Counted(province.communes[0].pk)], counted_on=ON, source="", actor=None) == []
    )
    assert (UnitSize.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_every_fault_is_told_at_once_and_nothing_is_written(province):
    first, second, _ = (one.pk for one in province.communes)
    counted = [Counted(first, 0, 5), Counted(second, 10, 10**9), Counted(10**9, 3)]

    with pytest.raises(RuleError) as refused:
        record_sizes(counted, counted_on=date(2010, 1, 1), source=" ", actor=None)

    told = [(fault.row, fault.column) for fault in refused.value.faults]
    assert told == [
        (first, "population"), (first, "counted_on"), (second, "households"), (second, "counted_on"),
        (None, ""), (None, "source"),
    ]  # fmt: skip
    assert UnitSize.objects.count() == 0
