"""Whoever asked is told in time that more time is needed: the answer is given, the new day runs, what is late stays late."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from danvan.foundation.models import OutboxEvent
from danvan.law.selectors import clocks
from danvan.petitions import papers as printed
from danvan.petitions.enums import MORE, SETTLE, SUBJECT
from danvan.petitions.events import PetitionMoreTimeTold
from danvan.petitions.selectors import card_of, petition_behind
from danvan.petitions.selectors.following import PROMISES
from danvan.petitions.selectors.zalo_words import words_for_sender
from danvan.petitions.services import (
    accept_petition,
    answer_petition,
    give_code,
    reclassify_petition,
    tell_more_time,
    transfer_petition,
)
from danvan.petitions.templatetags.petitions import move_url
from tests.once import once, own
from tests.petitions import acts, papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
ON, UNTIL, WHY = date(2026, 10, 12), date(2026, 11, 30), "Chờ kết quả đo đạc"
MATTER = papers.matter("proposal", "Xây cầu treo")


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def told(petition, *, until=UNTIL, on=ON, **more):
    tell_more_time(petition, until=until, why=WHY, on=on, actor=None, **more)
    return papers.fresh(petition)


def running(petition):
    """The open clocks of a petition by what they are for, each with its day."""
    held = clocks().filter(subject_kind=SUBJECT, subject_id=petition.pk, ended_on=None)
    return {one.name: one.due_on for one in held}


def test_before_acceptance_it_is_the_answer_that_the_law_asks_for_and_the_new_day_runs(office):
    petition = papers.received(office.unit, MATTER)
    assert running(petition) == {"reply": date(2026, 10, 15), "idle": date(2026, 11, 16)}
    petition = told(petition, symbol="4/TB")
    assert running(petition) == {"idle": date(2026, 11, 16), "more": UNTIL}
    assert (petition.due_name, petition.due_on) == (MORE, UNTIL)
    step = petition.steps.get(kind="more_time")
    assert (step.on, step.symbol, step.words) == (
        ON, "4/TB", f"Hạn mới 30/11/2026. Lý do: {WHY}",
    )  # fmt: skip
    later = UNTIL + timedelta(days=9)
    petition = told(petition, until=later)
    assert running(petition) == {"idle": date(2026, 11, 16), "more.2": later}
    accept_petition(petition, on=ON, actor=None)
    assert set(running(petition)) == {SETTLE}


def test_the_reason_stays_with_the_petition_and_is_no_word_of_a_clock(office):
    petition = told(told(papers.received(office.unit, MATTER)), until=date(2026, 12, 9))
    held = clocks().filter(subject_kind=SUBJECT, subject_id=petition.pk)
    assert not [one for one in held if WHY in one.words or one.events.filter(words__contains=WHY)]


def test_told_again_and_again_the_first_day_decides_and_a_day_that_passed_stays_missed(
    office, settings
):
    petition = papers.accepted(office.unit, MATTER)
    [due] = running(petition).values()
    petition = told(petition, on=due)
    assert running(petition) == {"settle": due, "more": UNTIL}
    assert (petition.due_name, petition.due_on) == (SETTLE, due)
    settings.DANVAN_TODAY = date(2026, 12, 20)
    last, late_on = date(2026, 12, 31), date(2026, 12, 8)
    petition = told(petition, on=late_on, until=last)
    assert running(petition) == {"settle": due, "more.2": last}
    missed = clocks().get(subject_kind=SUBJECT, subject_id=petition.pk, name="more")
    assert (missed.due_on, missed.ended_on) == (UNTIL, late_on)
    assert [one.words for one in petition.steps.filter(kind="more_time")] == [
        f"Hạn mới 30/11/2026. Lý do: {WHY}",
        f"Lần 2. Đã quá hạn 30/11/2026. Hạn mới 31/12/2026. Lý do: {WHY}",
    ]
    assert card_of(office.officer, petition).longer == (
        "Đã báo người gửi cần thêm thời gian 2 lần. Đúng hạn hay không vẫn tính theo hạn giải quyết "
        f"{due:%d/%m/%Y}."
    )
    code = give_code(petition, actor=None).code
    shown = petition_behind(code)
    assert (shown.due_label, shown.due_on) == (PROMISES[MORE], last)
    answer_petition(
        papers.replied(papers.fresh(petition), on=date(2026, 12, 9)), text="Đã xây.", channel="paper",
        outcome="resolved", on=date(2026, 12, 18), actor=None,
    )  # fmt: skip
    assert running(petition) == {}
    ended = clocks().get(subject_kind=SUBJECT, subject_id=petition.pk, name="settle")
    assert (ended.due_on, ended.ended_on) == (due, date(2026, 12, 18))


def test_words_for_the_sender_tell_the_day_that_was_promised_last(office):
    petition = told(papers.accepted(office.unit, MATTER))
    assert "Đơn vị cần thêm thời gian, hẹn bà con chậm nhất ngày 30/11/2026" in words_for_sender(
        petition, address="/theo-doi/"
    )
    assert WHY not in words_for_sender(petition, address="/theo-doi/")


def test_before_acceptance_the_page_says_how_often_and_no_day_of_settling(office):
    petition = told(papers.received(office.unit, MATTER))
    card = card_of(office.officer, petition)
    assert card.longer == "Đã báo người gửi cần thêm thời gian 1 lần."
    assert card_of(office.officer, papers.received(office.unit, MATTER)).longer == ""


def test_it_is_published_once_for_each_time(office):
    petition = told(papers.received(office.unit, MATTER))
    told(petition, until=date(2026, 12, 9))
    said = OutboxEvent.objects.filter(name=PetitionMoreTimeTold.name)
    assert [one.body["petition_id"] for one in said] == [petition.pk] * 2


def test_a_day_that_is_not_later_and_a_reason_that_is_not_said_are_refused(office):
    petition = papers.received(office.unit, MATTER)
    broken = acts.untouched(
        tell_more_time, petition, until=date(2026, 10, 15), why=" ", on=date(2026, 9, 30)
    )
    assert acts.columns(broken) == [(None, "on"), (None, "until"), (None, "why")]
    assert "15/10/2026" in broken.message
    late = acts.untouched(
        tell_more_time, petition, until=date(2026, 11, 10), why=WHY, on=date(2026, 11, 10)
    )
    assert acts.columns(late) == [(None, "until")]


def test_a_petition_that_goes_on_is_to_be_answered_there_and_of_another_kind_keeps_its_day(office):
    petition = told(papers.received(office.unit, MATTER))
    reclassify_petition(petition, kind="feedback", why="Nhầm", actor=None)
    assert set(running(petition)) == {"idle", "more"}
    transfer_petition(
        papers.fresh(petition), to_unit_id=office.other.pk, on=ON, reason="Xã bạn", actor=None
    )
    assert set(running(petition)) == {"idle", "reply.2"}


def test_whoever_asked_reads_it_on_paper_and_by_their_code(office):
    petition = told(papers.received(office.unit, MATTER), symbol="4/TB")
    code = give_code(papers.fresh(petition), actor=None).code
    shown = Client().get(reverse("portal:follow"), {"ma": code}).content.decode()
    for part in ("Báo cần thêm thời gian (12/10/2026)", WHY, "30/11/2026"):
        assert part in shown
    card = card_of(office.officer, papers.fresh(petition))
    assert "thong-bao-them-thoi-gian" in dict(printed.papers_of(card))
    paper = printed.make_paper("thong-bao-them-thoi-gian", card)
    assert (paper.symbol, paper.place_and_day) == ("4/TB", "Môn Sơn, ngày 12 tháng 10 năm 2026")
    assert any(f"Hạn mới 30/11/2026. Lý do: {WHY}." in line for line in paper.paragraphs)


def test_an_officer_writes_it_down_on_its_page(office):
    petition = papers.received(office.unit, MATTER)
    client = Client()
    client.force_login(office.officer)
    path = move_url("need_time", petition.pk)
    assert "Người gửi đọc được lý do này." in client.get(path).content.decode()
    sent = {"until": "12/10/2026", "why": WHY, "on": "12/10/2026"}
    assert client.post(path, sent).status_code == 422
    assert client.post(path, {**sent, "until": "30/11/2026"}).status_code == 302
    assert papers.fresh(petition).due_on == UNTIL
