"""What is counted of dialogues, for whom, once; and what a merger leaves where it was."""

from datetime import date

import pytest

from danvan.activities.models import Activity
from danvan.commitments.services import claim_done, verify_commitment
from danvan.desk.subscribers import count_dialogue
from danvan.dialogues.events import DialogueHeld
from danvan.dialogues.models import Dialogue
from danvan.dialogues.selectors import readable_dialogues, required_of, yearly
from danvan.dialogues.selectors.rules import checks_of
from danvan.dialogues.services import cancel_dialogue, issue_conclusions
from danvan.foundation.periods import Every, Period
from danvan.indicators.counters import named
from danvan.organisations.holders import holder_named
from tests.dialogues import talks
from tests.factories import ActivityFactory
from tests.factories.merging import Merger, exported
from tests.factories.province import Province, make_grant

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2026")
KEYS = ["dialogues.co_host", "dialogues.former_host", "dialogues.host", "dialogues.opinions"]


@pytest.fixture(autouse=True)
def today(settings):
    settings.DANVAN_TODAY = talks.TODAY


@pytest.fixture
def province():
    return Province()


def counts(key, *units, period=YEAR):
    return named(f"dialogues.{key}").count({unit.pk for unit in units}, period)


def test_dialogues_conclusions_and_what_was_carried_out_add_up(province):
    unit, lead = province.committees[0], province.governments[0]
    one, given = talks.concluded(unit, lead)
    cancel_dialogue(talks.planned(unit), why="Mưa", actor=None)
    talks.held(province.committees[1])
    units = province.committees
    assert counts("held", *units) == {unit.pk: 1, province.committees[1].pk: 1}
    assert counts("conclusions", *units) == {unit.pk: 1}
    assert counts("conclusions_done", *units) == {}
    claim_done(given, result="Xong", on=talks.TODAY, actor=None)
    given.refresh_from_db()
    verify_commitment(given, finding="Đạt", on=talks.TODAY, actor=None)
    assert counts("conclusions_done", *units) == {unit.pk: 1}
    months = YEAR.parts(Every.MONTH)
    for key in ("held", "conclusions", "conclusions_done"):
        counter = named(f"dialogues.{key}")
        ids = {row.pk for row in units}
        by_month = counter.count_by(ids, months)
        assert sum(by_month.values()) == sum(counts(key, *units).values())
        assert counter.number_of_records(ids, YEAR) == sum(by_month.values())
        assert sum(row.quantity for row in counter.records(ids, YEAR)) == sum(by_month.values())
        assert counter.count_by(ids, []) == {}
    [row] = named("dialogues.conclusions").records({unit.pk}, YEAR)
    assert (row.model, row.pk, row.unit_id) == ("dialogues.dialogue", one.pk, unit.pk)


def test_a_dialogue_is_one_activity_however_often_it_is_told(province):
    one, other = talks.held(province.committees[0]), talks.held(province.committees[0])
    for told in (one, one, other):
        count_dialogue(DialogueHeld(dialogue_id=told.pk))
    found = Activity.objects.order_by("pk")
    assert [(row.unit_id, row.held_on, row.attendance) for row in found] == [
        (province.committees[0].pk, talks.DAY, 186)
    ] * 2
    assert named("activities.dialogue").count({province.committees[0].pk}, YEAR) == {
        province.committees[0].pk: 2
    }


def test_one_recorded_by_hand_stands_for_the_dialogue_of_that_day(province):
    ActivityFactory(unit=province.committees[0], kind="dialogue", held_on=talks.DAY)
    count_dialogue(DialogueHeld(dialogue_id=talks.held(province.committees[0]).pk))
    count_dialogue(DialogueHeld(dialogue_id=talks.planned(province.committees[0]).pk))
    assert Activity.objects.count() == 1


def test_an_unfinished_dialogue_passes_and_what_was_held_counts_where_it_was(province, settings):
    settings.DANVAN_TODAY = date(2026, 8, 20)
    unit, lead = province.committees[0], province.governments[0]
    early = talks.planned(unit, held_on=date(2026, 6, 1), co_host_id=province.fronts[0].pk)
    talks.record_held(early, attendance={"residents": 9}, households=None, actor=None)
    talks.write_conclusion(early, text=talks.TEXT, actor=None)
    talks.said(early)
    late = talks.planned(unit, held_on=date(2026, 8, 1))
    gone = cancel_dialogue(talks.planned(unit, held_on=date(2026, 6, 2)), why="Mưa", actor=None)
    before = exported(*KEYS)
    merger = Merger(province).found()
    moved = merger.hand_over(*KEYS)
    assert [one.title for one in moved] == [
        f"Đối thoại {early.number} ngày 01/06/2026", f"Đối thoại {late.number} ngày 01/08/2026"
    ]  # fmt: skip
    rows = dict(Dialogue.objects.values_list("pk", "unit_id"))
    assert rows == {early.pk: merger.committee.pk, late.pk: merger.committee.pk, gone.pk: unit.pk}
    talks.record_held(late, attendance={"residents": 5}, households=None, actor=None)
    assert counts("held", unit, merger.committee) == {unit.pk: 1, merger.committee.pk: 1}
    talks.answered(early.opinions.get())
    talks.note_none_above(early, actor=None)
    talks.owned(talks.taken(Dialogue.objects.get(pk=early.pk)), merger.government)
    talks.decided(early)
    issue_conclusions(early, on=date(2026, 8, 2), actor=None)
    assert counts("conclusions", unit, merger.committee) == {merger.committee.pk: 1}
    assert lead.pk != merger.government.pk
    step = early.steps.get(kind="passed")
    assert step.words == "Theo SX-2026-014"
    before["dialogues.host"] = exported(*KEYS)["dialogues.host"]
    assert holder_named("dialogues.former_host").count_rows({unit.pk}) == {unit.pk: 2}


