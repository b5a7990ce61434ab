"""What sending is held against: machines, haste, a flood; and what others sent before."""

from itertools import count

import pytest
from django.db import OperationalError

from danvan.foundation import pacing
from danvan.foundation.pacing import is_worked
from danvan.petitions.models import Paper, Petition
from danvan.petitions.services import SendDraft, send_matter
from danvan.portal.views import gate
from tests.once import once
from tests.petitions.cases import Vault
from tests.portal.filled import (
    TEXT,
    TODAY,
    at_the_last,
    carried,
    ready,
    step,
    words,
)

pytestmark = pytest.mark.django_db
_office = once(Vault, DANVAN_TODAY=TODAY)


@pytest.fixture
def office(_office, settings, monkeypatch):
    return ready(_office, settings, monkeypatch)


def test_a_machine_that_fills_every_box_is_told_and_a_person_may_send_again(client, office):
    third = at_the_last(client, office)
    held = step(client, third, "gui", trang_web="http://spam.example")
    assert held.status_code == 422
    assert "để trống ô đó" in words(held)
    assert step(client, held, "gui").context["sent"]


def test_who_is_too_quick_or_too_slow_sends_again_and_loses_nothing(client, office, monkeypatch):
    third = at_the_last(client, office)
    with monkeypatch.context() as quick:
        quick.setattr(gate, "LEAST_SECONDS", 60)
        held = step(client, third, "gui")
        assert "gửi nhanh quá" in words(held)
    stale = client.post("/gui/", {**carried(held), "phieu": "x:y:z", "buoc": "gui"})
    assert "mở đã lâu" in words(stale)
    assert TEXT in words(stale)
    assert not Paper.objects.exists()
    assert step(client, stale, "gui").context["sent"]


def test_a_flood_from_one_network_is_slowed_told_and_nothing_acknowledged_is_lost(
    client, office, settings, monkeypatch
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.DANVAN_SENDS = 8
    monkeypatch.setattr(pacing, "BITS", 4)
    third = carried(at_the_last(client, office))
    codes, slowed = [], 0
    for number in range(20):
        response = client.post(
            "/gui/",
            {**third, "noi_dung": f"{TEXT} Lần {number}.", "buoc": "gui"},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        )
        if response.status_code == 200:
            codes.append(response.context["sent"].number)
        else:
            slowed += 1
            assert response.status_code == 429
            assert "chờ một phút" in words(response).replace("\n", " ")
            assert f"Lần {number}." in words(response)
    assert (len(codes), slowed) == (8, 12)
    assert set(codes) == set(Petition.objects.values_list("number", flat=True))
    worked = response.context["ticket"].work
    answer = next(str(one) for one in count() if is_worked(worked, str(one)))
    on = client.post(
        "/gui/",
        {**carried(response), "cong": answer, "buoc": "gui"},
        headers={"X-Forwarded-For": "203.0.113.9"},
    )
    assert on.status_code == 200
    elsewhere = client.post(
        "/gui/", {**third, "buoc": "gui"}, headers={"X-Forwarded-For": "198.51.100.1"}
    )
    assert elsewhere.status_code == 200
    assert client.get("/gui/", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200


def test_similar_public_matters_are_shown_first(client, office, monkeypatch):
    from danvan.petitions.models import PublicPetition

    sent = send_matter(
        SendDraft(text=TEXT, place_id=office.province.communes[0].pk, wants_public=True), seed="1"
    )
    page = step(client, None, "2", noi_dung=TEXT, xa=office.province.communes[0].name)
    assert "Giống việc này?" not in words(page)
    PublicPetition.objects.update(
        state="shown", title="Ngầm tràn bản Xiềng bị lở", text=TEXT, shown_on=TODAY, number="CK-1"
    )
    page = step(client, None, "2", noi_dung=TEXT, xa=office.province.communes[0].name)
    assert "Giống việc này?" in words(page)
    assert 'href="/cong/y-kien/CK-1/" target="_blank"' in words(page)
    assert sent.number not in words(page)
    assert "Giống việc này?" not in words(
        step(client, None, "2", noi_dung="Trạm y tế thiếu thuốc men")
    )


def test_a_commune_without_likeness_and_few_words_compare_nothing(office):
    from danvan.petitions.selectors.similar_public import similar_public

    assert similar_public("một hai", place_id=None) == []
    assert similar_public(TEXT, place_id=None) == []


def test_a_slip_is_given_even_where_the_pace_cannot_be_counted(client, office, monkeypatch):
    third = at_the_last(client, office)

    def broken(*_, **__):
        raise OperationalError

    monkeypatch.setattr(gate, "count_one", broken)
    last = step(client, third, "gui")
    assert last.status_code == 200
    assert last.context["sent"].number == Petition.objects.get().number
