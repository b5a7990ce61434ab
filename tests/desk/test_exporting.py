"""Figures to take away: only those the reader may see, streamed, and refused in words on the same page."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from danvan.indicators.services import recompute_dirty
from tests.desk.pages import page
from tests.documents.papers import received
from tests.factories.province import Province, make_grant
from tests.indicators.figures import a_ratio, an_indicator, give
from tests.once import once, own

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 30)


class World:
    def __init__(self):
        self.province = Province()
        self.meetings, self.asked = an_indicator("DV-02"), an_indicator("DV-03")
        self.share = a_ratio("DV-04", self.meetings, self.asked)
        for number, front in enumerate(self.province.fronts, 1):
            give(front, "2026-07", {self.meetings: number, self.asked: 10})
        recompute_dirty()
        self.specialist = make_grant(self.province.place, "specialist")
        self.officer = make_grant(self.province.communes[0], "commune_officer")
        self.front_officer = make_grant(self.province.fronts[1], "commune_officer")


_world = once(World, DANVAN_TODAY=DAY)


@pytest.fixture
def world(_world, settings):
    settings.DANVAN_TODAY = DAY
    return own(_world)


def taken(client, place, **said):
    asked = {
        "noi": place.pk, "loai": "da-gui", "tu": "2026-07", "den": "2026-07", "dang": "csv",
    } | said  # fmt: skip
    return client.get(reverse("desk:export-file"), asked)


def rows(response):
    assert response.status_code == 200, response.content.decode()
    text = received(response).decode().lstrip("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_province_takes_what_its_units_gave(world, client):
    client.force_login(world.specialist)
    response = taken(client, world.province.place, chi_so="DV-02")
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="so-lieu-2026-07-2026-07-csv.csv"'
    )
    assert [row["Giá trị"] for row in rows(response)] == ["1", "2", "3"]


def test_a_commune_takes_its_own_and_nobody_elses(world, client):
    client.force_login(world.officer)
    found = rows(taken(client, world.province.communes[0]))
    assert {row["Đơn vị"] for row in found} == {"Ủy ban MTTQ Việt Nam Xã Môn Sơn"}
    assert [row["Mã số liệu"] for row in found] == ["DV-02", "DV-03"]
    assert taken(client, world.province.place).status_code == 422


def test_rolled_figures_of_a_place_go_out_as_sdmx(world, client):
    client.force_login(world.specialist)
    response = taken(
        client, world.province.place, loai="tong-hop", dang="sdmx", chu_ky="year", chi_so="DV-04"
    )
    found = [(row["REF_AREA"], row["TIME_PERIOD"], row["OBS_VALUE"]) for row in rows(response)]
    assert sorted(found) == [
        ("04020", "2026", "10"),
        ("04021", "2026", "20"),
        ("04022", "2026", "30"),
        ("40", "2026", "20"),
    ]  # fmt: skip


def test_who_reads_one_organisation_takes_its_values_and_no_figure_of_its_place(world, client):
    client.force_login(world.front_officer)
    commune = world.province.communes[1]
    assert [row["Giá trị"] for row in rows(taken(client, commune))] == ["2", "10"]
    refused = taken(client, commune, loai="tong-hop")
    assert refused.status_code == 422
    assert "không xem được số tổng hợp của cả nơi này" in refused.content.decode()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"tu": "2026-08"}, "Tháng cuối phải từ tháng đầu trở đi"),
        ({"tu": "1990-01"}, "Mỗi tệp nhiều nhất 60 tháng"),
        ({"tu": "2026-Q1"}, "chọn một tháng"),
        ({"tu": "hôm qua"}, "không phải là một kỳ"),
        ({"doc": "khi nào"}, "khi nào"),
        ({"chi_so": "DV-99"}, "DV-99"),
        ({"dang": "exe"}, "exe"),
    ],
)
def test_choices_that_say_nothing_are_refused_on_the_page(world, client, said, told):
    client.force_login(world.specialist)
    refused = taken(client, world.province.place, **said)
    assert refused.status_code == 422
    assert told in refused.content.decode()


def test_the_page_offers_the_places_and_figures_of_the_reader(world, client):
    client.force_login(world.specialist)
    words = page(client, "export")
    assert "DV-04 Số cuộc DV-04" in words
    assert "Xã Con Cuông" in words
    assert 'value="2026-01"' in words
    assert "Xuất ra tệp khác" in page(client, "number")


def test_the_page_costs_the_same_however_many_units_gave(
    world, client, django_assert_max_num_queries
):
    client.force_login(world.specialist)
    with django_assert_max_num_queries(24):
        rows(taken(client, world.province.place))
