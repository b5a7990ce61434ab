"""Each act on a dialogue: what it writes, what it refuses, and that a refusal leaves nothing."""

from datetime import date, time

import pytest

from danvan.commitments.services import (
    Assignment,
    claim_done,
    decline_commitment,
    verify_commitment,
)
from danvan.dialogues.models import Dialogue, DialogueConclusion, DialogueOpinion
from danvan.dialogues.selectors import unowned
from danvan.dialogues.services import (
    add_conclusion,
    announce_dialogue,
    cancel_dialogue,
    close_dialogue,
    drop_conclusion,
    issue_conclusions,
    move_dialogue,
    note_none_above,
    own_conclusion,
    record_held,
    record_ratings,
    settle_opinion,
    write_conclusion,
)
from danvan.foundation import search
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from tests.dialogues import talks
from tests.factories.province import Province, make_grant, make_user
from tests.once import once, own
from tests.organisations.officers import hold, make_officer, make_post

pytestmark = pytest.mark.django_db
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


def refused(act, *args, **more):
    with pytest.raises(RuleError) as broken:
        act(*args, **{"actor": None, **more})
    return broken.value


def fresh(dialogue):
    return Dialogue.objects.get(pk=dialogue.pk)


def test_a_dialogue_is_planned_with_its_number_and_its_first_step(unit, province):
    one = talks.planned(unit, starts_at=time(8), co_host_id=province.fronts[0].pk)
    assert one.number == "DT-2026-0001"
    assert (one.state, one.head_name, one.co_host_id) == (
        "planned", "Kha Thị Hồng Nhung", province.fronts[0].pk,
    )  # fmt: skip
    assert [step.kind for step in one.steps.all()] == ["planned"]
    assert AuditEntry.objects.filter(action="dialogues.plan").get().details == {"unit_id": unit.pk}


def test_the_head_is_who_holds_the_post_on_the_day(unit):
    hold(make_officer("Lô Văn Hùng"), make_post(unit, "Bí thư Đảng ủy"))
    one = talks.planned(unit, head_name="", head_title="")
    assert (one.head_name, one.head_title) == ("Lô Văn Hùng", "Bí thư Đảng ủy")


def test_every_fault_of_a_plan_is_told_at_once(unit):
    broken = refused(
        lambda actor: talks.planned(
            unit,
            kind="government",
            subject=" ",
            place="",
            shape="x",
            co_host_id=unit.pk,
            held_on=date(2029, 1, 1),
            basis="b" * 301,
        )
    )
    columns = [one.column for one in broken.faults]
    assert columns == ["kind", "co_host", "shape", "subject", "place", "basis", "held_on"]
    assert not Dialogue.objects.exists()


@pytest.mark.parametrize("where", ["place", "nowhere"])
def test_only_a_standing_organisation_hosts(province, where):
    unit_id = province.communes[0].pk if where == "place" else 999_999
    broken = refused(lambda actor: talks.planned(province.committees[0], unit_id=unit_id, kind="x"))
    assert [one.column for one in broken.faults] == ["unit", "kind"]


def test_whoever_has_no_right_there_plans_nothing(province, unit):
    from danvan.dialogues.services import Plan, plan_dialogue

    stranger = make_grant(province.communes[1], "commune_officer")
    plan = Plan(
        unit_id=unit.pk, kind="party_head", subject="Đất", held_on=talks.DAY, place="Nhà văn hóa"
    )
    broken = refused(plan_dialogue, plan, actor=stranger)
    assert [one.column for one in broken.faults] == ["unit"]


def test_a_notice_is_written_down_once(unit):
    one = talks.announced(unit)
    assert (one.state, one.noticed_on) == ("announced", date(2026, 11, 4))
    broken = refused(announce_dialogue, one, on=date(2026, 11, 5), where="Loa")
    assert "đã thông báo" in broken.message


@pytest.mark.parametrize(
    ("on", "number"), [(date(2026, 11, 21), 2), (date(1900, 1, 1), 1), (date(2026, 11, 15), 1)]
)
def test_a_notice_stands_before_the_day(unit, on, number):
    one = talks.planned(unit)
    broken = refused(announce_dialogue, one, on=on, where="Loa")
    assert [fault.column for fault in broken.faults] == ["on"] * number
    assert fresh(one).noticed_on is None


