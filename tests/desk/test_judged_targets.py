"""A qualitative target is read by the steps of a qualitative indicator, and is never given a number."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from danvan.foundation.errors import RuleError
from danvan.indicators.enums import Aim, Bound, Quality
from danvan.indicators.models import Target
from danvan.indicators.services import OfFigure, amend_target, create_target
from tests.factories.province import Province, make_grant
from tests.indicators.figures import an_indicator
from tests.indicators.scales import a_scale, give_steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def province(settings):
    settings.DANVAN_TODAY = date(2026, 8, 15)
    return Province(3)


def a_target(province, indicator, quality=Quality.QUALITATIVE, **said):
    wanted = {
        "unit": province.place, "title": "Nâng chất lượng tuyên truyền", "quality": quality, "every": "year",
        "valid_from": date(2026, 1, 1), "figure": OfFigure(indicator, "", ""), "actor": None,
    }  # fmt: skip
    return create_target(**wanted | said)


def test_its_page_counts_the_units_at_each_step(province, client):
    scale = a_scale()
    target = a_target(province, scale)
    first, second, _ = province.communes
    give_steps(scale, "2026-07", {first: "Tốt", second: "Đạt"})
    client.force_login(make_grant(province.place, "leader"))
    response = client.get(reverse("desk:target", args=[target.pk]))
    assert response.context["steps"].line.words == "Tốt 1, Đạt 1"
    assert "đọc theo minh chứng và nhận xét, không quy ra số" in response.content.decode()
    assert (target.goal, target.aim) == (None, "")


def test_without_an_indicator_it_is_read_by_evidence_alone(province, client):
    target = a_target(province, None)
    client.force_login(make_grant(province.place, "leader"))
    assert client.get(reverse("desk:target", args=[target.pk])).context["steps"] is None


def test_amended_it_keeps_the_indicator_by_which_it_is_read(province):
    scale = a_scale()
    amended = amend_target(
        a_target(province, scale), on=date(2026, 7, 1), decision="QĐ 1", actor=None
    )
    assert (amended.indicator, amended.quality) == (scale, Quality.QUALITATIVE)


def test_neither_kind_of_target_takes_the_other_kind_of_indicator(province):
    with pytest.raises(RuleError, match="chọn chỉ số có thang bậc"):
        a_target(province, an_indicator("DV-01"))
    with pytest.raises(RuleError, match="Chỉ số định tính không có con số"):
        a_target(
            province,
            None,
            Quality.FIGURE,
            figure=OfFigure(a_scale(), Aim.THRESHOLD, Bound.AT_LEAST, Decimal(3)),
        )
    assert not Target.objects.exists()


def test_it_is_set_on_the_page(province, client):
    scale = a_scale()
    client.force_login(make_grant(province.place, "specialist"))
    said = {
        "unit": province.place.pk, "title": "Nâng chất lượng", "quality": "qualitative", "every": "year",
        "valid_from": "01/01/2026", "indicator": scale.pk, "bound": "ge", "comparator": "ge",
    }  # fmt: skip
    response = client.post(reverse("desk:target-add"), said)
    assert response.status_code == 302
    assert Target.objects.get().indicator == scale
