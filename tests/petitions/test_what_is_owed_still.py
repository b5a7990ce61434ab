"""What an act leaves behind is true: notices that are owed still, grades and places that were of an answer before."""

from datetime import date

import pytest
from django.test import Client

from danvan.law.selectors import clocks
from danvan.petitions.enums import SUBJECT, State
from danvan.petitions.forms.acts import form_of
from danvan.petitions.models import Petition, PetitionStep
from danvan.petitions.moves import MOVES
from danvan.petitions.selectors import card_of
from danvan.petitions.services import (
    answer_petition,
    decide_petition,
    dispute_answer,
    hand_out_petition,
    rate_answer,
    report_result,
    resume_petition,
    send_notice,
    suspend_petition,
    tell_more_time,
    terminate_petition,
    transfer_petition,
)
from danvan.petitions.services.rows import NOT_YET
from danvan.petitions.templatetags.petitions import move_url
from tests.once import once, own
from tests.petitions import acts, papers

pytestmark = pytest.mark.django_db
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
ON, NEXT, LATER = date(2026, 10, 12), date(2026, 10, 14), date(2026, 10, 20)


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def notices(petition):
    """The clocks of the notices of a petition: from which day, whether it went out."""
    held = clocks().filter(subject_kind=SUBJECT, subject_id=petition.pk, name__startswith="notice")
    return [(one.started_on, one.ended_on) for one in held.order_by("pk")]


def suspended(office):
    petition = papers.verifying(office)
    suspend_petition(
        petition, ground="result", words="Chờ giám định", symbol="1/QĐ", on=ON, actor=None
    )
    return papers.fresh(petition)


def test_a_notice_of_the_suspension_that_did_not_go_out_is_owed_beside_that_of_resuming(office):
    petition = suspended(office)
    resume_petition(petition, symbol="2/QĐ", on=NEXT, actor=None)
    assert notices(petition) == [(ON, None), (NEXT, None)]
    petition = papers.fresh(petition)
    assert (petition.due_name, petition.due_on) == ("notice", date(2026, 10, 15))
    send_notice(petition, on=NEXT, symbol="3/TB", actor=None)
    assert notices(petition) == [(ON, NEXT), (NEXT, None)]
    send_notice(papers.fresh(petition), on=LATER, actor=None)
    assert notices(petition) == [(ON, NEXT), (NEXT, LATER)]
    said = petition.steps.filter(kind="noticed").values_list("words", "symbol")
    assert list(said) == [
        ("Văn bản tạm đình chỉ ngày 12/10/2026", "3/TB"), ("Văn bản tiếp tục giải quyết ngày 14/10/2026", ""),
    ]  # fmt: skip
    broken = acts.untouched(send_notice, papers.fresh(petition), on=LATER)
    assert "Không có văn bản thông báo nào" in broken.message


def test_each_of_two_notices_says_which_paper_it_tells_of(office):
    petition = suspended(office)
    resume_petition(petition, symbol="2/QĐ", on=ON, actor=None)
    terminate_petition(papers.fresh(petition), ground="death", symbol="4/QĐ", on=NEXT, actor=None)
    card = card_of(office.head, papers.fresh(petition))
    assert [one.label for one in card.clocks if one.held.name.startswith("notice")] == [
        "Gửi văn bản thông báo tạm đình chỉ ngày 12/10/2026",
        "Gửi văn bản thông báo tiếp tục giải quyết ngày 12/10/2026",
        "Gửi văn bản thông báo đình chỉ ngày 14/10/2026",
    ]
    form = form_of(MOVES["notice"], papers.fresh(petition))
    assert form.fields["on"].help_text == "Văn bản tạm đình chỉ ngày 12/10/2026."


def test_a_term_that_runs_again_says_which_time_it_is(office):
    petition = papers.accepted(office.unit, papers.matter("proposal", "Xây cầu"))
    for until in (date(2027, 1, 5), date(2027, 2, 5)):
        tell_more_time(papers.fresh(petition), until=until, why="Chờ đo", on=ON, actor=None)
    labels = [one.label for one in card_of(office.head, papers.fresh(petition)).clocks]
    assert labels[-2:] == ["Hạn mới đã báo người gửi", "Hạn mới đã báo người gửi (lần 2)"]


