"""What stands behind a figure: how far approved, how often corrected, which of it is estimated."""

from datetime import date
from decimal import Decimal

import pytest

from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval, Origin
from danvan.indicators.facts import Behind, behind_figures, sums_by_unit, values_under
from danvan.indicators.selectors import corrections, finality, values_behind
from danvan.indicators.selectors.history import Corrected, Finality
from danvan.indicators.selectors.measures import values_from
from danvan.indicators.services import recompute_dirty
from tests.factories.province import Province
from tests.indicators.figures import an_indicator, give, month

pytestmark = pytest.mark.django_db
AUTUMN = Period.parse("2026-Q4")
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def province():
    return Province()


@pytest.fixture
def indicator(province):
    """October: 1 (locked), 2 mended to 5 (sent). November: not known, and an estimate of 7 (accepted)."""
    made = an_indicator()
    first, second, _ = province.communes
    give(first, "2026-10", {made: 1}, level=Approval.LOCKED, source=("r", 1))
    give(second, "2026-10", {made: 2}, source=("r", 2))
    give(second, "2026-10", {made: 5}, source=("r", 3))
    give(first, "2026-11", {made: None})
    give(second, "2026-11", {made: 7}, level=Approval.ACCEPTED, origin=Origin.ESTIMATED)
    recompute_dirty()
    return made


def test_the_last_corrections_are_told_with_what_they_moved(province, indicator):
    behind = values_behind(indicator.pk, province.place.pk, AUTUMN)
    assert corrections(behind) == Corrected(1, Decimal(3))
    assert corrections(values_behind(indicator.pk, province.communes[0].pk, AUTUMN)) == Corrected(
        0, Decimal(0)
    )


def test_how_final_a_month_is_is_the_same_from_cells_and_from_values(province, indicator):
    months = [month("2026-10"), month("2026-11"), month("2026-12")]
    assert finality(indicator.pk, province.place.pk, months) == {
        OCTOBER: Finality(2, 1, 1, estimated=False),
        NOVEMBER: Finality(2, 1, 0, estimated=True),
    }
    assert finality(indicator.pk, province.communes[1].pk, months) == {
        OCTOBER: Finality(1, 0, 0, estimated=False),
        NOVEMBER: Finality(1, 1, 0, estimated=True),
    }


def test_the_values_behind_a_report_month_by_month(province, indicator):
    assert behind_figures([indicator.pk], province.place.pk, AUTUMN) == {
        indicator.pk: [
            Behind(OCTOBER, records=2, accepted=1, locked=1, mended=1),
            Behind(NOVEMBER, records=1, accepted=1, locked=0, mended=0),
        ]
    }
    first, second, _ = (commune.pk for commune in province.communes)
    assert sums_by_unit([indicator.pk], province.place.pk, AUTUMN) == {
        indicator.pk: {(first, OCTOBER): 1, (second, OCTOBER): 5, (second, NOVEMBER): 7}
    }
    assert values_under([indicator.pk], province.place.pk, AUTUMN, Approval.ACCEPTED).count() == 2


def test_the_values_of_a_source_replaced_ones_too(indicator):
    assert [value.amount for value in values_from("r", [2, 3])] == [2, 5]
