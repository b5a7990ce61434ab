"""Numbers of few are not shown, slips and grades are no more than people, and names go in time."""

from datetime import date

import pytest

from danvan.commitments.models import FollowCode
from danvan.commitments.services import withdraw_follow_code
from danvan.dialogues import services
from danvan.dialogues.jobs import wipe_dialogue_names
from danvan.dialogues.models import Dialogue, DialogueSlipGrade
from danvan.dialogues.selectors import ask_until, grades_of, slips_of
from danvan.foundation.models import AuditEntry
from danvan.law.models import LegalParameter
from danvan.law.services import load_calendar, load_parameters
from tests.dialogues import talks
from tests.dialogues.talks import COMING, sent
from tests.factories.province import Province
from tests.once import once, own

pytestmark = pytest.mark.django_db


def _build():
    load_parameters()
    load_calendar([2026, 2027])
    return Province()


_province = once(_build, DANVAN_TODAY=talks.TODAY)


@pytest.fixture
def unit(_province, settings):
    settings.DANVAN_TODAY = talks.TODAY
    return own(_province).committees[0]


@pytest.fixture
def taking(unit):
    return talks.taking(unit)


def hold(dialogue, settings):
    settings.DANVAN_TODAY = COMING
    return services.record_held(dialogue, attendance={"residents": 40}, households=None, actor=None)


def test_slips_are_as_many_as_those_who_came_and_so_are_grades(taking, settings):
    assert "từ 1 đến 100" in talks.refused(services.issue_slips, taking, number=101).message
    early = services.issue_slips(taking, number=45, actor=None)
    question, code = sent(taking)
    opinion = services.group_questions(taking, [question.pk], actor=None)
    dialogue = hold(taking, settings)
    talks.answered(opinion)
    broken = talks.refused(services.issue_slips, dialogue, number=1)
    assert "40 người dự và đã in 45 phiếu, nên chỉ in thêm được 0 phiếu" in broken.message
    for one in FollowCode.objects.filter(slip__in=[slip.number for slip in early[40:]]):
        withdraw_follow_code(one, actor=None)
    assert slips_of(dialogue) == 40
    withdraw_follow_code(FollowCode.objects.get(slip=early[39].number), actor=None)
    services.issue_slips(dialogue, number=1, actor=None)
    assert slips_of(dialogue) == 40
    graded(dialogue, good=41)
    broken = talks.refused(lambda actor: services.rate_by_slip(early[0].code, grade="good"))
    assert "bằng số người dự và người gửi câu hỏi" in broken.message
    DialogueSlipGrade.objects.filter(voter="good0").delete()
    services.rate_by_slip(early[0].code, grade="good")
    services.rate_by_slip(early[0].code, grade="poor")  # it may still be changed
    assert dialogue.slip_grades.count() == 41
    assert "bằng số người dự" in talks.refused(
        lambda actor: services.rate_by_slip(code, grade="good")
    ).message  # fmt: skip


def test_names_go_with_the_end_or_after_their_term_though_nobody_closed_it(unit, settings):
    cancelled, open_one = talks.taking(unit), talks.taking(unit)
    for one in (cancelled, open_one):
        sent(one, name="Lô Văn Nam")
        talks.said(one, heard="before", name="Vi Thị Mai")
    services.cancel_dialogue(cancelled, why="Mưa lũ", actor=None)
    assert named(cancelled) == []
    settings.DANVAN_TODAY = date(2027, 5, 26)  # 180 days after it
    wipe_dialogue_names()
    assert named(open_one) == ["Lô Văn Nam", "Vi Thị Mai"]
    settings.DANVAN_TODAY = date(2027, 5, 27)
    wipe_dialogue_names()
    wipe_dialogue_names()
    assert named(open_one) == []
    assert AuditEntry.objects.filter(action="dialogues.wipe_names").count() == 1


def named(dialogue):
    kept = [*dialogue.questions.exclude(name=""), *dialogue.opinions.exclude(name="")]
    return [one.name for one in kept]


def graded(dialogue, **numbers):
    DialogueSlipGrade.objects.bulk_create(
        DialogueSlipGrade(dialogue=dialogue, voter=f"{grade}{n}", grade=grade)
        for grade, number in numbers.items()
        for n in range(number)
    )
    return grades_of(dialogue)


def test_grades_of_few_are_not_shown_nor_any_while_they_come_in(taking):
    assert graded(taking, good=9).total is None
    watched = graded(taking, poor=15)
    assert (watched.total, watched.at_least, watched.counts) == (20, True, [])
    Dialogue.objects.filter(pk=taking.pk).update(
        state="closed", concluded_on=COMING, closed_on=COMING
    )
    taking.refresh_from_db()
    hidden = grades_of(taking)
    assert (hidden.total, hidden.at_least, hidden.counts) == (24, False, [])
    assert "dưới 10" in hidden.why
    assert graded(taking, fair=10).counts == []
    DialogueSlipGrade.objects.filter(grade="good").delete()
    counts = dict(grades_of(taking).counts)
    assert counts == {"Rất tốt": 0, "Tốt": 0, "Đạt": 10, "Chưa đạt": 15}
    LegalParameter.objects.filter(key="people.suppress.below").delete()
    LegalParameter.objects.filter(key="dialogue.questions.close").delete()
    assert grades_of(taking).total is None
    assert ask_until(taking) == COMING
