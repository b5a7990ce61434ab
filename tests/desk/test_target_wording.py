"""How the targets pages name whom a target asks."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.organisations.enums import Kind
from tests.desk.test_targets import BOARD, plain, sign_in
from tests.factories.province import Province
from tests.indicators.test_evaluate import make_target

pytestmark = pytest.mark.django_db


def test_only_levels_that_the_population_stands_at_are_named(client, settings):
    settings.DANVAN_TODAY = date(2026, 12, 31)
    province = Province()
    levels = ["province", "district", "commune"]
    target = make_target(province, population_levels=levels)
    make_target(
        province,
        title="Không có ai",
        population_kind=Kind.TRADE_UNION,
        population_levels=["district", "commune"],
    )
    sign_in(client, province.place)

    board = plain(client.get(reverse(BOARD)))

    both = "Ủy ban Mặt trận Tổ quốc cấp tỉnh, cấp xã"
    assert both in board
    assert "Công đoàn cấp huyện, cấp xã" in board
    assert f"4 {both} có trong sổ" in plain(client.get(reverse("desk:target", args=[target.pk])))
