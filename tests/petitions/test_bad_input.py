"""What people write down wrongly: said in whole sentences, all at once, nothing half written, nothing lost."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.petitions.enums import Channel, Closing, Finding, Kind, Outcome, State
from danvan.petitions.models import Paper, Petition, Petitioner
from danvan.petitions.services import (
    AppealDraft,
    accept_petition,
    add_representatives,
    add_request,
    answer_petition,
    appeal_petition,
    assign_verifier,
    bar_user,
    check_done,
    decide_petition,
    dispute_answer,
    enforce_decision,
    file_petition,
    finish_petition,
    give_work,
    guide_petition,
    hand_out_petition,
    hold_dialogue,
    invite_to_dialogue,
    publish_decision,
    rate_answer,
    reclassify_petition,
    record_finding,
    refuse_petition,
    reply_to_request,
    report_back,
    report_result,
    resume_petition,
    send_decision,
    send_notice,
    split_petition,
    suspend_petition,
    terminate_petition,
    transfer_petition,
    withdraw_petition,
    withdraw_requests,
)
from tests.once import once, own
from tests.petitions import acts, papers

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


def columns(broken):
    return sorted(((one.row, one.column) for one in broken.faults), key=str)


def untouched(act, one, *args, **more):
    """What a refused act says; all of the petition is as it was."""
    before = acts.everything(one)
    broken = papers.refused(act, one, *args, **more)
    assert acts.everything(one) == before
    assert all(fault.message.endswith((".", "”.")) for fault in broken.faults)
    return broken


def test_all_that_is_wrong_with_a_paper_is_said_at_once_and_nothing_is_kept(office):
    wrong = papers.PersonDraft(
        name=" ", id_number="12", phone="abc", email="x@y", address="a" * 301
    )
    bad = papers.matter(
        "denunciation", "", text="a" * 100_001, decision_symbol="b" * 121, known_on=date(2027, 1, 1),
        requests=("", *["x"] * 50), place_id=987_654, topic_id=987_654,
    )  # fmt: skip
    with pytest.raises(RuleError) as broken:
        papers.paper(
            office.unit, bad, on=date(2027, 1, 2), channel="dove", persons=(wrong,), language="xx",
            written_on=date(2027, 2, 1), sender="s" * 201, sender_symbol="s" * 81, people=0,
        )  # fmt: skip
    assert {column for _, column in columns(broken.value)} == {
        "received_on", "written_on", "channel", "language", "sender", "sender_symbol", "people", "name", "id_number",
        "phone", "email", "address", "kind", "title", "text", "decision_symbol", "known_on", "requests", "place", "topic",
    }  # fmt: skip
    assert not Paper.objects.exists() and not Petitioner.objects.exists()


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"anonymous": True}, "anonymous"),
        ({"persons": ()}, "name"),
        ({"persons": (papers.NAM,) * 51, "people": 60}, "persons"),
        ({"persons": (papers.NAM,) * 3, "people": 2}, "people"),
        ({"channel": Channel.FORWARDED}, "sender"),
        ({"people": 100_001}, "people"),
    ],
)
def test_who_sent_it_and_how_must_fit(office, more, column):
    with pytest.raises(RuleError) as broken:
        papers.paper(office.unit, **more)
    assert columns(broken.value) == [(None, column)]


def test_a_paper_without_a_matter_or_with_too_many_is_refused(office):
    draft = papers.PaperDraft(
        unit_id=office.unit.pk, received_on=papers.RECEIVED, channel="post", matters=(), persons=(papers.NAM,)
    )  # fmt: skip
    assert "ít nhất một nội dung" in papers.refused(papers.receive_paper, draft).message
    with pytest.raises(RuleError, match="tối đa 20 nội dung"):
        papers.paper(office.unit, *[papers.matter()] * 21)


def test_who_may_not_receive_there_and_a_unit_that_was_not_yet_are_refused(office):
    with pytest.raises(RuleError, match="chưa có quyền nhận đơn"):
        papers.paper(office.unit, actor=office.stranger)
    with pytest.raises(RuleError, match="không hoạt động vào ngày nhận"):
        papers.paper(office.unit, on=date(2019, 5, 5))
    assert papers.paper(office.unit, actor=office.officer).entered_by == office.officer


def test_a_long_text_is_kept_whole_and_scripts_stay_text(office):
    text = "<script>alert(1)</script>" + "Đất bị đo thiếu. " * 2_940
    long = text[:50_000].strip()
    one = papers.received(office.unit, papers.matter(text=long))
    assert (one.text, len(one.text) > 49_990) == (long, True)
    most = papers.received(office.unit, papers.matter(text="đ" * 100_000))
    assert len(most.text) == 100_000
    with pytest.raises(RuleError, match="dài quá 100.000 ký tự"):
        papers.received(office.unit, papers.matter(text="đ" * 100_001))


def test_splitting_into_nothing_or_into_what_is_wrong_is_refused(office):
    one = papers.received(office.unit)
    assert "ít nhất một nội dung để tách" in untouched(split_petition, one, []).message
    broken = untouched(split_petition, one, [papers.matter(title=""), papers.matter("x")])
    assert columns(broken) == [(1, "title"), (2, "kind")]
    [made] = split_petition(
        one, [papers.matter(Kind.FEEDBACK, place_id=office.province.communes[1].pk)], actor=None
    )
    assert (made.received_on, made.paper_id, made.unit_id) == (
        one.received_on,
        one.paper_id,
        one.unit_id,
    )


def test_a_matter_with_no_such_topic_is_refused(office):
    with pytest.raises(RuleError):
        papers.received(office.unit, papers.matter(topic_id=987_654))


def test_classifying_anew_asks_why_and_for_another_kind(office):
    one = papers.received(office.unit)
    assert columns(untouched(reclassify_petition, one, kind="x", why="")) == [
        (None, "kind"),
        (None, "why"),
    ]
    assert columns(untouched(reclassify_petition, one, kind=one.kind, why="Nhầm")) == [
        (None, "kind")
    ]
    reclassify_petition(one, kind=Kind.PROPOSAL, why="Nhầm", actor=None)
    now = papers.fresh(one)
    assert (now.number, now.due_name, now.received_on) == ("KG-2026-0001", "reply", papers.RECEIVED)


def test_a_second_complaint_stays_a_complaint(office):
    second = appealed(office)
    broken = untouched(reclassify_petition, second, kind=Kind.FEEDBACK, why="Nhầm")
    assert "chỉ dùng cho đơn giải quyết lần đầu" in broken.message


def test_a_group_of_twelve_without_a_representative_is_received_and_not_accepted(office):
    one = papers.received(office.unit, people=12)
    broken = untouched(accept_petition, one, on=ON)
    assert "12 người cần 1 đến 5 người đại diện" in broken.message
    assert columns(untouched(add_representatives, one, [])) == [(None, "name")]
    add_representatives(one, [papers.NAM], actor=None)
    accept_petition(one, on=ON, actor=None)
    six = [papers.PersonDraft(name=f"Lô Thị {n}", representative=True) for n in range(6)]
    many = papers.received(office.unit, people=12, persons=tuple(six))
    assert "hiện ghi 6 người" in untouched(accept_petition, many, on=ON).message


def test_an_anonymous_complaint_is_filed_and_an_anonymous_feedback_accepted(office):
    complaint = papers.received(office.unit, persons=(), anonymous=True)
    assert "LD01" in untouched(accept_petition, complaint, on=ON).message
    file_petition(complaint, closing=Closing.LD01, on=ON, actor=None)
    assert papers.fresh(complaint).state == State.FILED
    other = papers.received(office.unit, papers.matter(Kind.FEEDBACK), persons=(), anonymous=True)
    accept_petition(other, on=ON, actor=None)


def test_who_came_too_late_is_accepted_only_with_the_reason(office):
    one = papers.received(office.unit, papers.matter(known_on=date(2026, 6, 1)))
    assert columns(untouched(accept_petition, one, on=ON)) == [(None, "why")]
    accept_petition(one, on=ON, why="Nằm viện ba tháng", actor=None)
    assert papers.fresh(one).steps.last().words == "Nằm viện ba tháng"


def test_days_before_the_receipt_and_days_to_come_are_refused(office):
    one = papers.received(office.unit)
    for on, words in ((date(2026, 9, 30), "từ ngày 01/10/2026"), (date(2026, 12, 1), "chưa đến")):
        assert words in untouched(accept_petition, one, on=on).message


@pytest.mark.parametrize("act", [refuse_petition, file_petition])
def test_without_a_reason_of_the_law_nothing_is_refused_or_filed(office, act):
    one = papers.received(office.unit)
    assert columns(untouched(act, one, closing="TL02", on=ON, why="w" * 501)) == [
        (None, "closing"), (None, "why"),
    ]  # fmt: skip


def test_guiding_and_passing_on_say_where_and_why(office):
    one = papers.received(office.unit)
    assert columns(untouched(guide_petition, one, where="", on=ON)) == [(None, "where")]
    other = feedback(office)
    broken = untouched(hand_out_petition, other, where="", reason="", on=ON)
    assert columns(broken) == [(None, "reason"), (None, "where")]
    assert columns(untouched(transfer_petition, other, to_unit_id=other.unit_id, reason="", on=ON)) == [
        (None, "reason"), (None, "to_unit"),
    ]  # fmt: skip
    gone = untouched(transfer_petition, other, to_unit_id=987_654, reason="x", on=ON)
    assert "không hoạt động" in gone.message


def test_a_transfer_loop_is_refused_but_for_who_decides_above_both(office):
    one = papers.received(office.unit, papers.matter(Kind.FEEDBACK))
    there = {"to_unit_id": office.other.pk, "reason": "Thuộc xã bạn"}
    back = {"to_unit_id": office.unit.pk, "reason": "Không thuộc xã này"}
    transfer_petition(one, on=ON, actor=office.officer, **there)
    now = papers.fresh(one)
    assert (now.state, now.unit_id, now.received_on, now.at_unit_on) == (
        "received", office.other.pk, papers.RECEIVED, ON,
    )  # fmt: skip
    assert (now.due_name, now.due_on) == ("reply", date(2026, 11, 3))  # ten working days there
    early = untouched(accept_petition, now, on=date(2026, 10, 19))
    assert "20/10/2026" in early.message
    broken = untouched(transfer_petition, now, on=ON, actor=office.stranger, **back)
    assert "lãnh đạo cấp trên của cả hai" in broken.message
    transfer_petition(now, on=ON, actor=office.chief, **back)
    again = papers.fresh(one)
    assert (again.unit_id, again.transfers.count(), again.received_on) == (
        office.unit.pk,
        2,
        papers.RECEIVED,
    )


def test_what_was_accepted_and_then_passed_on_waits_there_with_an_alarm_of_its_own(office):
    one = feedback(office)
    transfer_petition(one, to_unit_id=office.other.pk, reason="Xã bạn", on=ON, actor=None)
    now = papers.fresh(one)
    assert (now.state, now.accepted_on) == ("received", None)
    open_ = acts.clocks().filter(subject_id=one.pk, ended_on=None).values_list("name", "started_on")
    assert sorted(open_) == [("idle.2", ON), ("reply.2", ON)]


def test_what_a_body_outside_reports_is_the_answer_and_may_be_disputed(office):
    one = papers.received(office.unit, papers.matter(Kind.PROPOSAL))
    hand_out_petition(one, where="Điện lực", reason="Lưới điện", on=ON, actor=None)
    waiting = papers.fresh(one)
    assert (waiting.due_on, acts.clocks().filter(subject_id=one.pk, ended_on=None).count()) == (
        None,
        0,
    )
    assert columns(untouched(report_result, waiting, text=" ", channel="x", outcome="right", on=ON)) == [
        (None, "channel"), (None, "outcome"), (None, "text"),
    ]  # fmt: skip
    report_result(waiting, **ANSWER, actor=None)
    dispute_answer(papers.fresh(one), why="Vẫn mất điện", on=ON, actor=None)
    again = papers.fresh(one)
    assert (again.state, again.accepted_on, again.due_name) == ("accepted", ON, "settle")


def test_a_petition_is_not_closed_with_an_empty_answer_or_over_a_bare_request(office):
    one = feedback(office)
    broken = untouched(answer_petition, one, **{**ANSWER, "text": " \n "})
    assert "không đóng đơn khi chưa trả lời" in broken.message
    assert "Yêu cầu 1 chưa trả lời" in broken.message
    add_request(one, words="Lắp cống", actor=None)
    replied = papers.replied(papers.fresh(one))
    add_request(replied, words="Lắp đèn", actor=None)
    assert "Lắp đèn" in untouched(answer_petition, papers.fresh(one), **ANSWER).message
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
    assert "Chưa ghi kết quả xác minh" in words and "Yêu cầu 1 chưa trả lời" in words
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
    before = untouched(send_notice, one, on=date(2026, 10, 25))
    assert "26/10/2026" in before.message
    send_notice(one, on=date(2026, 10, 26), actor=None)
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

    assert "do cấp trên giải quyết" in wrong(unit_id=one.unit_id)
    assert "chưa có quyền nhận đơn" in wrong(actor=office.officer)
    assert "không hoạt động" in wrong(unit_id=987_654)
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
    one = papers.accepted(office.unit)
    withdraw_petition(one, on=ON, actor=None)
    closed = papers.fresh(one)
    assert (closed.tone, closed.open, closed.unit_on(ON)) == ("grey", False, office.unit.pk)
    for act, more in ((withdraw_petition, {"on": ON}), (add_request, {"words": "Thêm"})):
        assert "“đã rút”" in untouched(act, closed, **more).message
    assert Petition.objects.unfinished().count() == 0
