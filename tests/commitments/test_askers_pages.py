"""The officers' pages about those who asked: slips are printed once, codes withdrawn, results shown on purpose."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse

from danvan.commitments.models import FollowCode, PublicNote
from danvan.commitments.selectors import behind_code
from danvan.commitments.services import (
    add_evidence,
    claim_done,
    confirm_done,
    issue_follow_code,
    say_not_yet,
)
from tests.commitments.conftest import PICTURE, TODAY

CODE = re.compile(r'phieu-ma">([^<]+)<')


@pytest.fixture
def as_(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def url(name, *args):
    return reverse(f"commitments:{name}", args=args)


def text(response):
    return response.content.decode()


def test_a_sheet_is_printed_with_a_picture_for_each_code(as_, ledger, settings):
    settings.DANVAN_PORTAL_SITE = "https://danvan.example.vn"
    one = ledger.one()
    client = as_(ledger.checker)
    asked = text(client.get(url("issue-codes", one.pk)))
    assert one.title in asked
    assert "20/11/2026" in asked
    sent = {"number": 3, "public_words": "Đổ bê tông", "asked": "Bao giờ?", "post": "Bí thư"}
    sheet = client.post(url("issue-codes", one.pk), sent)
    page = unquote(text(sheet))
    codes = CODE.findall(page)
    assert len(set(codes)) == 3
    assert "no-store" in sheet["Cache-Control"]
    assert "danvan.example.vn/theo-doi/" in page
    assert page.count("<svg xmlns=") == 3
    assert [behind_code(code).followed[0].words for code in codes] == ["Đổ bê tông"] * 3
    later = text(client.get(url("askers", one.pk)))
    assert not any(code in later for code in codes)
    assert "2026-00003" in later


def test_a_slip_without_a_set_address_names_that_of_the_officer(as_, ledger, settings):
    settings.DANVAN_PORTAL_SITE = ""
    one = ledger.one()
    sent = {"number": 1, "public_words": "Đổ bê tông"}
    page = text(as_(ledger.checker).post(url("issue-codes", one.pk), sent))
    assert "<b>testserver/theo-doi/</b>" in page


def test_what_is_wrong_with_the_sheet_stands_beside_its_field(as_, ledger):
    one = ledger.one()
    client = as_(ledger.checker)
    sent = {"number": 0, "public_words": "Gọi 0912345678", "asked_on": "31/12/2026"}
    page = client.post(url("issue-codes", one.pk), sent)
    assert page.status_code == 422
    for told in ("từ 1 đến 100 phiếu", "có số điện thoại", "chưa đến"):
        assert told in text(page)
    assert "Gọi 0912345678" in text(page)
    for odd in (
        {},
        {"number": "²", "public_words": "x"},
        {"number": "9" * 400, "public_words": "x"},
    ):
        assert client.post(url("issue-codes", one.pk), odd).status_code == 422
    assert FollowCode.objects.count() == 0


def test_a_code_is_withdrawn_by_its_slip(as_, ledger):
    one, other = ledger.one(), ledger.one()
    code = issue_follow_code([one], actor=None)
    held = FollowCode.objects.get()
    client = as_(ledger.checker)
    assert client.post(url("withdraw-code", other.pk, held.pk)).status_code == 404
    assert behind_code(code)
    page = client.post(url("withdraw-code", one.pk, held.pk), follow=True)
    assert "Đã thu hồi mã của phiếu 2026-00001" in text(page)
    assert behind_code(code) is None
    again = client.post(url("withdraw-code", one.pk, held.pk), follow=True)
    assert "đã thu hồi ngày 20/11/2026" in text(again)


def test_the_card_tells_what_the_askers_said(as_, ledger, settings):
    one = ledger.one()
    client = as_(ledger.officer)
    assert "Chưa cấp mã cho người hỏi" in text(client.get(url("card", one.pk)))
    mine, theirs = (issue_follow_code([one], actor=None) for _ in range(2))
    claim_done(one, result="Xong", actor=None)
    confirm_done(mine, one)
    say_not_yet(theirs, one, "Còn thiếu cọc tiêu")
    card = text(client.get(url("card", one.pk)))
    assert "2 phiếu đang dùng, 2 lần trả lời" in card
    assert "“Còn thiếu cọc tiêu”" in card
    page = text(client.get(url("askers", one.pk)))
    assert "Đã xong, đúng như đã hứa" in page
    assert "phiếu 2026-00002" in page
    assert "Thu hồi" not in page
    assert "Cấp mã" not in page
    settings.DANVAN_TODAY = TODAY + timedelta(days=366)
    assert "Hết hạn" in text(client.get(url("askers", one.pk)))


def test_a_result_is_shown_and_hidden_by_the_lead(as_, ledger):
    one, other = ledger.one(), ledger.one()
    evidence = add_evidence(one, name=PICTURE[0], content=PICTURE[1], actor=None)
    client = as_(ledger.officer)
    assert PICTURE[0] in text(client.get(url("show-publicly", one.pk)))
    wrong = client.post(url("show-publicly", one.pk), {"words": "0912345678"})
    assert (wrong.status_code, "có số điện thoại" in text(wrong)) == (422, True)
    assert (
        client.post(url("show-publicly", one.pk), {"words": "x", "evidence": "²"}).status_code
        == 422
    )
    sent = {"words": "Mặt đường", "evidence": evidence.pk}
    shown = client.post(url("show-publicly", one.pk), sent, follow=True)
    assert "Đã công khai" in text(shown)
    assert "Kèm tệp" in text(shown)
    note = PublicNote.objects.get()
    assert (note.evidence, note.shown_by) == (evidence, ledger.officer)
    assert client.post(url("hide-publicly", other.pk, note.pk)).status_code == 404
    hidden = client.post(url("hide-publicly", one.pk, note.pk), follow=True)
    assert "Đã thôi công khai" in text(hidden)
    again = client.post(url("hide-publicly", one.pk, note.pk), follow=True)
    assert "đã thôi công khai rồi" in text(again)
