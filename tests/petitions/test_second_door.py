"""A second complaint is received at who settles it, by the number of the first; nobody else learns of the first by it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from danvan.petitions.enums import Outcome
from danvan.petitions.models import Petition
from danvan.petitions.services import bar_user, decide_petition, send_decision
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
SENT = {
    "name": "Lo Van Nam", "received_on": "20/11/2026", "channel": "post", "text": "Chưa thỏa đáng"
}  # fmt: skip


class Above(papers.Office):
    """A first complaint that was decided and sent, and who receives for the unit above."""

    def __init__(self):
        super().__init__()
        self.above_officer = papers.member("canbotinh", self.above, "petition_officer")
        first = papers.replied(papers.verifying(self))
        decide_petition(
            first, outcome=Outcome.PARTLY, symbol="30/QĐ-UBND", on=date(2026, 11, 3), actor=None
        )
        send_decision(papers.fresh(first), on=date(2026, 11, 5), actor=None)
        self.first = papers.fresh(first)


_office = once(Above, DANVAN_TODAY=DAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = DAY
    return own(_office)


def sent(user, **said):
    client = Client()
    client.force_login(user)
    return client.post(reverse("petitions:receive-second"), {**SENT, **said})


def test_who_receives_for_the_unit_above_receives_it_without_reading_the_first(office):
    client = Client()
    client.force_login(office.above_officer)
    assert client.get(reverse("petitions:card", args=[office.first.pk])).status_code == 404
    assert client.get(reverse("petitions:receive-second")).status_code == 200
    answer = sent(office.above_officer, number=f" {office.first.number.lower()} ")
    second = Petition.objects.get(first_round=office.first)
    assert answer.headers["Location"] == reverse("petitions:card", args=[second.pk])
    assert (second.unit, second.round, second.title) == (office.above, 2, office.first.title)
    assert papers.fresh(office.first).state == "appealed"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_anybody_else_is_told_the_same_whether_there_is_such_a_number_or_not(office):
    bar_user(office.first, user=office.above_officer, actor=office.head)
    said = {
        (who.username, number): sent(who, number=number).context["form"].errors["number"]
        for who in (office.officer, office.stranger, office.above_officer)
        for number in (office.first.number, "KN-2026-9999")
    }
    assert len({str(one) for one in said.values()}) == 1
    assert Petition.objects.filter(first_round=office.first).count() == 0


def test_a_number_that_was_mistyped_ends_no_complaint_of_somebody_else(office):
    for name in ("Vi Thị Mai", "Nam", "\u0301"):
        answer = sent(office.above_officer, number=office.first.number, name=name)
        assert answer.status_code == 422
        assert "họ tên trên giấy" in str(answer.context["form"].errors["number"])
    assert "name" in sent(office.above_officer, number="x", name="").context["form"].errors
    assert papers.fresh(office.first).state == "sent"


def test_what_is_lacking_is_said_and_nothing_is_written(office, monkeypatch):
    errors = sent(office.above_officer, number="", received_on="").context["form"].errors
    assert {"number", "received_on"} <= set(errors)
    early = sent(office.above_officer, number=office.first.number, received_on="02/11/2026")
    assert early.status_code == 422
    other = sent(office.above_officer, number=office.first.number, unit="UBND không có")
    assert other.status_code == 422
    several = {office.above.pk: "UBND Tỉnh", office.other.pk: "UBND xã khác"}
    monkeypatch.setattr("danvan.petitions.forms.acts.units_above", lambda *_: several)
    asked = sent(office.above_officer, number=office.first.number)
    assert "unit" in asked.context["form"].errors
    assert Petition.objects.filter(first_round=office.first).count() == 0


def test_who_received_the_first_is_told_that_the_unit_above_receives_the_second(office):
    client = Client()
    client.force_login(office.officer)
    path = reverse("petitions:act-receiving", args=[office.first.pk, "lan-hai"])
    answer = client.post(path, {**SENT, "unit": "UBND Tỉnh Nghệ An"})
    assert f"theo số đơn lần đầu {office.first.number}" in answer.content.decode()
    assert papers.fresh(office.first).state == "sent"
