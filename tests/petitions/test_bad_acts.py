"""Answers, decisions and second complaints that cannot be so: said in whole sentences, nothing half written."""

from datetime import date

import pytest

from danvan.petitions.enums import Channel, Finding, Kind, Outcome, State
from danvan.petitions.models import Petition
from danvan.petitions.services import (
    AppealDraft,
    accept_petition,
    add_request,
    answer_petition,
    appeal_petition,
    assign_verifier,
    bar_user,
    check_done,
    decide_petition,
    dispute_answer,
    enforce_decision,
    finish_petition,
    give_work,
    hold_dialogue,
    invite_to_dialogue,
    publish_decision,
    rate_answer,
    reclassify_petition,
    record_finding,
    reply_to_request,
    report_back,
    resume_petition,
    send_decision,
    send_notice,
    suspend_petition,
    terminate_petition,
    transfer_petition,
    withdraw_petition,
    withdraw_requests,
)
from tests.once import once, own
from tests.petitions import acts, papers
from tests.petitions.acts import columns, untouched

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 20)
_office = once(papers.Office, DANVAN_TODAY=papers.TODAY)
ANSWER = {"text": "Đã sửa đường.", "channel": "paper", "outcome": Outcome.RESOLVED, "on": ON}


@pytest.fixture
def office(settings, _office):
    settings.DANVAN_TODAY = papers.TODAY
    return own(_office)


def feedback(office, **more):
    return papers.accepted(office.unit, papers.matter(Kind.FEEDBACK, "Đường hỏng"), **more)


def answered(office, **more):
    one = papers.replied(feedback(office, **more))
    answer_petition(one, **ANSWER, actor=office.officer)
    return papers.fresh(one)


def test_a_petition_is_not_closed_with_an_empty_answer_or_over_a_bare_request(office):
    one = feedback(office)
    broken = untouched(answer_petition, one, **{**ANSWER, "text": " \n "})
    assert "không đóng đơn khi chưa trả lời" in broken.message
    assert "Chưa trả lời yêu cầu 1." in broken.message
    add_request(one, words="Lắp cống", actor=None)
    replied = papers.replied(papers.fresh(one))
    add_request(replied, words="Lắp đèn", actor=None)
    assert (
        "Chưa trả lời yêu cầu 3." in untouched(answer_petition, papers.fresh(one), **ANSWER).message
    )
    assert columns(untouched(add_request, one, words="")) == [(None, "words")]


def test_a_request_is_answered_in_words_with_what_it_rests_on(office):
    one = feedback(office)
    first = one.requests.get()
    before = acts.everything(one)
    broken = papers.refused(reply_to_request, first, reply="", basis="", on=ON)
    assert columns(broken) == [(None, "basis"), (None, "reply")]
    add_request(one, words="Lắp cống", actor=None)
    assert acts.everything(one) != before
    assert columns(untouched(withdraw_requests, one, request_ids=[0], on=ON)) == [
        (None, "request_ids")
    ]
    every = list(one.requests.values_list("pk", flat=True))
    assert (
        "dùng “Ghi rút đơn”" in untouched(withdraw_requests, one, request_ids=every, on=ON).message
    )
    withdraw_requests(one, request_ids=[first.pk], on=ON, actor=None)
    gone = papers.refused(reply_to_request, first, reply="Có", basis="Điều 1", on=ON)
    assert "đã rút" in gone.message
    answer_petition(papers.replied(papers.fresh(one), on=ON), **ANSWER, actor=None)


def test_an_answer_is_disputed_once(office):
    one = answered(office)
    assert columns(untouched(dispute_answer, one, why="", on=ON)) == [(None, "why")]
    dispute_answer(one, why="Chưa sửa", on=date(2026, 10, 26), actor=None)
    one = papers.fresh(one)
    assert (one.state, one.answered_on, one.outcome, one.due_on) == (
        "accepted",
        None,
        "",
        date(2026, 11, 25),
    )
    one = papers.replied(one, on=date(2026, 10, 27))
    early = untouched(answer_petition, one, **ANSWER)
    assert "26/10/2026" in early.message
    answer_petition(one, **{**ANSWER, "on": date(2026, 10, 27)}, actor=office.officer)
    one = papers.fresh(one)
    assert one.answers.count() == 2
    assert (
        "đã được xem xét lại một lần"
        in untouched(dispute_answer, one, why="Chưa", on=papers.TODAY).message
    )