def test_an_undone_merger_leaves_no_trace(province, settings):
    settings.DANVAN_TODAY = date(2026, 8, 20)
    talks.planned(province.committees[0], held_on=date(2026, 9, 1))
    before = exported(*KEYS)
    merger = Merger(province).found()
    merger.hand_over(*KEYS)
    merger.take_back(*KEYS)
    assert exported(*KEYS) == before
    assert [step.kind for step in Dialogue.objects.get().steps.all()] == ["planned"]


def test_what_passed_twice_keeps_its_first_host_and_goes_on(province, settings):
    settings.DANVAN_TODAY = date(2026, 8, 20)
    one = talks.planned(province.committees[0], held_on=date(2026, 9, 1))
    Dialogue.objects.update(former=province.committees[2], passed_on=date(2026, 1, 1))
    merger = Merger(province).found()
    [moved] = merger.hand_over("dialogues.host")
    host = holder_named("dialogues.host")
    passed = host.pass_on(moved, province.committees[2].pk, actor=None)
    row = Dialogue.objects.get()
    assert (row.unit_id, row.former_id) == (province.committees[2].pk, province.committees[2].pk)
    assert one.steps.filter(kind="passed").count() == 2
    host.take_back([passed], merger.passage, actor=None)
    row.refresh_from_db()
    assert (row.unit_id, row.passed_on) == (province.committees[0].pk, date(2026, 1, 1))


def test_without_the_law_nothing_is_required_and_the_page_says_so(province):
    unit = province.committees[0]
    reader = make_grant(province.place, "leader")
    assert required_of("party_committee", "commune", on=talks.DAY) is None
    assert required_of("peoples_committee", "province", on=talks.DAY) is None
    assert {line.required for line in yearly(reader, YEAR, on=talks.TODAY)} == {None}
    words = {check.rule: check.word for check in checks_of(talks.announced(unit), [], unowned=0)}
    assert words["Thông báo, niêm yết trước khi đối thoại"] == "Đã có"
    assert not any(rule.startswith("Số cuộc") for rule in words)


def test_the_rules_are_held_against_what_was_done(province):
    from danvan.law.services import load_calendar, load_parameters

    load_parameters()
    load_calendar([2026])
    government, front = province.governments[0], province.fronts[0]
    plan = {"kind": "government", "held_on": date(2026, 11, 19)}

    def words(dialogue, unowned=0):
        return {
            check.rule: check.word
            for check in checks_of(dialogue, list(dialogue.opinions.all()), unowned=unowned)
        }

    notice, with_front = "Thông báo, niêm yết trước khi đối thoại", "Phối hợp với MTTQ cùng cấp"
    assert words(talks.planned(government, **plan))[with_front] == "Chưa ghi"
    late = talks.planned(government, **plan, co_host_id=front.pk)
    talks.announce_dialogue(late, on=date(2026, 11, 18), where="Loa", actor=None)
    late.refresh_from_db()
    assert words(late)[notice] == "Chậm"
    assert words(late)[with_front] == "Có"
    never = talks.record_held(
        talks.planned(government, **plan), attendance={"front": 1}, households=None, actor=None
    )
    assert words(never)[notice] == "Không có"
    assert words(never)["Mỗi ý kiến có hướng xử lý"] == "Chưa ghi"
    assert words(never, unowned=2)["Thông báo kết luận"] == "Còn 2 kết luận chưa có chủ trì"
    assert words(never)["Thông báo kết luận"] == "Chưa ra"
    assert words(never)["Số cuộc trong năm 2026"] == "1/1 cuộc"
    soon = talks.planned(government, kind="government", held_on=date(2026, 12, 20))
    assert words(soon)[notice] == "Chưa có"


def test_only_what_is_in_reach_is_readable(province):
    mine, other = talks.planned(province.committees[0]), talks.planned(province.committees[1])
    reader = make_grant(province.communes[0], "commune_officer")
    assert readable_dialogues(reader, [mine.pk, other.pk]) == {mine.pk}