def test_a_notice_says_where(unit):
    assert (
        refused(announce_dialogue, talks.planned(unit), on=talks.DAY, where=" ").faults[0].column
        == "where"
    )
    long = refused(announce_dialogue, talks.planned(unit), on=talks.DAY, where="x" * 301)
    assert "dài quá" in long.message


def test_a_dialogue_is_moved_with_its_reason_and_must_be_told_anew(unit):
    one = move_dialogue(talks.announced(unit), to=date(2026, 12, 5), why="Mưa lũ", actor=None)
    assert (one.state, one.held_on, one.noticed_on) == ("planned", date(2026, 12, 5), None)
    assert one.steps.last().words == "Từ 14/11/2026 sang 05/12/2026: Mưa lũ"


@pytest.mark.parametrize("to", [talks.DAY, date(2026, 11, 19), date(2029, 1, 1)])
def test_it_is_moved_to_another_day_to_come(unit, to):
    one = talks.announced(unit)
    assert refused(move_dialogue, one, to=to, why="Mưa").faults[0].column == "to"
    assert fresh(one).held_on == talks.DAY


def test_what_was_held_is_neither_moved_nor_cancelled(unit):
    one = talks.held(unit)
    assert "đã đối thoại" in refused(move_dialogue, one, to=date(2026, 12, 5), why="Mưa").message
    assert "không hủy" in refused(cancel_dialogue, one, why="Mưa").message


def test_a_cancelled_one_keeps_its_reason(unit):
    one = cancel_dialogue(talks.announced(unit), why="Trùng bầu cử", actor=None)
    assert (one.state, one.steps.last().words) == ("cancelled", "Trùng bầu cử")


def test_two_people_act_at_once_and_one_wins(unit):
    one = talks.announced(unit)
    cancel_dialogue(one, why="Mưa", seen=one.changes, actor=None)
    broken = refused(
        record_held, one, attendance={"residents": 5}, households=None, seen=one.changes
    )
    assert "vừa sửa" in broken.message


def test_who_came_is_counted_by_group(unit):
    one = talks.held(unit)
    assert list(one.attendance.values_list("crowd", "number")) == [
        ("residents", 150),
        ("front", 36),
    ]
    assert (one.state, one.households) == ("held", 164)


@pytest.mark.parametrize(
    ("attendance", "households", "column"),
    [
        ({}, None, "residents"),
        ({"residents": -1}, None, "residents"),
        ({"residents": 100_001}, None, "residents"),
        ({"strangers": 4}, None, "attendance"),
        ({"residents": 4}, 5, "households"),
        ({"residents": 4}, -1, "households"),
    ],
)
def test_counts_that_cannot_be_are_refused(unit, attendance, households, column):
    one = talks.announced(unit)
    broken = refused(record_held, one, attendance=attendance, households=households)
    assert [fault.column for fault in broken.faults] == [column]
    assert fresh(one).state == "announced"


def test_nothing_is_held_before_its_day(unit):
    one = talks.planned(unit, held_on=date(2026, 11, 25))
    assert (
        "chưa diễn ra"
        in refused(record_held, one, attendance={"residents": 3}, households=None).message
    )


def test_ratings_are_counts_and_the_last_tally_stands(unit):
    one = record_ratings(talks.held(unit), grades={"very_good": 90, "poor": 2}, actor=None)
    record_ratings(one, grades={"good": 7, "fair": 0}, actor=None)
    assert list(one.ratings.values_list("grade", "number")) == [("good", 7)]


def test_more_sheets_than_people_are_refused(unit):
    assert "nhiều hơn" in refused(record_ratings, talks.held(unit), grades={"good": 187}).message
    assert "sau khi" in refused(record_ratings, talks.announced(unit), grades={"good": 1}).message


def test_an_opinion_is_written_down_in_its_place(unit):
    one = talks.announced(unit)
    talks.said(one, heard="before")
    opinion = talks.said(one, "Rác ở chợ", heard="before", name="Vi Thị Mai")
    assert (opinion.place, opinion.way, opinion.name) == (2, "open", "Vi Thị Mai")


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"content": " "}, "content"),
        ({"heard": "later"}, "heard"),
        ({"heard": "floor"}, "heard"),
        ({"name": "x" * 121}, "name"),
    ],
)
def test_an_opinion_that_cannot_be_is_refused(unit, changes, column):
    one = talks.announced(unit)
    broken = refused(lambda actor: talks.said(one, **{"heard": "before", **changes}))
    assert [fault.column for fault in broken.faults] == [column]
    assert not DialogueOpinion.objects.exists()


