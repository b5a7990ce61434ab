"""Yêu cầu giải trình: asked of many in one act, answered in the same place, taken or sent back; nothing else follows."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from danvan.commitments.enums import ExplanationStepKind, Ruling, State, StepKind
from danvan.commitments.models import Commitment, Explanation
from danvan.commitments.selectors import allowed_explanations, open_explanations
from danvan.commitments.services import (
    answer_explanation,
    ask_about,
    ask_explanations,
    rule_explanation,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import OutboxEvent
from tests.commitments.conftest import Ledger
from tests.commitments.test_assigning import ended_commune, traces
from tests.factories.province import make_grant

DUE = date(2026, 11, 27)


def ask(ledger, units=None, **changes):
    given = {
        "asker": ledger.assigner,
        "subject_kind": "indicators.target",
        "subject_ids": [4, 3],
        "subject": "Chỉ tiêu giám sát năm 2026",
        "question": "Vì sao chưa đạt",
        "due_on": DUE,
        "actor": ledger.checker,
    }
    ids = [unit.pk for unit in units or [ledger.lead]]
    return ask_explanations(ids, **{**given, **changes})


def test_many_units_are_asked_in_one_act(ledger):
    found = ask(ledger, [ledger.lead, ledger.other, ledger.lead])
    assert [one.unit_id for one in found] == [ledger.lead.pk, ledger.other.pk]
    rows = Explanation.objects.order_by("pk").values_list("subject_ids", "ruling", "due_on")
    assert list(rows) == [([3, 4], Ruling.OPEN, DUE)] * 2
    [event] = OutboxEvent.objects.all()
    assert event.body == {"explanation_ids": [one.pk for one in found]}


def test_a_unit_that_is_asked_already_is_not_asked_again(ledger):
    ask(ledger)
    [second] = ask(ledger, [ledger.lead, ledger.other])
    assert second.unit_id == ledger.other.pk
    before = traces()
    with pytest.raises(RuleError, match="đã được yêu cầu giải trình"):
        ask(ledger)
    assert traces() == before


def test_of_commitments_each_unit_is_asked_about_its_own_and_they_show_it(ledger):
    mine, yours = ledger.one(), ledger.one(lead_id=ledger.other.pk)
    found = ask_about([mine, yours], question="", due_on=DUE, actor=ledger.leader)
    assert {one.unit_id: one.subject_ids for one in found} == {
        ledger.lead.pk: [mine.pk],
        ledger.other.pk: [yours.pk],
    }
    assert found[0].subject == "Tiến độ 2 việc được giao"
    mine.refresh_from_db()
    assert (mine.changes, mine.state) == (1, State.ASSIGNED)
    last = mine.steps.last()
    assert (last.kind, last.words) == (StepKind.EXPLANATION_ASKED, "Trả lời trước 27/11/2026")
    answer_explanation(found[0], answer="Mưa lũ", actor=ledger.officer)
    assert mine.steps.last().kind == StepKind.EXPLAINED


def test_a_unit_that_explains_one_commitment_is_asked_about_the_others_only(ledger):
    first, second = ledger.one(), ledger.one()
    ask_about([first], question="Vì sao", due_on=DUE, actor=ledger.leader)
    [more] = ask_about([first, second], question="Vì sao", due_on=DUE, actor=ledger.leader)
    assert more.subject_ids == [second.pk]
    assert first.steps.filter(kind=StepKind.EXPLANATION_ASKED).count() == 1
    with pytest.raises(RuleError, match="đã được yêu cầu giải trình"):
        ask_about([second, first], question="", due_on=DUE, actor=ledger.leader)


def test_one_commitment_names_itself_and_none_is_refused(ledger):
    [one] = ask_about([ledger.one()], question="Vì sao", due_on=DUE, actor=ledger.leader)
    assert one.subject.startswith("Việc CK-2026-0001: Đổ bê tông")
    with pytest.raises(RuleError, match="ít nhất một việc"):
        ask_about([], question="", due_on=DUE, actor=ledger.leader)


def test_a_unit_that_leads_none_of_them_is_asked_about_all(ledger):
    row = ledger.one()
    [one] = ask(
        ledger, [ledger.support], subject_kind="commitments.commitment", subject_ids=[row.pk]
    )
    assert one.subject_ids == [row.pk]


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"subject": " "}, "subject", "về việc gì"),
        ({"subject": "a" * 401}, "subject", "dài quá 400 ký tự"),
        ({"question": "a" * 601}, "question", "dài quá 600 ký tự"),
        ({"due_on": date(2026, 11, 19)}, "due_on", "đã qua"),
    ],
)
def test_what_is_wrong_is_refused_and_leaves_no_trace(ledger, changes, column, words):
    before = traces()
    with pytest.raises(RuleError, match=words) as refused:
        ask(ledger, **changes)
    assert [fault.column for fault in refused.value.faults] == [column]
    assert (traces(), Explanation.objects.count()) == (before, 0)


def test_no_unit_an_ended_one_and_another_units_name_are_refused(ledger):
    with pytest.raises(RuleError, match="ít nhất một đơn vị"):
        ask_explanations(
            [], asker=ledger.assigner, subject_kind="x", subject_ids=[], subject="x",
            due_on=DUE, actor=None,
        )  # fmt: skip
    with pytest.raises(RuleError, match="nay thuộc Ủy ban nhân dân Xã Môn Sơn"):
        ask(ledger, [ended_commune(ledger)])
    with pytest.raises(RuleError, match="chưa có quyền yêu cầu giải trình"):
        ask(ledger, actor=ledger.officer)


def test_an_answer_is_taken(ledger):
    [one] = ask(ledger)
    assert list(open_explanations(ledger.officer)) == [one]
    assert list(open_explanations(ledger.checker)) == []
    with pytest.raises(RuleError, match="chưa giải trình"):
        rule_explanation(one, granted=True, words="", actor=ledger.checker)
    with pytest.raises(RuleError, match="nội dung giải trình"):
        answer_explanation(one, answer=" ", actor=ledger.officer)
    answer_explanation(one, answer="Mưa lũ kéo dài", actor=ledger.officer)
    assert list(open_explanations(ledger.officer)) == []
    assert list(open_explanations(ledger.checker)) == [one]
    with pytest.raises(RuleError, match="Lô Văn Thắng đã gửi giải trình"):
        answer_explanation(one, answer="Khác", actor=ledger.leader)
    rule_explanation(one, granted=True, words="", actor=ledger.checker)
    one.refresh_from_db()
    assert (one.answer, one.ruling, one.ruled_by) == (
        "Mưa lũ kéo dài",
        Ruling.GRANTED,
        ledger.checker,
    )
    for again in (
        lambda: answer_explanation(one, answer="Nữa", actor=ledger.officer),
        lambda: rule_explanation(one, granted=False, words="Nữa", actor=ledger.leader),
    ):
        with pytest.raises(RuleError, match="đã"):
            again()
    assert list(open_explanations(ledger.checker)) == []


def test_an_answer_is_sent_back_and_given_anew_and_nothing_is_overwritten(ledger):
    [one] = ask(ledger)
    answer_explanation(one, answer="Bận", actor=ledger.officer)
    with pytest.raises(RuleError, match="cần giải trình thêm điều gì"):
        rule_explanation(one, granted=False, words="", actor=ledger.checker)
    rule_explanation(one, granted=False, words="Nêu rõ thời hạn", actor=ledger.checker)
    with pytest.raises(RuleError, match="đã yêu cầu giải trình lại"):
        rule_explanation(one, granted=True, words="", actor=ledger.leader)
    assert list(open_explanations(ledger.officer)) == [one]
    answer_explanation(one, answer="Xong trước 31/12", actor=ledger.officer)
    steps = list(one.steps.values_list("kind", "words"))
    assert steps == [
        (ExplanationStepKind.ASKED, "Vì sao chưa đạt"),
        (ExplanationStepKind.ANSWERED, "Bận"),
        (ExplanationStepKind.SENT_BACK, "Nêu rõ thời hạn"),
        (ExplanationStepKind.ANSWERED, "Xong trước 31/12"),
    ]


def test_no_sanction_follows_by_itself(ledger):
    row = ledger.one(due_on=date(2026, 9, 30))
    before = Commitment.objects.values("state", "due_on", "claimed_on").get()
    [one] = ask_about([row], question="", due_on=DUE, actor=ledger.leader)
    answer_explanation(one, answer="Mưa", actor=ledger.officer)
    rule_explanation(one, granted=False, words="Chưa rõ", actor=ledger.leader)
    assert Commitment.objects.values("state", "due_on", "claimed_on").get() == before


@pytest.mark.parametrize(
    ("action", "of_unit", "of_asker"),
    [("commitments.view", True, True), ("commitments.perform", True, False), ("commitments.verify", False, True)],
)  # fmt: skip
def test_the_unit_answers_and_who_asked_decides(ledger, action, of_unit, of_asker):
    [one] = ask(ledger)
    for unit, allowed in (
        (ledger.lead, of_unit),
        (ledger.assigner, of_asker),
        (ledger.other, False),
    ):
        person = make_grant(unit, "specialist")
        assert list(allowed_explanations(person, action)) == ([one] if allowed else [])


def test_what_each_unit_is_asked_about_may_be_said_by_unit(ledger):
    units = [ledger.lead.pk, ledger.other.pk]
    asked = ask_explanations(
        units, asker=ledger.assigner, subject_kind="reporting.obligation",
        subject_ids={units[0]: [7, 5]}, subject="Chưa gửi báo cáo", due_on=date(2026, 12, 1),
        actor=None,
    )  # fmt: skip
    assert {one.unit_id: one.subject_ids for one in asked} == {units[0]: [5, 7], units[1]: []}


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_ask_a_unit_once():
    ledger, together, ended = Ledger(), Barrier(2), []

    def act():
        together.wait()
        try:
            ended.append(len(ask(ledger, [ledger.lead, ledger.other])))
        except RuleError as refused:
            ended.append(refused.message[:10])
        finally:
            connections.close_all()

    threads = [Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, ended)) == ["2", "Các đơn vị"]
    assert Explanation.objects.count() == 2
