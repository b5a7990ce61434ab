"""Who x act x result x state after: each act from each state, by each side; refused means nothing changed."""

from datetime import date

import pytest

from danvan.commitments.enums import State
from danvan.commitments.models import Commitment, CommitmentEvidence
from danvan.commitments.selectors import allowed_commitments
from danvan.commitments.services import (
    add_evidence,
    ask_extension,
    claim_done,
    extend_commitments,
    return_commitment,
    start_commitment,
    verify_commitment,
    withdraw_commitment,
)
from danvan.foundation.errors import RuleError
from tests.commitments.conftest import PICTURE
from tests.commitments.test_assigning import traces
from tests.factories.province import make_grant

NAME, CONTENT = PICTURE


def put(ledger, state):
    """A commitment in this state."""
    row = ledger.one()
    if state == State.WITHDRAWN:
        return withdraw_commitment(row, words="Nhầm", actor=None)
    if state != State.ASSIGNED:
        row = start_commitment(row, actor=ledger.officer)
    if state in (State.CLAIMED, State.VERIFIED):
        row = claim_done(row, result="Xong", actor=ledger.officer)
    if state == State.VERIFIED:
        row = verify_commitment(row, finding="Đạt", actor=ledger.checker)
    return row


ACTS = {
    "start": lambda row, who: start_commitment(row, actor=who),
    "evidence": lambda row, who: add_evidence(row, name=NAME, content=CONTENT, actor=who),
    "claim": lambda row, who: claim_done(row, result="Đã đổ 1,2 km", actor=who),
    "verify": lambda row, who: verify_commitment(row, finding="Đạt", actor=who),
    "return": lambda row, who: return_commitment(row, words="Còn 180 m", actor=who),
    "ask extension": lambda row, who: ask_extension(
        row, until=date(2027, 1, 31), reason="Mưa lũ", actor=who
    ),
    "extend": lambda row, who: extend_commitments(
        [row], until=date(2027, 1, 31), words="Mưa lũ", actor=who
    ),
    "withdraw": lambda row, who: withdraw_commitment(row, words="Nhầm", actor=who),
}
A, P, C, V, W = State.ASSIGNED, State.IN_PROGRESS, State.CLAIMED, State.VERIFIED, State.WITHDRAWN
# The state after each act from A, P, C, V, W; None where it is refused.
AFTER = {
    "start": (P, None, None, None, None),
    "evidence": (A, P, C, None, None),
    "claim": (C, C, None, None, None),
    "verify": (None, None, V, None, None),
    "return": (None, None, P, None, None),
    "ask extension": (A, P, None, None, None),
    "extend": (A, P, None, None, None),
    "withdraw": (W, None, None, None, None),
}
TABLE = [
    (act, before, after)
    for act, states in AFTER.items()
    for before, after in zip((A, P, C, V, W), states, strict=True)
]


@pytest.mark.parametrize(("act", "before", "after"), TABLE)
def test_each_act_from_each_state(ledger, act, before, after):
    row = put(ledger, before)
    if after is None:
        kept = traces(), Commitment.objects.values().get()
        with pytest.raises(RuleError) as refused:
            ACTS[act](row, ledger.leader)
        assert refused.value.message.endswith(".")
        assert (traces(), Commitment.objects.values().get()) == kept
        return
    ACTS[act](row, ledger.leader)
    row.refresh_from_db()
    assert row.state == after
    assert row.first_due_on == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("action", "of_lead", "of_support", "of_assigner", "elsewhere"),
    [
        ("commitments.view", True, True, True, False),
        ("commitments.perform", True, False, False, False),
        ("commitments.verify", False, False, True, False),
        ("commitments.assign", False, False, True, False),
    ],
)
def test_who_leads_performs_who_assigned_verifies_and_who_supports_looks(
    ledger, action, of_lead, of_support, of_assigner, elsewhere
):
    row = ledger.one(support_ids=(ledger.support.pk,))
    units = (ledger.lead, ledger.support, ledger.assigner, ledger.other)
    for unit, allowed in zip(units, (of_lead, of_support, of_assigner, elsewhere), strict=True):
        # a specialist may do all four somewhere; the place decides
        person = make_grant(unit, "specialist")
        found = list(allowed_commitments(person, action))
        assert found == ([row] if allowed else []), (action, unit)


def test_a_claim_needs_evidence_where_it_is_asked_for(ledger):
    row = ledger.one(proof="Biên bản nghiệm thu")
    before = traces()
    with pytest.raises(RuleError, match="cần minh chứng: Biên bản nghiệm thu"):
        claim_done(row, result="Xong", actor=ledger.officer)
    assert traces() == before
    claim_done(row, result="Xong", actor=ledger.officer, evidence=[PICTURE])
    row.refresh_from_db()
    assert (row.state, row.claimed_by, row.claimed_on, row.result) == (
        State.CLAIMED,
        ledger.officer,
        date(2026, 11, 20),
        "Xong",
    )
    assert row.evidence.get().file_name == NAME


