"""A complaint through both rounds: each clock by the law of its day, a suspension over Tết, a dialogue that is asked for."""

from datetime import date

import pytest

from danvan.law.selectors import clocks
from danvan.petitions.enums import Finding, Outcome, State
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
