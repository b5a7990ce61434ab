"""The pages on which leads and assigners decide, and the three facts as pages, sheets and figures show them."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from danvan.commitments.enums import State
from danvan.commitments.facts import due_rows, totals
from danvan.commitments.services import (
    agree_commitment,
    claim_done,
    dispute_commitment,
    note_askers,
)
from danvan.foundation.periods import Period
from danvan.organisations.models import Unit
from tests.commitments.test_acts import put

NOT_YET = "Còn khoảng 180 m qua khe chưa đổ."


def url(name, *args):
    return reverse(f"commitments:{name}", args=args)


@pytest.fixture
def as_(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def sent(client, row, name, **said):
    """The form as the page gave it, with these answers."""
    return client.post(url(name, row.pk), {"seen": row.changes, **said})


@pytest.mark.parametrize(
    ("before", "name", "who", "said", "after"),
    [
        (State.ASSIGNED, "decline", "officer", {"words": "Không có máy"}, State.DECLINED),
        (State.DECLINED, "redirect", "leader",
         {"words": "Vẫn giao", "viec": "giu-nguyen"}, State.ASSIGNED),
        (State.DECLINED, "redirect", "leader",
         {"words": "Gần hơn", "viec": "giao-khac", "lead": "Ủy ban nhân dân Xã Con Cuông"}, State.ASSIGNED),
        (State.VERIFIED, "close", "checker", {}, State.CLOSED),
        (State.IN_PROGRESS, "accept-risk", "leader",
         {"until": "31/03/2027", "reason": "Chờ vốn", "document": "Công văn 112/UBND-KT"}, State.RISK_ACCEPTED),
        (State.RISK_ACCEPTED, "resume", "leader", {"words": "Đã có vốn"}, State.IN_PROGRESS),
    ],
)  # fmt: skip
def test_each_page_does_its_act_and_goes_back_to_the_card(
    as_, ledger, before, name, who, said, after
):
    row = put(ledger, before)
    client = as_(getattr(ledger, who))
    assert url(name, row.pk) in client.get(url("card", row.pk)).content.decode()
    page = client.get(url(name, row.pk))
    assert (page.status_code, page.context["why_not"]) == (200, "")
    assert sent(client, row, name, **said).status_code == 302
    row.refresh_from_db()
    assert row.state == after
    if "lead" in said:
        assert row.lead_id == ledger.other.pk
    shown = client.get(url("card", row.pk)).content.decode()
    assert "Ba việc, ba bên" in shown
    assert client.get("/viec-phai-lam/?muc=tat-ca").status_code == 200


def test_another_is_put_in_its_place_by_its_number(as_, ledger):
    row, other = put(ledger, State.IN_PROGRESS), ledger.one()
    client = as_(ledger.leader)
    for number, why in (("CK-1999-0001", "Không có việc nào số"), (row.number, "chính nó")):
        refused = sent(client, row, "supersede", number=number, words="Gộp")
        assert refused.status_code == 422
        assert why in refused.content.decode()
    assert (
        sent(client, row, "supersede", number=other.number.lower(), words="Gộp").status_code == 302
    )
    page = client.get(url("card", row.pk)).content.decode()
    assert f'href="{url("card", other.pk)}"' in page


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"words": "", "viec": "giu-nguyen"}, "ghi lý do để đơn vị biết"),
        ({"words": "Vì", "viec": "giao-khac", "lead": ""}, "chọn đơn vị chủ trì"),
        ({"words": "Vì", "viec": "giao-khac", "lead": "không đâu"}, "Không tìm thấy đơn vị này"),
        ({"words": "Vì", "viec": "giao-khac", "lead": "Con Cuông"}, "Có nhiều đơn vị như vậy"),
        ({"words": "Vì", "viec": "la-lam"}, "chọn giữ nguyên hoặc giao đơn vị khác"),
    ],
)
def test_an_answer_to_what_is_not_accepted_that_cannot_be_understood_changes_nothing(
    as_, ledger, said, why
):
    row = put(ledger, State.DECLINED)
    page = sent(as_(ledger.leader), row, "redirect", **said)
    assert page.status_code == 422
    assert why in page.content.decode()
    row.refresh_from_db()
    assert (row.state, row.lead_id) == (State.DECLINED, ledger.lead.pk)


def test_a_page_says_why_its_act_is_not_open(as_, ledger):
    row = put(ledger, State.WITHDRAWN)
    client = as_(ledger.leader)
    for name in ("redirect", "close", "accept-risk", "resume", "supersede"):
        assert client.get(url(name, row.pk)).context["why_not"].endswith(".")
    assert client.get(url("close", put(ledger, State.CLOSED).pk)).context["why_not"] == (
        "Việc này đã đóng."
    )
    assert as_(ledger.officer).get(url("close", row.pk)).status_code in (403, 404)


def test_the_card_tells_what_stands_in_the_way_of_closing(as_, ledger):
    row = put(ledger, State.VERIFIED)
    dispute_commitment(row, code_id=7, words=NOT_YET)
    row = claim_done(row, result="Đã đổ nốt", actor=ledger.officer)
    client = as_(ledger.checker)
    client.post(url("check", row.pk), {"viec": "xac-nhan", "finding": "Đạt", "on": "20/11/2026"})
    row.refresh_from_db()
    page = client.get(url("card", row.pk)).content.decode()
    for words in ("Chưa đóng được", NOT_YET, "Ghi lý do", "1 chưa xong"):
        assert words in page
    assert "công khai" in sent(client, row, "close").content.decode()
    reason = "Đoạn qua khe thuộc dự án khác."
    assert sent(client, row, "close", public_reason=reason).status_code == 302
    assert f"Lý do công khai: “{reason}”" in client.get(url("card", row.pk)).content.decode()


def test_the_list_and_the_sheet_show_three_facts_and_that_nobody_asked(as_, ledger):
    plain, followed = ledger.one(title="Không ai hỏi"), put(ledger, State.VERIFIED)
    agree_commitment(followed, code_id=7)
    client = as_(ledger.leader)
    page = client.get("/viec-phai-lam/?muc=tat-ca").content.decode()
    assert "Người hỏi: không có" in page
    assert "Người hỏi: đồng ý 20/11/2026" in page
    sheet = openpyxl.load_workbook(
        BytesIO(client.get(url("list-sheet"), {"muc": "tat-ca"}).content)
    ).active
    rows = {row[0].value: [cell.value for cell in row] for row in sheet}
    heads = rows["Số"]
    agreed, disputed = heads.index("Người hỏi đồng ý"), heads.index("Người hỏi chưa đồng ý")
    assert (rows[plain.number][agreed], rows[plain.number][disputed]) == ("–", "–")
    assert rows[followed.number][agreed].date() == date(2026, 11, 20)


def test_totals_count_the_third_fact_over_what_somebody_asked_for(ledger):
    year, day = Period.parse("2026"), date(2026, 11, 20)
    ledger.one()
    followed, agreed, disputed = (
        ledger.one(),
        put(ledger, State.CLAIMED),
        put(ledger, State.CLAIMED),
    )
    note_askers([followed], on=date(2026, 9, 1))
    agree_commitment(agreed, code_id=1)
    dispute_commitment(disputed, code_id=2, words=NOT_YET)
    put(ledger, State.SUPERSEDED)
    within = Unit.objects.values("pk")
    told = totals(within, year, day)
    assert (told.due, told.claimed, told.asked, told.agreed, told.disputed) == (5, 1, 3, 1, 1)
    rows = due_rows(within, year, day)
    assert len(rows) == told.due
    assert sum(row.disputed_on is not None for row in rows) == told.disputed
    before = totals(within, year, date(2026, 10, 1))
    assert (before.asked, before.agreed, before.disputed) == (1, 0, 0)
