"""The head's conclusions: taken out, owned, issued, closed; what is refused leaves nothing."""

from datetime import date

import pytest
from django.urls import reverse

from danvan.commitments.services import (
    Assignment,
    assign_commitments,
    claim_done,
    decline_commitment,
    dispute_commitment,
    supersede_commitment,
    verify_commitment,
    withdraw_commitment,
)
from danvan.dialogues.counters import carried_out
from danvan.dialogues.models import DialogueConclusion
from danvan.dialogues.selectors import card_of, unowned
from danvan.dialogues.selectors.cards import said_no_work, undecided
from danvan.dialogues.services import (
    add_conclusion,
    close_dialogue,
    drop_conclusion,
    issue_conclusions,
    note_none_above,
    own_conclusion,
    say_no_work,
    settle_opinion,
    take_up_again,
    write_conclusion,
)
from danvan.foundation.periods import Every, Period
from tests.dialogues import talks
from tests.dialogues.talks import fresh, refused
from tests.factories.province import Province, make_grant, make_user
from tests.once import once, own

pytestmark = pytest.mark.django_db
NOVEMBER = Period.starting(date(2026, 11, 1), Every.MONTH)
_province = once(Province, DANVAN_TODAY=talks.TODAY)


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


def test_a_conclusion_is_a_sentence_of_the_heads_words(unit):
    one = talks.written(unit)
    found = talks.taken(one)
    assert found.sentence.startswith("Giao Ủy ban nhân dân xã sửa xong cầu treo")
    assert one.conclusion[found.start : found.end] == found.sentence
    assert [row.pk for row in unowned(one)] == [found.pk]
    assert "đã tách" in refused(add_conclusion, one, start=found.start).message
    assert "Không thấy" in refused(add_conclusion, one, start=3).message
    assert "tách việc" in refused(write_conclusion, one, text="Khác").message
    drop_conclusion(found, actor=None)
    assert write_conclusion(one, text="Khác", actor=None).conclusion == "Khác"


def test_words_are_concluded_only_after_the_dialogue(unit):
    assert "sau khi" in refused(write_conclusion, talks.planned(unit), text="Giao việc").message
    assert refused(write_conclusion, talks.held(unit), text=" ").faults[0].column == "text"


def test_a_conclusion_is_owned_through_the_ledger(unit, lead):
    found = talks.taken(talks.written(unit))
    given = talks.owned(found, lead)
    assert (given.lead_id, given.assigner_id) == (lead.pk, unit.pk)
    assert (given.source_kind, given.source_id) == ("dialogues.conclusion", found.pk)
    assert (given.source_start, given.source_end) == (found.start, found.end)
    assert given.source_symbol == found.dialogue.number
    assert unowned(found.dialogue) == []
    assert "rút việc" in refused(drop_conclusion, found).message
    assert DialogueConclusion.objects.filter(pk=found.pk).exists()


def test_who_may_hold_the_dialogue_gives_its_conclusions_and_nobody_else(province, unit, lead):
    found = talks.taken(talks.written(unit))
    one = Assignment(lead.pk, "Sửa cầu", "Biên bản", date(2026, 12, 31))
    officer = make_grant(province.communes[0], "commune_officer")
    refused(own_conclusion, found, one, actor=make_user())
    assert unowned(found.dialogue) == [found]
    assert own_conclusion(found, one, actor=officer).assigned_by == officer


def test_a_lead_that_does_not_stand_owns_nothing(unit):
    found = talks.taken(talks.written(unit))
    one = Assignment(999_999, "Sửa cầu", "Biên bản", date(2020, 1, 1))
    broken = refused(own_conclusion, found, one)
    assert {fault.column for fault in broken.faults} == {"lead", "due_on"}


def test_the_notice_is_entered_in_the_register(unit, lead):
    one, _ = talks.concluded(unit, lead)
    assert (one.state, one.concluded_on) == ("concluded", talks.TODAY)
    assert (one.notice.document_type, one.notice.unit_id) == ("conclusion_notice", unit.pk)
    assert one.notice.signer == "Kha Thị Hồng Nhung"
    assert "một lần" in refused(issue_conclusions, one, on=talks.TODAY).message
    opinion = one.opinions.get()
    assert "trước khi ra" in refused(settle_opinion, opinion, way="answered", answer="x").message
    assert "trước khi ra" in refused(lambda actor: talks.said(one)).message


def test_all_that_is_missing_for_the_notice_is_told_at_once(unit):
    one = talks.written(unit)
    settle_opinion(talks.said(one), way="given", conclusion=talks.taken(one), actor=None)
    talks.said(one)
    broken = refused(issue_conclusions, one, on=talks.TODAY)
    assert len(broken.faults) == 4
    assert "Chưa có đơn vị chủ trì" in broken.faults[0].message
    assert fresh(one).state == "held"


def test_a_way_without_a_conclusion_and_a_conclusion_without_words_are_missed(unit, lead):
    one = talks.held(unit)
    settle_opinion(
        talks.said(one), way="given", unit_id=lead.pk, due_on=date(2026, 12, 1), actor=None
    )
    note_none_above(one, actor=None)
    messages = [fault.message for fault in refused(issue_conclusions, one, on=talks.TODAY).faults]
    assert messages[0] == "Chưa ghi kết luận của người đứng đầu."
    assert "chưa tách kết luận" in messages[1]


