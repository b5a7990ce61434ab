"""Following a public matter together: one's own code, counted, told when it is answered, no account; and pages as they go to paper."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from danvan.commitments.models import FollowCode
from danvan.commitments.services import standing_own_code
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.petitions.selectors.together import followers, is_together, matter_together
from danvan.petitions.services import answer_petition, publish_petition, unpublish_petition
from danvan.petitions.services.together import follow_together
from danvan.portal.views import gate, together
from danvan.reading.covering import Covering
from tests.once import once, own
from tests.petitions import papers
from tests.portal import public_world
from tests.portal.test_sending_pages import carried

pytestmark = pytest.mark.django_db
_world = once(public_world.People, DANVAN_TODAY=public_world.TODAY)


@pytest.fixture
def world(settings, _world, monkeypatch):
    settings.DANVAN_TODAY = public_world.TODAY
    monkeypatch.setattr(gate, "LEAST_SECONDS", 0)
    return own(_world)


def at(row):
    return reverse("portal:together", args=[row.number])


def joined(row, client):
    return client.post(at(row), carried(client.get(at(row))))


def opened(code):
    return Client().post(reverse("portal:follow"), {"ma": code})


def test_whoever_has_the_same_matter_gets_a_code_and_is_counted(world):
    row, client = world.waiting, Client()
    assert at(row) in Client().get(reverse("people:matter", args=[row.number])).content.decode()
    made = joined(row, client)
    code = made.context["slip"].code
    assert code in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert followers(row.pk) == 1
    shown = Client().get(reverse("people:matter", args=[row.number])).content.decode()
    assert "<b>1</b> người đang theo dõi cùng" in shown
    page = opened(code).content.decode()
    assert "Chưa có câu trả lời công khai" in page
    assert "Lô Văn Nam" not in page
    kept = FollowCode.objects.get(source_kind="petitions.together")
    assert (kept.asked, kept.issued_by) == ("", None)
    assert AuditEntry.objects.get(action="petitions.follow_together").actor is None


def test_the_same_form_sent_twice_is_the_same_code(world):
    client = Client()
    form = carried(client.get(at(world.waiting)))
    first, again = client.post(at(world.waiting), form), client.post(at(world.waiting), form)
    assert first.context["slip"].code == again.context["slip"].code
    assert followers(world.waiting.pk) == 1
    other = follow_together(world.answered.number, seed="một lần")
    assert other != follow_together(world.waiting.number, seed="một lần")


def test_who_follows_is_told_first_that_there_is_an_answer_and_what_was_promised(world):
    slip = follow_together(world.waiting.number, seed="a")
    petition = papers.replied(papers.fresh(world.waiting.petition))
    answer_petition(petition, text="Đã thay cầu", channel="code", outcome="resolved", on=papers.TODAY, actor=None)  # fmt: skip
    assert "Đã có trả lời" not in opened(slip.code).content.decode()  # nobody looked through it yet
    publish_petition(world.waiting, Covering(), actor=world.head)
    page = opened(slip.code).content.decode()
    assert "Đã có trả lời ngày" in page
    assert "Đã thay cầu" in page
    given = public_world.promised(world, world.answered)
    told = opened(follow_together(world.answered.number, seed="b").code).content.decode()
    assert reverse("people:promise", args=[given.pk]) in told


def test_what_was_taken_down_is_followed_no_more(world, monkeypatch):
    slip, client = follow_together(world.waiting.number, seed="a"), Client()
    form = carried(client.get(at(world.waiting)))
    title = world.waiting.title
    unpublish_petition(world.waiting, reason="x", actor=world.head)
    page = opened(slip.code).content.decode()
    assert "không còn công khai" in page
    assert title not in page
    assert matter_together(slip.code) is None
    assert client.get(at(world.waiting)).status_code == 404
    with pytest.raises(RuleError, match="không còn công khai"):
        follow_together(world.waiting.number, seed="b")
    found = together.public_matter(world.answered.number)
    monkeypatch.setattr(together, "public_matter", lambda number: found)
    unpublish_petition(world.answered, reason="x", actor=world.head)
    late = client.post(at(world.answered), form)  # taken down between the form and its answer
    assert (late.status_code, "không còn công khai" in late.content.decode()) == (422, True)


def test_a_machine_is_held_back_and_other_codes_are_not_of_these(world):
    client = Client()
    form = carried(client.get(at(world.waiting))) | {"trang_web": "http://x"}
    held = client.post(at(world.waiting), form)
    assert (held.status_code, followers(world.waiting.pk)) == (422, 0)
    assert "chặn máy gửi tự động" in held.content.decode()
    assert not is_together("7K4-M92-CXTH-3RN5")
    assert matter_together("7K4-M92-CXTH-3RN5") is None


@pytest.mark.parametrize("name", ["matter", "article"])
def test_a_page_as_it_goes_to_paper_leads_nowhere_and_needs_no_script(world, name):
    key = world.answered.number if name == "matter" else world.articles[0].pk
    path = reverse(f"people:{name}", args=[key])
    shown = Client().get(path).content.decode()
    assert f'href="{path}?ban-in=1"' in shown
    printed = Client().get(path, {"ban-in": "1"}).content.decode()
    assert f"testserver{path}" in printed
    assert 'aria-label="Chính"' not in printed
    assert "<script" not in printed
    assert "<form" not in printed


def test_the_same_form_that_comes_twice_at_one_moment_is_one_code(world, monkeypatch):
    first = follow_together(world.waiting.number, seed="một tờ")
    seen = []

    def late(seed):  # the other request had not written yet when this one looked
        seen.append(seed)
        return standing_own_code(seed) if len(seen) > 1 else None

    monkeypatch.setattr("danvan.petitions.services.together.standing_own_code", late)
    assert follow_together(world.waiting.number, seed="một tờ") == first
    assert followers(world.waiting.pk) == 1
    monkeypatch.setattr("danvan.petitions.services.together.standing_own_code", lambda seed: None)
    with pytest.raises(IntegrityError), transaction.atomic():
        follow_together(world.waiting.number, seed="một tờ")
