"""More time: asked, decided once, given to many; the first day is kept."""

from datetime import date

import pytest

from danvan.commitments.enums import Ruling, StepKind
from danvan.commitments.models import Commitment, Extension
from danvan.commitments.selectors import open_extensions
from danvan.commitments.services import (
    ask_extension,
    claim_done,
    extend_commitments,
    rule_extension,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry, OutboxEvent
from tests.commitments.test_assigning import traces

FIRST, LATER = date(2026, 12, 31), date(2027, 1, 31)


def asked(ledger, **changes):
    return ask_extension(ledger.one(**changes), until=LATER, reason="Mưa lũ", actor=ledger.officer)


@pytest.mark.parametrize(
    ("granted", "due", "kind", "act"),
    [
        (True, LATER, StepKind.EXTENDED, "commitments.grant_extension"),
        (False, FIRST, StepKind.EXTENSION_REFUSED, "commitments.refuse_extension"),
    ],
)
def test_an_extension_is_ruled_once_and_the_first_day_is_kept(ledger, granted, due, kind, act):
    extension = asked(ledger)
    rule_extension(
        extension,
        granted=granted,
        words="Theo đề nghị",
        document="Công văn 112/UBND-KT",
        actor=ledger.checker,
    )
    row = Commitment.objects.get()
    extension.refresh_from_db()
    assert (row.first_due_on, row.due_on, row.changes) == (FIRST, due, 2)
    assert (extension.old_due_on, extension.new_due_on, extension.ruled_by) == (
        FIRST,
        LATER,
        ledger.checker,
    )
    assert row.steps.last().kind == kind
    assert AuditEntry.objects.last().action == act
    assert OutboxEvent.objects.last().name == "commitments.extension_ruled"
    before = traces()
    decided = "cho gia hạn" if granted else "không cho gia hạn"
    with pytest.raises(RuleError, match=f"Nguyễn Hải Yến đã quyết định {decided}"):
        rule_extension(
            extension,
            granted=not granted,
            words="Khác",
            document="Công văn 112/UBND-KT",
            actor=ledger.leader,
        )
    assert traces() == before


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2026, 12, 30), "sau hạn hiện tại 31/12/2026"),
        (FIRST, "sau hạn hiện tại"),
        (date(2157, 1, 1), "quá xa"),
    ],
)
def test_a_day_that_is_not_later_is_refused(ledger, until, words):
    row, before = ledger.one(), traces()
    with pytest.raises(RuleError, match=words) as refused:
        ask_extension(row, until=until, reason="Mưa", actor=ledger.officer)
    assert [fault.column for fault in refused.value.faults] == ["until"]
    assert traces() == before


def test_work_without_an_end_needs_no_extension(ledger):
    with pytest.raises(RuleError, match="làm thường xuyên"):
        asked(ledger, due_on=None)


def test_the_reason_must_be_given_by_who_asks_and_by_who_refuses(ledger):
    row = ledger.one()
    with pytest.raises(RuleError, match="lý do xin gia hạn"):
        ask_extension(row, until=LATER, reason=" ", actor=ledger.officer)
    extension = ask_extension(row, until=LATER, reason="Mưa", actor=ledger.officer)
    with pytest.raises(RuleError, match="lý do không cho gia hạn"):
        rule_extension(extension, granted=False, words="", actor=ledger.checker)
    extension.refresh_from_db()
    assert extension.ruling == Ruling.OPEN


def test_one_request_waits_at_a_time(ledger):
    extension = asked(ledger)
    with pytest.raises(RuleError, match="đang chờ quyết định"):
        ask_extension(
            extension.commitment, until=date(2027, 3, 1), reason="Nữa", actor=ledger.officer
        )
    rule_extension(
        extension, granted=True, words="", document="Công văn 112/UBND-KT", actor=ledger.checker
    )
    second = ask_extension(
        extension.commitment, until=date(2027, 3, 1), reason="Nữa", actor=ledger.officer
    )
    assert second.old_due_on == LATER


