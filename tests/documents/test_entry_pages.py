"""One entry of a register on its pages: entered with all its columns, put right, numbers beside it, relations."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.documents.models import Document, RegisterGap
from danvan.documents.services import (
    entry_mark,
    register_issued_document,
)
from tests.documents.acts import enter, issued, url
from tests.documents.papers import Paper, body

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(province):
    return issued(province)


def test_an_entry_is_amended_on_its_page(desk, province, letter):
    page = body(desk.get(url("amend", letter.pk)))
    assert "Sửa mục số 1/2026" in page
    given = {
        "symbol": "08-NQ/TU", "document_type": "resolution", "issued_on": "2/3/2026", "abstract": "khác",
        "seen": entry_mark(letter), "priority": "2", "copies": "5",
    }  # fmt: skip
    assert desk.post(url("amend", letter.pk), given)["Location"] == url("card", letter.pk)
    letter.refresh_from_db()
    assert (letter.symbol, letter.priority, letter.copies) == ("08-NQ/TU", 2, 5)
    again = desk.post(url("amend", letter.pk), given)
    assert (again.status_code, "người khác sửa" in body(again)) == (422, True)
    wrong = desk.post(url("amend", letter.pk), {**given, "abstract": "", "issued_on": "30/2/2026"})
    assert (wrong.status_code, body(wrong).count('class="dv-fault"')) == (422, 2)
    other = enter(province, content=Paper(symbol="9-NQ/TU", body=()).as_txt(), name="b.txt")
    same = {
        **given, "symbol": "08-NQ/TU", "issuer_name": "Tỉnh ủy Nghệ An", "received_on": "5/3/2026",
        "seen": entry_mark(other),
    }  # fmt: skip
    known = desk.post(url("amend", other.pk), same)
    assert (known.status_code, url("card", letter.pk) in body(known)) == (422, True)


def test_a_file_is_attached_on_the_page_of_an_entry(desk, province):
    document = register_issued_document(
        unit=province.committee, document_type="plan", abstract="Kế hoạch", actor=None,
        issued_on=date(2026, 3, 2),
    )  # fmt: skip

    def given(stamp=""):
        return {
            "document_type": "plan", "abstract": "Kế hoạch", "issued_on": "02/03/2026", "priority": "0",
            "seen": entry_mark(document),
            "file": SimpleUploadedFile("a.txt", Paper(stamp=stamp, about="riêng").as_txt()),
        }  # fmt: skip

    secret = desk.post(url("amend", document.pk), given("MẬT"))
    assert (secret.status_code, "Văn bản mật" in body(secret)) == (422, True)
    document.refresh_from_db()
    assert document.file is None
    assert desk.post(url("amend", document.pk), given()).status_code == 302
    document.refresh_from_db()
    assert document.file_name == "a.txt"
    assert 'name="file"' not in body(desk.get(url("amend", document.pk)))


def test_numbers_are_left_free_on_their_page(desk, province):
    page = body(desk.get(url("free-numbers"), {"so": province.committee.pk, "chieu": "outgoing"}))
    assert '<option value="outgoing" selected>' in page
    given = {
        "unit": province.committee.pk, "direction": "outgoing", "year": "2026", "first": "1", "last": "9",
        "reason": "đã ghi trong sổ giấy",
    }  # fmt: skip
    answered = desk.post(url("free-numbers"), given)
    assert answered["Location"] == f"{url('issued')}?so={province.committee.pk}&nam=2026"
    assert desk.post(url("free-numbers"), given).status_code == 422
    assert desk.post(url("free-numbers"), {**given, "reason": ""}).status_code == 422
    assert RegisterGap.objects.count() == 1


def test_relations_are_decided_and_added_on_the_card(desk, province):
    document = enter(province)
    one = document.relations.get()
    card = body(desk.get(url("card", document.pk)))
    assert "Đề xuất, chờ xác nhận" in card
    assert "Vì văn bản ghi “Thực hiện Quyết định số 23-QĐ/TW" in card
    answered = desk.post(url("decide-relation", one.pk), {"viec": "nhan", "kind": "reviews"})
    assert answered["Location"] == url("card", document.pk) + "#quan-he"
    one.refresh_from_db()
    assert (one.kind, one.verdict) == ("reviews", "corrected")
    page = body(
        desk.post(url("decide-relation", one.pk), {"viec": "nhan", "kind": "x"}, follow=True)
    )
    assert "chọn quan hệ" in page
    desk.post(url("decide-relation", one.pk), {"viec": "bo"})
    one.refresh_from_db()
    assert one.verdict == "rejected"
    given = {"kind": "answers", "symbol": "1-CV/TU", "issued_on": "1/2/2026"}
    assert desk.post(url("relate", document.pk), given).status_code == 302
    assert desk.post(url("relate", document.pk), given).status_code == 422
    assert desk.post(url("relate", document.pk), {"kind": "x"}).status_code == 422
    assert "Trả lời" in body(desk.get(url("relate", document.pk)))


def test_an_issued_document_is_entered_with_all_its_columns(desk, province):
    given = {
        "unit": province.committee.pk, "document_type": "plan", "symbol": "5-KH/TU", "priority": "1",
        "issued_on": "5/1/2026", "abstract": "Kế hoạch", "signer": "An", "signer_position": "Bí thư",
        "recipients": "Các xã", "copies": "3", "pages": "7", "kept_by": "Lưu VP",
        "forwarded_on": "6/1/2026", "due_on": "1/2/2026", "exchange_id": "M.1", "note": "gấp",
        "register_number": "", "secrecy": "", "file": SimpleUploadedFile("a.txt", Paper().as_txt()),
    }  # fmt: skip
    assert desk.post(url("register-issued"), given).status_code == 302
    document = Document.objects.get()
    card = body(desk.get(url("card", document.pk)))
    for words in (
        "An, Bí thư",
        "Các xã",
        "Lưu VP, 06/01/2026",
        "M.1",
        "gấp",
        "Khẩn",
        "Quá hạn xử lý",
    ):
        assert words in card
    wrong = desk.post(url("register-issued"), {**given, "file": "", "register_number": "1", "symbol": "6-KH/TU", "exchange_id": ""})  # fmt: skip
    assert (wrong.status_code, "ghi 1a" in body(wrong)) == (422, True)
    assert '<details class="dv-more" open>' in body(wrong)


def test_an_incoming_document_is_entered_with_its_particulars(desk, province):
    given = {
        "viec": "vao-so", "unit": province.committee.pk, "document_type": "plan", "abstract": "x",
        "issuer_name": "y", "received_on": "05/03/2026", "priority": "3", "due_on": "9/3/2026",
        "kept_by": "Ban Tổ chức", "forwarded_on": "6/3/2026", "note": "n", "register_number": "1",
        "file": SimpleUploadedFile("a.txt", Paper().as_txt()),
    }  # fmt: skip
    assert desk.post(url("register"), given).status_code == 302
    document = Document.objects.get()
    assert (document.priority, document.due_on, document.kept_by, document.entry_number) == (
        3, date(2026, 3, 9), "Ban Tổ chức", "1",
    )  # fmt: skip
    assert "Hỏa tốc" in body(desk.get(url("incoming")))
