"""Questions before a dialogue, slips and grades: taken once, grouped, carried to what was promised, never by person."""

from datetime import date

import pytest

from danvan.commitments.models import Commitment, FollowCode
from danvan.commitments.selectors import behind_code
from danvan.commitments.services import claim_done, say_not_yet, withdraw_follow_code
from danvan.dialogues import services
from danvan.dialogues.enums import Grade
from danvan.dialogues.models import (
    Dialogue,
    DialogueOpinion,
    DialogueQuestion,
    DialogueSlipGrade,
)
from danvan.dialogues.selectors import (
    ask_until,
    card_of,
    groups_of,
    public_dialogue,
    question_numbers,
    talk_behind,
)
from danvan.foundation.models import AuditEntry
from danvan.law.services import load_calendar, load_parameters
from tests.dialogues import talks
from tests.dialogues.talks import COMING, sent
from tests.factories.province import Province, make_user
from tests.once import once, own

pytestmark = pytest.mark.django_db


def _build():
    load_parameters()
    load_calendar([2026, 2027])
    return Province()


_province = once(_build, DANVAN_TODAY=talks.TODAY)


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = talks.TODAY


@pytest.fixture
def province(_province):
    return own(_province)


@pytest.fixture
def unit(province):
    return province.committees[0]


@pytest.fixture
def taking(unit):
    return talks.taking(unit)


def hold(dialogue, settings):
    settings.DANVAN_TODAY = COMING
    dialogue = services.record_held(
        dialogue, attendance={"residents": 40}, households=None, actor=None
    )
    return services.write_conclusion(dialogue, text=talks.TEXT, actor=None)


def concluded(dialogue, lead, settings, *opinions):
    """It held and its notice issued, the opinions carried into its one conclusion."""
    dialogue = hold(dialogue, settings)
    conclusion = talks.taken(dialogue)
    for one in opinions:
        services.settle_opinion(one, way="given", conclusion=conclusion, actor=None)
    commitment = talks.owned(conclusion, lead)
    services.note_none_above(dialogue, actor=None)
    talks.decided(dialogue)
    return services.issue_conclusions(dialogue, on=COMING, actor=None), commitment


def test_questions_are_taken_from_the_notice_to_the_last_day(taking, settings):
    question, code = sent(taking, name="  Lô Văn Nam ")
    assert (question.content, question.name) == ("Cầu treo bao giờ sửa?", "Lô Văn Nam")
    assert talk_behind(code).standing == "Đã nhận, chờ xếp vào danh sách"
    settings.DANVAN_TODAY = date(2026, 11, 28)
    late = talks.refused(
        lambda actor: services.send_question(taking, content="A?", seed="x", address="")
    )
    assert "thôi nhận câu hỏi" in late.message
    assert taking.questions.count() == 1


def test_they_are_opened_after_the_notice_and_to_the_day_of_the_dialogue(unit):
    planned = talks.planned(unit, held_on=COMING)
    assert "Chỉ mở nhận câu hỏi sau khi" in talks.refused(
        services.open_questions, planned, until=COMING
    ).message  # fmt: skip
    one = talks.announced(unit, held_on=COMING)
    for until, word in ((date(2026, 11, 28), "chậm nhất"), (date(2026, 11, 19), "đã qua")):
        broken = talks.refused(services.open_questions, one, until=until)
        assert word in broken.message
        assert broken.faults[0].column == "until"
    assert ask_until(one) == date(2026, 11, 26)
    assert public_dialogue(planned.number) is None
    assert public_dialogue("DT" * 11) is None
    assert public_dialogue(one.number) == one  # announced: its day and place may be read
    assert [stage.done for stage in stages(one)] == [True, False, False, False, False]
    services.open_questions(one, until=COMING, actor=None)
    assert public_dialogue(one.number.lower()) == one


def stages(one):
    return card_of(make_user("Người đọc"), Dialogue.objects.get(pk=one.pk)).stages


def test_the_step_of_the_questions_is_behind_only_where_they_were_opened(unit):
    one = talks.held(unit)
    assert [stage.done for stage in stages(one)] == [True, False, True, False, False]
    Dialogue.objects.filter(pk=one.pk).update(asks_until=COMING)
    assert [stage.done for stage in stages(one)] == [True, True, True, False, False]


