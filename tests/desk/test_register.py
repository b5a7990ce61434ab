from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.organisations.enums import STANDING, Kind
from danvan.organisations.models import UnitVersion
from danvan.organisations.services import found_organisation, found_organisations
from tests.factories.province import make_grant, make_user
from tests.organisations.conftest import SINCE, short  # noqa: F401

TODAY = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def on_this_day(settings):
    settings.DANVAN_TODAY = TODAY


@pytest.fixture
def reader(short, client):  # noqa: F811
    from danvan.organisations.models import Unit

    client.force_login(
        make_grant(Unit.objects.get(pk=short.new("00001")), "leader"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("url", ["/don-vi/", "/don-vi/1/", "/don-vi/tim/?q=x"])
def test_only_people_with_a_role_may_read_the_register(db, client, url):
    assert client.get(url).status_code == 302
    client.force_login(make_user(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(url).status_code == 403


def test_the_country_today_shows_provinces_and_counts_to_everyone_who_may_look(reader, short):  # noqa: F811
    page = text(reader.get("/don-vi/"))
    assert "2 tỉnh, thành phố; 8 xã, phường, đặc khu; 0 tổ chức" in page
    assert page.index("Tỉnh An Bình") < page.index("Tỉnh Cẩm Thủy")
    assert "Tỉnh Bình Hòa" not in page
    assert f"?duoi={short.new('01')}&amp;ngay=31/12/2026" in page


def test_the_country_before_the_merger_has_districts(reader):
    page = text(reader.get("/don-vi/?ngay=30/06/2025"))
    assert "3 tỉnh, thành phố; 4 huyện, quận, thị xã; 8 xã, phường, thị trấn" in page
    assert "Tỉnh Bình Hòa" in page


@pytest.mark.parametrize(
    ("place", "day", "shown"),
    [
        ("new 01", "", ["Xã Hai Mới", "Đặc khu Đảo Xa"]),
        ("old 02", "30/06/2025", ["Thành phố Hòa Bình", "Huyện Đảo Xa"]),
        ("old 002", "30/06/2025", ["Phường Bốn", "Xã Năm"]),
        ("new 00001", "", ["Không có đơn vị trực thuộc"]),
        ("old 02", "", ["Tỉnh Bình Hòa không tồn tại vào ngày 31/12/2026", "Đơn vị kế tiếp", "Tỉnh An Bình"]),
        ("new 01", "30/06/2025", ["Tỉnh An Bình không tồn tại vào ngày 30/06/2025"]),
    ],
)  # fmt: skip
def test_a_level_down_on_a_day(reader, short, place, day, shown):  # noqa: F811
    where, code = place.split()
    page = text(reader.get("/don-vi/", {"duoi": getattr(short, where)(code), "ngay": day}))
    for words in shown:
        assert words in page


def test_a_day_before_the_register_begins_says_so(reader):
    response = reader.get("/don-vi/?ngay=31/07/2008")
    assert response.status_code == 200
    assert "Sổ đơn vị chưa biết ngày 31/07/2008" in text(response)


@pytest.mark.parametrize("path", ["/don-vi/", "/don-vi/1/", "/don-vi/tim/"])
def test_what_is_no_day_is_refused_in_words(reader, path):
    response = reader.get(path, {"ngay": "31/02/2026"})
    assert response.status_code == 422
    assert "31/02/2026" in text(response)


@pytest.mark.parametrize("place", ["999999", "abc", "9" * 30, "-1"])
def test_a_unit_that_is_not_there_is_not_found(reader, place):
    assert reader.get("/don-vi/", {"duoi": place}).status_code == 404


def test_the_card_of_a_unit_that_is_not_there_is_not_found(reader):
    assert reader.get("/don-vi/999999/").status_code == 404


def test_an_empty_register_says_how_to_fill_it(reader):
    from danvan.organisations.models import Unit

    UnitVersion.objects.all().delete()
    assert Unit.objects.exists()
    response = reader.get("/don-vi/")
    assert response.status_code == 200
    assert "danvan register load" in text(response)


def test_a_card_tells_names_codes_lineage_and_organisations(reader, short):  # noqa: F811
    unit = short.new("00001")
    found_organisation(unit, Kind.FRONT_COMMITTEE, actor=None, on=SINCE)
    page = text(reader.get(f"/don-vi/{unit}/"))
    for words in (
        "Ngày 31/12/2026: đang hoạt động",
        "Thành lập Xã Một từ Xã Một, Xã Hai",
        "00001",
        "60,0 %",
        "diện tích đơn vị mới (ước tính)",
        "trọn vẹn",
        "Ủy ban MTTQ Việt Nam xã Một",
        "chưa ghi",
        "<svg",
        "hinh-ke-thua",
    ):
        assert words in page, words


def test_a_card_of_an_ended_unit_leads_to_its_successors(reader, short):  # noqa: F811
    page = text(reader.get(f"/don-vi/{short.old('002')}/"))
    assert "Đã kết thúc ngày 01/07/2025" in page
    assert "Kết thúc; kế tiếp là Phường Bốn, Phường Ba" in page
    assert f'href="/don-vi/{short.new("00004")}/"' in page
    assert "Sổ đơn vị ghi từ 01/08/2008; chưa rõ ngày thành lập." in page


def test_a_card_before_its_unit_was_founded_says_so(reader, short):  # noqa: F811
    page = text(reader.get(f"/don-vi/{short.new('00001')}/?ngay=30/06/2025"))
    assert "Ngày 30/06/2025: chưa thành lập" in page


def test_a_card_tells_a_change_of_superior_and_of_name(reader, short):  # noqa: F811
    unit = short.new("00006")
    version = UnitVersion.objects.get(unit_id=unit, valid_from=SINCE)
    UnitVersion.objects.filter(pk=version.pk).update(valid_to=date(2026, 5, 1))
    version.pk, version.name, version.valid_from = None, "Phường Sáu", date(2026, 5, 1)
    version.decision = "Nghị quyết 9/NQ"
    version.save()
    version.pk, version.valid_from, version.area_km2 = None, date(2026, 6, 1), 41
    UnitVersion.objects.filter(unit_id=unit, valid_to=None).update(valid_to=date(2026, 6, 1))
    version.save()
    page = text(reader.get(f"/don-vi/{unit}/"))
    assert "Chuyển từ Huyện Cẩm về Tỉnh Cẩm Thủy" in page
    assert "Đổi tên từ Xã Sáu thành Phường Sáu" in page
    assert "Nghị quyết 9/NQ" in page
    assert "Cập nhật" in page


def test_a_card_of_an_organisation_shows_its_place_and_line(reader, short):  # noqa: F811
    above, front = found_organisations(
        [short.new("03"), short.new("00009")], [Kind.FRONT_COMMITTEE], actor=None, on=SINCE
    )
    page = text(reader.get(f"/don-vi/{front}/"))
    assert "Cấp trên theo ngành dọc" in page
    assert f'href="/don-vi/{above}/"' in page
    assert "Xã Chín" in page


def test_a_unit_with_many_kin_is_drawn_in_part_and_listed_whole(short):  # noqa: F811
    from dataclasses import replace

    from danvan.desk.register.drawing import SHOWN, draw_lineage
    from danvan.organisations.selectors.lineages import kinship_of

    unit = short.new("00001")
    found = kinship_of(unit, on=TODAY)
    tie = found.before[0]
    many = replace(
        found,
        before=tuple(replace(tie, predecessor_id=n) for n in range(1_000, 1_030)),
        names=found.names | dict.fromkeys(range(1000, 1030), "Xã cũ có một cái tên rất dài"),
    )
    drawing = draw_lineage(unit, many)
    assert (len(drawing.boxes), len(drawing.ribbons), drawing.left_out) == (SHOWN + 1, SHOWN, 18)
    assert drawing.boxes[0].short.endswith("…")
    assert draw_lineage(unit, replace(found, before=())) is None
    lone = draw_lineage(unit, found)
    assert [(box.name, box.own, box.gone) for box in lone.boxes] == [
        ("Xã Một", False, True), ("Xã Hai", False, True), ("Xã Một", True, False),
    ]  # fmt: skip
    assert lone.left_out == 0


def test_a_name_without_tones_finds_its_unit_in_json_and_on_a_page(reader, short):  # noqa: F811
    url = "/don-vi/tim/?q=xa+hai"
    answer = reader.get(url, headers={"Accept": "application/json"})
    assert answer["Content-Type"] == "application/json"
    assert "Accept" in answer["Vary"]
    first = answer.json()["results"][0]
    assert first == {
        "id": short.old("00002"),
        "name": "Xã Hai",
        "context": "Huyện Ba Vì, Tỉnh An Bình",
        "note": "đến 30/06/2025, nay là Xã Một, Xã Hai Mới",
        "url": f"/don-vi/{short.old('00002')}/",
    }
    page = text(reader.get(url))
    assert "Đã kết thúc" in page
    assert "Nay là" in page
    assert "Không thấy đơn vị nào" in text(reader.get("/don-vi/tim/?q=zzz"))
    assert reader.get("/don-vi/tim/").status_code == 200


def test_a_new_name_on_an_old_day_is_shown_with_the_units_of_today(reader, short):  # noqa: F811
    page = text(reader.get("/don-vi/tim/?q=hai+moi&ngay=30/06/2025"))
    assert "Ngày 30/06/2025 chưa có đơn vị tên này; hôm nay có" in page
    assert "Xã Hai Mới" in page
    assert "Không thấy đơn vị nào" in text(reader.get("/don-vi/tim/?q=zzz&ngay=30/06/2025"))


def test_the_type_ahead_keeps_to_a_day_a_level_a_kind_and_an_act(reader, short):  # noqa: F811
    found_organisation(short.new("00001"), Kind.FRONT_COMMITTEE, actor=None, on=SINCE)

    def names(**asked):
        answer = reader.get("/don-vi/tim/", asked, headers={"Accept": "application/json"})
        return [(row["name"], row["url"].partition("?")[2]) for row in answer.json()["results"]]

    assert names(q="hai", ngay="30/06/2025") == [("Xã Hai", "ngay=30%2F06%2F2025")]
    assert names(q="cam", cap="province") == [("Tỉnh Cẩm Thủy", "")]
    assert names(q="mot", loai=Kind.FRONT_COMMITTEE) == [("Ủy ban MTTQ Việt Nam xã Một", "")]
    # A leader of Xã Một may look at activities there and nowhere else.
    assert names(q="bay", viec="activities.view") == []
    assert [name for name, _ in names(q="mot", viec="activities.view")] == [
        "Xã Một", "Ủy ban MTTQ Việt Nam xã Một",
    ]  # fmt: skip
    assert names(q="mot", viec="no.such.act") == []


def test_an_ended_unit_without_successors_says_only_its_last_day(reader, short):  # noqa: F811
    from danvan.organisations.models import Lineage

    Lineage.objects.filter(predecessor_id=short.old("00005")).delete()
    answer = reader.get("/don-vi/tim/?q=xa+nam", headers={"Accept": "application/json"})
    assert answer.json()["results"][0]["note"] == "đến 30/06/2025"
    page = text(reader.get(f"/don-vi/{short.old('00005')}/"))
    assert "<p>Kết thúc</p>" in page


def test_pages_cost_the_same_queries_for_few_rows_and_for_many(reader, short):  # noqa: F811
    def cost(url):
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(url).status_code == 200
        return len(queries)

    cost("/don-vi/")
    few, many = short.new("03"), short.new("01")
    assert cost(f"/don-vi/?duoi={few}") == cost(f"/don-vi/?duoi={many}")
    most = short.new("00001")
    before = cost(f"/don-vi/{most}/")
    found_organisations([most], list(STANDING), actor=None, on=SINCE)
    assert cost(f"/don-vi/{most}/") == before
