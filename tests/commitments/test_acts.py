"""Who x act x result x state after: each act from each state, by each side; refused means nothing changed."""

from datetime import date

import pytest

from danvan.commitments.enums import State
from danvan.commitments.models import Commitment, CommitmentEvidence
from danvan.commitments.selectors import allowed_commitments
from danvan.commitments.services import (
    accept_risk,
    add_evidence,
    agree_commitment,
    ask_extension,
    claim_done,
    close_commitment,
    decline_commitment,
    dispute_commitment,
    extend_commitments,
    give_on,
    resume_commitment,
    return_commitment,
    start_commitment,
    supersede_commitment,
    uphold_commitment,
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
    if state == State.DECLINED:
        return decline_commitment(row, words="Không có máy", actor=ledger.officer)
    if state == State.RISK_ACCEPTED:
        return risked(row, ledger.leader).commitment
    if state == State.SUPERSEDED:
        return supersede_commitment(row, by=ledger.one(), words="Gộp", actor=ledger.leader)
    if state != State.ASSIGNED:
        row = start_commitment(row, actor=ledger.officer)
    if state in (State.CLAIMED, State.VERIFIED, State.CLOSED):
        row = claim_done(row, result="Xong", actor=ledger.officer)
    if state in (State.VERIFIED, State.CLOSED):
        row = verify_commitment(row, finding="Đạt", actor=ledger.checker)
    if state == State.CLOSED:
        row = close_commitment(row, actor=ledger.checker)
    return row


def risked(row, who):
    return accept_risk(
        row, until=date(2027, 3, 31), reason="Chờ vốn", document="Công văn 112/UBND-KT", actor=who
    )


ACTS = {
    "start": lambda row, who: start_commitment(row, actor=who),
    "evidence": lambda row, who: add_evidence(row, name=NAME, content=CONTENT, actor=who),
    "claim": lambda row, who: claim_done(row, result="Đã đổ 1,2 km", actor=who, instead=True),
    "verify": lambda row, who: verify_commitment(row, finding="Đạt", actor=who),
    "return": lambda row, who: return_commitment(row, words="Còn 180 m", actor=who),
    "ask extension": lambda row, who: ask_extension(
        row, until=date(2027, 6, 30), reason="Mưa lũ", actor=who
    ),
    "extend": lambda row, who: extend_commitments(
        [row], until=date(2027, 6, 30), words="Mưa lũ", document="Công văn 112/UBND-KT", actor=who
    ),
    "withdraw": lambda row, who: withdraw_commitment(row, words="Nhầm", actor=who),
    "decline": lambda row, who: decline_commitment(row, words="Không có máy", actor=who),
    "uphold": lambda row, who: uphold_commitment(row, words="Xã khác đã cho mượn máy", actor=who),
    "close": lambda row, who: close_commitment(row, actor=who),
    "agree": lambda row, who: agree_commitment(row, code_id=7),
    "dispute": lambda row, who: dispute_commitment(row, code_id=7, words="Còn 180 m"),
    "accept risk": lambda row, who: risked(row, who),
    "resume": lambda row, who: resume_commitment(row, words="Đã có vốn", actor=who),
}
A, P, C, V, W = State.ASSIGNED, State.IN_PROGRESS, State.CLAIMED, State.VERIFIED, State.WITHDRAWN
D, X, R, S = State.DECLINED, State.CLOSED, State.RISK_ACCEPTED, State.SUPERSEDED
STATES = (A, D, P, R, C, V, X, W, S)
# The state after each act from each state; what is not named is refused.
AFTER = {
    "start": {A: P},
    "decline": {A: D},
    "uphold": {D: A},
    "give on": {D: A},
    "evidence": {A: A, D: D, P: P, R: R, C: C},
    "claim": {A: C, P: C, R: C},
    "verify": {C: V},
    "return": {C: P},
    "close": {V: X},
    "agree": {C: C, V: V, X: X},
    "dispute": {C: P, V: P, X: P},
    "accept risk": {A: R, D: R, P: R},
    "resume": {R: P},
    "supersede": {A: S, D: S, P: S},
    "ask extension": {A: A, D: D, P: P, R: R},
    "extend": {A: A, D: D, P: P, R: P},
    "withdraw": {A: W, D: W},
}
TABLE = [(act, before, to.get(before)) for act, to in AFTER.items() for before in STATES]


@pytest.mark.parametrize(("act", "before", "after"), TABLE)
def test_each_act_from_each_state(ledger, act, before, after):
    row, other = put(ledger, before), ledger.one()
    does = {
        **ACTS,
        "give on": lambda row, who: give_on(
            row, lead_id=ledger.other.pk, words="Gần hơn", actor=who
        ),
        "supersede": lambda row, who: supersede_commitment(
            row, by=other, words="Gộp vào việc khác", actor=who
        ),
    }
    if after is None:
        kept = traces(), list(Commitment.objects.order_by("pk").values())
        with pytest.raises(RuleError) as refused:
            does[act](row, ledger.leader)
        assert refused.value.message.endswith(".")
        assert (traces(), list(Commitment.objects.order_by("pk").values())) == kept
        return
    does[act](row, ledger.leader)
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
    row = claim_done(ledger.one(), result="Xong", actor=ledger.checker, instead=True)
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
    with pytest.raises(RuleError, match="dài quá 600 ký tự"):
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
