"""An estimate says so in every figure that it is rolled up into, and in no other."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval, MeasureKind, Origin
from danvan.indicators.selectors import roll_up, series
from danvan.indicators.services import Entry, recompute_dirty, record_values
from danvan.organisations.selectors.readings import Reading
from tests.factories.province import Province
from tests.indicators.figures import a_ratio, an_indicator, give, month
from tests.once import once, own

pytestmark = pytest.mark.django_db
AUTUMN = Period.parse("2026-Q4")


class Estimated:
    """Two communes gave a figure for October and November; the first one's of November is an estimate."""

    def __init__(self):
        self.province = Province()
        self.one, self.whole = an_indicator("DV-01"), an_indicator("DV-02")
        self.first, self.second, self.third = self.province.communes
        for when in ("2026-10", "2026-11"):
            for commune in (self.first, self.second):
                give(commune, when, {self.one: 5, self.whole: 10})
        self.guess(self.first, "2026-11", {self.one: 6})

    @staticmethod
    def guess(unit, when, amounts):
        """Give estimates."""
        entries = [
            Entry(one.pk, None if amount is None else Decimal(amount), Origin.ESTIMATED)
            for one, amount in amounts.items()
        ]
        record_values(unit.pk, month(when), entries, actor=None)
        recompute_dirty()


_case = once(Estimated)


@pytest.fixture
def case(_case, db):
    return own(_case)


def estimated(indicator, unit, period, **said):
    return roll_up([indicator.pk], [unit.pk], period, **said)[indicator.pk, unit.pk].estimated


def test_every_place_above_says_so_and_no_other(case):
    november = month("2026-11")
    said = {
        unit.pk: estimated(case.one, unit, november)
        for unit in (
            case.first,
            case.second,
            case.third,
            case.province.place,
            case.province.country,
        )
    }

    assert list(said.values()) == [True, False, False, True, True]
    assert not estimated(case.whole, case.province.place, november)
    assert not estimated(case.one, case.province.place, month("2026-10"))


def test_a_longer_period_says_so_where_the_month_is_in_its_figure(case):
    stock = an_indicator("DV-03", kind=MeasureKind.STOCK)
    case.guess(case.second, "2026-10", {stock: 3})
    assert estimated(stock, case.province.place, AUTUMN)
    give(case.second, "2026-11", {stock: 4})
    recompute_dirty()

    assert estimated(case.one, case.province.place, AUTUMN)
    assert not estimated(stock, case.province.place, AUTUMN)
    months = series(case.one.pk, case.province.place.pk, [month("2026-10"), month("2026-11")])
    assert [one.estimated for one in months] == [False, True]


def test_what_is_worked_out_from_it_says_so(case):
    share = a_ratio("DV-04", case.one, case.whole)
    total = an_indicator("DV-05", formula={"sum": [case.one.code, case.whole.code]})

    for worked_out in (share, total):
        assert estimated(worked_out, case.province.place, month("2026-11"))
        assert not estimated(worked_out, case.province.place, month("2026-10"))


def test_an_estimate_that_is_replaced_or_not_known_is_none(case):
    case.guess(case.third, "2026-10", {case.one: None})
    assert not estimated(case.one, case.province.place, month("2026-10"))

    give(case.first, "2026-11", {case.one: 7})

    assert not estimated(case.one, case.province.place, month("2026-11"))


def test_below_the_level_that_is_asked_for_it_is_not_in_the_figure(case):
    assert not estimated(case.one, case.province.place, month("2026-11"), level=Approval.ACCEPTED)


def test_read_on_a_day_it_says_so_too(case):
    reading = Reading(month("2026-11").last)

    assert estimated(case.one, case.province.place, month("2026-11"), reading=reading)
    assert estimated(case.one, case.first, month("2026-11"), reading=reading)
    assert not estimated(case.one, case.second, month("2026-11"), reading=reading)


def test_the_number_of_queries_does_not_grow_with_estimates(case):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            roll_up([case.one.pk], [case.province.place.pk, case.first.pk], AUTUMN)
        return len(asked)

    before = queries()
    for when in ("2026-10", "2026-12"):
        for commune in case.province.communes:
            case.guess(commune, when, {case.one: 2})

    assert queries() == before
