"""The registers as people use them: choosing one, narrowing, printing, Excel, many at once, entries put right."""

import io
import re
from datetime import date

import openpyxl
import pytest

from danvan.documents.models import Document, RegisterGap
from danvan.documents.services import (
    distribute_document,
    leave_numbers,
)
from danvan.foundation.models import AuditEntry
from tests.documents.acts import issued, url
from tests.documents.papers import body
from tests.factories import DocumentFactory
from tests.factories.province import make_grant, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(province):
    return issued(province)


def shown(response):
    """The documents a list links to, in its order."""
    return [int(pk) for pk in dict.fromkeys(re.findall(r'href="/van-ban/(\d+)/"', body(response)))]


def test_a_register_is_chosen_by_unit_and_year_and_shown_by_number(desk, province):
    rows = [
        DocumentFactory(unit=province.committee, register_number=number, register_suffix=suffix)
        for number, suffix in ((2, ""), (1, ""), (2, "a"))
    ]
    DocumentFactory(unit=province.committee, register_year=2025)
    DocumentFactory(unit=province.front)
    response = desk.get(url("incoming"), {"so": province.committee.pk, "nam": "2026"})
    two, one, two_a = rows
    assert shown(response) == [two_a.pk, two.pk, one.pk]
    assert "Sổ văn bản đến năm 2026, Tỉnh ủy Nghệ An" in body(response)
    found = desk.get(url("incoming"), {"so": province.committee.pk, "nam": "2026", "q": "2a"})
    assert shown(found) == [two_a.pk]
    found = desk.get(url("incoming"), {"so": province.committee.pk, "nam": "2026", "q": "02"})
    assert shown(found) == [two_a.pk, two.pk]


def test_numbers_that_nobody_bears_are_explained_on_the_register(desk, province, letter):
    leave_numbers(
        unit=province.committee, direction="outgoing", year=2026, first=2, last=5,
        reason="lấy số trước", actor=None,
    )  # fmt: skip
    asked = {"so": province.committee.pk, "nam": "2026"}
    assert "Số 2–5: lấy số trước" in body(desk.get(url("issued"), asked))
    assert "không bỏ trống số nào" in body(desk.get(url("incoming"), asked))


@pytest.mark.parametrize("wrong", ["0", "abc", "-1", "9" * 25])
def test_a_register_out_of_reach_is_not_chosen(client, province, wrong):
    DocumentFactory(unit=province.committee)
    client.force_login(make_grant(province.communes[0], "clerk"))
    for unit in (wrong, province.committee.pk):
        page = body(client.get(url("incoming"), {"so": unit, "nam": "2026"}))
        assert "Sổ văn bản đến năm" not in page


NARROWED = [
    ({"tu": "01/04/2026"}, ["late", "due"]),
    ({"den": "31/03/2026"}, ["base"]),
    ({"tu": "05/03/2026", "den": "05/03/2026"}, ["base"]),
    ({"co_quan": "mat tran"}, ["late"]),
    ({"co_quan": "không có"}, []),
    ({"xu_ly": "qua-han"}, ["late"]),
    ({"xu_ly": "con-han"}, ["due"]),
    ({"xu_ly": "da-xu-ly"}, ["base"]),
    ({"loai": "plan"}, ["due"]),
    ({"q": "12/kh"}, ["due"]),
    ({"nam": "2025"}, []),
    ({"tu": "hôm qua"}, ["base", "late", "due"]),
]


@pytest.mark.parametrize(("asked", "names"), NARROWED)
def test_a_register_is_narrowed(desk, province, asked, names):
    made = {
        "base": DocumentFactory(unit=province.committee, handled_on=date(2026, 3, 9)),
        "late": DocumentFactory(
            unit=province.committee, issuer_name="Mặt trận", issuer_key="mat tran tinh",
            received_on=date(2026, 4, 2), due_on=date(2026, 5, 1),
        ),
        "due": DocumentFactory(
            unit=province.front, document_type="plan", symbol="12/KH-UBND", symbol_key="12/kh-ubnd",
            received_on=date(2026, 4, 3), due_on=date(2026, 12, 31),
        ),
    }  # fmt: skip
    response = desk.get(url("incoming"), asked)
    assert sorted(shown(response)) == sorted(made[name].pk for name in names)
    desk.get(url("incoming"), {"bo-loc": "1"})
    assert len(shown(desk.get(url("incoming")))) == 3


def test_words_that_many_issuers_bear_narrow_too(desk, province, monkeypatch):
    from danvan.documents.selectors import registers

    monkeypatch.setattr(registers, "MOST_ISSUERS", 0)
    made = DocumentFactory(unit=province.committee, issuer_name="Mặt trận", issuer_key="mat tran")
    DocumentFactory(unit=province.committee)
    assert shown(desk.get(url("incoming"), {"co_quan": "Mặt trận"})) == [made.pk]


