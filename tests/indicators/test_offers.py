"""What is already known is offered with where it comes from, not asked for."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from danvan.activities.enums import ActivityKind
from danvan.activities.models import Activity
from danvan.indicators.enums import Origin
from danvan.indicators.models import IndicatorVersion, Value
from danvan.indicators.selectors import offers, records_offered
from tests.factories.province import Province, make_organisation
from tests.indicators.figures import an_indicator, give, month

pytestmark = pytest.mark.django_db
NOVEMBER = month("2026-11")


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = date(2026, 12, 3)


@pytest.fixture
def province():
    return Province()


def held(unit, day, quantity=1):
    return Activity.objects.create(
        unit=unit, kind=ActivityKind.DIALOGUE, title="Đối thoại", held_on=day, quantity=quantity,
        recorded_at=datetime(2026, 12, 1, tzinfo=UTC),
    )  # fmt: skip


def test_records_of_the_organisations_in_a_commune_are_counted_and_open(province):
    one = an_indicator(counter="activities.dialogue")
    gone = make_organisation(province.communes[0], name="Tổ cũ", ended=date(2026, 11, 20))
    first = held(province.fronts[0], date(2026, 11, 30), 2)
    second = held(gone, date(2026, 11, 5))
    held(province.fronts[0], date(2026, 12, 1))
    held(province.fronts[1], date(2026, 11, 5))

    offer = offers([one.pk], province.communes[0].pk, NOVEMBER)[one.pk]

    assert (offer.amount, offer.origin, offer.records) == (Decimal(3), Origin.COUNTED, 2)
    assert (offer.as_of, offer.counter_key) == (date(2026, 11, 30), "activities.dialogue")
    assert offer.words == "Đếm từ 2 hồ sơ, tính đến ngày 30/11/2026."
    records = records_offered(one.pk, province.communes[0].pk, NOVEMBER)
    assert [record.pk for record in records] == [second.pk, first.pk]
    assert sum(record.quantity for record in records) == offer.amount
    whole = offers([one.pk], province.place.pk, NOVEMBER)[one.pk]
    assert (whole.amount, whole.records) == (4, 3)


def test_a_month_still_running_is_counted_so_far(province, settings):
    settings.DANVAN_TODAY = date(2026, 11, 12)
    one = an_indicator(counter="activities.dialogue")
    offer = offers([one.pk], province.communes[0].pk, NOVEMBER)[one.pk]
    assert (offer.amount, offer.records, offer.as_of) == (0, 0, date(2026, 11, 12))
    assert offer.words == "Chưa có hồ sơ nào trong tháng, tính đến ngày 12/11/2026."


def test_a_figure_given_before_is_offered_with_its_origin(province):
    one, two, three = an_indicator(), an_indicator("DV-02"), an_indicator("DV-03")
    give(province.communes[0], "2026-11", {one: 7, two: None}, origin=Origin.ESTIMATED)
    Value.objects.update(entered_at=datetime(2026, 12, 1, 18, tzinfo=UTC))
    found = offers([one.pk, two.pk, three.pk], province.communes[0].pk, NOVEMBER)
    assert list(found) == [one.pk]
    offer = found[one.pk]
    assert (offer.amount, offer.origin, offer.records) == (7, Origin.ESTIMATED, None)
    assert offer.as_of == date(2026, 12, 2)  # the day here, not in Greenwich
    assert offer.words == "Số đã gửi ngày 02/12/2026 (ước)."
    assert records_offered(one.pk, province.communes[0].pk, NOVEMBER) == []


def test_a_counter_that_is_gone_offers_nothing(province):
    one = an_indicator(counter="activities.dialogue")
    IndicatorVersion.objects.update(counter="activities.forgotten")
    assert offers([one.pk], province.communes[0].pk, NOVEMBER) == {}