def test_what_was_claimed_meanwhile_waits_for_no_extension(ledger):
    extension = asked(ledger)
    assert list(open_extensions(ledger.checker)) == [extension]
    claim_done(extension.commitment, result="Xong", actor=ledger.officer)
    assert list(open_extensions(ledger.checker)) == []
    with pytest.raises(RuleError, match="không cần gia hạn"):
        rule_extension(
            extension, granted=True, words="", document="Công văn 112/UBND-KT", actor=ledger.checker
        )
    rule_extension(extension, granted=False, words="Đã xong", actor=ledger.checker)
    assert Commitment.objects.get().due_on == FIRST


def test_many_are_extended_until_one_day(ledger):
    extension, other = asked(ledger), ledger.one()
    until = date(2027, 6, 30)
    given = extend_commitments(
        [extension.commitment, other],
        until=until,
        words="Theo Kết luận",
        document="Công văn 112/UBND-KT",
        actor=ledger.leader,
    )
    assert {one.ruling for one in given} == {Ruling.GRANTED}
    rows = Commitment.objects.values_list("first_due_on", "due_on")
    assert list(rows) == [(FIRST, until)] * 2
    extension.refresh_from_db()
    assert (extension.reason, extension.new_due_on) == ("Mưa lũ", until)


def test_many_are_extended_until_the_days_they_ask_for_or_none_is(ledger):
    extension, other = asked(ledger), ledger.one()
    before = traces()
    with pytest.raises(RuleError, match="CK-2026-0002 chưa có đơn xin gia hạn"):
        extend_commitments(
            [extension.commitment, other],
            until=None,
            words="Đồng ý",
            document="Công văn 112/UBND-KT",
            actor=ledger.leader,
        )
    assert (traces(), Extension.objects.count()) == (before, 1)
    extend_commitments(
        [extension.commitment],
        until=None,
        words="Đồng ý",
        document="Công văn 112/UBND-KT",
        actor=ledger.leader,
    )
    assert set(Commitment.objects.values_list("due_on", flat=True)) == {LATER, FIRST}


def test_an_earlier_day_for_one_of_many_moves_none(ledger):
    near, far = ledger.one(due_on=date(2026, 12, 1)), ledger.one(due_on=date(2027, 5, 1))
    with pytest.raises(RuleError, match="CK-2026-0002: Hạn mới phải sau") as refused:
        extend_commitments(
            [near, far],
            until=LATER,
            words="Mưa",
            document="Công văn 112/UBND-KT",
            actor=ledger.leader,
        )
    assert len(refused.value.faults) == 1
    assert Extension.objects.count() == 0
    with pytest.raises(RuleError, match="ít nhất một việc"):
        extend_commitments(
            [], until=LATER, words="Mưa", document="Công văn 112/UBND-KT", actor=ledger.leader
        )


@pytest.mark.parametrize(
    ("document", "why"), [(" ", "văn bản quyết định"), ("x" * 81, "quá 80 ký tự")]
)
def test_nothing_is_extended_without_its_document(ledger, document, why):
    extension = ask_extension(ledger.one(), until=LATER, reason="Mưa lũ", actor=ledger.officer)
    before = traces()
    with pytest.raises(RuleError, match=why):
        rule_extension(extension, granted=True, words="", document=document, actor=ledger.checker)
    with pytest.raises(RuleError, match=why):
        extend_commitments(
            [extension.commitment], until=LATER, words="Mưa", document=document, actor=None
        )
    assert traces() == before
    assert Commitment.objects.get().due_on == FIRST


def test_the_document_stands_with_the_extension_and_on_the_timeline(ledger):
    extension = ask_extension(ledger.one(), until=LATER, reason="Mưa lũ", actor=ledger.officer)
    found = rule_extension(
        extension, granted=True, words="", document=" Công văn 112/UBND-KT ", actor=ledger.checker
    )
    assert found.document == "Công văn 112/UBND-KT"
    assert extension.commitment.steps.get(kind="extended").words.endswith(
        "theo Công văn 112/UBND-KT"
    )
