"""Roll-up: over time, as shares, by formula, below the province, and what stands behind a figure."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval, MeasureKind
from danvan.indicators.selectors import Rolled, roll_up, series, values_behind
from danvan.indicators.services import raise_level, recompute_dirty, redefine_indicator
from danvan.organisations.enums import Level
from tests.factories.province import Province, make_place
from tests.indicators.figures import a_ratio, an_indicator, give, month
from tests.indicators.test_cube import move
from tests.indicators.test_defining import MEANING

pytestmark = pytest.mark.django_db
YEAR, AUTUMN, NOVEMBER = Period.parse("2026"), Period.parse("2026-Q4"), month("2026-11")


@pytest.fixture
def province():
    return Province()


def rolled(indicator, unit, period, **said):
    recompute_dirty()
    return roll_up([indicator.pk], [unit.pk], period, **said)[indicator.pk, unit.pk]


def behind(indicator, unit, period, level=Approval.SENT):
    """The sum over the values behind a figure; None where none is known."""
    found = values_behind(indicator.pk, unit.pk, period, level)
    known = [value.amount for value in found if value.amount is not None]
    return sum(known) if known else None


def test_a_flow_adds_its_months(province):
    one = an_indicator()
    for when, amounts in {"2026-10": (1, 2), "2026-12": (4, None)}.items():
        for commune, amount in zip(province.communes, amounts, strict=False):
            give(commune, when, {one: amount})
    for top in (province.place, province.country):
        figure = rolled(one, top, AUTUMN)
        assert figure == Rolled(Decimal(7), units=2, asked=2, months=2, gaps=1)
        assert behind(one, top, AUTUMN) == 7
    assert rolled(one, province.communes[0], YEAR) == Rolled(Decimal(5), units=1, asked=1, months=2)
    assert rolled(one, province.place, month("2026-11")) == Rolled()
    assert rolled(one, province.communes[2], YEAR) == Rolled()


def test_a_stock_takes_the_last_month_in_which_anybody_knew_it(province):
    one = an_indicator(kind=MeasureKind.STOCK)
    first, second, _ = province.communes
    give(first, "2026-10", {one: 5})
    give(second, "2026-10", {one: 6})
    give(first, "2026-11", {one: 7})
    give(second, "2026-12", {one: None})
    for top in (province.place, province.country):
        assert rolled(one, top, AUTUMN) == Rolled(Decimal(7), units=1, asked=1, months=1)
        assert behind(one, top, AUTUMN) == 7
    assert rolled(one, second, AUTUMN).amount == 6
    assert rolled(one, second, month("2026-12")) == Rolled(None, asked=1, gaps=1)
    assert behind(one, second, month("2026-12")) is None
    assert values_behind(one.pk, second.pk, month("2026-12")).count() == 1


def test_a_share_divides_summed_parts_and_never_averages(province):
    done, due = an_indicator("DV-01"), an_indicator("DV-02")
    share = a_ratio("DV-03", done, due)
    for commune, parts in zip(province.communes, ((1, 1), (0, 99), (4, 0)), strict=True):
        give(commune, "2026-11", dict(zip((done, due), parts, strict=True)))
    figure = rolled(share, province.place, YEAR)
    assert (figure.amount, figure.numerator, figure.denominator) == (5, 5, 100)
    assert (figure.units, figure.asked, figure.months) == (3, 3, 1)
    assert rolled(share, province.communes[0], YEAR).amount == 100
    nothing = rolled(share, province.communes[2], YEAR)
    assert (nothing.amount, nothing.numerator, nothing.denominator) == (None, 4, 0)
    assert values_behind(share.pk, province.place.pk, YEAR).count() == 6


def test_an_unknown_whole_leaves_a_share_unknown_and_none_is_cut_at_a_hundred(province):
    done, due = an_indicator("DV-01"), an_indicator("DV-02")
    share = a_ratio("DV-03", done, due)
    give(province.communes[0], "2026-11", {done: 3, due: None})
    assert rolled(share, province.place, YEAR).amount is None
    assert rolled(share, province.place, YEAR).denominator is None
    give(province.communes[1], "2026-11", {done: 3, due: 3})
    assert rolled(share, province.place, YEAR).amount == 200


def test_a_share_of_a_stock_takes_each_part_by_its_own_rule(province):
    done, people = an_indicator("DV-01"), an_indicator("DV-02", kind=MeasureKind.STOCK)
    share = a_ratio("DV-03", done, people)
    for when in ("2026-10", "2026-11"):
        give(province.communes[0], when, {done: 10, people: 80})
    assert rolled(share, province.place, YEAR).amount == 25


def test_a_formula_is_worked_out_from_rolled_up_parts(province):
    one, two, three = (an_indicator(f"DV-0{number}") for number in (1, 2, 3))
    inner = an_indicator("DV-10", formula={"sum": ["DV-01", "DV-02"]})
    outer = an_indicator(
        "DV-11", formula={"difference": ["DV-10", "DV-03", {"sum": ["DV-01", "DV-01"]}]}
    )
    share = a_ratio("DV-12", three, inner)
    give(province.communes[0], "2026-10", {one: 1, two: 10, three: 4})
    give(province.communes[1], "2026-11", {one: 2, two: 20})
    give(province.communes[2], "2026-11", {three: None})

    total = rolled(inner, province.place, YEAR)
    assert total == Rolled(Decimal(33), units=1, asked=1, months=2)
    assert rolled(outer, province.place, YEAR) == Rolled(
        Decimal(33 - 4 - 6), units=1, asked=1, months=1, gaps=2 - 1
    )
    assert rolled(outer, province.communes[1], YEAR).amount is None  # one part unknown
    assert rolled(share, province.place, YEAR).numerator == 4
    assert rolled(share, province.place, YEAR).denominator == 33
    assert behind(inner, province.place, YEAR) == 33


def test_a_level_reads_what_was_approved(province):
    one = an_indicator()
    for number, commune in enumerate(province.communes, 1):
        give(commune, "2026-11", {one: number}, source=("r", number))
    raise_level("r", [3], Approval.ACCEPTED, actor=None)
    for unit, sent, accepted in ((province.place, 6, 3), (province.communes[2], 3, 3)):
        for level, amount in ((Approval.SENT, sent), (Approval.ACCEPTED, accepted)):
            assert rolled(one, unit, YEAR, level=level).amount == amount
            assert behind(one, unit, YEAR, level) == amount
    assert rolled(one, province.communes[0], YEAR, level=Approval.LOCKED) == Rolled()


def test_a_place_holds_its_organisations_and_an_organisation_itself(province):
    one = an_indicator()
    give(province.communes[0], "2026-11", {one: 1})
    give(province.fronts[0], "2026-11", {one: 10})
    give(province.fronts[1], "2026-11", {one: 100})
    units = [province.place, province.communes[0], province.fronts[0], province.communes[1]]
    recompute_dirty()
    found = roll_up([one.pk], [unit.pk for unit in units], NOVEMBER)
    assert [found[one.pk, unit.pk].amount for unit in units] == [111, 11, 10, 100]
    assert [behind(one, unit, NOVEMBER) for unit in units] == [111, 11, 10, 100]
    assert found[one.pk, province.communes[0].pk].units == 2


def test_a_commune_that_moved_counts_where_it_stood_then(province):
    """What moved here is an organisation of one commune into another: read from the values, month by month."""
    one = an_indicator()
    front, here, there = province.fronts[0], province.communes[0], province.communes[1]
    move_organisation(front, here, there, date(2026, 11, 1))
    for when, amount in (("2026-10", 1), ("2026-11", 10)):
        give(front, when, {one: amount})
    assert [rolled(one, unit, AUTUMN).amount for unit in (here, there, front)] == [1, 10, 11]
    assert [behind(one, unit, AUTUMN) for unit in (here, there, front)] == [1, 10, 11]
    assert rolled(one, province.place, AUTUMN).amount == 11


def move_organisation(front, here, there, day):
    from danvan.organisations.enums import Follows
    from danvan.organisations.models import Reach

    Reach.objects.filter(unit=front, top=here, follows=Follows.PLACE).update(valid_to=day)
    Reach.objects.create(top=there, unit=front, follows=Follows.PLACE, valid_from=day)


def test_a_meaning_holds_for_the_last_day_of_the_period(province):
    one = an_indicator(kind=MeasureKind.STOCK)
    redefine_indicator(one, valid_from=date(2026, 12, 1), **MEANING)
    give(province.communes[0], "2026-11", {one: 3})
    give(province.communes[0], "2026-12", {one: 4})
    assert rolled(one, province.place, YEAR).amount == 7
    assert rolled(one, province.place, NOVEMBER).amount == 3
    assert rolled(one, province.place, Period.parse("2024")) == Rolled()


def test_a_series_gives_each_month_in_order(province):
    one, two = an_indicator("DV-01"), an_indicator("DV-02")
    share = a_ratio("DV-03", one, two)
    months = [month(f"2026-{number:02}") for number in (9, 10, 11)]
    give(province.communes[0], "2026-09", {one: 1, two: 2})
    give(province.communes[0], "2026-11", {one: 3, two: 4})
    recompute_dirty()
    for unit in (province.place, province.communes[0]):
        assert [one.amount for one in series(one.pk, unit.pk, months)] == [1, None, 3]
        assert [one.amount for one in series(share.pk, unit.pk, months)] == [50, None, 75]
    assert series(one.pk, province.place.pk, [YEAR], Approval.SENT)[0].amount == 4
    assert series(one.pk, province.place.pk, months, Approval.LOCKED) == [Rolled()] * 3
    assert series(one.pk, province.place.pk, []) == []


def test_more_units_indicators_and_months_cost_no_more_queries(province):
    many = [an_indicator(f"DV-{number:02}") for number in range(1, 6)]
    for commune in province.communes:
        for when in ("2026-10", "2026-11", "2026-12"):
            give(commune, when, dict.fromkeys(many, 1))
    recompute_dirty()
    communes = [commune.pk for commune in province.communes]
    counts = []
    for indicators, units, period in (
        (many[:1], [province.place.pk, communes[0]], NOVEMBER),
        (many, [province.place.pk, province.country.pk, *communes], YEAR),
    ):
        with CaptureQueriesContext(connection) as queries:
            roll_up([one.pk for one in indicators], units, period)
        counts.append(len(queries))
    assert counts == [6, 6]


def test_a_moved_commune_leaves_the_old_province_its_past(province):
    one = an_indicator()
    other = make_place("Tỉnh Hà Tĩnh", level=Level.PROVINCE, under=province.country)
    move(province.communes[0], date(2026, 11, 15), {"place": other, "country": province.country})
    for when in ("2026-10", "2026-11"):
        give(province.communes[0], when, {one: 1})
    assert [
        rolled(one, unit, YEAR).amount for unit in (province.place, other, province.country)
    ] == [1, 1, 2]
    assert [behind(one, unit, YEAR) for unit in (province.place, other, province.country)] == [
        1,
        1,
        2,
    ]