def test_every_sentence_is_work_or_said_to_be_none_before_the_notice(unit, lead):
    one = talks.written(unit)
    talks.answered(talks.said(one))
    talks.owned(talks.taken(one), lead)
    note_none_above(one, actor=None)
    [left] = undecided(
        talks.fresh(one), one.conclusions.all()
    )  # what only leads in is not asked about
    [fault] = refused(issue_conclusions, one, on=talks.TODAY).faults
    assert left.words in fault.message
    assert "Không thấy câu này" in refused(say_no_work, one, start=left.start + 1).message
    say_no_work(one, start=left.start, actor=None)
    take_up_again(one, start=left.start, actor=None)
    assert "không còn ở mục" in refused(take_up_again, one, start=left.start).message
    assert refused(issue_conclusions, one, on=talks.TODAY).faults == (fault,)
    say_no_work(one, start=left.start, actor=None)
    row = talks.taken(talks.fresh(one), 2)  # it was work after all
    assert talks.fresh(one).no_work == []
    drop_conclusion(row, actor=None)
    say_no_work(one, start=left.start, actor=None)
    issue_conclusions(one, on=talks.TODAY, actor=None)
    assert [kept.words for kept in said_no_work(talks.fresh(one))] == [left.words]
    assert "trước khi ra thông báo" in refused(take_up_again, one, start=left.start).message


@pytest.mark.parametrize("on", [date(2026, 11, 21), date(2026, 11, 13)])
def test_the_day_of_the_notice_is_after_the_dialogue_and_not_to_come(unit, lead, on):
    one, _ = talks.ready(unit, lead)
    assert refused(issue_conclusions, one, on=on).faults[0].column == "on"


def test_it_closes_when_what_was_given_is_found_done(unit, lead):
    one, given = talks.concluded(unit, lead)
    assert given.number in refused(close_dialogue, one).message
    claim_done(given, result="Đã sửa", on=talks.TODAY, actor=None)
    assert given.number in refused(close_dialogue, one).message
    given.refresh_from_db()
    verify_commitment(given, finding="Đạt", on=talks.TODAY, actor=None)
    closed = close_dialogue(one, actor=None)
    assert (closed.state, closed.closed_on) == ("closed", talks.TODAY)
    one_more = Assignment(lead.pk, "Thêm", "Biên bản", None)
    assert "chưa khép lại" in refused(own_conclusion, closed.conclusions.get(), one_more).message


def test_work_without_an_end_keeps_nothing_open_but_a_withdrawn_owner_does(unit, lead):
    one = talks.written(unit)
    given = talks.owned(talks.taken(one), lead, due_on=None)
    note_none_above(one, actor=None)
    talks.decided(one)
    one = issue_conclusions(one, on=talks.TODAY, actor=None)
    withdraw_commitment(given, words="Giao nhầm", actor=None)
    assert "Chưa có đơn vị chủ trì" in refused(close_dialogue, one).message
    talks.owned(one.conclusions.get(), lead, due_on=None)
    assert close_dialogue(one, actor=None).state == "closed"


def test_work_in_the_place_of_superseded_work_keeps_it_open(unit, lead):
    one, given = talks.concluded(unit, lead)
    again, last = assign_commitments(
        [Assignment(lead.pk, f"Sửa cầu, lần {n}", "Biên bản", date(2026, 12, 31)) for n in (1, 2)],
        assigner=unit, actor=None,
    )  # fmt: skip
    supersede_commitment(given, by=again, words="Gộp", actor=None)
    supersede_commitment(again, by=last, words="Gộp nữa", actor=None)
    assert last.number in refused(close_dialogue, one).message
    assert carried_out([unit.pk], [NOVEMBER]) == []
    done(last)
    assert len(carried_out([unit.pk], [NOVEMBER])) == 1
    assert close_dialogue(one, actor=None).state == "closed"


def test_superseded_by_what_was_then_withdrawn_nobody_owns_it(unit, lead):
    one, given = talks.concluded(unit, lead)
    [other] = assign_commitments(
        [Assignment(lead.pk, "Sửa cầu", "Biên bản", date(2026, 12, 31))], assigner=unit, actor=None
    )
    supersede_commitment(given, by=other, words="Gộp", actor=None)
    withdraw_commitment(other, words="Giao nhầm", actor=None)
    assert "Chưa có đơn vị chủ trì" in refused(close_dialogue, one).message


def done(given):
    claim_done(given, result="Đã sửa", on=talks.TODAY, actor=None)
    given.refresh_from_db()
    verify_commitment(given, finding="Đạt", on=talks.TODAY, actor=None)


def test_a_not_yet_after_its_end_is_told_on_its_page(unit, lead, province, client):
    one, given = talks.concluded(unit, lead)
    done(given)
    close_dialogue(one, actor=None)
    officer = make_grant(province.communes[0], "commune_officer")
    assert card_of(officer, fresh(one)).again == []
    dispute_commitment(given, code_id=7, words="Ván cầu vẫn mục")
    card = card_of(officer, fresh(one))
    assert (card.dialogue.state, card.again) == ("closed", [given])
    assert [stage.label for stage in card.stages if stage.current] == ["Theo dõi, trả lời"]
    client.force_login(officer)
    page = client.get(reverse("dialogues:card", args=[one.pk])).content.decode()
    assert "nay có 1 việc phải làm tiếp" in page
    assert "người hỏi trả lời “chưa xong” ngày 20/11/2026" in page


def test_a_lead_that_declines_owns_nothing(unit, lead):
    one = talks.written(unit)
    given = talks.owned(talks.taken(one), lead)
    note_none_above(one, actor=None)
    decline_commitment(given, words="Không thuộc thẩm quyền", actor=None)
    assert "Chưa có đơn vị chủ trì" in refused(issue_conclusions, one, on=talks.TODAY).message


def test_a_dialogue_not_concluded_is_not_closed(unit):
    assert "đã đối thoại" in refused(close_dialogue, talks.written(unit)).message
