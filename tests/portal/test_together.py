"""Following a public matter together: one's own code, counted, told when it is answered, no account; and pages as they go to paper."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from danvan.commitments.models import FollowCode
from danvan.commitments.services import standing_own_code
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.notifications.models import SenderLetter
from danvan.notifications.services import ask_follower, post_to_senders, write_to_followers
from danvan.notifications.subscribers import senders as sub
from danvan.petitions import jobs
from danvan.petitions.events import (
    FollowedTogether,
    PetitionAccepted,
    PetitionAnswered,
    PetitionMoreTimeTold,
    PetitionShown,
)
from danvan.petitions.models import TogetherAddress
from danvan.petitions.selectors.together import (
    followers,
    is_together,
    matter_together,
    own_address,
)
from danvan.petitions.services import answer_petition, publish_petition, unpublish_petition
from danvan.petitions.services.together import follow_together, forget_follower
from danvan.portal.views import gate, together
from danvan.reading.covering import Covering
from tests.once import once, own
from tests.petitions import papers
from tests.portal import public_world
from tests.portal.filled import carried

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


@pytest.fixture
def mail(settings, mailoutbox):
    settings.DANVAN_MAIL_HOST, settings.DANVAN_PORTAL_SITE = "mail.test", "https://dan.vn"
    return mailoutbox


def confirmed(mail):
    """Press in the letter that asks, the last one that came."""
    [path] = re.findall(r"https://dan\.vn(/theo-doi/thu/\S+/)", mail[-1].body)
    assert "Đã ghi." in Client().post(path).content.decode()


def test_who_follows_and_left_an_address_is_written_to_of_what_they_may_read(
    world, mail, django_capture_on_commit_callbacks
):
    client = Client()
    assert 'name="thu"' in client.get(at(world.waiting)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        form = carried(client.get(at(world.waiting))) | {"thu": " mai@nha.vn "}
        made = client.post(at(world.waiting), form)
    assert "bấm “Nhận tin”" in made.content.decode()
    code = made.context["slip"].code
    assert "nha.vn" not in str(list(TogetherAddress.objects.values()))
    assert post_to_senders() == 1
    assert (mail[0].to, "theo dõi cùng" in mail[0].body) == (["mai@nha.vn"], True)
    petition = papers.fresh(world.waiting.petition)
    sub.write_of_acceptance(PetitionAccepted(petition_id=petition.pk))
    assert post_to_senders() == 0  # not confirmed
    confirmed(mail)
    follow_together(world.waiting.number, seed="không thư")
    for _ in range(2):
        sub.write_of_acceptance(PetitionAccepted(petition_id=petition.pk))
        sub.write_of_answer(
            PetitionAnswered(petition_id=petition.pk)
        )  # nobody looked through it yet
    assert post_to_senders() == 1
    assert f"Việc số {world.waiting.number} bà con theo dõi cùng đã được nhận" in mail[-1].body
    assert petition.number not in mail[-1].body
    petition = papers.replied(petition)
    answer_petition(petition, text="Đã thay cầu", channel="code", outcome="resolved", on=papers.TODAY, actor=None)  # fmt: skip
    world.waiting.refresh_from_db()
    publish_petition(world.waiting, Covering(), actor=world.head)
    for _ in range(2):
        sub.write_of_public_answer(PetitionShown(petition_id=petition.pk))
    assert post_to_senders() == 1
    assert "đã được trả lời" in mail[-1].body
    assert "Đã thay cầu" not in mail[-1].body
    stopped = Client().post(reverse("portal:follow"), {"ma": code, "thoi_bao_tin": "1"})
    assert "không báo tin qua thư nữa" in stopped.content.decode()
    assert [(one.key, bytes(one.email)) for one in TogetherAddress.objects.all()] == [(None, b"")]
    forget_follower(TogetherAddress.objects.get())
    sub.write_of_more_time(PetitionMoreTimeTold(petition_id=petition.pk))
    assert (post_to_senders(), followers(world.waiting.pk)) == (0, 2)


def test_news_waits_for_nobody_whose_code_is_over_or_whose_matter_is_public_no_more(world, mail):
    slip = follow_together(world.waiting.number, seed="a", email="mai@nha.vn")
    address = own_address(slip.code)
    assert ask_follower(address) is True
    SenderLetter.objects.update(sent_at=clock.machine(), confirmed_at=clock.machine())
    petition = world.waiting.petition
    assert write_to_followers(petition, key="1", words="Tin.") == 1
    FollowCode.objects.filter(slip=slip.number).update(ends_on=papers.TODAY - timedelta(days=1))
    assert write_to_followers(petition, key="2", words="Tin.") == 0
    stays = follow_together(world.answered.number, seed="b", email="tu@nha.vn")
    jobs.forget_followers()
    assert (
        own_address(stays.code).key is None,
        TogetherAddress.objects.exclude(key=None).count(),
    ) == (False, 1)
    TogetherAddress.objects.filter(slip=slip.number).update(key=address.key, email=address.email)
    FollowCode.objects.filter(slip=slip.number).update(ends_on=papers.TODAY)
    unpublish_petition(world.waiting, reason="x", actor=world.head)
    assert write_to_followers(petition, key="3", words="Tin.") == 0
    assert own_address("7K4-M92-CXTH-3RN5") is None
    sub.ask_for_the_address_of_who_follows(FollowedTogether(address_id=address.pk))
    address.delete()
    sub.ask_for_the_address_of_who_follows(FollowedTogether(address_id=address.pk))
    assert not SenderLetter.objects.exists()


def test_an_address_that_is_none_is_told_and_one_is_asked_for_only_where_mail_goes_out(
    world, mail, settings
):
    client = Client()
    form = carried(client.get(at(world.waiting))) | {"thu": "mai@nha"}
    refused = client.post(at(world.waiting), form)
    assert (refused.status_code, followers(world.waiting.pk)) == (422, 0)
    assert "ten@noi.vn" in refused.content.decode()
    assert 'value="mai@nha"' in refused.content.decode()
    settings.DANVAN_MAIL_HOST = ""
    assert 'name="thu"' not in client.get(at(world.waiting)).content.decode()
    assert client.post(at(world.waiting), form).status_code == 200
    assert not TogetherAddress.objects.exists()


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