def test_who_answered_does_not_check_it_and_rating_changes_no_outcome(office):
    one = answered(office)
    assert "không tự kiểm tra" in untouched(check_done, one, on=ON, actor=office.officer).message
    assert columns(untouched(rate_answer, one, satisfaction="", on=ON)) == [(None, "satisfaction")]
    rate_answer(one, satisfaction="no", on=ON, actor=None)
    check_done(papers.fresh(one), on=ON, actor=office.head)
    one = papers.fresh(one)
    assert (one.outcome, one.satisfaction, one.verified_by, one.state) == (
        "resolved", "no", office.head, "answered",
    )  # fmt: skip


def test_what_was_sent_on_is_not_finished_before_its_sender_is_told(office):
    one = answered(office, channel=Channel.PRESS, sender="Báo Nghệ An")
    assert (one.due_name, one.due_on) == ("relay", date(2026, 10, 29))
    assert "Báo Nghệ An" in untouched(finish_petition, one, on=ON).message
    report_back(one, on=ON, actor=None)
    finish_petition(papers.fresh(one), on=ON, actor=None)
    own_paper = answered(office)
    assert "không phải báo lại" in untouched(report_back, own_paper, on=ON).message


def test_a_disputed_answer_is_told_to_its_sender_anew(office):
    one = answered(office, channel=Channel.PRESS, sender="Báo Nghệ An")
    dispute_answer(one, why="Chưa sửa", on=ON, actor=None)
    answer_petition(papers.replied(papers.fresh(one), on=ON), **ANSWER, actor=None)
    relays = acts.clocks().filter(subject_id=one.pk, name__startswith="relay")
    assert [each.name for each in relays.filter(ended_on=None)] == ["relay.2"]


def test_work_that_was_given_keeps_a_petition_from_being_finished(office):
    one = answered(office)
    given = give_work(one.requests.get(), acts.work(office), actor=office.head)
    for act, more in ((finish_petition, {}), (check_done, {"actor": office.head})):
        assert given.number in untouched(act, papers.fresh(one), on=ON, **more).message
    withdraw = papers.refused(withdraw_petition, papers.fresh(one), on=ON)
    assert "chưa dùng được" in withdraw.message


def test_a_verifier_works_there_and_is_not_who_it_is_against(office):
    one = papers.accepted(office.unit)
    broken = untouched(assign_verifier, one, verifier=office.stranger, on=ON)
    assert "chưa được giao xử lý đơn" in broken.message
    assign_verifier(one, verifier=office.officer, on=ON, actor=None)
    bar_user(papers.fresh(one), user=office.officer, actor=office.head)
    assert papers.fresh(one).verifier is None
    barred = untouched(assign_verifier, papers.fresh(one), verifier=office.officer, on=ON)
    assert "Người bị khiếu nại không xác minh" in barred.message
    itself = untouched(bar_user, papers.fresh(one), user=office.head, actor=office.head)
    assert "không tự ghi mình" in itself.message


def test_verifying_suspending_and_ending_say_what_they_rest_on(office):
    one = papers.verifying(office)
    for act, more, wrong in (
        (record_finding, {"finding": "", "words": ""}, ["finding", "words"]),
        (invite_to_dialogue, {"held_on": date(2026, 10, 12), "place": ""}, ["held_on", "place"]),
        (
            suspend_petition,
            {"ground": "x", "words": "", "symbol": ""},
            ["ground", "symbol", "words"],
        ),
        (terminate_petition, {"ground": "x", "symbol": ""}, ["ground", "symbol"]),
        (decide_petition, {"outcome": "upheld", "symbol": ""}, [None, "outcome", "symbol"]),
    ):
        broken = untouched(act, one, on=date(2026, 10, 9), **more)
        assert {fault.column for fault in broken.faults} >= {each for each in wrong if each}, act
    invite_to_dialogue(one, on=date(2026, 10, 9), held_on=ON, place="Trụ sở", actor=None)
    one = papers.fresh(one)
    broken = untouched(hold_dialogue, one, held_on=date(2026, 10, 12), words="")
    assert columns(broken) == [(None, "held_on"), (None, "words")]
    hold_dialogue(one, held_on=ON, words="Đã mời", absent=True, actor=None)
    assert one.steps.last().words == "Người khiếu nại vắng mặt. Đã mời"


