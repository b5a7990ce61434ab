"""Pages of the register beside the tree: villages, what became different, what units carry, and the sheets."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.organisations.enums import FlagKind, Kind, Level, LinkKind, MarkKind
from danvan.organisations.models import (
    CommitteeTerm,
    Unit,
    UnitFlag,
    UnitLink,
    UnitMark,
    UnitVersion,
)
from danvan.organisations.services import found_organisations
from danvan.organisations.services.standing import begin_term, link_units, raise_flag, record_mark
from danvan.organisations.services.villages import import_villages
from tests.desk.test_register import text
from tests.factories.province import make_grant
from tests.organisations.conftest import SINCE, short  # noqa: F401
from tests.organisations.test_villages import book, line

TODAY = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def on_this_day(settings):
    settings.DANVAN_TODAY = TODAY


@pytest.fixture
def keeper(short, client):  # noqa: F811
    """An administrator of the province An Bình."""
    client.force_login(make_grant(Unit.objects.get(pk=short.new("01")), "administrator"))
    return client


@pytest.fixture
def reader(short, client):  # noqa: F811
    client.force_login(make_grant(Unit.objects.get(pk=short.new("00001")), "leader"))
    return client


def bring(top, *rows):
    unit = Unit.objects.get(pk=top)
    return import_villages(
        book(*rows), name="thon.xlsx", top=unit, counted_on=SINCE, actor=None
    ).unit_ids


def sheets(response):
    """The rows of every sheet of an answered workbook, by its name."""
    assert response.status_code == 200
    made = openpyxl.load_workbook(BytesIO(b"".join(response)), read_only=True)
    return {
        sheet.title: [[*row, *[None] * 12] for row in sheet.iter_rows(values_only=True)]
        for sheet in made
    }


def send(client, url, content, **more):
    sent = SimpleUploadedFile("thon.xlsx", content)
    return client.post(url, {"sheet": sent, "counted_on": "01/12/2026", **more})


def test_a_commune_brings_in_its_villages_and_shows_them(keeper, short):  # noqa: F811
    commune = short.new("00001")
    url = f"/don-vi/{commune}/thon/"
    assert "Chưa ghi thôn, tổ dân phố nào" in text(keeper.get(url))
    response = send(keeper, f"{url}nhap/", book(line(households=40, population=150), line(name="Thôn 10"), line(name="Thôn 2")))  # fmt: skip
    assert response.status_code == 302
    page = text(keeper.get(response["Location"]))
    assert "Đã ghi 3 thôn, tổ dân phố." in page
    assert "3 thôn, tổ dân phố; 40 hộ, 150 nhân khẩu (còn 2 nơi chưa có số)" in page
    assert page.index("Thôn 2") < page.index("Thôn 10")
    assert "Thôn, tổ dân phố <span class=\"dv-count\">3</span>" in text(keeper.get(f"/don-vi/{commune}/"))  # fmt: skip
    tree = text(keeper.get(f"/don-vi/?duoi={commune}"))
    assert "3 thôn, tổ dân phố" in tree
    assert "Thôn Đoài" in tree
    before = text(keeper.get(f"{url}?ngay=01/07/2025"))
    assert "3 thôn" in before  # they were there before the register knew since when
    assert keeper.get(f"{url}?ngay=x").status_code == 422
    assert keeper.get(f"{url}?ngay=30/06/2025").status_code == 404


def test_a_province_shows_how_many_villages_each_commune_has(reader, short):  # noqa: F811
    bring(short.country, line(), line(name="Thôn 2"), line(code="00002", name="Thôn 1"))
    page = text(reader.get(f"/don-vi/{short.new('01')}/thon/"))
    assert "chưa nhập" in page
    assert f'href="/don-vi/{short.new("00002")}/thon/?ngay=31/12/2026"' in page
    assert "Nhập từ Excel" not in page
    tree = text(reader.get(f"/don-vi/?duoi={short.new('01')}"))
    assert '<th scope="col" class="dv-num">Thôn</th>' in tree


def test_a_refused_list_tells_every_fault_and_writes_nothing(keeper, short):  # noqa: F811
    url = f"/don-vi/{short.new('01')}/thon/nhap/"
    response = send(keeper, url, book(line(code="1"), line(code="00006"), line()))
    assert response.status_code == 422
    page = text(response)
    assert "Tệp có 2 lỗi nên chưa ghi dòng nào" in page
    assert "có lẽ là 00001 (Xã Một)" in page
    assert "Xã Sáu (00006) không thuộc Tỉnh An Bình" in page
    assert "Tải tệp có ghi lỗi cạnh từng dòng" in page
    assert not UnitVersion.objects.filter(level=Level.VILLAGE).exists()


def test_a_refused_list_comes_back_with_its_faults_and_goes_in_once_they_are_put_right(
    keeper,
    short,  # noqa: F811
):
    url = f"/don-vi/{short.new('01')}/thon/nhap/"
    response = send(keeper, url, book(line(code="1"), line(name="=1+1"), line()), viec="tra-loi")
    [rows] = sheets(response).values()
    rows = [row[:9] for row in rows]
    assert rows[0][8] == "Cần sửa"
    assert "có lẽ là 00001" in rows[1][8]
    assert (rows[2][2], rows[2][8][:8]) == ("=1+1", "Tên thôn")
    assert not rows[3][8]
    mended = openpyxl.Workbook()
    for row in ([*rows[0]], ["00001", *rows[1][1:]], [*rows[3][:2], "Thôn Đông", *rows[3][3:]]):
        mended.active.append(row)
    kept = BytesIO()
    mended.save(kept)
    response = send(keeper, url, kept.getvalue(), viec="tra-loi")
    assert response.status_code == 302  # nothing left to tell: it is written
    assert UnitVersion.objects.filter(level=Level.VILLAGE).count() == 2


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Đồng chí vui lòng chọn tệp Excel."),
        ({"sheet": SimpleUploadedFile("a.xlsx", b"")}, "Chưa ghi dòng nào."),
        ({"counted_on": "x"}, "không phải là một ngày"),
    ],
)
def test_a_list_that_is_none_is_refused(keeper, short, sent, said):  # noqa: F811
    url = f"/don-vi/{short.new('01')}/thon/nhap/"
    response = keeper.post(url, {"counted_on": "01/12/2026", **sent})
    assert response.status_code == 422
    assert said in text(response)


def test_columns_nobody_asked_for_are_named_and_several_communes_counted(keeper, short):  # noqa: F811
    rows = [["00001", "Thôn 1", 5, "x"], ["00002", "Thôn 1", 6, "y"]]
    content = book(*rows, head=["Mã xã", "Tên thôn", "Số hộ", "Trưởng thôn"])
    response = send(keeper, f"/don-vi/{short.new('01')}/thon/nhap/", content)
    page = text(keeper.get(response["Location"]))
    assert "Đã ghi 2 thôn, tổ dân phố ở 2 xã." in page
    assert "Không dùng đến các cột: “Trưởng thôn”." in page


def test_only_the_administrator_of_a_place_brings_in_its_villages(keeper, short):  # noqa: F811
    elsewhere, village = short.new("00006"), bring(short.country, line())[0]
    for place in (elsewhere, village, 999_999):
        assert keeper.get(f"/don-vi/{place}/thon/nhap/").status_code == 404
        assert keeper.get(f"/don-vi/{place}/thon/nhap/tep-mau/").status_code == 404
    assert keeper.get(f"/don-vi/{village}/thon/").status_code == 404
    keeper.force_login(make_grant(Unit.objects.get(pk=short.new("00001")), "leader"))
    assert keeper.get(f"/don-vi/{short.new('00001')}/thon/nhap/").status_code == 403


def test_the_sheet_to_fill_in_is_understood_when_it_comes_back(keeper, short):  # noqa: F811
    url = f"/don-vi/{short.new('01')}/thon/nhap/"
    made = openpyxl.load_workbook(BytesIO(b"".join(keeper.get(f"{url}tep-mau/"))))
    notes = [row[2:4] for row in made["Hướng dẫn"].iter_rows(values_only=True)]
    assert ("00001", "Xã Một") in notes
    made["Thôn"].cell(2, 1).value = "00001"
    made["Thôn"].cell(2, 3).value = "Thôn Đoài"
    kept = BytesIO()
    made.save(kept)
    assert send(keeper, url, kept.getvalue()).status_code == 302


def test_villages_taken_away_as_a_sheet_come_in_again_as_they_were(keeper, short):  # noqa: F811
    bring(
        short.country,
        line(households=40, population=150, decision="QĐ 1", since="01/08/2025"),
        line(code="00002", name="Bản Cá", households=3),
    )

    def held():
        rows = UnitVersion.objects.filter(level=Level.VILLAGE).order_by("parent_id", "name")
        fields = ("name", "type_word", "parent_id", "decision", "valid_from", "start_known")
        return [
            (*row, *Unit.objects.get(pk=unit).sizes.values_list("households", "population"))
            for unit, *row in rows.values_list("unit_id", *fields)
        ]

    before = held()
    taken = b"".join(keeper.get(f"/don-vi/{short.new('01')}/thon/tai-excel/"))
    for model in (UnitVersion, Unit):
        ids = UnitVersion.objects.filter(level=Level.VILLAGE).values("unit_id")
        if model is UnitVersion:
            Unit.objects.filter(pk__in=list(ids.values_list("unit_id", flat=True))).delete()
    assert held() == []
    assert send(keeper, f"/don-vi/{short.new('01')}/thon/nhap/", taken).status_code == 302
    assert held() == before
    assert keeper.get("/don-vi/999999/thon/tai-excel/").status_code == 404


def test_the_difference_between_two_days_counts_lists_and_leads_on(reader, short):  # noqa: F811
    url = "/don-vi/khac-nhau/?tu=30/06/2025&den=01/07/2025"
    page = text(reader.get(url))
    assert "Khác nhau giữa hai ngày: Cả nước" in page
    assert "1 cấp tỉnh, 7 cấp xã" in page
    assert f'href="/don-vi/{short.new("00001")}/?ngay=01/07/2025"' in page
    ended = text(reader.get(f"{url}&muc=ket-thuc"))
    assert "Xã Bảy" in ended
    assert "00008, Huyện Cẩm" in ended
    moved = text(reader.get(f"{url}&muc=chuyen"))
    assert "Huyện Cẩm" in moved
    assert "Tỉnh Cẩm Thủy" in moved
    assert "Không có gì khác" in text(reader.get(f"{url}&muc=doi-ma"))
    assert "Không có gì khác" in text(reader.get(f"{url}&loai=to-chuc"))
    under = text(reader.get(f"{url}&duoi={short.new('03')}&muc=ket-thuc"))
    assert "Khác nhau giữa hai ngày: Tỉnh Cẩm Thủy" in under
    assert "Huyện Cẩm" in under or "Xã Tám" in under
    assert "01/07/2025" in text(reader.get("/don-vi/khac-nhau/"))  # until today, unless said


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("tu=01/07/2025&den=01/07/2025", 422),
        ("tu=x", 422),
        ("loai=x", 422),
        ("muc=x", 422),
        ("duoi=999999", 404),
        ("duoi=x", 404),
    ],
)
def test_a_difference_that_cannot_be_told_is_refused(reader, asked, status):
    assert reader.get(f"/don-vi/khac-nhau/?{asked}").status_code == status
    sheet = reader.get(f"/don-vi/khac-nhau/tai-excel/?{asked}")
    assert sheet.status_code == (302 if status == 422 else 404)


def test_the_difference_is_taken_away_as_a_sheet_for_each_way(reader):
    url = "/don-vi/khac-nhau/tai-excel/?tu=30/06/2025&den=01/07/2025"
    found = sheets(reader.get(url))
    assert list(found) == ["Thành lập", "Kết thúc", "Đổi tên", "Chuyển cấp trên", "Đổi cấp, loại hình", "Đổi mã"]  # fmt: skip
    assert len(found["Kết thúc"]) == 2 + 13
    [gone] = [row for row in found["Kết thúc"] if row[3] == "00008"]
    assert gone[1] == "Xã Tám"
    assert gone[7] == "Xã Bảy, Xã Chín"


def test_the_register_of_a_day_is_taken_away_with_codes_superiors_and_lineage(reader, short):  # noqa: F811
    found_organisations([short.new("01"), short.new("00001")], [Kind.FRONT_COMMITTEE], actor=None, on=SINCE)  # fmt: skip
    bring(short.country, line(households=40))
    found = sheets(reader.get(f"/don-vi/tai-excel/?duoi={short.new('01')}"))
    assert list(found) == ["Địa bàn", "Tổ chức", "Mã", "Cấp trên", "Kế thừa"]
    places = {row[1]: row for row in found["Địa bàn"][2:]}
    assert places["00001"][2:7] == ["Xã Một", "Cấp xã", "xã", "Tỉnh An Bình", "01"]
    [village] = [row for row in found["Địa bàn"] if row[2] == "Thôn Đoài"]
    assert village[9] == 40
    assert [row[7] for row in found["Tổ chức"][2:]] == [None, "Ủy ban MTTQ Việt Nam tỉnh An Bình"]
    assert next(row for row in found["Kế thừa"] if row[1] == "Tỉnh Bình Hòa")[3] == "Tỉnh An Bình"
    assert len(sheets(reader.get("/don-vi/tai-excel/?ngay=30/06/2025"))["Địa bàn"]) == 2 + 16
    for asked in ("duoi=999999", f"duoi={short.new('01')}&ngay=30/06/2025", "ngay=01/01/2000"):
        assert reader.get(f"/don-vi/tai-excel/?{asked}").status_code == 404


@pytest.fixture
def bodies(short):  # noqa: F811
    """A committee and a Front of the province, which the keeper keeps."""
    place = [short.new("01")]
    return found_organisations(place, [Kind.PARTY_COMMITTEE, Kind.FRONT_COMMITTEE], actor=None, on=SINCE)  # fmt: skip


def test_a_symbol_is_written_down_on_the_card_and_ended_there(keeper, bodies):
    url = f"/don-vi/{bodies[0]}/ghi/ky-hieu/"
    assert keeper.get(url).status_code == 200
    said = {"kind": "symbol", "text": "TU", "decision": "QĐ 1", "valid_from": "01/08/2025", "valid_to": ""}  # fmt: skip
    assert keeper.post(url, said)["Location"] == f"/don-vi/{bodies[0]}/#dau"
    mark = UnitMark.objects.get()
    page = text(keeper.get(f"/don-vi/{bodies[0]}/"))
    assert "Đã ghi ký hiệu, con dấu." in page
    assert f'href="{url}{mark.pk}/"' in page
    refused = keeper.post(url, said)
    assert refused.status_code == 422
    assert "đã có “TU”" in text(refused)
    assert keeper.get(f"{url}{mark.pk}/").status_code == 200
    assert keeper.post(f"{url}{mark.pk}/", {"on": "01/08/2025"}).status_code == 422
    assert keeper.post(f"{url}{mark.pk}/", {"on": "01/09/2026"}).status_code == 302
    mark.refresh_from_db()
    assert mark.valid_to == date(2026, 9, 1)


def test_a_term_a_condition_and_a_link_are_written_down(keeper, short, bodies):  # noqa: F811
    committee, front = bodies
    term = {"ordinal": "xix", "name": "2025 - 2030", "valid_from": "01/09/2025", "decision": ""}
    assert keeper.post(f"/don-vi/{committee}/ghi/nhiem-ky/", term).status_code == 302
    assert CommitteeTerm.objects.get().ordinal == "XIX"
    place = short.new("00001")
    flag = {"kind": "remote", "note": "khu vực III", "decision": "QĐ 2", "valid_from": "01/09/2025"}
    assert keeper.post(f"/don-vi/{place}/ghi/vung/", flag).status_code == 302
    row = UnitFlag.objects.get()
    assert keeper.post(f"/don-vi/{place}/ghi/vung/{row.pk}/", {"on": "01/12/2026"}).status_code == 302  # fmt: skip
    link = {"kind": "advises", "other": "tinh uy an binh", "valid_from": "01/09/2025", "decision": ""}  # fmt: skip
    response = keeper.post(f"/don-vi/{front}/ghi/quan-he/", link)
    assert response.status_code == 302, text(response)
    row = UnitLink.objects.get()
    assert row.other_id == committee
    page = text(keeper.get(f"/don-vi/{committee}/"))
    assert "Được tham mưu bởi" in page
    assert "Khóa XIX" in page
    assert keeper.post(f"/don-vi/{front}/ghi/quan-he/{row.pk}/", {"on": "01/10/2026"}).status_code == 302  # fmt: skip
    picked = {**link, "kind": "serves", "other": "x", "other_id": str(committee)}
    assert keeper.post(f"/don-vi/{front}/ghi/quan-he/", picked).status_code == 302


@pytest.mark.parametrize(
    ("other", "said"),
    [("an binh", "Có nhiều tổ chức như vậy"), ("zzz", "Không thấy tổ chức này")],
)
def test_a_link_to_nobody_in_particular_is_asked_about(keeper, bodies, other, said):
    link = {"kind": "advises", "other": other, "valid_from": "01/09/2025", "decision": ""}
    response = keeper.post(f"/don-vi/{bodies[0]}/ghi/quan-he/", link)
    assert response.status_code == 422
    assert said in text(response)
    assert not UnitLink.objects.exists()


def test_what_does_not_fit_a_unit_is_not_there(keeper, short, bodies):  # noqa: F811
    committee, front = bodies
    place, gone, elsewhere = short.new("00001"), short.old("00005"), short.new("00006")
    wrong = [
        (place, "ky-hieu"), (front, "nhiem-ky"), (front, "vung"), (place, "quan-he"), (front, "khac"),
        (gone, "vung"), (elsewhere, "vung"), (999_999, "vung"),
    ]  # fmt: skip
    for unit, what in wrong:
        assert keeper.get(f"/don-vi/{unit}/ghi/{what}/").status_code == 404, (unit, what)
    begin_term(committee, ordinal="XIX", name="2025 - 2030", valid_from=SINCE, actor=None)
    assert keeper.get(f"/don-vi/{committee}/ghi/nhiem-ky/1/").status_code == 404
    assert keeper.get(f"/don-vi/{front}/ghi/ky-hieu/999999/").status_code == 404


def test_places_are_narrowed_to_a_condition_anywhere_below(reader, short):  # noqa: F811
    one = short.new("00001")
    raise_flag(one, kind=FlagKind.REMOTE, note="khu vực III", decision="QĐ 2", valid_from=SINCE, actor=None)  # fmt: skip
    page = text(reader.get("/don-vi/?vung=remote"))
    assert f'href="/don-vi/{one}/?ngay=31/12/2026"' in page
    assert "khu vực III" in page
    assert "Xã Hai Mới" not in page
    assert "Chưa ghi địa bàn nào" in text(reader.get("/don-vi/?vung=island"))
    assert "Chưa ghi địa bàn nào" in text(reader.get(f"/don-vi/?vung=remote&duoi={short.new('03')}"))  # fmt: skip
    assert "Tỉnh Cẩm Thủy" in text(reader.get("/don-vi/?vung=x"))
    assert "Vùng sâu, vùng xa, khó khăn</span>" in text(reader.get(f"/don-vi/?duoi={short.new('01')}"))  # fmt: skip


def test_a_card_of_an_ended_unit_says_loudly_who_took_over(reader, short):  # noqa: F811
    page = text(reader.get(f"/don-vi/{short.old('00008')}/"))
    assert "Đơn vị này đã kết thúc ngày 01/07/2025" in page
    assert f'<a href="/don-vi/{short.new("00007")}/"><b>Xã Bảy</b></a>' in page
    before = text(reader.get(f"/don-vi/{short.old('00008')}/?ngay=30/06/2025"))
    assert "Đơn vị này đã kết thúc" not in before


def test_a_card_tells_only_a_reader_within_reach_what_is_open(reader, short):  # noqa: F811
    assert "Việc đang mở" in text(reader.get(f"/don-vi/{short.new('00001')}/"))
    assert "Việc đang mở" not in text(reader.get(f"/don-vi/{short.new('00002')}/"))


def test_new_pages_cost_the_same_queries_for_few_rows_and_for_many(keeper, short, bodies):  # noqa: F811
    def cost(url):
        with CaptureQueriesContext(connection) as queries:
            assert keeper.get(url).status_code == 200
        return len(queries)

    one, many = short.new("00002"), short.new("00001")
    bring(short.country, line(code="00002"), *(line(name=f"Thôn {n}", households=9) for n in range(4)))  # fmt: skip
    for place in (one, many, short.new("00003")):
        raise_flag(place, kind=FlagKind.REMOTE, decision="QĐ", valid_from=SINCE, actor=None)
    cost("/don-vi/")
    assert cost(f"/don-vi/{one}/thon/") == cost(f"/don-vi/{many}/thon/")
    assert cost(f"/don-vi/{one}/") == cost(f"/don-vi/{many}/")
    assert cost(f"/don-vi/?vung=remote&duoi={one}") == cost(f"/don-vi/?vung=remote&duoi={short.new('01')}")  # fmt: skip
    url = "/don-vi/khac-nhau/?tu=30/06/2025&den=01/07/2025&muc=ket-thuc"
    assert cost(f"{url}&duoi={short.new('03')}") == cost(f"{url}&duoi={short.new('01')}")
    assert cost(f"/don-vi/{one}/thon/tai-excel/") == cost(f"/don-vi/{many}/thon/tai-excel/")
    committee, front = bodies
    record_mark(committee, kind=MarkKind.SEAL, text="x", decision="QĐ", valid_from=SINCE, actor=None)  # fmt: skip
    link_units(committee, front, kind=LinkKind.SERVES, valid_from=SINCE, actor=None)
    first = cost(f"/don-vi/{committee}/")
    record_mark(committee, kind=MarkKind.SYMBOL, text="TU", decision="QĐ", valid_from=SINCE, actor=None)  # fmt: skip
    link_units(committee, front, kind=LinkKind.ADVISES, valid_from=SINCE, actor=None)
    assert cost(f"/don-vi/{committee}/") == first
