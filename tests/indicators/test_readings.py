"""One merger, one division and one unit that strays, read then, as today and on a day: with the figures written out."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.indicators.enums import AcrossBreak, Approval, MeasureKind, Origin
from danvan.indicators.exact import exactly
from danvan.indicators.facts import behind_figures, sums_by_unit
from danvan.indicators.selectors import (
    Rolled,
    corrections,
    finality,
    roll_up,
    series,
    shares_behind,
    values_behind,
)
from danvan.indicators.selectors.history import Corrected, Finality
from danvan.indicators.services import Entry, recompute_dirty, record_values
from danvan.organisations.enums import Level
from danvan.organisations.models import Lineage
from danvan.organisations.selectors import Reading
from tests.factories.province import make_place
from tests.indicators.figures import a_ratio, an_indicator, give, month
from tests.indicators.test_cube import move

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 1)
YEAR, OCTOBER = Period.parse("2026"), month("2026-10")
TODAY, BEFORE = Reading(date(2026, 12, 1)), Reading(date(2026, 10, 15))


def passes(predecessor, successor, weight, back=None):
    Lineage.objects.create(
        predecessor=predecessor, successor=successor, weight=weight, back_weight=back, measure="area",
        estimated=True, happened_on=ON,
    )  # fmt: skip


@pytest.fixture
def land():
    """Hà Tây and half of Hoà Bình became Hà Nội; Hoà Bình's other half, with its Xã Kỳ Sơn, became Phú Thọ.

    Xã Trung was split: two fifths of it to Xã Đông in Hà Nội, the rest to Xã Tây in Phú Thọ. Xã Lẻ of Hà Tây went
    to Phú Thọ as it was.
    """

    country = make_place("Việt Nam", level=Level.COUNTRY)
    made = SimpleNamespace(country=country)

    def add(name, title, under, **days):
        level = Level.PROVINCE if under == country else Level.COMMUNE
        setattr(made, name, make_place(title, level=level, under=under, **days))

    for name, title in (("ha_tay", "Hà Tây"), ("hoa_binh", "Hoà Bình")):
        add(name, title, country, ended=ON)
    for name, title in (("ha_noi", "Hà Nội"), ("phu_tho", "Phú Thọ")):
        add(name, title, country, founded=ON)
    add("ba_vi", "Ba Vì", made.ha_tay, ended=ON)
    add("le", "Lẻ", made.ha_tay)
    add("ky_son", "Kỳ Sơn", made.hoa_binh, ended=ON)
    add("trung", "Trung", made.hoa_binh, ended=ON)
    add("dong", "Đông", made.ha_noi, founded=ON)
    add("tay", "Tây", made.phu_tho, founded=ON)
    passes(made.ha_tay, made.ha_noi, 1_000_000, 700_000)
    passes(made.hoa_binh, made.ha_noi, 500_000, 300_000)
    passes(made.hoa_binh, made.phu_tho, 500_000, 1_000_000)
    passes(made.ba_vi, made.dong, 1_000_000, 750_000)
    passes(made.trung, made.dong, 400_000, 250_000)
    passes(made.trung, made.tay, 600_000, 500_000)
    passes(made.ky_son, made.tay, 1_000_000, 500_000)
    move(made.le, ON, {"place": made.phu_tho, "country": made.country})
    return made


def read(indicator, unit, period=YEAR, reading=TODAY, level=Approval.SENT):
    recompute_dirty()
    found = roll_up([indicator.pk], [unit.pk], period, reading=reading, level=level)
    return found[indicator.pk, unit.pk]


def test_a_part_is_apportioned_and_what_was_given_stands_beside_it(land):
    one = an_indicator()
    give(land.ba_vi, "2026-10", {one: 10})
    give(land.trung, "2026-10", {one: Decimal("5.000001")})
    give(land.le, "2026-10", {one: 100})
    give(land.ky_son, "2026-10", {one: 1000})
    give(land.hoa_binh, "2026-10", {one: 7})
    assert read(one, land.dong) == Rolled(
        Decimal("12.0000004"), units=2, asked=2, months=1, rebased=True, original=Decimal("15.000001"),
    )  # fmt: skip
    assert read(one, land.tay).amount == Decimal("1003.0000006")
    assert read(one, land.ha_noi) == Rolled(
        Decimal("15.5000004"), units=3, asked=3, months=1, rebased=True, original=Decimal("22.000001"),
    )  # fmt: skip
    assert read(one, land.phu_tho).amount == Decimal("1106.5000006")
    assert read(one, land.country) == Rolled(Decimal("1122.000001"), units=5, asked=5, months=1)
    assert read(one, land.hoa_binh) == Rolled()
    assert read(one, land.hoa_binh, reading=Reading()).amount == Decimal("1012.000001")
    assert read(one, land.hoa_binh, reading=BEFORE) == read(one, land.hoa_binh, reading=Reading())


def test_later_figures_are_read_on_an_earlier_day_too(land):
    one = an_indicator()
    give(land.dong, "2026-11", {one: 100})
    give(land.tay, "2026-11", {one: 10})
    give(land.le, "2026-11", {one: 1})
    assert read(one, land.trung, reading=BEFORE) == Rolled(
        Decimal(30), units=2, asked=2, months=1, rebased=True, original=Decimal(110)
    )
    assert read(one, land.ha_tay, reading=BEFORE).amount == 76
    assert read(one, land.hoa_binh, reading=BEFORE).amount == 35
    assert read(one, land.country, reading=BEFORE) == Rolled(
        Decimal(111), units=3, asked=3, months=1
    )


def test_what_is_not_to_be_apportioned_is_a_gap(land):
    one = an_indicator(at_break=AcrossBreak.WHOLE)
    give(land.ba_vi, "2026-10", {one: 10})
    give(land.trung, "2026-10", {one: 5})
    assert read(one, land.dong) == Rolled(Decimal(10), units=1, asked=2, months=1, gaps=1)
    assert read(one, land.tay) == Rolled(None, asked=1, gaps=1)
    assert read(one, land.ha_noi) == Rolled(Decimal(10), units=1, asked=2, months=1, gaps=1)
    assert read(one, land.country).amount == 15
    behind = {
        row.unit_id: row.pk for row in values_behind(one.pk, land.dong.pk, YEAR, reading=TODAY)
    }
    shares = shares_behind(one.pk, land.dong.pk, YEAR, reading=TODAY)
    assert shares == {behind[land.ba_vi.pk]: 1, behind[land.trung.pk]: 0}
    assert sums_by_unit([one.pk], land.dong.pk, YEAR, reading=TODAY) == {
        one.pk: {(land.ba_vi.pk, OCTOBER.first): 10}
    }


def test_an_estimate_that_is_not_to_be_apportioned_marks_only_what_it_counts_in(land):
    for code, at_break in (("DV-01", AcrossBreak.SHARE), ("DV-02", AcrossBreak.WHOLE)):
        one = an_indicator(code, at_break=at_break)
        give(land.ba_vi, "2026-10", {one: 10})
        entry = Entry(one.pk, Decimal(5), Origin.ESTIMATED)
        record_values(land.trung.pk, OCTOBER, [entry], actor=None)
        recompute_dirty()
        assert read(one, land.dong).estimated == (at_break == AcrossBreak.SHARE)
        assert read(one, land.country).estimated


def test_ratios_are_made_of_rebased_parts_with_both_originals(land):
    done, people = an_indicator("DV-01"), an_indicator("DV-02", kind=MeasureKind.STOCK)
    share = a_ratio("DV-03", done, people)
    give(land.trung, "2026-10", {done: 10, people: 200})
    give(land.ba_vi, "2026-10", {done: 6, people: 20})
    found = read(share, land.dong)
    assert (found.numerator, found.denominator, found.amount) == (10, 100, 10)
    assert (found.numerator_original, found.denominator_original) == (16, 220)
    assert found.rebased
    assert found.original == Decimal(1600) / 220
    assert found.before == found.original
    assert read(share, land.country).before == Decimal(1600) / 220


def test_a_stock_takes_its_last_month_under_the_units_of_the_day(land):
    one = an_indicator(kind=MeasureKind.STOCK)
    give(land.trung, "2026-09", {one: 100})
    give(land.ba_vi, "2026-10", {one: 7})
    give(land.trung, "2026-10", {one: None})
    assert read(one, land.dong) == Rolled(Decimal(7), units=1, asked=2, months=1, gaps=1)
    assert read(one, land.tay).amount == 60
    months = [month("2026-09"), OCTOBER, month("2026-11")]
    assert [found.amount for found in series(one.pk, land.dong.pk, months, reading=TODAY)] == [
        40, 7, None,
    ]  # fmt: skip


def test_levels_corrections_and_finality_follow_the_reading(land):
    one = an_indicator()
    give(land.ba_vi, "2026-10", {one: 10}, level=Approval.ACCEPTED)
    give(land.trung, "2026-10", {one: 5})
    give(land.trung, "2026-10", {one: 10}, origin=Origin.ESTIMATED)
    give(land.le, "2026-10", {one: 1}, level=Approval.LOCKED)
    assert read(one, land.dong, level=Approval.ACCEPTED).amount == 10
    assert read(one, land.ha_noi, level=Approval.ACCEPTED).amount == 10
    assert read(one, land.phu_tho, level=Approval.ACCEPTED).amount == 1
    for unit, moved in ((land.dong, 2), (land.phu_tho, 3), (land.country, 5)):
        behind = values_behind(one.pk, unit.pk, YEAR, reading=TODAY)
        shares = shares_behind(one.pk, unit.pk, YEAR, reading=TODAY)
        assert corrections(behind, shares) == Corrected(1, Decimal(moved))
    months = [OCTOBER, month("2026-11")]
    for unit, final in (
        (land.ha_noi, Finality(2, 1, 0, estimated=True)),
        (land.phu_tho, Finality(2, 1, 1, estimated=True)),
        (land.country, Finality(3, 2, 1, estimated=True)),
        (land.le, Finality(1, 1, 1, estimated=False)),
    ):
        assert finality(one.pk, unit.pk, months, TODAY) == {OCTOBER.first: final}
    told = behind_figures([one.pk], land.phu_tho.pk, YEAR, reading=TODAY)[one.pk]
    assert [(found.records, found.mended, found.locked) for found in told] == [(2, 1, 1)]


def test_more_units_indicators_and_months_cost_no_more_queries_in_any_reading(land):
    many = [an_indicator(f"DV-{number:02}") for number in range(1, 5)]
    for place in (land.ba_vi, land.trung, land.le, land.ky_son):
        for when in ("2026-09", "2026-10"):
            give(place, when, dict.fromkeys(many, 1))
    recompute_dirty()
    few, all_units = [land.ha_noi.pk, land.dong.pk], [
        land.ha_noi.pk, land.phu_tho.pk, land.country.pk, land.dong.pk, land.tay.pk, land.le.pk,
    ]  # fmt: skip
    counts = []
    for indicators, units, period in ((many[:1], few, OCTOBER), (many, all_units, YEAR)):
        with CaptureQueriesContext(connection) as queries:
            roll_up([one.pk for one in indicators], units, period, reading=TODAY)
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 2  # days after the reading's are read beside those before


def test_an_amount_is_told_to_its_last_digit():
    assert exactly(Fraction(1, 3 * 10**6) * 3) == Decimal("1e-12")
    assert exactly(Fraction(123_456_789_012_345_678_901, 10**18)) == Decimal(
        "123456789012345678901e-24"
    )
    assert str(exactly(7_000_000_000)) == "7000"
    with pytest.raises(ValueError, match="no last digit"):
        exactly(Fraction(1, 3))


def test_whether_a_value_may_be_apportioned_is_one_of_two(land):
    with pytest.raises(RuleError, match="chia theo tỷ trọng hoặc chỉ cộng trọn vẹn"):
        an_indicator(at_break="sometimes")