def test_no_decision_before_acceptance_verification_and_dialogue(office):
    one = papers.received(office.unit)
    decision = {"outcome": Outcome.RIGHT, "symbol": "9/QĐ", "on": ON}
    assert "“chờ phân loại”" in untouched(decide_petition, one, **decision).message
    bare = papers.verifying(office, finding=None)
    words = untouched(decide_petition, bare, **decision).message
    assert "Chưa ghi kết quả xác minh" in words
    assert "Chưa trả lời yêu cầu 1." in words
    for more in ({"disciplinary": True}, {}):
        finding = Finding.AGREES if more else Finding.DIFFERS
        talk = papers.replied(papers.verifying(office, papers.matter(**more), finding=finding))
        assert "biên bản đối thoại" in untouched(decide_petition, talk, **decision).message
    early = papers.replied(papers.verifying(office))
    record_finding(early, finding="agrees", words="Đo lại", on=ON, actor=None)
    broken = untouched(
        decide_petition, papers.fresh(early), **{**decision, "on": date(2026, 10, 19)}
    )
    assert "20/10/2026" in broken.message


def test_what_stands_still_goes_on_after_it_stopped_and_by_a_paper(office):
    one = papers.verifying(office)
    stop = {"ground": "force", "words": "Lũ", "symbol": "1/QĐ"}
    suspend_petition(one, on=ON, actor=None, **stop)
    one = papers.fresh(one)
    broken = untouched(resume_petition, one, symbol="", on=date(2026, 10, 19))
    assert columns(broken) == [(None, "on"), (None, "symbol")]
    resume_petition(one, symbol="2/QĐ", on=date(2026, 10, 26), actor=None)
    one = papers.fresh(one)
    assert "26/10/2026" in untouched(suspend_petition, one, on=ON, **stop).message
    for since, on in (("20/10/2026", date(2026, 10, 19)), ("26/10/2026", date(2026, 10, 25))):
        assert since in untouched(send_notice, one, on=on).message
        send_notice(one, on=date(2026, 10, 26), actor=None)
        one = papers.fresh(one)
    assert (
        "Không có văn bản thông báo"
        in untouched(send_notice, papers.fresh(one), on=papers.TODAY).message
    )


def decided(office, on=ON):
    one = papers.replied(papers.verifying(office))
    decide_petition(one, outcome=Outcome.WRONG, symbol="9/QĐ", on=on, actor=office.head)
    return papers.fresh(one)


def sent(office):
    one = decided(office, on=date(2026, 10, 12))
    send_decision(one, on=date(2026, 10, 14), actor=None)
    return papers.fresh(one)


def appealed(office):
    draft = AppealDraft(unit_id=office.above.pk, received_on=date(2026, 11, 2))
    return papers.fresh(appeal_petition(sent(office), draft, actor=None))


def test_a_second_complaint_is_made_above_in_time_or_with_the_reason(office):
    one = sent(office)
    assert one.appeal_until == date(2026, 11, 13)
    draft = {"unit_id": office.above.pk, "received_on": date(2026, 11, 2)}

    def wrong(actor=None, **more):
        return untouched(
            appeal_petition, one, AppealDraft(**{**draft, **more}), actor=actor
        ).message

    for unit_id in (one.unit_id, office.other.pk, office.province.committee.pk, 987_654):
        assert "nơi giải quyết lần đầu giải quyết: UBND Tỉnh Nghệ An." in wrong(unit_id=unit_id)
    assert "chưa có quyền nhận đơn" in wrong(actor=office.officer)
    assert "đến bằng cách nào" in wrong(channel="dove")
    assert "Hạn khiếu nại lần hai là 13/11/2026" in wrong(received_on=date(2026, 11, 16))
    assert "từ ngày" in wrong(received_on=date(2026, 10, 1))
    bar_user(one, user=office.stranger, actor=None)
    late = AppealDraft(**{**draft, "received_on": date(2026, 11, 16), "why_late": "Lũ chia cắt"})
    second = appeal_petition(papers.fresh(one), late, actor=office.chief)
    assert [each.user for each in second.barred.all()] == [office.stranger]
    assert "Lũ chia cắt" in second.steps.get().words
    assert second.paper.signatures.count() == 1
    assert (
        "chỉ dùng cho đơn giải quyết lần đầu"
        in untouched(appeal_petition, papers.fresh(second), AppealDraft(**draft)).message
    )


def test_what_is_not_settled_in_time_may_be_complained_of_again_from_the_day_after(office):
    one = papers.verifying(office)  # 30 days from 08/10 are over on 09/11, a Monday
    until = {"unit_id": office.above.pk}
    broken = untouched(appeal_petition, one, AppealDraft(**until, received_on=date(2026, 11, 9)))
    assert "còn trong hạn giải quyết" in broken.message
    appeal_petition(one, AppealDraft(**until, received_on=date(2026, 11, 10)), actor=None)
    assert papers.fresh(one).state == State.APPEALED


