"""Middle points of places, on a day."""

from datetime import date
from decimal import Decimal

import pytest

from danvan.organisations.models import UnitVersion
from danvan.organisations.selectors import Position, positions
from tests.factories.province import make_place

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def test_a_place_lies_where_the_register_says_and_an_unknown_one_is_left_out():
    known, half, unknown, ended = (
        make_place("Xã Môn Sơn"),
        make_place("Xã Con Cuông"),
        make_place("Xã Tri Lễ"),
        make_place("Xã Cũ", ended=date(2025, 7, 1)),
    )
    at = {"latitude": Decimal("18.95"), "longitude": Decimal("104.9")}
    UnitVersion.objects.filter(unit__in=[known, ended]).update(**at)
    UnitVersion.objects.filter(unit=half).update(latitude=at["latitude"])
    asked = [one.pk for one in (known, half, unknown, ended)]
    assert positions(asked, DAY) == {known.pk: Position(**at)}
    assert positions(asked, date(2025, 6, 30)) == {
        known.pk: Position(**at),
        ended.pk: Position(**at),
    }
