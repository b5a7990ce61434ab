"""Breaks in a series, what may be compared, and rankings that do not cross a reorganisation."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.indicators.selectors import Break, breaks_in, comparable, ranked
from danvan.indicators.services import recompute_dirty, redefine_indicator
from danvan.organisations.enums import EventKind, Level
from danvan.organisations.selectors import Reading
from danvan.organisations.selectors.breaking import breaks_of
from danvan.organisations.services import (
    apply_reorganisation,
    found_place,
    set_passing,
)
from tests.factories.province import make_place
from tests.indicators.figures import a_ratio, an_indicator, give, month
from tests.indicators.test_defining import MEANING
from tests.indicators.test_holders import draft, merged, moved_commune, province

__all__ = ["province"]

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 15)
YEAR, AUTUMN, OCTOBER = Period.parse("2026"), Period.parse("2026-Q4"), month("2026-10")
UNITS = [Break(ON, of_units=True, of_definition=False)]


def test_a_merger_inside_a_province_breaks_its_communes_and_not_the_province(province):
    one = an_indicator()
    new = apply_reorganisation(merged(province, ON), actor=None).new_units.get().unit
    for unit, breaks in (
        (province.place, []), (province.country, []), (province.communes[2], []),
        (province.communes[0], UNITS), (new, UNITS),
    ):  # fmt: skip
        assert breaks_in(one.pk, unit.pk, YEAR) == breaks
        assert breaks_in(one.pk, unit.pk, YEAR, Reading.present()) == []
        assert comparable(one.pk, [unit.pk], [month("2026-09"), OCTOBER]) == (not breaks)
        assert comparable(one.pk, [unit.pk], [OCTOBER, month("2026-12")])
    assert UNITS[0].words == "sắp xếp đơn vị"


def test_within_one_month_nothing_breaks(province):
    one = an_indicator()
    apply_reorganisation(merged(province, ON), actor=None)
    assert breaks_in(one.pk, province.communes[0].pk, OCTOBER) == []
    assert breaks_in(one.pk, province.communes[0].pk, AUTUMN) == []
    whole = Period.spanning([month("2026-09"), OCTOBER])
    assert breaks_in(one.pk, province.communes[0].pk, whole) == UNITS


def test_what_moves_or_passes_between_provinces_breaks_both(province):
    one = an_indicator()
    other = make_place("Tỉnh Hà Tĩnh", level=Level.PROVINCE, under=province.country, code="42")
    make_place("Xã Kỳ Anh", under=other)
    apply_reorganisation(moved_commune(province, other, ON), actor=None)
    land = draft(province, EventKind.TERRITORY, date(2026, 11, 20))
    set_passing(land, province.communes[1].pk, province.communes[2].pk, actor=None, weight=100_000)
    apply_reorganisation(land, actor=None)
    second = [Break(date(2026, 11, 20), of_units=True, of_definition=False)]
    for unit, breaks in (
        (province.place, UNITS), (other, UNITS), (province.country, []), (province.communes[0], []),
        (province.communes[1], second), (province.communes[2], second),
    ):  # fmt: skip
        assert breaks_in(one.pk, unit.pk, YEAR) == breaks


def test_a_unit_that_is_founded_is_no_break_of_what_is_above_it(province):
    one = an_indicator()
    new = found_place(
        "Xã Mới", type_word="xã", level="commune", under=province.place.pk, actor=None, on=ON, code="04099",
    )  # fmt: skip
    assert breaks_in(one.pk, province.place.pk, YEAR) == []
    assert breaks_in(one.pk, new, YEAR) == UNITS


def test_a_new_definition_breaks_every_reading_and_those_worked_out_from_it(province):
    one, two = an_indicator(), an_indicator("DV-02")
    share = a_ratio("DV-03", one, two)
    redefine_indicator(one, valid_from=ON, **MEANING)
    meant = [Break(ON, of_units=False, of_definition=True)]
    for indicator, breaks in ((one, meant), (share, meant), (two, [])):
        for reading in (Reading(), Reading.present()):
            assert breaks_in(indicator.pk, province.place.pk, YEAR, reading) == breaks
    assert meant[0].words == "đổi định nghĩa"
    apply_reorganisation(merged(province, ON), actor=None)
    both = breaks_in(one.pk, province.communes[0].pk, YEAR)
    assert [found.words for found in both] == ["sắp xếp đơn vị, đổi định nghĩa"]


def test_a_ranking_does_not_cross_a_reorganisation_unless_it_is_rebased(province):
    one = an_indicator()
    for place, amount in zip(province.communes, (5, 6, 10), strict=True):
        give(place, "2026-09", {one: amount})
    give(province.communes[2], "2026-11", {one: None})
    new = apply_reorganisation(merged(province, ON), actor=None).new_units.get().unit
    recompute_dirty()
    units = [province.communes[2].pk, new.pk]
    with pytest.raises(RuleError) as refused:
        ranked(one.pk, units, YEAR)
    assert refused.value.message == (
        "Kỳ này có sắp xếp đơn vị ngày 15/10/2026; xếp theo số chỉ khi đọc như hôm nay hoặc tại một ngày."
        " Đồng chí vui lòng đổi cách đọc số liệu, hoặc chọn kỳ không có sắp xếp."
    )
    told = ranked(one.pk, units, YEAR, Reading.present())
    assert [(unit, figure.amount, figure.rebased) for unit, figure in told] == [
        (new.pk, 11, False), (province.communes[2].pk, 10, False),
    ]  # fmt: skip
    last = ranked(one.pk, [*units[::-1], province.place.pk], month("2026-09"))
    assert [(unit, figure.amount) for unit, figure in last] == [
        (province.place.pk, 21), (province.communes[2].pk, 10), (new.pk, None),
    ]  # fmt: skip


def test_more_units_cost_no_more_queries(province):
    apply_reorganisation(merged(province, ON), actor=None)
    counts = []
    for units in (province.communes[:1], province.communes):
        with CaptureQueriesContext(connection) as queries:
            breaks_of([one.pk for one in units], after=date(2026, 1, 1), until=date(2026, 12, 31))
        counts.append(len(queries))
    assert counts[0] == counts[1]
