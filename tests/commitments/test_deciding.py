"""What a lead does not accept, what is closed and on what, which risk is accepted, what stands in whose place."""

from datetime import date

import pytest

from danvan.commitments.enums import State, StepKind
from danvan.commitments.models import Commitment, RiskAcceptance
from danvan.commitments.selectors import card_of
from danvan.commitments.services import (
    accept_risk,
    add_evidence,
    agree_commitment,
    assign_commitments,
    claim_done,
    close_commitment,
    decline_commitment,
    dispute_commitment,
    give_on,
    supersede_commitment,
    verify_commitment,
)
from danvan.foundation.errors import RuleError
from tests.commitments.conftest import PICTURE
from tests.commitments.test_acts import put
from tests.commitments.test_assigning import traces
from tests.factories.province import make_grant
from tests.notifications.hearing import heard

TODAY = date(2026, 11, 20)
NOT_YET = "Còn khoảng 180 m qua khe chưa đổ."


def refused(act, words):
    before = traces(), list(Commitment.objects.order_by("pk").values())
    with pytest.raises(RuleError, match=words):
        act()
    assert (traces(), list(Commitment.objects.order_by("pk").values())) == before


def disputed(ledger):
    """Found done, and one who asked says "not yet" and never answers again."""
    row = put(ledger, State.VERIFIED)
    dispute_commitment(row, code_id=7, words=NOT_YET)
    claim_done(row, result="Đã đổ nốt", actor=ledger.officer)
    return verify_commitment(row, finding="Đạt", actor=ledger.checker)


def test_what_a_lead_does_not_accept_goes_to_another_and_its_day_goes_on(ledger):
    row = ledger.one(support_ids=(ledger.other.pk,))
    decline_commitment(row, words="Đường thuộc xã bên.", actor=ledger.officer)
    assert row in Commitment.objects.all().overdue(date(2027, 1, 1))
    give_on(row, lead_id=ledger.other.pk, words="Đúng là xã bên.", actor=ledger.leader)
    row.refresh_from_db()
    assert (row.lead_id, row.state, row.first_due_on) == (
        ledger.other.pk, State.ASSIGNED, date(2026, 12, 31),
    )  # fmt: skip
    assert not row.supports.exists()  # it leads now
    step = row.steps.get(kind=StepKind.GIVEN_ON)
    assert (step.giver_id, step.words) == (ledger.lead.pk, "Đúng là xã bên.")
    told = [(who, words.partition(":")[0]) for who, words, _ in heard()]
    assert (
        "Nguyễn Hải Yến",
        "Đơn vị được giao trả lời không nhận việc",
    ) in told


@pytest.mark.parametrize(
    ("lead", "words", "why"),
    [
        ("lead", "Vẫn thế", "đã trả lời không nhận"),
        ("nobody", "Xã bên", "chọn đơn vị chủ trì"),
        ("ended", "Xã bên", "đã kết thúc"),
        ("other", " ", "vì sao giao đơn vị khác"),
    ],
)
def test_work_is_given_on_only_to_another_unit_that_stands(ledger, lead, words, why):
    row = put(ledger, State.DECLINED)
    ids = {"lead": ledger.lead.pk, "nobody": 0, "other": ledger.other.pk}
    if lead == "ended":
        ledger.other.ended_on = date(2026, 11, 1)
        ledger.other.save()
        ids["ended"] = ledger.other.pk
    refused(lambda: give_on(row, lead_id=ids[lead], words=words, actor=ledger.leader), why)


def test_a_unit_does_not_check_what_it_gave_itself(ledger):
    own = ledger.province.committees[0]
    [row] = assign_commitments(
        [ledger.assignment(lead_id=own.pk)], assigner=own, actor=None, assigned_on=date(2026, 8, 14)
    )
    row = claim_done(row, result="Xong", actor=make_grant(own, "specialist"))
    at_unit = make_grant(own, "specialist")
    at_place = make_grant(ledger.province.communes[0], "leader")
    for actor in (at_unit, at_place, None):
        refused(lambda who=actor: verify_commitment(row, finding="Đạt", actor=who), "cấp trên")
    card = card_of(at_unit, row, on=TODAY)
    assert "cấp trên" in card.why_not_verify
    above = make_grant(ledger.province.place, "specialist")
    assert card_of(above, row, on=TODAY).why_not_verify == ""
    row = verify_commitment(row, finding="Đạt", actor=above)
    refused(lambda: close_commitment(row, actor=at_unit), "cấp trên đóng")
    assert "cấp trên đóng" in card_of(at_unit, row, on=TODAY).why_not_close
    assert close_commitment(row, actor=ledger.leader).state == State.CLOSED


def test_two_do_not_close_at_once(ledger):
    row = put(ledger, State.VERIFIED)
    seen = row.changes
    close_commitment(row, actor=ledger.checker, seen=seen)
    refused(
        lambda: close_commitment(row, actor=ledger.leader, seen=seen),
        "Nguyễn Hải Yến vừa đóng việc",
    )
    row.refresh_from_db()
    assert (row.closed_on, row.closed_by, row.public_reason) == (TODAY, ledger.checker, "")
    assert [words for who, words, _ in heard() if words.startswith("Việc đã đóng")] != []


