"""Qualitative indicators on their way out: the step of a unit as a code, of a place how many units stand at each."""

import csv
import io

import pytest

from danvan.exchange.exports import plain_csv, sdmx_csv
from danvan.exchange.selectors.observations import given_observations, rolled_observations
from danvan.foundation.periods import Period
from tests.factories.province import Province
from tests.indicators.scales import a_scale, give_steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    province, scale = Province(3), a_scale("DT-01")
    first, second, third = province.communes
    give_steps(scale, "2026-07", {first: "Tốt", second: "Chưa đạt", third: None})
    return province, scale


def rows(pieces):
    return list(csv.DictReader(io.StringIO("".join(pieces).lstrip("\ufeff"))))


def test_what_units_answered_goes_out_as_codes_and_names(told):
    _, scale = told
    period = Period.parse("2026-07")
    coded = rows(sdmx_csv(given_observations([scale.pk], period)))
    assert [(one["OBS_VALUE"], one["OBS_STATUS"]) for one in coded] == [
        ("S1", "A"), ("S4", "A"), ("", "M"),
    ]  # fmt: skip
    named = rows(plain_csv(given_observations([scale.pk], period)))
    assert [one["Giá trị"] for one in named] == ["Tốt", "Chưa đạt", ""]


def test_of_a_place_go_out_the_counts_of_its_steps(told):
    province, scale = told
    found = rolled_observations([scale.pk], [province.place.pk], [Period.parse("2026-Q3")])
    assert {
        (one["INDICATOR"], one["OBS_VALUE"], one["TIME_PERIOD"]) for one in rows(sdmx_csv(found))
    } == {
        ("DT-01_S1", "1", "2026-07"), ("DT-01_S2", "0", "2026-07"), ("DT-01_S3", "0", "2026-07"),
        ("DT-01_S4", "1", "2026-07"), ("DT-01_OLDER", "0", "2026-07"), ("DT-01_UNKNOWN", "1", "2026-07"),
        ("DT-01_TORN", "0", "2026-07"), ("DT-01_UNREPORTED", "0", "2026-07"),
    }  # fmt: skip


def test_a_place_that_was_asked_nothing_sends_nothing(told):
    province, scale = told
    period = Period.parse("2026-01")
    assert list(rolled_observations([scale.pk], [province.place.pk], [period])) == []