def test_names_and_opinions_are_not_found_by_search(unit):
    one = talks.announced(unit)
    talks.said(one, "Bãi rác lộ thiên", heard="before", name="Vi Thị Mai")
    for words, number in (("cầu treo", 1), ("hòa sơn", 1), ("vi thị mai", 0), ("lộ thiên", 0)):
        assert search.find(Dialogue.objects.all(), words).count() == number


def test_an_opinion_is_answered_given_or_passed_above(unit, lead):
    one = talks.written(unit)
    first, second, third = talks.said(one), talks.said(one), talks.said(one)
    conclusion = talks.taken(one)
    talks.answered(first)
    given = settle_opinion(second, way="given", conclusion=conclusion, above="x", actor=None)
    above = settle_opinion(third, way="above", above="Sở Xây dựng", unit_id=lead.pk, actor=None)
    assert (given.conclusion_id, given.above) == (conclusion.pk, "")
    assert (above.above, above.unit_id) == ("Sở Xây dựng", None)
    other = settle_opinion(
        third, way="given", unit_id=lead.pk, due_on=date(2026, 12, 1), actor=None
    )
    assert (other.unit_id, other.due_on, other.above) == (lead.pk, date(2026, 12, 1), "")


@pytest.mark.parametrize(
    ("said", "columns"),
    [
        ({"way": "open"}, ["way"]),
        ({"way": "answered"}, ["answer"]),
        ({"way": "given"}, ["unit"]),
        ({"way": "given", "unit_id": 999_999, "due_on": date(2020, 1, 1)}, ["unit", "due_on"]),
        ({"way": "above"}, ["above"]),
        ({"way": "answered", "answer": "x" * 20_001}, ["answer"]),
        ({"way": "above", "above": "x" * 201}, ["above"]),
    ],
)
def test_a_way_says_what_it_needs(unit, said, columns):
    opinion = talks.said(talks.held(unit))
    broken = refused(settle_opinion, opinion, **said)
    assert [fault.column for fault in broken.faults] == columns
    opinion.refresh_from_db()
    assert opinion.way == "open"


def test_a_way_is_found_only_after_the_dialogue_and_within_it(unit):
    early = talks.said(talks.announced(unit), heard="before")
    assert "đã thông báo" in refused(settle_opinion, early, way="answered", answer="x").message
    other = talks.taken(talks.written(unit))
    opinion = talks.said(talks.held(unit))
    assert "khác" in refused(settle_opinion, opinion, way="given", conclusion=other).message


def test_nothing_above_is_a_result_and_gives_way_to_what_is(unit):
    one = talks.held(unit)
    assert note_none_above(one, actor=None).none_above
    settle_opinion(talks.said(one), way="above", above="Sở Xây dựng", actor=None)
    assert not fresh(one).none_above
    assert "chuyển cấp trên" in refused(note_none_above, one).message
    assert "sau khi" in refused(note_none_above, talks.planned(unit)).message


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
    assert len(broken.faults) == 3
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
    from danvan.commitments.services import withdraw_commitment

    one = talks.written(unit)
    given = talks.owned(talks.taken(one), lead, due_on=None)
    note_none_above(one, actor=None)
    one = issue_conclusions(one, on=talks.TODAY, actor=None)
    withdraw_commitment(given, words="Giao nhầm", actor=None)
    assert "Chưa có đơn vị chủ trì" in refused(close_dialogue, one).message
    talks.owned(one.conclusions.get(), lead, due_on=None)
    assert close_dialogue(one, actor=None).state == "closed"


def test_a_lead_that_declines_owns_nothing(unit, lead):
    one = talks.written(unit)
    given = talks.owned(talks.taken(one), lead)
    note_none_above(one, actor=None)
    decline_commitment(given, words="Không thuộc thẩm quyền", actor=None)
    assert "Chưa có đơn vị chủ trì" in refused(issue_conclusions, one, on=talks.TODAY).message


def test_a_dialogue_not_concluded_is_not_closed(unit):
    assert "đã đối thoại" in refused(close_dialogue, talks.written(unit)).message
