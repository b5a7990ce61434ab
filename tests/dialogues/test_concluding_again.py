"""A conclusion that is carried out again and again: who owns it, its turns behind the slips, and the end."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from danvan.commitments.models import Commitment, CommitmentSeries
from danvan.commitments.selectors import behind_code
from danvan.commitments.services import (
    Assignment,
    Rule,
    claim_done,
    dispute_commitment,
    end_series,
    open_turns,
    verify_commitment,
)
from danvan.dialogues.counters import carried_out
from danvan.dialogues.papers import conclusion_notice
from danvan.dialogues.selectors import card_of, lines_of, unowned
from danvan.dialogues.services import (
    close_dialogue,
    drop_conclusion,
    issue_conclusions,
    issue_slips,
    note_none_above,
    own_conclusion_again,
    settle_opinion,
)
from danvan.foundation.events import deliver
from danvan.foundation.models import OutboxEvent
from danvan.foundation.periods import Every, Period
from danvan.law.services import load_calendar, load_parameters
from tests.dialogues import talks
from tests.dialogues.talks import fresh, refused
from tests.factories.province import Province, make_grant
from tests.once import once, own

pytestmark = pytest.mark.django_db
NOVEMBER = Period.starting(date(2026, 11, 1), Every.MONTH)
MONTHLY = Rule("month", date(2026, 12, 25), ahead=10)


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
def lead(province):
    return province.governments[0]


def again(conclusion, lead, rule=MONTHLY, **more):
    one = Assignment(lead.pk, "Thu gom rác chợ", "Biên bản", None)
    return own_conclusion_again(conclusion, one, rule, **{"actor": None, **more})


def ready(unit, lead):
    """Its one conclusion is carried out every month; the notice may go out."""
    dialogue = talks.written(unit)
    conclusion = talks.taken(dialogue)
    settle_opinion(talks.said(dialogue), way="given", conclusion=conclusion, actor=None)
    series = again(conclusion, lead)
    talks.decided(dialogue)
    note_none_above(dialogue, actor=None)
    return fresh(dialogue), series


def deliver_all():
    for row in OutboxEvent.objects.order_by("pk"):
        deliver(row.pk)


def done(given, on):
    claim_done(given, result="Đã thu gom", on=on, actor=None)
    given.refresh_from_db()
    verify_commitment(given, finding="Đạt", on=on, actor=None)


def test_it_is_owned_before_the_first_turn_and_each_turn_keeps_the_sentence(unit, lead, settings):
    found = talks.taken(talks.written(unit))
    series = again(found, lead)
    assert (series.lead_id, series.assigner_id) == (lead.pk, unit.pk)
    assert unowned(found.dialogue) == []
    assert not Commitment.objects.exists()
    assert "rút việc" in refused(drop_conclusion, found).message
    settings.DANVAN_TODAY = date(2026, 12, 15)
    assert open_turns() == 1
    turn = Commitment.objects.get()
    assert (turn.source_kind, turn.source_id) == ("dialogues.conclusion", found.pk)
    assert (turn.source_start, turn.source_end, turn.source_sentence) == (
        found.start, found.end, found.sentence,
    )  # fmt: skip
    assert turn.source_symbol == found.dialogue.number


def test_what_was_given_again_by_mistake_is_taken_back_and_the_sentence_put_back(unit, lead):
    found = talks.taken(talks.written(unit))
    series = again(found, lead)
    assert "thôi lặp lại" in refused(drop_conclusion, found).message
    end_series(series, words="Giao nhầm", actor=None)
    drop_conclusion(found, actor=None)
    assert not found.dialogue.conclusions.exists()


def test_who_may_hold_the_dialogue_gives_it_and_not_once_it_is_closed(province, unit, lead):
    found = talks.taken(talks.written(unit))
    officer = make_grant(province.communes[0], "commune_officer")
    assert "chưa có quyền" in refused(
        lambda actor: again(found, lead, actor=make_grant(province.communes[1], "commune_officer"))
    ).message  # fmt: skip
    assert again(found, lead, actor=officer).next_on == date(2026, 12, 25)
    planned = talks.planned(unit)
    found.dialogue = planned
    assert "đã đối thoại" in refused(lambda actor: again(found, lead)).message


def test_the_page_and_the_notice_tell_the_rule_and_a_turn_not_twice(
    province, unit, lead, client, settings
):
    dialogue, series = ready(unit, lead)
    officer = make_grant(province.communes[0], "commune_officer")
    client.force_login(officer)
    page = unescape(client.get(reverse("dialogues:card", args=[dialogue.pk])).content.decode())
    for said in (
        series.number,
        "Hằng tháng, hạn lượt đầu 25/12/2026",
        "Chưa lượt nào kiểm tra xong",
    ):
        assert said in page
    assert "Chưa có chủ trì" not in page
    card = card_of(officer, dialogue)
    assert card.opinions[0].due == [date(2026, 12, 25)]
    settings.DANVAN_TODAY = date(2026, 12, 15)
    open_turns()
    card = card_of(officer, dialogue)
    [line] = card.conclusions
    assert (len(line.given), line.once, len(line.leads)) == (1, [], 1)
    paper = conclusion_notice(card, host_kind="", place="", symbol="")
    assert [row[-1] for row in paper.grid.rows] == ["Hằng tháng, hạn lượt đầu 25/12/2026"]
    assert card.opinions[0].due == [Commitment.objects.get().due_on]


def test_slips_follow_the_turns_that_are_made_after_the_notice(unit, lead, settings):
    dialogue, _ = ready(unit, lead)
    [slip] = issue_slips(dialogue, number=1, actor=None)
    issue_conclusions(dialogue, on=talks.TODAY, actor=None)
    assert behind_code(slip.code).followed == []
    settings.DANVAN_TODAY = date(2026, 12, 15)
    open_turns()
    deliver_all()
    deliver_all()
    assert len(behind_code(slip.code).followed) == 1


def test_before_the_notice_no_slip_follows_a_turn(unit, lead, settings):
    dialogue, _ = ready(unit, lead)
    [slip] = issue_slips(dialogue, number=1, actor=None)
    settings.DANVAN_TODAY = date(2026, 12, 15)
    open_turns()
    deliver_all()
    assert behind_code(slip.code).followed == []


def test_it_closes_over_a_turn_to_come_and_not_over_one_whose_day_is_over(
    province, unit, lead, settings
):
    dialogue, _ = ready(unit, lead)
    dialogue = issue_conclusions(dialogue, on=talks.TODAY, actor=None)
    settings.DANVAN_TODAY = date(2026, 12, 15)
    open_turns()
    turn = Commitment.objects.get()
    settings.DANVAN_TODAY = date(2027, 1, 5)
    assert turn.number in refused(close_dialogue, dialogue).message
    settings.DANVAN_TODAY = date(2026, 12, 24)
    assert close_dialogue(dialogue, actor=None).state == "closed"
    reader = make_grant(province.communes[0], "commune_officer")
    assert card_of(reader, fresh(dialogue)).again == []
    done(turn, date(2026, 12, 24))
    dispute_commitment(turn, code_id=7, words="Rác vẫn còn")
    assert card_of(reader, fresh(dialogue)).again == [turn]


def test_it_counts_as_carried_out_only_when_nothing_comes_back_any_more(unit, lead, settings):
    dialogue, series = ready(unit, lead)
    issue_conclusions(dialogue, on=talks.TODAY, actor=None)
    settings.DANVAN_TODAY = date(2026, 12, 15)
    open_turns()
    done(Commitment.objects.get(), date(2026, 12, 15))
    [line] = lines_of([dialogue], on=date(2026, 12, 15))
    assert (line.unowned, line.done) == (0, 0)
    assert carried_out([unit.pk], [NOVEMBER]) == []
    end_series(series, words="Đã có tổ thu gom", actor=None)
    [line] = lines_of([dialogue], on=date(2026, 12, 15))
    assert (line.unowned, line.done) == (0, 1)
    assert len(carried_out([unit.pk], [NOVEMBER])) == 1


def test_a_duty_that_ended_before_its_first_turn_leaves_the_conclusion_without_an_owner(unit, lead):
    dialogue, series = ready(unit, lead)
    end_series(series, words="Nhầm", actor=None)
    assert len(unowned(dialogue)) == 1
    assert "Chưa có đơn vị chủ trì" in refused(issue_conclusions, dialogue, on=talks.TODAY).message


def test_all_faults_of_giving_a_conclusion_are_told_in_one_round(province, unit, client):
    found = talks.taken(talks.written(unit))
    client.force_login(make_grant(province.communes[0], "commune_officer"))
    at = reverse("dialogues:own", args=[found.dialogue_id, found.pk])
    typed = {
        "title": "", "lead": "không có đâu", "product": "x" * 301, "proof": "y" * 301, "due_on": "01/10/2026",
    }  # fmt: skip
    page = client.post(at, typed)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"title", "lead", "product", "proof", "due_on"}
    assert "y" * 301 in page.content.decode()
    page = client.post(at, {**typed, "every": "week", "due_on": "20/11/2026", "ahead": "0"})
    assert set(page.context["form"].errors) == {
        "title", "lead", "product", "proof", "due_on", "ahead",
    }  # fmt: skip
    assert not CommitmentSeries.objects.exists()
    whole = {
        "title": "Thu gom rác", "lead": "Ủy ban nhân dân Xã Môn Sơn", "product": "Biên bản",
        "every": "month", "due_on": "25/12/2026", "until": "", "ahead": "10",
    }  # fmt: skip
    assert client.post(at, whole).status_code == 302
    assert CommitmentSeries.objects.get().source_id == found.pk


def test_the_day_of_the_notice_and_what_is_missing_are_told_in_one_round(province, unit, client):
    one = talks.written(unit)
    client.force_login(make_grant(province.communes[0], "commune_officer"))
    typed = {"on": "21/11/2026", "signer": "x" * 121, "seen": fresh(one).changes}
    page = client.post(reverse("dialogues:do-issue", args=[one.pk]), typed)
    form = page.context["forms"]["issue"]
    assert page.status_code == 422
    assert {"on", "signer", "__all__"} == set(form.errors)
    assert "x" * 121 in page.content.decode()