@pytest.mark.parametrize("how_many", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("incoming", 20), ("issued", 20)])
def test_a_chosen_register_costs_the_same_queries_however_long(
    desk, province, django_assert_max_num_queries, name, queries, how_many
):
    direction = "outgoing" if name == "issued" else "incoming"
    DocumentFactory.create_batch(how_many, unit=province.committee, direction=direction)
    with django_assert_max_num_queries(queries) as seen:
        page = body(desk.get(url(name), {"so": province.committee.pk, "nam": "2026"}))
    assert page.count("<tr>") == how_many + 1
    assert len(seen) == queries


@pytest.mark.parametrize("how_many", [1, 3])
def test_lists_of_what_was_sent_cost_the_same_queries_however_long(
    client, province, letter, django_assert_max_num_queries, how_many
):
    units = [make_organisation(province.communes[0], "farmers_union") for _ in range(how_many)]
    distribute_document(letter, [one.pk for one in units], actor=None)
    client.force_login(make_grant(province.communes[0], "commune_officer"))
    with django_assert_max_num_queries(8) as seen:
        page = body(client.get(url("to-enter")))
    assert page.count("<tr>") == how_many + 1
    waiting = len(seen)
    client.force_login(make_grant(province.place, "clerk"))
    with django_assert_max_num_queries(10) as seen:
        page = body(client.get(url("recipients", letter.pk)))
    assert page.count("<tr>") == how_many + 1
    assert (waiting, len(seen)) == (8, 10)


def sheet_of(response):
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_excel_has_the_columns_of_the_paper_register(desk, province, letter):
    DocumentFactory(
        unit=province.committee, register_number=274, register_suffix="a", kept_by="Ban Tổ chức",
        forwarded_on=date(2026, 3, 6), priority=3, due_on=date(2026, 4, 1), note="bản sao",
        abstract="=1+1",
    )  # fmt: skip
    response = desk.get(url("incoming-sheet"), {"so": province.committee.pk, "nam": "2026"})
    title, headings, row = sheet_of(response)
    assert title[0] == "Sổ đăng ký văn bản đến năm 2026 của Tỉnh ủy Nghệ An, lập ngày 31/12/2026"
    assert headings == [
        "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày văn bản",
        "Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận",
        "Ghi chú", "Sổ của",
    ]  # fmt: skip
    assert row[1] == "274a"
    assert row[5:] == [
        "Nghị quyết: =1+1", "Ban Tổ chức", row[7], None, "Hỏa tốc; Hạn xử lý 01/04/2026; bản sao",
        "Tỉnh ủy Nghệ An",
    ]  # fmt: skip
    assert row[7].date() == date(2026, 3, 6)
    _, headings, row = sheet_of(desk.get(url("issued-sheet")))
    assert headings[:7] == [
        "Số, ký hiệu văn bản", "Ngày văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
        "Nơi nhận", "Đơn vị, người nhận bản lưu", "Số lượng bản",
    ]  # fmt: skip
    assert (row[0], row[3], row[4], row[6]) == ("07-NQ/TU", "Trần Văn Bình", "Các đảng ủy xã", 130)


def test_a_long_register_is_cut_in_excel_and_says_so(desk, province, monkeypatch):
    from danvan.documents import exports

    monkeypatch.setattr(exports, "MOST_ROWS", 2)
    DocumentFactory.create_batch(3, unit=province.committee)
    _, note, _, *rows = sheet_of(desk.get(url("incoming-sheet")))
    assert "Chỉ gồm 2 dòng đầu" in note[0]
    assert len(rows) == 2


def test_the_ruled_page_has_the_register_in_its_order_with_its_cover(desk, province):
    for number, suffix in ((4, ""), (1, ""), (1, "a")):
        DocumentFactory(unit=province.committee, register_number=number, register_suffix=suffix)
    RegisterGap.objects.create(
        unit=province.committee, direction="incoming", year=2026, first=2, last=3,
        reason="hủy theo biên bản", noted_at="2026-12-31T00:00Z",
    )  # fmt: skip
    asked = {"so": province.committee.pk, "nam": "2026", "in": "1"}
    page = body(desk.get(url("incoming-print"), asked))
    assert "<h1>Sổ đăng ký văn bản đến</h1>" in page
    assert "Tỉnh ủy Nghệ An" in page
    assert 'class="dv-side"' not in page
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page.split("<tbody>")[1], re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    assert [row[1] if len(row) > 1 else row[0] for row in cells] == [
        "1", "1a", "Số 2–3: hủy theo biên bản", "4",
    ]  # fmt: skip
    assert cells[0][0] == "05/03/2026"
    assert len(cells[0]) == 10
    part = body(desk.get(url("incoming-print"), {**asked, "tu_so": "4", "den_so": "9"}))
    assert "Số 2–3" not in part
    assert "từ số 4 đến số 9" in part
    days = body(desk.get(url("incoming-print"), {**asked, "tu": "1/3/2026", "den": "31/3/2026"}))
    assert "từ ngày 01/03/2026 đến ngày 31/03/2026" in days
    assert "hủy theo" not in days


