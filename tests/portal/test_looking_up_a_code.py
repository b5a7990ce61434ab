"""Looking up a code costs the same and says the same whether there is none, it was taken back, or somebody made it up."""

import hmac
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.commitments.enums import Tried
from danvan.commitments.follow_codes import new_code, read_code
from danvan.commitments.models import FollowCode, WrongTry
from danvan.commitments.services import following, try_code, withdraw_follow_code
from danvan.petitions.selectors.vault import letters_told
from danvan.petitions.services import give_code
from danvan.petitions.services.vault import SealedDraft, send_denunciation
from tests.once import once, own
from tests.petitions import papers
from tests.petitions.cases import Vault

pytestmark = pytest.mark.django_db
HERE = "203.0.113.7"
_office = once(Vault, DANVAN_TODAY=papers.TODAY)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    settings.DANVAN_CODE_TRIES = 1_000
    return own(_office)


@pytest.fixture
def compared(monkeypatch):
    """How many digests were compared, each in a time that tells nothing of where they differ."""
    seen, truly = [], hmac.compare_digest

    def compare(one, other):
        seen.append(len(one))
        return truly(one, other)

    monkeypatch.setattr(following.hmac, "compare_digest", compare)
    return seen


def codes(office):
    """One that opens, one that was taken back, one that nobody was given but whose check mark is right."""
    first, second = (papers.received(office.unit) for _ in range(2))
    right, gone = give_code(first, actor=None).code, give_code(second, actor=None).code
    withdraw_follow_code(FollowCode.objects.get(source_id=second.pk), actor=None)
    return right, gone, new_code()


def shape(work):
    """The kinds of questions that the database is asked, in order."""
    WrongTry.objects.all().delete()
    with CaptureQueriesContext(connection) as seen:
        work()
    said = (re.sub(r'"s\d+_x\d+"', "", one["sql"]).split() for one in seen.captured_queries)
    return [" ".join(words[:4]) for words in said]


def test_a_code_that_is_none_costs_what_one_that_was_taken_back_costs(office, compared):
    right, gone, none = codes(office)
    costs = {code: shape(lambda code=code: try_code(code, address=HERE)) for code in (gone, none)}
    assert costs[gone] == costs[none]
    assert len(costs[none]) > 1  # it was counted
    assert compared == [64, 64]
    assert try_code(gone, address=HERE) == try_code(none, address=HERE) == Tried.WRONG
    compared.clear()
    with CaptureQueriesContext(connection) as seen:
        assert try_code(right, address=HERE) == Tried.RIGHT
    assert (len(seen), len(compared)) == (1, 1)
    first = [one for one in costs[none] if "SELECT" in one][:1]
    assert first == [" ".join(seen.captured_queries[0]["sql"].split()[:4])]


def test_a_code_that_cannot_be_one_asks_nothing_and_compares_nothing(office, compared):
    none = new_code()
    forged = none[:-1] + next(mark for mark in "0123456789" if read_code(none[:-1] + mark) == "")
    for typed in (forged, "", "x" * 41, "7K4", "<script>"):
        assert shape(lambda typed=typed: try_code(typed, address=HERE)) == []
        assert try_code(typed, address=HERE) == Tried.MISTYPED
    assert compared == []


def test_of_the_closed_box_a_code_is_looked_for_once_whether_there_is_a_letter_or_not(office):
    draft = SealedDraft(text="Ông Tí khai khống hộ nghèo", accused="Hoàng Quốc Tí", place_id=office.province.communes[0].pk)  # fmt: skip
    letter = send_denunciation(draft, seed="phiếu 1")
    _, gone, none = codes(office)
    asked = {code: shape(lambda code=code: letters_told(code)) for code in (letter, gone, none)}
    assert asked[letter] == asked[gone] == asked[none]
    assert len(asked[none]) == 1


def test_pages_and_the_api_answer_a_guess_as_they_answer_a_code_that_was_taken_back(office):
    _, gone, none = codes(office)
    pages = [Client().post(reverse("portal:follow"), {"ma": code}) for code in (gone, none)]
    assert {one.status_code for one in pages} == {422}
    assert len({bare(one) for one in pages}) == 1
    told = [
        Client().post("/api/v1/follow", json.dumps({"code": code}), content_type="application/json")
        for code in (gone, none)
    ]
    assert {one.status_code for one in told} == {404}
    assert len({one.content for one in told}) == 1
    tokens = [Client().get(f"/open311/v2/tokens/{code}.json") for code in (gone, none)]
    assert len({(one.status_code, one.content) for one in tokens}) == 1
    wrong = Client().post(
        "/api/v1/follow", json.dumps({"code": "7K4-M92-CXTH-XXXX"}), content_type="application/json"
    )
    assert (wrong.status_code, wrong.json()["detail"][:29]) == (
        404,
        "Mã này có chữ gõ nhầm hoặc th",
    )


def bare(response):
    """A page without what is chance in it."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", response.content.decode())
