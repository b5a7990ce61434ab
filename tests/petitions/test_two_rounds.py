"""A complaint through both rounds: each clock by the law of its day, a suspension over Tết, a dialogue that is asked for."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from danvan.law.models import LegalParameter
from danvan.law.selectors import clocks
from danvan.petitions.enums import Finding, Outcome, State
from danvan.petitions.models import Paper, Petition
from danvan.petitions.papers import guidance
from danvan.petitions.selectors import card_of
from danvan.petitions.selectors.rules import filed_late, terms_not_held
from danvan.petitions.services import (
    AppealDraft,
    accept_petition,
    appeal_petition,
    assign_verifier,
    decide_petition,
    enforce_decision,
    finish_petition,
    hold_dialogue,
    invite_to_dialogue,
    mark_complex,
    publish_decision,
    record_finding,
    report_back,
    resume_petition,
    send_decision,
    send_notice,
    suspend_petition,
)
from tests.once import once, own
from tests.petitions import papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=date(2027, 9, 1))


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = date(2027, 9, 1)
    return own(_office)


def days(petition):
    """Each clock of a petition: its name, its day, whether it ended."""
    found = (
        clocks().filter(subject_kind="petitions.petition", subject_id=petition.pk).order_by("pk")
    )
    return [(one.name, one.due_on, one.ended_on) for one in found]


def decided(petition, office, outcome, *, on):
    """The petition verified, its requests answered, decided and sent on the same day."""
    assign_verifier(petition, verifier=office.chief, on=on, actor=None)
    found = {"finding": Finding.AGREES, "words": "Đúng"}
    record_finding(papers.fresh(petition), on=on, actor=None, **found)
    petition = papers.replied(papers.fresh(petition), on=on)
    decide_petition(petition, outcome=outcome, symbol="9/QĐ", on=on, actor=office.head)
    send_decision(papers.fresh(petition), on=on, actor=None)
    return papers.fresh(petition)


def appealed(office, **more):
    """A second complaint that was accepted, and how the first was sent before."""
    first = decided(papers.accepted(office.unit), office, Outcome.WRONG, on=date(2026, 10, 20))
    draft = AppealDraft(unit_id=office.above.pk, received_on=date(2026, 11, 2), **more)
    second = papers.fresh(appeal_petition(first, draft, actor=None))
    accept_petition(second, on=date(2026, 11, 3), actor=None)
    return papers.fresh(second)


def test_a_second_complaint_that_was_sent_on_says_by_whom_and_ends_when_they_were_told(office):
    first = decided(papers.accepted(office.unit), office, Outcome.WRONG, on=date(2026, 10, 20))
    draft = {"unit_id": office.above.pk, "received_on": date(2026, 11, 2), "channel": "deputy"}
    broken = papers.refused(appeal_petition, first, AppealDraft(**draft))
    assert [one.column for one in broken.faults] == ["sender"]
    draft |= {"sender": "Đoàn đại biểu Quốc hội", "sender_symbol": "5/CV"}
    second = papers.fresh(appeal_petition(first, AppealDraft(**draft), actor=None))
    assert (second.paper.sender, second.paper.sender_symbol) == ("Đoàn đại biểu Quốc hội", "5/CV")


@pytest.mark.parametrize("sender", ["Báo Nghệ An", ""], ids=["told", "written-down-before"])
def test_a_second_complaint_from_the_press_is_reported_back_and_finished(office, sender):
    second = appealed(office, channel="press", sender="Báo Nghệ An")
    Paper.objects.filter(pk=second.paper_id).update(sender=sender)
    Petition.objects.filter(pk=second.pk).update(dialogue_held=True, dialogue_on=date(2026, 11, 3))
    second = decided(papers.fresh(second), office, Outcome.UPHELD, on=date(2026, 11, 10))
    card = card_of(office.chief, second)
    lacks = {one.move.name: one.why_not for one in card.moves}["finish"]
    assert lacks.startswith("Chưa báo kết quả cho nơi chuyển đơn")
    assert papers.refused(finish_petition, second, on=date(2026, 11, 11)).message == lacks
    assert "report_back" in [one.move.name for one in card.small]
    report_back(second, on=date(2026, 11, 11), actor=None)
    finish_petition(papers.fresh(second), on=date(2026, 11, 12), actor=None)
    assert papers.fresh(second).state == State.DONE


def test_a_first_round_without_any_day_to_settle_it_is_not_said_to_be_in_time(office):
    LegalParameter.objects.filter(key="complaint.r1.normal").update(key="gone")
    first = papers.accepted(office.unit)
    draft = AppealDraft(unit_id=office.above.pk, received_on=date(2027, 4, 1))
    said = papers.refused(appeal_petition, first, draft).message
    assert "không có hạn giải quyết nào được tính" in said
    assert "còn trong hạn" not in said


def test_of_a_disciplinary_decision_no_term_is_counted_by_the_rows_of_others(office):
    matter = papers.matter(disciplinary=True, known_on=date(2026, 1, 5))
    first = papers.accepted(office.unit, matter)
    assert filed_late(first) is None
    Petition.objects.filter(pk=first.pk).update(dialogue_held=True, dialogue_on=papers.ACCEPTED)
    first = decided(papers.fresh(first), office, Outcome.WRONG, on=date(2026, 10, 20))
    assert (first.effective_on, first.appeal_until) == (None, None)
    said = card_of(office.officer, first).unclocked
    assert [one.split(":")[0] for one in said] == [
        "Thời hiệu khiếu nại", "Ngày quyết định có hiệu lực", "Hạn khiếu nại lần hai",
    ]  # fmt: skip
    assert all("chưa có quy định được nạp cho khiếu nại quyết định kỷ luật" in one for one in said)
    assert "khiếu nại lần hai trong thời hạn pháp luật quy định đến" in guidance(first)
    other = decided(papers.accepted(office.unit), office, Outcome.WRONG, on=date(2026, 10, 20))
    assert (terms_not_held(other), other.appeal_until) == ([], date(2026, 11, 19))
    client = Client()
    client.force_login(office.officer)
    for one, shown in ((first, "Chưa có quy định được nạp, nên không tính."), (other, "đến hết 19/11/2026")):  # fmt: skip
        page = client.get(reverse("petitions:card", args=[one.pk])).content.decode()
        assert [words in page for words in ("Khiếu nại tiếp", shown)] == [True, True]
    assert "không tính" not in page
    draft = AppealDraft(unit_id=office.above.pk, received_on=date(2026, 11, 20))
    assert appeal_petition(first, draft, actor=None).round == 2  # nothing is called late by no row


def test_a_complaint_goes_through_two_rounds_with_a_suspension_over_tet(office):
    petition = papers.received(office.unit, on=date(2027, 1, 11))
    assert days(petition) == [
        ("classify", date(2027, 1, 20), None),
        ("reply", date(2027, 1, 25), None),
        ("idle", date(2027, 2, 25), None),
    ]
    accept_petition(petition, on=date(2027, 1, 18), actor=None)
    petition = papers.fresh(petition)
    assert (petition.state, petition.due_name, petition.due_on) == (
        "accepted",
        "settle",
        date(2027, 2, 17),
    )
    assign_verifier(petition, verifier=office.officer, on=date(2027, 1, 19), actor=None)
    suspend_petition(
        petition,
        ground="result",
        words="Chờ kết quả giám định",
        symbol="12/QĐ-UBND",
        on=date(2027, 2, 3),
        actor=office.head,
    )
    petition = papers.fresh(petition)
    assert (petition.state, petition.due_name) == ("suspended", "notice")
    send_notice(petition, on=date(2027, 2, 4), actor=None)
    resume_petition(petition, symbol="15/QĐ-UBND", on=date(2027, 2, 15), actor=None)
    petition = papers.fresh(petition)
    assert petition.state == State.VERIFYING
    send_notice(petition, on=date(2027, 2, 16), actor=None)
    petition = papers.fresh(petition)
    # 14 of 30 days were left after 03/02: they run from 15/02
    assert (petition.due_name, petition.due_on) == ("settle", date(2027, 3, 1))
    mark_complex(petition, criteria=["a"], symbol="20/BC", on=date(2027, 2, 17), actor=None)
    petition = papers.fresh(petition)
    assert petition.due_on == date(2027, 3, 16)
    record_finding(
        petition, finding=Finding.DIFFERS, words="Thiếu 38,5 m2", on=date(2027, 2, 22), actor=None
    )
    petition = papers.replied(papers.fresh(petition), on=date(2027, 2, 23))
    broken = papers.refused(
        decide_petition, petition, outcome=Outcome.PARTLY, symbol="30/QĐ-UBND", on=date(2027, 2, 24)
    )
    assert "đối thoại" in broken.message
    early = papers.refused(
        invite_to_dialogue,
        petition,
        on=date(2027, 2, 24),
        held_on=date(2027, 2, 26),
        place="Trụ sở",
    )
    assert "01/03/2027" in early.message
    invite_to_dialogue(
        petition, on=date(2027, 2, 24), held_on=date(2027, 3, 1), place="Trụ sở", actor=None
    )
    hold_dialogue(
        papers.fresh(petition), held_on=date(2027, 3, 1), words="Đã thống nhất", actor=None
    )
    decide_petition(
        papers.fresh(petition),
        outcome=Outcome.PARTLY,
        symbol="30/QĐ-UBND",
        on=date(2027, 3, 5),
        actor=office.head,
    )
    petition = papers.fresh(petition)
    assert (petition.state, petition.effective_on, petition.due_name) == (
        "decided",
        date(2027, 4, 5),
        "send",
    )
    send_decision(petition, on=date(2027, 3, 9), actor=None)
    petition = papers.fresh(petition)
    assert (petition.appeal_until, petition.due_on) == (date(2027, 4, 8), None)
    second = appeal_petition(
        petition,
        AppealDraft(unit_id=office.above.pk, received_on=date(2027, 4, 1), text="Chưa thỏa đáng"),
        actor=None,
    )
    petition = papers.fresh(petition)
    assert (petition.state, petition.closed_on, second.round, second.first_round_id) == (
        "appealed", date(2027, 4, 1), 2, petition.pk,
    )  # fmt: skip
    assert all(ended for _, _, ended in days(petition))
    second = papers.fresh(second)
    accept_petition(second, on=date(2027, 4, 6), actor=None)
    second = papers.fresh(second)
    assert second.due_on == date(2027, 5, 21)  # 45 days
    assign_verifier(second, verifier=office.chief, on=date(2027, 4, 7), actor=None)
    record_finding(second, finding=Finding.AGREES, words="Đúng", on=date(2027, 4, 20), actor=None)
    second = papers.replied(papers.fresh(second), on=date(2027, 4, 21))
    invite_to_dialogue(
        second, on=date(2027, 4, 21), held_on=date(2027, 5, 5), place="Trụ sở", actor=None
    )
    hold_dialogue(papers.fresh(second), held_on=date(2027, 5, 5), words="Đã nghe", actor=None)
    decide_petition(
        papers.fresh(second),
        outcome=Outcome.CHANGED,
        symbol="99/QĐ-UBND",
        on=date(2027, 5, 12),
        actor=None,
    )
    send_decision(papers.fresh(second), on=date(2027, 5, 18), actor=None)
    publish_decision(papers.fresh(second), publication="posted", on=date(2027, 5, 18), actor=None)
    enforce_decision(papers.fresh(second), on=date(2027, 6, 15), actor=None)
    finish_petition(papers.fresh(second), on=date(2027, 7, 1), actor=None)
    second = papers.fresh(second)
    assert (second.state, second.closed_on, second.due_on) == ("done", date(2027, 7, 1), None)
