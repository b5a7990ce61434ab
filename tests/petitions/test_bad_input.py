"""What people write down wrongly: said in whole sentences, all at once, nothing half written, nothing lost."""

from datetime import date

import pytest

from danvan.foundation.errors import RuleError
from danvan.petitions.enums import Channel, Closing, Kind, Outcome, State
from danvan.petitions.models import Paper, Petitioner
from danvan.petitions.services import (
    accept_petition,
    add_representatives,
    answer_petition,
    dispute_answer,
    file_petition,
    guide_petition,
    hand_out_petition,
    reclassify_petition,
    refuse_petition,
    report_result,
    split_petition,
    transfer_petition,
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
    assert not Paper.objects.exists()
    assert not Petitioner.objects.exists()


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
    with pytest.raises(RuleError, match=r"dài quá 100\.000 ký tự"):
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


def test_who_wanted_the_result_is_told_it_by_the_day_of_the_law(office):
    one = papers.received(office.unit, papers.matter(Kind.PROPOSAL), wants_result=True)
    hand_out_petition(one, where="Điện lực", reason="Lưới điện", on=ON, actor=None)
    waiting = papers.fresh(one)
    told = {**ANSWER, "on": date(2026, 11, 2)}
    for wrong in (date(2026, 11, 3), date(2026, 9, 30)):
        broken = untouched(report_result, waiting, **told, reported_on=wrong)
        assert columns(broken) == [(None, "reported_on")]
    report_result(waiting, **told, reported_on=date(2026, 10, 23), actor=None)
    [held] = acts.clocks().filter(subject_id=one.pk, name="tell")
    assert (held.due_on, held.ended_on) == (date(2026, 10, 30), date(2026, 11, 2))
    assert papers.fresh(one).steps.last().words == "Điện lực, báo ngày 23/10/2026"
    other = papers.received(office.unit, papers.matter(Kind.PROPOSAL, "Khác"))
    hand_out_petition(other, where="Điện lực", reason="Lưới điện", on=ON, actor=None)
    report_result(papers.fresh(other), **told, actor=None)
    assert not acts.clocks().filter(subject_id=other.pk, name="tell").exists()