def test_nothing_is_closed_without_the_evidence_that_was_asked_for(ledger):
    row = ledger.one(proof="Biên bản nghiệm thu")
    add_evidence(row, name=PICTURE[0], content=PICTURE[1], actor=None)
    claim_done(row, result="Xong", actor=ledger.officer)
    verify_commitment(row, finding="Đạt", actor=ledger.checker)
    row.evidence.all().delete()  # as nobody can on a page
    refused(lambda: close_commitment(row, actor=ledger.checker), "Biên bản nghiệm thu")


@pytest.mark.parametrize(("reason", "why"), [("", "công khai"), ("x" * 601, "quá 600 ký tự")])
def test_over_not_yet_it_is_closed_only_for_a_public_reason(ledger, reason, why):
    row = disputed(ledger)
    refused(lambda: close_commitment(row, public_reason=reason, actor=ledger.checker), why)
    said = "Đoạn qua khe thuộc dự án khác, làm trong quý I/2027."
    row = close_commitment(row, public_reason=said, actor=ledger.checker)
    assert (row.state, row.public_reason, row.disputed_on) == (State.CLOSED, said, TODAY)
    refused(lambda: dispute_commitment(row, code_id=8, words=NOT_YET), "quý I/2027")
    assert agree_commitment(row, code_id=7).disputed_on is None


def test_a_reason_that_nobody_needs_is_not_published(ledger):
    row = put(ledger, State.VERIFIED)
    assert close_commitment(row, public_reason="Xong rồi", actor=ledger.checker).public_reason == ""


def test_who_asked_may_still_say_not_yet_of_what_was_closed(ledger):
    row = put(ledger, State.CLOSED)
    row = dispute_commitment(row, code_id=7, words=NOT_YET)
    assert (row.state, row.closed_on, row.closed_by) == (State.IN_PROGRESS, None, None)


def test_a_risk_is_accepted_by_a_document_until_a_day_and_stays_late(ledger):
    row = ledger.one(due_on=date(2026, 10, 31))
    accepted = accept_risk(
        row, until=date(2027, 3, 31), reason=" Chờ vốn ", document="Công văn 112/UBND-KT",
        actor=ledger.leader,
    )  # fmt: skip
    row.refresh_from_db()
    assert (accepted.reason, accepted.accepted_by, row.state) == (
        "Chờ vốn", ledger.leader, State.RISK_ACCEPTED,
    )  # fmt: skip
    assert str(accepted) == f"{row.pk}:2027-03-31"
    assert row in Commitment.objects.all().overdue(TODAY)
    card = card_of(ledger.leader, row, on=TODAY)
    assert (card.risk, card.may_resume, card.late) == (accepted, True, True)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"until": TODAY}, "sau hôm nay"),
        ({"until": date(2226, 1, 1)}, "quá xa"),
        ({"reason": " "}, "vì sao chấp nhận"),
        ({"document": ""}, "văn bản quyết định"),
        ({"document": "x" * 81}, "quá 80 ký tự"),
    ],
)
def test_a_risk_without_an_end_a_reason_or_a_document_is_refused(ledger, changes, why):
    row = ledger.one()
    given = {"until": date(2027, 3, 31), "reason": "Chờ vốn", "document": "Công văn 1"}
    refused(lambda: accept_risk(row, actor=ledger.leader, **{**given, **changes}), why)
    assert not RiskAcceptance.objects.exists()


def test_another_stands_in_its_place_and_the_old_number_leads_there(ledger):
    old, new = ledger.one(), ledger.one()
    row = supersede_commitment(old, by=new, words="Gộp hai đoạn", actor=ledger.leader)
    assert (row.state, row.superseded_by) == (State.SUPERSEDED, new)
    assert row.steps.get(kind=StepKind.SUPERSEDED).words == f"Thay bằng {new.number}: Gộp hai đoạn"
    refused(
        lambda: supersede_commitment(new, by=old, words="Ngược lại", actor=ledger.leader),
        "đã thay thế",
    )


def test_nothing_stands_in_its_own_place_or_in_that_of_another_units(ledger):
    row = ledger.one()
    refused(lambda: supersede_commitment(row, by=row, words="x", actor=ledger.leader), "chính nó")
    own = ledger.province.committees[0]
    other = ledger.one()
    Commitment.objects.filter(pk=row.pk).update(assigner=own)
    local = make_grant(own, "specialist")
    refused(lambda: supersede_commitment(row, by=other, words="x", actor=local), "đơn vị khác giao")


def test_the_card_keeps_what_was_said_before_a_not_yet(ledger):
    row = put(ledger, State.VERIFIED)
    agree_commitment(row, code_id=1)
    dispute_commitment(row, code_id=2, words=NOT_YET)
    row.refresh_from_db()
    card = card_of(ledger.leader, row, on=TODAY)
    assert (card.reopened, card.returned) == (True, None)
    assert (card.claimed_before.words, card.verified_before.words) == ("Xong", "Đạt")
    assert (card.agreeing, [one.words for one in card.not_yet]) == (1, [NOT_YET])


def test_a_claim_that_nobody_checked_before_the_not_yet_shows_no_check(ledger):
    row = put(ledger, State.CLAIMED)
    card = card_of(ledger.leader, row, on=TODAY)
    assert (card.claimed_before, card.verified_before) == (None, None)
    dispute_commitment(row, code_id=2, words=NOT_YET)
    row.refresh_from_db()
    assert card_of(ledger.leader, row, on=TODAY).verified_before is None
