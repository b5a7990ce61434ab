"""The duty matrix on its pages: read by all, made from a regulation's clauses or by hand, mended, ended, exported."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from danvan.documents.enums import Direction, DocumentType, Stage
from danvan.documents.models import Document
from danvan.foundation import clock
from danvan.organisations.enums import DutyRole, Kind
from danvan.organisations.models import Duty
from danvan.organisations.services.duties import DutyEntry, DutySource, Share, record_duties
from tests.desk.months import plain
from tests.factories.province import Province, make_grant
from tests.reading.test_duties import TEXT

ON = date(2026, 1, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return Province()


@pytest.fixture
def specialist(province, client):
    client.force_login(make_grant(province.place, "specialist"))
    return client


def regulation(unit, text):
    return Document.objects.create(
        unit=unit, direction=Direction.OUTGOING, register_year=2026, register_number=1, symbol="04-QC/TU",
        document_type=DocumentType.REGULATION, issuer_name="Tỉnh ủy", issuer_key="tinh uy", abstract="Quy chế",
        text=text, stage=Stage.FILED, registered_at=clock.now(), issued_on=ON,
    )  # fmt: skip


def put(province, words="Đối thoại với nhân dân", unit_id=None):
    shares = [Share(DutyRole.LEAD, Kind.PARTY_COMMITTEE)]
    if unit_id:
        shares.append(Share(DutyRole.CORE, unit_id=unit_id))
    entry = DutyEntry(words, shares, DutySource("04-QC/TU", "Điều 3"))
    return record_duties(province.place.pk, [entry], on=ON, actor=None)[0]


def test_the_matrix_shows_roles_overlaps_and_gaps_to_a_commune_too(province, client):
    put(province)
    client.force_login(make_grant(province.communes[0], "commune_officer"))
    page = client.get("/don-vi/nhiem-vu/").content.decode()
    assert "Đối thoại với nhân dân" in page
    assert "Lãnh đạo" in page
    assert "Chưa ai có vai trò" in page
    assert "Thêm nhiệm vụ</a>" not in page


def test_the_card_of_an_organisation_tells_its_duties(specialist, province):
    put(province, unit_id=province.front.pk)
    told = plain(specialist.get(reverse("desk:unit", args=[province.front.pk])))
    assert "Nhiệm vụ theo quy chế 1" in told
    assert "Đối thoại với nhân dân" in told
    assert "Nhiệm vụ theo quy chế" not in plain(
        specialist.get(reverse("desk:unit", args=[province.place.pk]))
    )


def test_a_filter_that_is_wrong_says_so(specialist, province):
    put(province)
    page = specialist.get("/don-vi/nhiem-vu/?ngay=45/45/2026")
    assert page.status_code == 422
    narrowed = specialist.get("/don-vi/nhiem-vu/?q=khong-co&xem=chong&van_ban=99-QC/TU")
    assert "Chưa có nhiệm vụ nào ở đây" in narrowed.content.decode()


def test_duties_of_a_regulation_are_taken_over_beside_their_sentences(specialist, province):
    paper = regulation(province.committee, TEXT)
    address = f"/don-vi/nhiem-vu/tu-van-ban/{paper.pk}/"
    page = specialist.get(address).content.decode()
    assert "Máy đọc được 8 nhiệm vụ" in page
    assert f'href="{address}"' in specialist.get(f"/van-ban/{paper.pk}/").content.decode()
    nothing = specialist.post(address, {"on": "01/01/2026"})
    assert nothing.status_code == 422
    assert "chọn ít nhất một nhiệm vụ" in nothing.content.decode()
    done = specialist.post(
        address,
        {"on": "01/01/2026", "chon_0": "on", "role_0": "lead", "chon_5": "on", "role_5": "core"},
    )
    assert done.status_code == 302
    kept = {
        d.clause: [(s.role, s.kind, s.level) for s in d.shares.all()] for d in Duty.objects.all()
    }
    assert kept == {
        "Điều 5, khoản 1": [("lead", "party_committee", "")],
        "Điều 7, khoản 1": [("core", "advisory_board", "province")],
    }
    first = Duty.objects.get(clause="Điều 5, khoản 1")
    assert TEXT[first.source_start : first.source_end] == first.sentence
    assert specialist.get(address).content.decode().count("đã có") == 2


def test_a_document_without_duties_says_what_to_do(specialist, province):
    paper = regulation(province.committee, "Nơi nhận: lưu.")
    assert (
        "chưa đọc được nhiệm vụ nào"
        in specialist.get(f"/don-vi/nhiem-vu/tu-van-ban/{paper.pk}/").content.decode()
    )


def test_a_duty_is_added_mended_and_ended_by_hand(specialist, province):
    put(province, "Giám sát", province.fronts[0].pk)
    wrong = specialist.post("/don-vi/nhiem-vu/them/", {"words": "", "symbol": "", "on": ""})
    assert wrong.status_code == 422
    said = {
        "words": "Phản biện xã hội",
        "symbol": "05-QC/TU",
        "clause": "Điều 9",
        "on": "01/02/2026",
    }
    empty = specialist.post("/don-vi/nhiem-vu/them/", said)
    assert "ít nhất một tổ chức" in empty.content.decode()
    said |= {"kind_0": "front_committee", "role_0": "core", "level_0": "commune"}
    assert specialist.post("/don-vi/nhiem-vu/them/", said).status_code == 302
    made = Duty.objects.get(words="Phản biện xã hội")
    assert made.valid_from == date(2026, 2, 1)
    kept = Duty.objects.get(words="Giám sát")
    changed = {"words": "Giám sát, phản biện", "kind_0": "peoples_council", "role_0": "lead"}
    assert specialist.post(f"/don-vi/nhiem-vu/{kept.pk}/", changed).status_code == 302
    assert {(s.role, s.kind, s.unit_id) for s in kept.shares.all()} == {
        ("lead", "peoples_council", None), ("core", "", province.fronts[0].pk),
    }  # fmt: skip
    refused = specialist.post(f"/don-vi/nhiem-vu/{kept.pk}/", {**changed, "kind_1": "trade_union"})
    assert refused.status_code == 422
    early = specialist.post(f"/don-vi/nhiem-vu/{kept.pk}/ket-thuc/", {"on": "01/01/2026"})
    assert early.status_code == 422
    assert (
        specialist.post(f"/don-vi/nhiem-vu/{kept.pk}/ket-thuc/", {"on": "01/03/2026"}).status_code
        == 302
    )
    kept.refresh_from_db()
    assert kept.valid_to == date(2026, 3, 1)


def test_the_matrix_is_exported_as_it_is_shown(specialist, province):
    put(province)
    answer = specialist.get("/don-vi/nhiem-vu/tai-excel/?q=doi+thoai&ngay=01/02/2026")
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert rows[0][0] == "Ma trận nhiệm vụ: Tỉnh Nghệ An, ngày 01/02/2026"
    assert rows[2][:4] == ("04-QC/TU", "Điều 3", "Đối thoại với nhân dân", "Lãnh đạo")


def test_nobody_changes_what_binds_others(province, client):
    pk = put(province)
    client.force_login(make_grant(province.communes[0], "specialist"))
    assert client.get(f"/don-vi/nhiem-vu/{pk}/").status_code == 404
    assert client.post(f"/don-vi/nhiem-vu/{pk}/ket-thuc/", {"on": "01/03/2026"}).status_code == 404