def test_evidence_given_before_is_enough(ledger):
    row = ledger.one(proof="Ảnh")
    evidence = add_evidence(
        row, name=NAME, content=CONTENT, caption="Km 0+400", actor=ledger.officer
    )
    again = add_evidence(row, name="khac.png", content=CONTENT, actor=ledger.officer)
    assert (again, evidence.caption) == (evidence, "Km 0+400")
    assert claim_done(row, result="Xong", actor=ledger.officer).state == State.CLAIMED


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (("ghi-chu.txt", b"xong roi"), "không dùng được ở đây"),
        (("anh.pdf", CONTENT), "không đúng với nội dung"),
        (("anh.png", b""), "trống"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_with_all_other_faults(ledger, file, words):
    row, before = ledger.one(), traces()
    with pytest.raises(RuleError) as refused:
        claim_done(row, result="", on=date(2026, 11, 21), actor=None, evidence=[PICTURE, file])
    assert [fault.column for fault in refused.value.faults] == ["result", "on", "evidence"]
    assert words in refused.value.message
    with pytest.raises(RuleError, match=words):
        add_evidence(row, name=file[0], content=file[1], actor=None)
    assert (traces(), CommitmentEvidence.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 11, 21), "chưa đến"), (date(2026, 8, 13), "trước ngày giao 14/08/2026")],
)
def test_a_day_of_claim_that_cannot_be_is_refused(ledger, day, words):
    row = ledger.one()
    with pytest.raises(RuleError, match=words):
        claim_done(row, result="Xong", on=day, actor=None)


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 11, 21), "chưa đến"), (date(2026, 11, 1), "trước ngày báo xong 10/11/2026")],
)
def test_a_day_of_check_that_cannot_be_is_refused(ledger, day, words):
    row = claim_done(ledger.one(), result="Xong", on=date(2026, 11, 10), actor=None)
    with pytest.raises(RuleError, match=words):
        verify_commitment(row, finding="Đạt", on=day, actor=ledger.checker)


def test_whoever_claimed_does_not_verify(ledger):
    row = claim_done(ledger.one(), result="Xong", actor=ledger.checker)
    before = traces()
    with pytest.raises(RuleError, match="cần một người khác kiểm tra"):
        verify_commitment(row, finding="Đạt", actor=ledger.checker)
    assert traces() == before
    verify_commitment(row, finding="Đạt", actor=ledger.leader)
    row.refresh_from_db()
    assert (row.state, row.verified_by, row.verified_on, row.finding) == (
        State.VERIFIED,
        ledger.leader,
        date(2026, 11, 20),
        "Đạt",
    )


def test_what_is_returned_is_claimed_anew(ledger):
    row = put(ledger, State.CLAIMED)
    with pytest.raises(RuleError, match="phần nào chưa đạt"):
        return_commitment(row, words="", actor=ledger.checker)
    return_commitment(row, words="Còn khoảng 180 m", actor=ledger.checker)
    row.refresh_from_db()
    assert (row.state, row.claimed_on, row.claimed_by) == (State.IN_PROGRESS, None, None)
    assert claim_done(row, result="Đã đủ", actor=ledger.officer).state == State.CLAIMED


def test_words_too_long_are_refused_and_long_results_fit_the_timeline(ledger):
    row = put(ledger, State.CLAIMED)
    with pytest.raises(RuleError, match="dài quá 600 chữ"):
        return_commitment(row, words="a" * 601, actor=ledger.checker)
    return_commitment(row, words="Thiếu", actor=ledger.checker)
    claim_done(row, result="b" * 700, actor=ledger.officer)
    assert row.steps.last().words == "b" * 700  # in full: the next claim writes over the result


@pytest.mark.parametrize("who", ["Lô Văn Thắng", "Phần mềm"])
def test_two_at_once_the_second_learns_who_did_what(ledger, who):
    row = ledger.one()
    seen = row.changes
    start_commitment(row, actor=ledger.officer if who != "Phần mềm" else None, seen=seen)
    before = traces()
    with pytest.raises(RuleError, match=f"{who} vừa nhận việc ở việc CK-2026-0001 lúc"):
        claim_done(row, result="Xong", actor=ledger.leader, seen=seen)
    assert traces() == before


def test_a_change_without_a_step_is_told_too(ledger):
    row = ledger.one()
    row.steps.all().delete()
    Commitment.objects.update(changes=3)
    with pytest.raises(RuleError, match="vừa thay đổi"):
        start_commitment(row, actor=None, seen=0)
