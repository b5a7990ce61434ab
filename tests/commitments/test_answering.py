"""The third fact: who asked says done or not yet, by a code and without a name."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from danvan.commitments.enums import State, StepKind
from danvan.commitments.models import Commitment
from danvan.commitments.services import (
    agree_commitment,
    claim_done,
    dispute_commitment,
    note_askers,
    verify_commitment,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.organisations.models import Lineage
from danvan.organisations.selectors import last_names
from tests.commitments.test_acts import put
from tests.commitments.test_assigning import traces
from tests.factories.merging import Merger
from tests.notifications.hearing import heard

TODAY = date(2026, 11, 20)
NOT_YET = "Còn khoảng 180 m qua khe chưa đổ."


def facts(row):
    row.refresh_from_db()
    return (row.state, bool(row.claimed_on), bool(row.verified_on), row.agreed_on, row.disputed_on)


def kinds(row):
    return list(row.steps.order_by("pk").values_list("kind", flat=True))


def test_who_follows_makes_a_third_fact_to_come(ledger):
    one, two = ledger.one(), ledger.one()
    note_askers([one, two], on=date(2026, 10, 1))
    note_askers([one])
    one.refresh_from_db()
    assert (one.asked_on, one.agreed_on, one.disputed_on) == (date(2026, 10, 1), None, None)


@pytest.mark.parametrize("state", [State.CLAIMED, State.VERIFIED])
def test_an_asker_agrees_once(ledger, state):
    row = put(ledger, state)
    agree_commitment(row, code_id=7)
    agree_commitment(row, code_id=7)
    assert facts(row) == (state, True, state == State.VERIFIED, TODAY, None)
    assert kinds(row).count(StepKind.AGREED) == 1
    line = AuditEntry.objects.filter(action="commitments.agree").get()
    assert (line.actor_id, line.details) == (None, {"code_id": 7})


@pytest.mark.parametrize("state", [State.CLAIMED, State.VERIFIED])
def test_not_yet_reopens_and_keeps_what_was_said_before(ledger, state):
    row = put(ledger, state)
    dispute_commitment(row, code_id=7, words=NOT_YET)
    assert facts(row) == (State.IN_PROGRESS, False, False, None, TODAY)
    assert row.result == "Xong"
    words = dict(row.steps.values_list("kind", "words"))
    assert (words[StepKind.CLAIMED], words[StepKind.DISPUTED]) == ("Xong", NOT_YET)
    told = {who for who, words, _ in heard() if "chưa xong" in words}
    assert told == {"Lô Văn Thắng", "Nguyễn Hải Yến"}


def test_it_stays_disputed_until_that_asker_agrees(ledger):
    row = put(ledger, State.VERIFIED)
    agree_commitment(row, code_id=1)
    dispute_commitment(row, code_id=2, words=NOT_YET)
    dispute_commitment(row, code_id=3, words="Chưa có cống.")  # while the work goes on already
    claim_done(row, result="Đã đổ nốt", actor=ledger.officer)
    verify_commitment(row, finding="Đạt", actor=ledger.checker)
    assert facts(row) == (State.VERIFIED, True, True, None, TODAY)
    agree_commitment(row, code_id=2)
    assert facts(row)[3:] == (None, TODAY)
    agree_commitment(row, code_id=3)
    assert facts(row) == (State.VERIFIED, True, True, TODAY, None)


@pytest.mark.parametrize("state", [State.ASSIGNED, State.IN_PROGRESS, State.WITHDRAWN])
def test_nothing_is_answered_before_it_is_claimed(ledger, state):
    row = put(ledger, state)
    before = traces(), Commitment.objects.values().get()
    with pytest.raises(RuleError, match=r"chưa báo xong|không còn phải làm"):
        agree_commitment(row, code_id=7)
    with pytest.raises(RuleError, match=r"chưa báo xong|không còn phải làm"):
        dispute_commitment(row, code_id=7, words=NOT_YET)
    assert (traces(), Commitment.objects.values().get()) == before


@pytest.mark.parametrize(
    ("words", "why"), [("  ", "phần nào chưa xong"), ("x" * 601, "quá 600 ký tự")]
)
def test_not_yet_says_what_is_missing(ledger, words, why):
    row = put(ledger, State.CLAIMED)
    with pytest.raises(RuleError, match=why):
        dispute_commitment(row, code_id=7, words=words)
    assert facts(row)[0] == State.CLAIMED


def test_the_same_not_yet_is_not_told_twice(ledger):
    row = put(ledger, State.CLAIMED)
    dispute_commitment(row, code_id=7, words=NOT_YET)
    with pytest.raises(RuleError, match="đã được ghi nhận"):
        dispute_commitment(row, code_id=7, words=NOT_YET)
    assert kinds(row).count(StepKind.DISPUTED) == 1


@pytest.mark.parametrize("wrong", [
    {"agreed_on": TODAY},
    {"disputed_on": TODAY},
    {"asked_on": TODAY, "agreed_on": TODAY, "disputed_on": TODAY},
    {"state": State.CLOSED},
    {"state": State.CLOSED, "closed_on": TODAY, "asked_on": TODAY, "disputed_on": TODAY},
    {"closed_on": TODAY},
    {"state": State.SUPERSEDED, "claimed_on": None, "verified_on": None},
])  # fmt: skip
def test_the_database_itself_refuses_facts_that_cannot_be(ledger, wrong):
    row = put(ledger, State.VERIFIED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=row.pk).update(**wrong)


def test_not_yet_after_a_merger_reopens_it_at_the_units_that_took_over(settings, ledger):
    row = ledger.assign(
        ledger.assignment(support_ids=(ledger.support.pk, ledger.province.fronts[1].pk)),
        assigned_on=date(2026, 5, 4),
    )[0]
    settings.DANVAN_TODAY = date(2026, 6, 10)
    claim_done(row, result="Xong", actor=None)
    verify_commitment(row, finding="Đạt", actor=None)
    merger = Merger(ledger.province).found()
    settings.DANVAN_TODAY = TODAY
    dispute_commitment(row, code_id=7, words=NOT_YET)
    assert facts(row) == (State.IN_PROGRESS, False, False, None, TODAY)
    assert (row.lead_id, row.assigner_id) == (merger.government.pk, ledger.assigner.pk)
    assert [one.unit_id for one in row.supports.all()] == [merger.front.pk]
    passed = row.steps.get(kind=StepKind.PASSED)
    assert passed.giver_id == ledger.lead.pk
    names = last_names([ledger.lead.pk, merger.government.pk], TODAY)
    assert passed.words == (
        f"Chủ trì chuyển từ {names[ledger.lead.pk]} sang {names[merger.government.pk]}."
    )


def test_a_unit_that_ended_with_no_heir_leads_on_until_somebody_decides(settings, ledger):
    row = put(ledger, State.CLAIMED)
    Merger(ledger.province, on=date(2026, 11, 1)).found()
    Lineage.objects.all().delete()
    dispute_commitment(row, code_id=7, words=NOT_YET)
    row.refresh_from_db()
    assert row.lead_id == ledger.lead.pk