def test_the_second_complaint_about_silence_has_its_last_day_too(office, settings):
    settings.DANVAN_TODAY = date(2027, 1, 29)
    one = papers.verifying(office)
    late = {"unit_id": office.above.pk, "received_on": date(2026, 12, 10)}
    assert "09/12/2026" in untouched(appeal_petition, one, AppealDraft(**late)).message
    appeal_petition(one, AppealDraft(**late, why_late="Ốm nặng"), actor=None)


def test_a_complaint_is_not_finished_while_it_may_be_complained_of_again(office):
    one = sent(office)
    assert "13/11/2026" in untouched(finish_petition, one, on=date(2026, 11, 13)).message
    assert columns(untouched(publish_decision, one, publication="", on=ON)) == [
        (None, "publication")
    ]
    enforce_decision(one, on=ON, actor=None)
    finish_petition(papers.fresh(one), on=date(2026, 11, 16), actor=None)
    assert papers.fresh(one).closed_on == date(2026, 11, 16)


def test_what_is_closed_cannot_be_taken_back_or_worked_on(office):
    one = papers.accepted(office.unit, papers.matter(Kind.FEEDBACK, "Đèn"))
    withdraw_petition(one, symbol="Đơn rút", on=ON, actor=None)
    closed = papers.fresh(one)
    assert (closed.tone, closed.open, closed.unit_on(ON)) == ("grey", False, office.unit.pk)
    for act, more in ((withdraw_petition, {"on": ON}), (add_request, {"words": "Thêm"})):
        assert "“đã rút”" in untouched(act, closed, **more).message
    assert Petition.objects.unfinished().count() == 0


def test_a_second_complaint_stays_a_complaint(office):
    second = appealed(office)
    broken = untouched(reclassify_petition, second, kind=Kind.FEEDBACK, why="Nhầm")
    assert "chỉ dùng cho đơn giải quyết lần đầu" in broken.message


def test_whom_a_complaint_is_against_sees_neither_of_its_rounds(office):
    one = papers.replied(papers.verifying(office))
    decide_petition(one, outcome="wrong", symbol="9/QĐ", on=ON, actor=None)
    send_decision(papers.fresh(one), on=ON, actor=None)
    draft = AppealDraft(unit_id=office.above.pk, received_on=ON, channel="post")
    second = appeal_petition(papers.fresh(one), draft, actor=None)
    bar_user(papers.fresh(second), user=office.stranger, actor=None)
    bar_user(papers.fresh(one), user=office.officer, actor=None)
    for each in (one, second):
        assert set(each.barred.values_list("user", flat=True)) == {
            office.stranger.pk, office.officer.pk,
        }  # fmt: skip


def test_who_acts_on_what_went_to_another_unit_meanwhile_is_refused(office):
    seen = papers.accepted(office.unit, papers.matter("proposal", "Sửa đường"))
    transfer_petition(
        papers.fresh(seen), to_unit_id=office.other.pk, on=ON, reason="Xã bạn", actor=None
    )
    assert "vừa chuyển đơn vị khác" in untouched(accept_petition, seen, on=ON).message


def test_who_sent_a_complaint_on_is_still_told_when_the_second_round_begins(office):
    one = papers.replied(papers.verifying(office, channel="forwarded", sender="Mặt trận xã"))
    decide_petition(one, outcome="wrong", symbol="9/QĐ", on=ON, actor=None)
    send_decision(papers.fresh(one), on=ON, actor=None)
    draft = AppealDraft(unit_id=office.above.pk, received_on=date(2026, 10, 21), channel="post")
    appeal_petition(papers.fresh(one), draft, actor=None)
    first = papers.fresh(one)
    assert (first.state, first.due_name) == ("appealed", "relay")
    report_back(first, on=date(2026, 10, 22), actor=None)
    assert papers.fresh(one).due_on is None


def test_a_second_complaint_handed_in_before_the_first_was_finished_is_not_lost(office):
    one = papers.replied(papers.verifying(office, on=date(2026, 9, 1), by=date(2026, 9, 8)))
    day = date(2026, 9, 15)
    decide_petition(one, outcome="wrong", symbol="9/QĐ", on=day, actor=None)
    send_decision(papers.fresh(one), on=day, actor=None)
    finish_petition(papers.fresh(one), on=date(2026, 10, 20), actor=None)
    draft = {"unit_id": office.above.pk, "channel": "post"}
    late = AppealDraft(**draft, received_on=date(2026, 10, 21))
    assert "lý do chính đáng" in untouched(appeal_petition, papers.fresh(one), late).message
    in_time = AppealDraft(**draft, received_on=date(2026, 10, 14))
    second = appeal_petition(papers.fresh(one), in_time, actor=None)
    first = papers.fresh(one)
    assert (first.state, first.closed_on, second.round) == ("appealed", date(2026, 10, 14), 2)