def test_the_ruled_page_of_issued_documents(desk, province, letter):
    page = body(
        desk.get(url("issued-print"), {"so": province.committee.pk, "nam": "2026", "in": "1"})
    )
    assert "Nơi nhận" in page
    assert "<td>130</td>" in page
    empty = body(
        desk.get(url("issued-print"), {"so": province.committee.pk, "nam": "2025", "in": "1"})
    )
    assert "Không có văn bản nào trong khoảng này." in empty


def test_what_cannot_be_printed_is_told(desk, client, province, monkeypatch):
    from danvan.documents.views import keeping

    chosen = body(desk.get(url("incoming-print"), {"so": province.front.pk, "nam": "2025"}))
    assert f'value="{province.front.pk}" selected' in chosen
    assert 'value="2025" selected' in chosen
    for wrong, said in (
        ({"so": "abc"}, "ngoài phạm vi"), ({"so": ""}, "Đồng chí vui lòng|bắt buộc"),
        ({"tu": "2/3/2026", "den": "1/3/2026"}, "từ trước đến sau"),
        ({"tu_so": "9", "den_so": "1"}, "từ trước đến sau"), ({"tu_so": "0"}, ""),
    ):  # fmt: skip
        asked = {"so": province.committee.pk, "nam": "2026", "in": "1", **wrong}
        response = desk.get(url("incoming-print"), asked)
        assert response.status_code == 422
        assert re.search(said, body(response))
    monkeypatch.setattr(keeping, "MOST_PRINTED", 1)
    DocumentFactory.create_batch(2, unit=province.committee)
    response = desk.get(
        url("incoming-print"), {"so": province.committee.pk, "nam": "2026", "in": "1"}
    )
    assert (response.status_code, "hơn 1 văn bản" in body(response)) == (422, True)
    client.force_login(make_grant(province.communes[0], "clerk"))
    response = client.get(
        url("incoming-print"), {"so": province.committee.pk, "nam": "2026", "in": "1"}
    )
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("given", "done"),
    [
        ({"viec": "chuyen", "kept_by": "Ban Tổ chức", "forwarded_on": "1/5/2026"}, "forward"),
        ({"viec": "xong"}, "handle"),
    ],
)
def test_many_are_acted_on_and_the_list_stays_as_it_was(desk, province, given, done):
    rows = DocumentFactory.create_batch(3, unit=province.committee)
    ticked = [rows[0].pk, rows[1].pk]
    answered = desk.post(url("incoming-many"), {**given, "chon": [*ticked, "x", "9" * 30], "ve": "loai=resolution"})  # fmt: skip
    assert answered["Location"] == url("incoming") + "?loai=resolution"
    acted = AuditEntry.objects.filter(action=f"documents.{done}").values_list("target", flat=True)
    assert sorted(acted) == sorted(f"documents.document:{pk}" for pk in ticked)


def test_a_long_id_is_sent_back_as_it_stands(desk, province):
    """Numbers are grouped where people read them, never where the page sends them back."""
    row = DocumentFactory(unit=province.committee, pk=1_234_567)
    assert 'name="chon" value="1234567"' in body(desk.get(url("incoming")))
    desk.post(url("incoming-many"), {"viec": "xong", "chon": ["1234567"]})
    row.refresh_from_db()
    assert row.handled_on == date(2026, 12, 31)


def test_only_rows_within_reach_and_of_that_register_are_acted_on(client, province):
    near = DocumentFactory(unit=province.committees[0])
    far, other = (
        DocumentFactory(unit=province.committee),
        DocumentFactory(unit=province.committees[0], direction="outgoing"),
    )
    client.force_login(make_grant(province.communes[0], "clerk"))
    client.post(url("incoming-many"), {"viec": "xong", "chon": [near.pk, far.pk, other.pk]})
    done = Document.objects.exclude(handled_on=None)
    assert list(done) == [near]
    client.post(url("incoming-many"), {"viec": "chua-xong", "chon": [near.pk]})
    assert not done.all().exists()


@pytest.mark.parametrize(
    "given",
    [
        {"viec": "chuyen", "kept_by": "", "forwarded_on": "1/5/2026", "chon": True},
        {"viec": "chuyen", "kept_by": "x", "forwarded_on": "hôm nay", "chon": True},
        {"viec": "xong"},
    ],
)
def test_what_cannot_be_done_with_many_is_told(desk, province, given):
    row = DocumentFactory(unit=province.committee)
    sent = {**given, "chon": [row.pk] if given.pop("chon", False) else []}
    page = body(desk.post(url("incoming-many"), sent, follow=True))
    assert "Chưa chuyển được" in page or "ít nhất một" in page
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("back", ["loai=a\r\nX-Other: y", "loai=văn bản"])
def test_the_way_back_to_the_list_is_never_a_header_of_its_own(desk, province, back):
    row = DocumentFactory(unit=province.committee)

    answered = desk.post(url("incoming-many"), {"viec": "xong", "chon": [row.pk, "²"], "ve": back})

    assert answered.status_code == 302
    assert answered["Location"].startswith(f"{url('incoming')}?")
    assert (answered["Location"].isascii(), "X-Other" in answered) == (True, False)
