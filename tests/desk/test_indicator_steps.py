"""Pages of qualitative indicators: how many units stand at each step, and which."""

import pytest
from django.urls import reverse

from danvan.reporting.services import NewItem, NewSection, open_period
from tests.desk.catalogued import Catalogued, signed_in
from tests.indicators.scales import give_steps
from tests.once import once, own
from tests.reporting.months import NOVEMBER, TODAY, make_form

pytestmark = pytest.mark.django_db
_world = once(Catalogued, DANVAN_TODAY=TODAY)


@pytest.fixture
def world(_world, db, settings):
    settings.DANVAN_TODAY = TODAY
    return own(_world)


class TestSteps:
    def test_the_card_counts_units_at_each_step_and_opens_to_them(self, client, world):
        first, second, _ = world.communes
        give_steps(world.scale, "2026-11", {first: "Tốt", second: "Khá"})
        client = signed_in(client, world.leader)
        response = client.get(reverse("desk:indicator", args=[world.scale.pk]))
        steps = response.context["card"].steps
        assert [cell.count for cell in steps.line.cells] == [1, 1, 0, 0]
        assert steps.line.words == "Tốt 1, Khá 1"
        assert [line.asked for line in steps.below] == [1, 1]
        address = steps.line.cells[1].url
        opened = client.get(address)
        assert [one.name for one in opened.context["page"].object_list] == [
            second.versions.get().name
        ]
        assert "Vì sao" in opened.content.decode()

    def test_a_month_of_a_form_that_asks_it_tells_who_has_not_reported(self, client, world):
        form = make_form(
            world.province, code="BM-09",
            sections=[NewSection("Chất lượng", [NewItem("muc", "Mức", "DT-01")])],
        )  # fmt: skip
        open_period(form, NOVEMBER, actor=None)
        give_steps(world.scale, "2026-11", {world.communes[0]: "Đạt"})
        response = signed_in(client, world.leader).get(
            reverse("desk:indicator-steps", args=[world.scale.pk]), {"ky": "2026-Q4"}
        )
        line = response.context["steps"].line
        assert line.words == "Đạt 1, chưa báo cáo 2"
        assert line.asked == 3

    def test_only_approved_answers_are_counted_where_that_is_asked(self, client, world):
        give_steps(world.scale, "2026-11", {world.communes[0]: "Đạt"})
        response = signed_in(client, world.leader).get(
            reverse("desk:indicator-steps", args=[world.scale.pk]), {"ky": "2026-11", "muc": "2"}
        )
        assert response.context["steps"].line.words == "chưa báo cáo hoặc chưa duyệt 1"

    def test_a_place_out_of_reach_is_not_found(self, client, world):
        client = signed_in(client, world.officer)
        address = reverse("desk:indicator-steps", args=[world.scale.pk])
        assert client.get(address, {"don_vi": world.communes[1].pk}).status_code == 404
        assert client.get(address, {"ky": "x"}).status_code == 422

    def test_a_number_has_no_steps(self, client, world):
        client = signed_in(client, world.leader)
        assert client.get(reverse("desk:indicator-steps", args=[world.own.pk])).status_code == 404

    def test_a_figure_of_a_place_leads_to_its_steps_and_of_a_unit_to_its_answer(
        self, client, world
    ):
        first = world.communes[0]
        give_steps(world.scale, "2026-11", {first: "Tốt"})
        client = signed_in(client, world.leader)
        asked = {"chi_so": "DT-01", "ky": "2026-11"}
        led = client.get(reverse("desk:number"), asked | {"don_vi": world.place.pk})
        assert led.headers["Location"].startswith(
            reverse("desk:indicator-steps", args=[world.scale.pk])
        )
        told = client.get(reverse("desk:number"), asked | {"don_vi": first.pk}).content.decode()
        assert "<b>Tốt</b>" in told
        assert "Vì sao" in told
        index = client.get(reverse("desk:number"), {"don_vi": world.place.pk, "ky": "2026-11"})
        assert index.status_code == 200

    def test_the_list_of_figures_says_that_steps_are_counted(self, client, world):
        leader = signed_in(client, world.leader)
        asked = {"ky": "2026-11", "don_vi": world.province.place.pk}
        figures = leader.get(reverse("desk:number"), asked).context["index"].figures
        (scale,) = (one for one in figures if one.version.indicator_id == world.scale.pk)
        assert (scale.text, scale.unit_label) == ("đếm theo bậc", "")
