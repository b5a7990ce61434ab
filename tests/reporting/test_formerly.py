"""The page of a report tells which units of its own level the unit was made of."""

from datetime import date

import pytest

from danvan.organisations.enums import Level
from danvan.organisations.models import Lineage
from danvan.reporting.selectors import sheet_of
from tests.factories.province import make_place

pytestmark = pytest.mark.django_db
ENDED = date(2025, 7, 1)


def test_old_communes_are_named_and_the_district_is_not(month):
    commune = month.first.unit
    for name, level in (("Xã Lục Dạ", Level.COMMUNE), ("Huyện Con Cuông", Level.DISTRICT)):
        before = make_place(name, level=level, under=month.province.place, ended=ENDED)
        Lineage.objects.create(
            predecessor=before, successor=commune, weight=1_000_000, measure="whole",
            estimated=False, happened_on=ENDED,
        )  # fmt: skip
    assert sheet_of(month.first).formerly == "xã Lục Dạ"
