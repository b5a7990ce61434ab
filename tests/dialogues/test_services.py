"""Each act on a dialogue: what it writes, what it refuses, and that a refusal leaves nothing."""

from datetime import date, time

import pytest

from danvan.dialogues.models import Dialogue, DialogueOpinion
from danvan.dialogues.services import (
    announce_dialogue,
    cancel_dialogue,
    move_dialogue,
    note_none_above,
    record_held,
    record_ratings,
    settle_opinion,
)
from danvan.foundation import search
from danvan.foundation.models import AuditEntry
from tests.dialogues import talks
from tests.dialogues.talks import fresh, refused
from tests.factories.province import Province, make_grant
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