def test_a_notice_that_went_out_is_not_owed_again(office):
    petition = suspended(office)
    send_notice(petition, on=ON, actor=None)
    resume_petition(papers.fresh(petition), symbol="2/QĐ", on=NEXT, actor=None)
    assert notices(petition) == [(ON, ON), (NEXT, None)]


def test_an_end_does_not_end_the_notice_of_the_suspension_before_it(office):
    petition = suspended(office)
    terminate_petition(petition, ground="death", symbol="4/QĐ", on=NEXT, actor=None)
    assert notices(petition) == [(ON, None), (NEXT, None)]
    for _ in range(2):
        send_notice(papers.fresh(petition), on=LATER, actor=None)
    assert notices(petition) == [(ON, LATER), (NEXT, LATER)]
    assert papers.fresh(petition).due_on is None


def handed_out(office):
    matter = papers.matter("feedback", "Điện yếu", requests=("Kéo dây", "Thay trạm"))
    petition = papers.received(office.unit, matter)
    hand_out_petition(petition, where="Điện lực", reason="Lưới", on=ON, actor=None)
    return papers.fresh(petition)


RESULT = {"channel": "paper", "outcome": "resolved", "actor": None}


def test_what_a_body_outside_reported_answers_each_request_that_stood_without_an_answer(office):
    petition = handed_out(office)
    first = petition.requests.get(number=1)
    type(first).objects.filter(pk=first.pk).update(withdrawn_on=ON)
    report_result(petition, text="Đã thay trạm.", on=LATER, reported_on=NEXT, **RESULT)
    said = petition.requests.values_list("number", "reply", "basis", "replied_on")
    assert list(said) == [
        (1, "", "", None),
        (2, "Đã thay trạm.", "Kết quả của Điện lực, báo ngày 14/10/2026", LATER),
    ]
    assert papers.fresh(petition).handed_to == "Điện lực"


def test_what_came_back_is_no_more_with_the_body_outside(office):
    petition = handed_out(office)
    report_result(petition, text="Đã thay trạm.", on=NEXT, **RESULT)
    dispute_answer(papers.fresh(petition), why="Vẫn yếu", on=LATER, actor=None)
    petition = papers.fresh(petition)
    assert (petition.state, petition.handed_to) == (State.ACCEPTED, "")
    assert list(petition.requests.values_list("replied_on", flat=True)) == [None, None]
    transfer_petition(petition, to_unit_id=office.other.pk, on=LATER, reason="Xã bạn", actor=None)
    assert papers.fresh(petition).handed_to == ""


def test_a_grade_was_of_the_answer_before_and_the_next_is_graded_anew(office):
    petition = papers.replied(papers.accepted(office.unit, papers.matter("proposal", "Cầu")))
    answer_petition(petition, text="Đã xây.", on=ON, **RESULT)
    rate_answer(papers.fresh(petition), satisfaction="no", on=NEXT, actor=None)
    dispute_answer(papers.fresh(petition), why="Chưa xây", on=NEXT, actor=None)
    petition = papers.replied(papers.fresh(petition), on=NEXT)
    assert (petition.satisfaction, petition.rated_on) == ("", None)
    assert PetitionStep.objects.filter(petition=petition, kind="rated").count() == 1
    answer_petition(petition, text="Xây xong rồi.", on=LATER, **RESULT)
    rate_answer(papers.fresh(petition), satisfaction="yes", on=LATER, actor=None)
    assert papers.fresh(petition).satisfaction == "yes"


def test_before_a_second_complaint_can_be_taken_in_the_page_says_what_comes_first(office):
    decided = papers.replied(papers.verifying(office))
    decide_petition(decided, outcome="right", symbol="5/QĐ", on=NEXT, actor=None)
    acts.dated(office)
    for petition in (decided, suspended(office)):
        petition = papers.fresh(petition)
        said = NOT_YET[petition.state].format(petition.number)
        before = acts.everything(petition)
        broken = papers.refused(acts.ACTS["appeal"], petition, office)
        assert (broken.message, acts.everything(petition)) == (said, before)
        client = Client()
        client.force_login(office.officer)
        shown = client.get(move_url("appeal", petition.pk), follow=True)
        assert said in shown.content.decode()
    second = papers.accepted(office.unit)
    Petition.objects.filter(pk=second.pk).update(state=State.DECIDED, round=2, first_round=decided)
    again = papers.refused(acts.ACTS["appeal"], papers.fresh(second), office)
    assert "giải quyết lần đầu" in again.message
