"""Every way in which units make a month's figure and months a period's, with the figures written out."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.periods import Period
from danvan.indicators.enums import AcrossBreak, Approval, MeasureKind, Origin, OverTime, OverTree
from danvan.indicators.selectors import Rolled, roll_up, series, shares_behind, values_behind
from danvan.indicators.selectors.summing import NOT_LONGER, NOT_UP, PERSONS, years_in
from danvan.indicators.services import recompute_dirty
from tests.factories.province import Province
from tests.indicators.figures import a_ratio, an_indicator, give, month
from tests.indicators.test_readings import BEFORE, TODAY, land
from tests.once import once, own

pytestmark = pytest.mark.django_db
YEAR, AUTUMN, NOVEMBER = Period.parse("2026"), Period.parse("2026-Q4"), month("2026-11")
GIVEN = {"2026-10": (4, 6, None), "2026-11": (None, None, None), "2026-12": (7, 1, 1)}
__all__ = ["land"]
_province = once(Province)
province = own(_province)


def rolled(indicator, unit, period=YEAR, **said):
    recompute_dirty()
    return roll_up([indicator.pk], [unit.pk], period, **said)[indicator.pk, unit.pk]


def given(province, one, months=GIVEN):
    for when, amounts in months.items():
        for commune, amount in zip(province.communes, amounts, strict=True):
            give(commune, when, {one: amount})


@pytest.mark.parametrize(
    ("over_time", "over_tree", "amount"),
    [
        (OverTime.SUM, OverTree.SUM, 19),
        (OverTime.SUM, OverTree.AVERAGE, 8),
        (OverTime.SUM, OverTree.LEAST, 5),
        (OverTime.SUM, OverTree.MOST, 13),
        (OverTime.SUM, OverTree.COUNT, 5),
        (OverTime.AVERAGE, OverTree.SUM, "9.5"),
        (OverTime.AVERAGE, OverTree.AVERAGE, 4),
        (OverTime.LAST, OverTree.SUM, 9),
        (OverTime.LAST, OverTree.AVERAGE, 3),
        (OverTime.LATEST, OverTree.MOST, 7),
        (OverTime.FIRST, OverTree.SUM, 10),
        (OverTime.FIRST, OverTree.AVERAGE, 5),
        (OverTime.LEAST, OverTree.SUM, 9),
        (OverTime.MOST, OverTree.SUM, 10),
        (OverTime.LEAST, OverTree.LEAST, 1),
        (OverTime.MOST, OverTree.MOST, 7),
        (OverTime.COUNT, OverTree.SUM, 2),
        (OverTime.COUNT, OverTree.LEAST, 2),
    ],
)
def test_units_make_a_month_and_months_a_year(province, over_time, over_tree, amount):
    one = an_indicator(over_time=over_time, over_tree=over_tree)
    given(province, one)
    for top in (province.place, province.country):
        found = rolled(one, top)
        assert found.amount == Decimal(str(amount))
        assert (found.rebased, found.why) == (False, "")
    if over_time != OverTime.LATEST:
        assert rolled(one, province.place, NOVEMBER) == Rolled(asked=3, gaps=3)
    assert rolled(one, province.place, Period.parse("2025")) == Rolled()


def test_an_average_is_not_rounded_where_it_enters_a_ratio(province):
    one = an_indicator(over_tree=OverTree.AVERAGE)
    two = an_indicator("DV-02")
    share = a_ratio("DV-03", one, two)
    for commune, amount in zip(province.communes, (1, 0, 0), strict=True):
        give(commune, "2026-11", {one: amount, two: 1})
    average = rolled(one, province.place)
    assert average.exact == Fraction(1, 3)
    assert average.amount == Decimal(1) / 3
    assert rolled(share, province.place).exact == Fraction(100, 9)


def test_the_newest_amount_still_stands_in_later_months_but_not_for_ever(province):
    one = an_indicator(kind=MeasureKind.STOCK, over_time=OverTime.LATEST)
    give(province.communes[0], "2026-01", {one: 800})
    give(province.communes[1], "2026-01", {one: 200})
    give(province.communes[1], "2026-11", {one: None})
    recompute_dirty()
    for top, amount in ((province.place, 1000), (province.communes[0], 800)):
        assert rolled(one, top, AUTUMN).amount == amount
        assert rolled(one, top, month("2028-01")).amount == amount
        assert rolled(one, top, month("2028-02")) == Rolled()
        assert rolled(one, top, Period.parse("2025")) == Rolled()
        assert values_behind(one.pk, top.pk, AUTUMN).count() == (2 if amount == 1000 else 1)
    told = series(one.pk, province.place.pk, [month("2026-01"), month("2026-12"), month("2025-12")])
    assert [each.amount for each in told] == [1000, 1000, None]
    newer = an_indicator("DV-02", kind=MeasureKind.STOCK, over_time=OverTime.LATEST)
    give(province.communes[0], "2026-11", {newer: None})
    assert rolled(newer, province.place, AUTUMN) == Rolled(asked=1, gaps=1)


def test_persons_are_counted_by_whoever_counts_them_and_never_added(province):
    people = an_indicator(kind=MeasureKind.PERSONS, unit_label="người")
    version = people.versions.get()
    assert (version.over_time, version.over_tree) == (OverTime.NONE, OverTree.NONE)
    front, commune = province.fronts[0], province.communes[0]
    give(front, "2026-10", {people: 30})
    give(front, "2026-11", {people: 40})
    give(commune, "2026-10", {people: 50})

    assert rolled(people, front, NOVEMBER) == Rolled(Decimal(40), units=1, asked=1, months=1)
    assert rolled(people, commune, month("2026-10")).amount == 50  # its own, not with the front's
    november = rolled(people, province.place, NOVEMBER)
    assert (november.amount, november.at_least, november.why) == (None, 40, PERSONS)
    year = rolled(people, commune)
    assert (year.amount, year.at_least, year.why) == (None, 50, PERSONS)
    assert rolled(people, province.communes[1]) == Rolled()
    give(province.place, "2026-11", {people: 60})
    assert values_behind(people.pk, commune.pk, YEAR).count() == 1
    assert values_behind(people.pk, province.communes[1].pk, YEAR).count() == 0
    assert values_behind(people.pk, province.country.pk, YEAR).count() == 4
    assert rolled(people, province.place, NOVEMBER).amount == 60
    assert [each.amount for each in values_behind(people.pk, province.place.pk, NOVEMBER)] == [60]
    ratio = a_ratio("DV-09", people, an_indicator("DV-08"))
    assert rolled(ratio, province.place).why == PERSONS
    total = an_indicator("DV-10", formula={"sum": ["DV-01", "DV-08"]})
    assert rolled(total, province.place).why == PERSONS


def test_what_is_not_summed_says_so(province):
    one = an_indicator(over_time=OverTime.NONE, over_tree=OverTree.NONE)
    two = an_indicator("DV-02", over_time=OverTime.NONE)
    for commune, amount in zip(province.communes, (4, 6, None), strict=True):
        give(commune, "2026-10", {one: amount, two: amount})
    first, _, third = province.communes
    october = month("2026-10")
    assert rolled(one, first, october) == Rolled(Decimal(4), units=1, asked=1, months=1)
    assert rolled(one, first) == Rolled(None, units=1, asked=1, months=1, why=NOT_LONGER)
    assert rolled(one, third, october) == Rolled(asked=1, gaps=1)
    assert rolled(one, province.place, october) == Rolled(why=NOT_UP)
    assert rolled(two, province.place, october).amount == 10
    assert rolled(two, province.place).why == NOT_LONGER


@pytest.mark.parametrize(
    ("over_tree", "part", "whole", "before"),
    [
        (OverTree.SUM, "16", "6", "16"),
        (OverTree.AVERAGE, Fraction(100, 14), "6", "8"),
        (OverTree.LEAST, "6", "6", "6"),
        (OverTree.MOST, "10", "6", "10"),
        (OverTree.COUNT, "2", "1", "2"),
    ],
)
def test_of_a_part_of_a_unit_only_a_sum_takes_a_part(land, over_tree, part, whole, before):
    """Xã Đông took over Ba Vì and two fifths of Trung, which gave 10 where Ba Vì gave 6."""
    for code, at_break in (("DV-01", AcrossBreak.SHARE), ("DV-02", AcrossBreak.WHOLE)):
        one = an_indicator(code, over_tree=over_tree, at_break=at_break)
        give(land.ba_vi, "2026-10", {one: 6})
        give(land.trung, "2026-10", {one: 10})
        found = rolled(one, land.dong, reading=TODAY)
        shares = shares_behind(one.pk, land.dong.pk, YEAR, reading=TODAY)
        if at_break == AcrossBreak.WHOLE:
            assert (found.amount, found.rebased, found.gaps) == (Decimal(whole), False, 1)
            assert sorted(shares.values()) == [0, 1]
        else:
            wanted = Fraction(10) if over_tree == OverTree.SUM else Fraction(part)
            assert found.exact == (
                Fraction(6) + Fraction(4) if over_tree == OverTree.SUM else wanted
            )
            assert (found.rebased, found.original) == (True, Decimal(before))
            assert sorted(shares.values()) == [Fraction(2, 5), 1]


def test_the_lowest_and_highest_of_a_province_are_read_across_a_merger(land):
    least = an_indicator("DV-01", over_time=OverTime.LEAST, over_tree=OverTree.LEAST)
    most = an_indicator("DV-02", over_time=OverTime.MOST, over_tree=OverTree.MOST)
    amounts = {"ba_vi": 6, "le": 1, "ky_son": 50, "trung": 20}
    for name, amount in amounts.items():
        give(getattr(land, name), "2026-10", {least: amount, most: amount})
    give(land.dong, "2026-11", {least: 7, most: 7})
    assert [rolled(one, land.ha_tay).amount for one in (least, most)] == [1, 6]
    assert [rolled(one, land.ha_noi, reading=TODAY).amount for one in (least, most)] == [6, 20]
    assert [rolled(one, land.phu_tho, reading=TODAY).amount for one in (least, most)] == [1, 50]
    assert [rolled(one, land.country, reading=TODAY).amount for one in (least, most)] == [1, 50]
    assert [rolled(one, land.ba_vi, reading=BEFORE).amount for one in (least, most)] == [6, 7]


def test_a_ratio_is_told_in_so_many_and_in_a_year(province):
    cases, people = an_indicator("DV-01"), an_indicator("DV-02", kind=MeasureKind.STOCK)
    said = {"factor": 10_000, "unit_label": "vụ trên 10.000 dân"}
    rate = a_ratio("DV-03", cases, people, **said)
    yearly = a_ratio("DV-04", cases, people, annualised=True, **said)
    give(province.communes[0], "2026-11", {cases: 3, people: 20_000})
    assert rolled(rate, province.place, NOVEMBER).amount == Decimal("1.5")
    found = rolled(yearly, province.place, NOVEMBER)
    assert found.exact == Fraction(3, 2) * 365 / 30
    assert (found.numerator, found.denominator) == (3, 20_000)
    assert rolled(yearly, province.place, YEAR).amount == Decimal("1.5")


def test_a_year_has_its_own_days():
    assert years_in(Period.parse("2028-Q1")) == Fraction(91, 366)
    assert years_in(Period.parse("2026-02")) == Fraction(28, 365)
    both = Period.spanning([Period.parse("2027"), Period.parse("2028")])
    assert years_in(both) == 2


def test_a_formula_multiplies_and_divides(province):
    one, two = an_indicator("DV-01"), an_indicator("DV-02")
    score = an_indicator("DV-03", formula={"sum": [{"times": [0.1, "DV-01"]}, "DV-02"]})
    each = an_indicator("DV-04", formula={"divide": ["DV-01", "DV-02"]})
    give(province.communes[0], "2026-11", {one: 7, two: 3})
    give(province.communes[1], "2026-11", {one: None, two: 0})
    assert rolled(score, province.place).amount == Decimal("3.7")
    assert rolled(each, province.place).exact == Fraction(7, 3)
    assert rolled(score, province.communes[1]).amount is None
    give(province.communes[2], "2026-11", {one: 1, two: 0})
    assert rolled(each, province.communes[2]).amount is None  # nothing is divided by zero


def test_approval_is_asked_of_single_values_too(province):
    most = an_indicator(over_tree=OverTree.MOST)
    give(province.communes[0], "2026-11", {most: 9})
    give(province.communes[1], "2026-11", {most: 4}, level=Approval.ACCEPTED)
    assert rolled(most, province.place).amount == 9
    assert rolled(most, province.place, level=Approval.ACCEPTED).amount == 4


def test_more_units_cost_no_more_queries_one_by_one(province):
    most = an_indicator(over_time=OverTime.LATEST, over_tree=OverTree.MOST)
    more = an_indicator("DV-02", over_time=OverTime.LATEST, over_tree=OverTree.MOST)
    for commune in province.communes:
        for when in ("2026-10", "2026-11"):
            give(commune, when, {most: 1, more: 1}, origin=Origin.COUNTED)
    counts = []
    for ids, units, period in (
        ([most.pk], [province.communes[0].pk], NOVEMBER),
        ([most.pk, more.pk], [province.place.pk, *[one.pk for one in province.communes]], YEAR),
    ):
        with CaptureQueriesContext(connection) as queries:
            roll_up(ids, units, period)
        counts.append(len(queries))
    assert counts[0] == counts[1]
