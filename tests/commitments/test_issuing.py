"""Issuing a programme on its page: every fault in one round, and what was typed stays."""

from html import unescape

import pytest
from django.urls import reverse

from danvan.commitments.services.programme_entries import add_entry
from danvan.commitments.services.programmes import issue_programme, issuing_faults, make_programme
from tests.commitments.conftest import TODAY
from tests.commitments.test_programmes import line


@pytest.fixture
def draft(ledger, client):
    client.force_login(ledger.officer)
    programme = make_programme(ledger.province.committees[0].pk, "2026-12", actor=None)
    add_entry(programme, line(), actor=None)
    add_entry(programme, line("Họp lại"), actor=None)
    programme.refresh_from_db()
    return programme


def send(client, programme, **typed):
    whole = {
        "symbol": "",
        "on": "",
        "signer": "",
        "signer_title": "",
        "reason": "",
        "seen": programme.changes,
    }
    return client.post(
        reverse("commitments:issue-programme", args=[programme.pk]), {**whole, **typed}
    )


def test_all_faults_are_told_in_one_round_and_what_was_typed_is_kept(client, draft):
    add_entry(draft, line("Họp lại", chair="A"), actor=None)
    add_entry(draft, line("Họp nữa", chair="A"), actor=None)
    draft.refresh_from_db()
    page = send(client, draft, on="", signer="x" * 121, symbol="1" * 81)
    form = page.context["issue"]
    assert page.status_code == 422
    assert set(form.errors) == {"on", "signer", "symbol", "reason"}
    assert "x" * 121 in page.content.decode()
    page = send(client, draft, on="01/01/2027", reason="Đã cân nhắc")
    assert set(page.context["issue"].errors) == {"on", "symbol"}
    assert "Đã cân nhắc" in unescape(page.content.decode())
    draft.refresh_from_db()
    assert not draft.issued


def test_a_change_meanwhile_is_told_with_the_other_faults_and_only_once(client, draft):
    add_entry(draft, line("Thêm"), actor=None)
    page = send(client, draft, symbol="12-CTr/ĐU", on="")  # as it was seen before
    said = unescape(page.content.decode())
    assert "Có đồng chí vừa sửa chương trình này" in said
    assert set(page.context["issue"].errors) == {"__all__", "on"}
    draft.refresh_from_db()
    assert page.context["issue"]["seen"].value() == str(draft.changes)
    done = send(client, draft, symbol="12-CTr/ĐU", on="20/11/2026", reason="Đã xem")
    assert done.status_code == 302


def test_what_cannot_be_issued_says_so_where_there_is_no_form(client, ledger, draft):
    empty = make_programme(ledger.province.committees[0].pk, "2027-01", actor=None)
    assert [one.message for one in issuing_faults(empty, on=TODAY, symbol="1")] == [
        "Chương trình chưa có mục nào nên chưa ban hành được."
    ]
    said = unescape(send(client, empty, symbol="1", on="20/11/2026").content.decode())
    assert "chưa có mục nào nên chưa ban hành được" in said
    issue_programme(draft, symbol="12-CTr/ĐU", on=TODAY, reason="Đủ", actor=None)
    page = send(client, draft, symbol="13", on="")
    assert page.status_code == 422
    assert "Có đồng chí vừa sửa chương trình này" in unescape(page.content.decode())
    draft.refresh_from_db()
    again = unescape(send(client, draft, symbol="13", on="20/11/2026").content.decode())
    assert "Chương trình đã ban hành số 12-CTr/ĐU" in again
    assert draft.symbol == "12-CTr/ĐU"


def test_a_line_written_over_a_change_meanwhile_is_written_once_it_was_seen(client, draft):
    at = reverse("commitments:add-entry", args=[draft.pk])
    typed = {
        "kind": "meeting", "content": "Họp", "starts_on": "07/12/2026", "seen": draft.changes - 1,
    }  # fmt: skip
    page = client.post(at, typed)
    assert "Có đồng chí vừa sửa" in unescape(page.content.decode())
    again = client.post(at, {**typed, "seen": page.context["form"]["seen"].value()})
    assert again.status_code == 302