def test_an_opinion_that_leads_to_a_person_is_asked_about(unit):
    one = talks.held(unit)
    given = {"content": "Gọi 0912 345 678", "heard": "floor", "name": "0912345678"}
    refused = talks.refused(services.add_opinion, one, **given)
    assert [fault.column for fault in refused.faults] == ["content", "name"]
    assert not one.opinions.exists()
    services.add_opinion(one, content="Đường 7B hỏng 3.000.000 m", heard="floor", actor=None)


def test_the_form_sent_twice_is_one_question_with_the_same_code(taking):
    first, code = sent(taking, seed="một tờ")
    second, again = sent(taking, seed="một tờ")
    assert (first.pk, code) == (second.pk, again)
    assert taking.questions.count() == 1


def test_other_words_sent_from_the_same_page_are_another_question(taking):
    _, code = sent(taking, seed="một tờ")
    other, another = sent(taking, "Trường học bao giờ xây?", seed="một tờ")
    assert another != code
    assert other.content == "Trường học bao giờ xây?"
    assert taking.questions.count() == 2


@pytest.mark.parametrize(
    ("content", "name", "column", "word"),
    [
        (" ", "", "content", "ghi câu hỏi"),
        ("a" * 601, "", "content", "dài quá 600"),
        ("Gọi tôi 0912 345 678", "", "content", "số điện thoại"),
        ("Cầu?", "a" * 121, "name", "dài quá 120"),
        ("Cầu?", "0912345678", "name", "chỉ ghi tên"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(taking, content, name, column, word):
    broken = talks.refused(
        lambda actor: services.send_question(
            taking, content=content, name=name, seed="x", address=""
        )
    )
    assert [(one.column, word in one.message) for one in broken.faults] == [(column, True)]
    assert not FollowCode.objects.exists()


def test_one_address_sends_so_many_within_an_hour_and_others_go_on(taking, settings):
    settings.DANVAN_QUESTIONS = 2
    sent(taking), sent(taking)

    def from_place(address):
        return services.send_question(taking, content="Nữa?", seed=address, address=address)

    assert "tạm dừng" in talks.refused(lambda actor: from_place("1.2.3.4")).message
    assert from_place("5.6.7.8").code
    assert not AuditEntry.objects.filter(details__icontains="1.2.3.4").exists()


def test_equal_questions_become_one_opinion_and_leave_no_empty_one_behind(taking):
    (one, code), (two, _), (three, _) = (
        sent(taking),
        sent(taking, "Sửa cầu đi"),
        sent(taking, "Rác?"),
    )
    alone = services.group_questions(taking, [one.pk], actor=None)
    assert alone.content == one.content
    both = services.group_questions(
        taking, [one.pk, two.pk], content="Bao giờ sửa cầu treo?", actor=None
    )
    other = services.group_questions(taking, [three.pk], actor=None)
    assert [(g.opinion.content, g.asked, g.first, g.last) for g in groups_of(taking)] == [
        ("Bao giờ sửa cầu treo?", 2, True, False), ("Rác?", 1, False, True),
    ]  # fmt: skip
    assert talk_behind(code).standing == "Đã vào danh sách câu hỏi"
    services.group_questions(taking, [three.pk], opinion_id=both.pk, actor=None)
    assert not DialogueOpinion.objects.filter(pk=other.pk).exists()
    assert question_numbers(taking) == {"list": 3}


def test_what_is_left_out_has_a_reason_that_its_sender_reads(taking):
    question, code = sent(taking)
    services.group_questions(taking, [question.pk], actor=None)
    for why, word in (("", "ghi lý do"), ("Gọi 0912345678", "số điện thoại")):
        broken = talks.refused(services.set_aside, taking, [question.pk], why=why)
        assert word in broken.message
    services.set_aside(taking, [question.pk], why="Đã trả lời tại kỳ trước", actor=None)
    assert not taking.opinions.exists()
    told = talk_behind(code)
    assert (told.standing, told.why_aside) == (
        "Không đưa vào cuộc đối thoại này",
        "Đã trả lời tại kỳ trước",
    )
    assert question_numbers(taking) == {"aside": 1}


def test_questions_and_opinions_of_another_dialogue_are_refused(taking, unit, settings):
    question, _ = sent(taking)
    stranger = talks.said(talks.held(unit))
    refused = talks.refused
    assert "Không thấy ý kiến" in refused(
        services.group_questions, taking, [question.pk], opinion_id=stranger.pk
    ).message  # fmt: skip
    for chosen in ([], [question.pk, 10**9]):
        assert "chọn ít nhất một" in refused(services.group_questions, taking, chosen).message
    services.group_questions(taking, [question.pk], actor=None)
    done, _ = concluded(taking, unit, settings, taking.opinions.get())
    assert "trước khi ra" in refused(services.set_aside, done, [question.pk], why="Muộn").message
    assert "trước khi ra" in refused(
        services.group_questions, done, [question.pk], opinion_id=1
    ).message  # fmt: skip


def test_opinions_change_places_and_the_ends_stay(taking):
    rows = [
        services.group_questions(taking, [sent(taking, word)[0].pk], actor=None) for word in "ABC"
    ]
    services.place_opinion(rows[2], up=True, actor=None)
    services.place_opinion(rows[0], up=False, actor=None)
    services.place_opinion(rows[2], up=True, actor=None)
    assert [one.content for one in taking.opinions.order_by("place")] == ["C", "A", "B"]


def test_what_was_put_in_the_hall_is_noted_after_it(taking, settings):
    opinion = services.group_questions(taking, [sent(taking)[0].pk], actor=None)
    assert "sau khi đối thoại" in talks.refused(services.mark_raised, opinion, raised=True).message
    hold(taking, settings)
    services.mark_raised(opinion, raised=True, actor=None)
    opinion.refresh_from_db()
    assert opinion.raised


def test_a_question_follows_what_it_was_carried_into_from_the_notice_on(taking, province, settings):
    (mine, code), (two, other) = sent(taking), sent(taking, "Rác?")
    opinion = services.group_questions(taking, [mine.pk], actor=None)
    assert behind_code(code).followed == []
    services.set_aside(taking, [two.pk], why="Nêu lại kỳ sau", actor=None)
    _, commitment = concluded(taking, province.governments[0], settings, opinion)
    assert [one.words for one in behind_code(code).followed] == [talks.TEXT.split("\n")[1]]
    assert behind_code(other).followed == []
    claim_done(commitment, result="Xong", actor=None)
    say_not_yet(code, Commitment.objects.get(pk=commitment.pk), "Còn mục một tấm")
    assert Commitment.objects.get(pk=commitment.pk).disputed_on == COMING


def test_the_notice_waits_until_every_question_is_sorted(taking, unit, settings):
    sent(taking)
    broken = talks.refused(lambda actor: concluded(taking, unit, settings))
    assert "1 câu hỏi gửi trước chưa xếp" in broken.message


def test_slips_of_the_hall_follow_all_that_is_concluded_now_and_later(taking, province, settings):
    lead = province.governments[0]
    before = services.issue_slips(taking, number=3, actor=None)
    withdrawn = FollowCode.objects.get(slip=before[2].number)
    withdraw_follow_code(withdrawn, actor=None)
    dialogue, _ = concluded(taking, lead, settings)
    after = services.issue_slips(dialogue, number=1, actor=None)
    for slip in (*before[:2], *after):
        assert len(behind_code(slip.code).followed) == 1
    assert not withdrawn.followed.exists()
    talks.owned(dialogue.conclusions.get(), province.fronts[0], due_on=date(2026, 12, 20))
    assert len(behind_code(before[0].code).followed) == 2
    assert withdrawn.ends_on == date(2027, 11, 22)  # 365 days end on a Saturday
    assert len(behind_code(before[1].code).followed) == 2


def test_slips_are_printed_neither_before_the_notice_nor_after_the_end(unit):
    planned = talks.planned(unit, held_on=COMING)
    assert "từ khi đã thông báo" in talks.refused(services.issue_slips, planned, number=1).message


def test_sentences_that_lead_to_a_person_are_not_put_behind_a_slip(taking, province, settings):
    [slip] = services.issue_slips(taking, number=1, actor=None)
    dialogue = hold(taking, settings)
    text = "Giao Ủy ban nhân dân xã gọi ông Thắng 0912 345 678 để sửa cầu."
    dialogue = services.write_conclusion(dialogue, text=text, actor=None)
    commitment = talks.owned(talks.taken(dialogue, 0), province.governments[0])
    services.note_none_above(dialogue, actor=None)
    talks.decided(dialogue)
    services.issue_conclusions(dialogue, on=COMING, actor=None)
    assert [one.words for one in behind_code(slip.code).followed] == [f"Việc {commitment.number}"]


def test_the_answer_is_read_behind_the_code_once_the_notice_is_issued(taking, unit, settings):
    question, code = sent(taking)
    opinion = services.group_questions(taking, [question.pk], actor=None)
    dialogue = hold(taking, settings)
    assert talk_behind(code).standing == "Đã đối thoại, câu hỏi chờ hướng xử lý"
    broken = talks.refused(
        services.settle_opinion, opinion, way="answered", answer="Gọi ông Thắng 0912 345 678"
    )
    assert [(one.column, "số điện thoại" in one.message) for one in broken.faults] == [
        ("answer", True)
    ]
    assert DialogueOpinion.objects.get().way == "open"
    services.settle_opinion(opinion, way="answered", answer="Sửa trong tháng 12", actor=None)
    told = talk_behind(code)
    assert (told.standing, told.answer) == ("Đã trả lời tại đối thoại", "")
    services.note_none_above(dialogue, actor=None)
    talks.decided(dialogue)
    services.issue_conclusions(dialogue, on=COMING, actor=None)
    assert talk_behind(code).answer == "Sửa trong tháng 12"


def test_a_cancelled_dialogue_says_so_and_strangers_codes_open_no_dialogue(taking, unit):
    question, code = sent(taking, name="Lô Văn Nam")
    services.cancel_dialogue(taking, why="Mưa lũ", actor=None)
    question.refresh_from_db()
    assert question.name == ""
    assert talk_behind(code).standing == "Cuộc đối thoại đã hủy"
    assert talk_behind("7K4-M92-CXTH") is None
    FollowCode.objects.update(source_kind="documents.clause")
    assert talk_behind(code) is None
    FollowCode.objects.update(source_kind="dialogues.slip", source_id=10**9)
    assert talk_behind(code) is None


def test_a_grade_is_given_after_the_answer_changed_until_the_end_and_kept_apart(
    taking, province, settings
):
    question, code = sent(taking, name="Lô Văn Nam")
    [hall] = services.issue_slips(taking, number=1, actor=None)
    opinion = services.group_questions(taking, [question.pk], actor=None)

    def why_not(which):
        return talks.refused(lambda actor: services.rate_by_slip(which, grade="good")).message

    assert "sau khi đối thoại" in why_not(hall.code)
    dialogue = hold(taking, settings)
    assert "khi câu hỏi đã có trả lời" in why_not(code)
    assert talk_behind(hall.code).standing == "Chờ thông báo kết luận"
    talks.answered(opinion)
    services.rate_by_slip(code, grade=Grade.POOR)
    services.rate_by_slip(code, grade=Grade.GOOD)
    services.rate_by_slip(hall.code, grade=Grade.FAIR)
    assert sorted(DialogueSlipGrade.objects.values_list("grade", flat=True)) == ["fair", "good"]
    assert talk_behind(code).grade == "good"
    kept = DialogueSlipGrade.objects.get(grade="good")
    assert kept.voter not in FollowCode.objects.values_list("digest", flat=True)
    assert "chọn một mức" in talks.refused(
        lambda actor: services.rate_by_slip(code, grade="mười")
    ).message  # fmt: skip
    assert "không còn dùng được" in why_not("7K4-M92-CXTH-3RN5")
    services.note_none_above(dialogue, actor=None)
    talks.decided(dialogue)
    services.issue_conclusions(dialogue, on=COMING, actor=None)
    services.close_dialogue(dialogue, actor=None)
    assert "khép lại" in why_not(code)
    assert not DialogueQuestion.objects.exclude(name="").exists()
    assert talk_behind(hall.code).standing == "Đã có thông báo kết luận"


def test_the_answer_to_a_form_sent_again_comes_before_every_limit(taking, settings):
    settings.DANVAN_QUESTIONS = 1
    first, code = sent(taking, seed="một tờ")
    assert sent(taking, seed="một tờ") == (first, code)
    settings.DANVAN_TODAY = date(2026, 11, 28)
    assert sent(taking, seed="một tờ") == (first, code)
    assert taking.questions.count() == 1
