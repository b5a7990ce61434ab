"""People are counted once each, over all units and the whole of a period, where records can tell them apart."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from danvan.foundation.periods import Period
from danvan.indicators import counters
from danvan.indicators.enums import MeasureKind
from danvan.indicators.selectors import offers, persons_counted, roll_up
from danvan.organisations.enums import Manner
from danvan.organisations.services.officers.people import record_training
from tests.factories.province import Province, make_grant
from tests.indicators.figures import an_indicator, give
from tests.organisations.officers import lead

TRAINED = "register.trained_officers"
YEAR, JUNE = Period.parse("2026"), Period.parse("2026-06")


def learnt(officer, course, begun, finished):
    record_training(officer, course=course, begun_on=begun, finished_on=finished, actor=None)


@pytest.fixture
def province(db, settings):
    """An leads two units and learnt in March and June, Bình in June; Cường learnt before he took his post."""
    settings.DANVAN_TODAY = date(2026, 9, 30)
    province = Province()
    an = lead(province.committees[0], "Lô An")
    lead(province.fronts[1], "", title="Chủ tịch", manner=Manner.CONCURRENT, officer=an)
    binh, cuong = lead(province.committees[1], "Vi Bình"), lead(province.fronts[0], "Vi Cường")
    learnt(an, "Kỹ năng đối thoại", date(2026, 3, 2), date(2026, 3, 6))
    learnt(an, "Nghiệp vụ dân vận", date(2026, 6, 1), date(2026, 6, 5))
    learnt(binh, "Nghiệp vụ dân vận", date(2026, 6, 1), date(2026, 6, 5))
    learnt(cuong, "Tiếng Thái", date(2020, 6, 1), date(2020, 6, 5))
    province.all = [one.pk for one in (*province.committees, *province.fronts)]
    province.version = an_indicator(
        "DV-20", name="Cán bộ được bồi dưỡng", kind=MeasureKind.PERSONS, counter=TRAINED,
        unit_label="người",
    ).versions.get()  # fmt: skip
    return province


def test_each_unit_counts_its_own_and_all_together_count_each_once(province):
    counter = counters.named(TRAINED)
    assert sum(counter.count(province.all, YEAR).values()) == 3
    assert counter.total(province.all, YEAR) == 2
    assert counter.total(province.all, Period.parse("2026-03")) == 1
    assert counter.total(province.all, Period.parse("2020")) == 0


def test_the_records_are_those_behind_the_count(province):
    counter = counters.named(TRAINED)
    records = counter.records(province.all, YEAR)
    tally = {}
    for one in records:
        tally[one.unit_id] = tally.get(one.unit_id, 0) + one.quantity
    assert tally == dict(counter.count(province.all, YEAR))
    assert {one.title for one in records} == {
        "Lô An: Kỹ năng đối thoại", "Vi Bình: Nghiệp vụ dân vận",
    }  # fmt: skip


def test_a_year_is_counted_over_the_year_and_never_summed_of_months(province):
    place = province.place.pk
    months = [
        persons_counted(province.version, place, one) for one in (Period.parse("2026-03"), JUNE)
    ]
    year = persons_counted(province.version, place, YEAR)
    assert [one.amount for one in months] == [1, 2]
    assert year.amount == 2
    assert "mỗi người một lần" in year.words


def test_a_month_that_is_offered_counts_each_once_too(province):
    [offer] = offers([province.version.indicator_id], province.place.pk, JUNE).values()
    assert offer.amount == Decimal(2)


def test_where_records_cannot_tell_there_is_only_at_least(province):
    entered = an_indicator("DV-21", kind=MeasureKind.PERSONS, unit_label="người")
    flow = an_indicator("DV-22")
    give(province.communes[0], "2026-03", {entered: 4})
    give(province.communes[0], "2026-06", {entered: 6})

    assert persons_counted(entered.versions.get(), province.place.pk, YEAR) is None
    assert persons_counted(flow.versions.get(), province.place.pk, YEAR) is None
    assert persons_counted(province.version, province.place.pk, Period.parse("2027")) is None
    figure = roll_up([entered.pk], [province.place.pk], YEAR)[entered.pk, province.place.pk]
    assert (figure.amount, figure.at_least) == (None, 6)


def test_the_pages_of_the_figure_and_of_the_indicator_tell_it(province, client):
    client.force_login(make_grant(province.place, "leader"))
    asked = {"chi_so": "DV-20", "don_vi": province.place.pk, "ky": "2026"}
    told = client.get(reverse("desk:number"), asked).content.decode()
    assert "<b>2</b> người. Đếm từ hồ sơ của cả năm 2026, mỗi người một lần" in told
    card = client.get(reverse("desk:indicator", args=[province.version.indicator_id]))
    assert card.context["card"].persons.amount == 2
    assert "đếm lại từ hồ sơ cả kỳ" in card.content.decode()
