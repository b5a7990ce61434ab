"""What a page sends is what was on it: no other decision is taken by a slip, or by an act of others meanwhile."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.enums import Ruling, State
from danvan.commitments.models import Extension
from danvan.commitments.services import ask_extension, claim_done


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


def test_the_day_that_was_given_holds_though_the_lead_asked_for_another_meanwhile(as_, ledger):
    row = ledger.one()
    client = as_(ledger.leader)
    client.get(url("extend", row.pk))  # no request waits: the form asks for a day
    ask_extension(row, until=date(2027, 6, 30), reason="Mưa lũ", actor=ledger.officer)

    client.post(
        url("extend", row.pk),
        {"until": "15/01/2027", "words": "Theo Kết luận 12", "document": "KL 12"},
    )

    row.refresh_from_db()
    assert row.due_on == date(2027, 1, 15)
    asked = Extension.objects.get()
    assert (asked.ruling, asked.new_due_on) == (Ruling.GRANTED, date(2027, 1, 15))


def test_deciding_what_nobody_asked_for_is_refused(as_, ledger):
    row = ledger.one()

    refused = as_(ledger.leader).post(url("extend", row.pk), {"viec": "dong-y"})

    assert (refused.status_code, Extension.objects.count()) == (422, 0)
    assert "không có đơn xin gia hạn nào" in text(refused)


def test_a_check_that_says_neither_yes_nor_no_checks_nothing(as_, ledger):
    row = ledger.one()
    claim_done(row, result="Xong", actor=ledger.officer)

    refused = as_(ledger.checker).post(url("check", row.pk), {"finding": "Đạt"})

    row.refresh_from_db()
    assert (refused.status_code, row.state) == (422, State.CLAIMED)
    assert "chọn xác nhận đã xong hoặc trả lại" in text(refused)
