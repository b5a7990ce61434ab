"""What may be decided in which state, and what may be taken back."""

from datetime import date

import pytest

from danvan.documents.enums import ProposalKind, Stage, Verdict
from danvan.documents.models import Document, Proposal
from danvan.documents.services import (
    accept_all_sure,
    accept_proposal,
    correct_proposal,
    finish_review,
    propose_again,
    reject_open,
    reject_proposal,
    reopen_proposal,
    reopen_review,
)
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry
from danvan.indicators.models import Target
from danvan.indicators.selectors import targets_from
from danvan.indicators.services import end_target
from tests.documents.acts import WHOLE, made, propose

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ProposalKind.values)
def test_a_decision_is_taken_back_with_what_it_made(empty, kind):
    led = {"lead": {"unit_id": empty.unit_id}} if kind == ProposalKind.ACTIVITY else {}
    proposal = propose(empty, kind, **led)
    before = (proposal.body, made())
    accept_proposal(proposal, actor=None)
    reopened = reopen_proposal(proposal, actor=None)
    assert (reopened.body, made()) == before
    assert (reopened.verdict, reopened.correction, reopened.decided_at) == (
        Verdict.OPEN,
        None,
        None,
    )
    assert (reopened.became_kind, reopened.became_ids) == ("", [])
    accept_proposal(proposal, actor=None)


def test_only_what_this_decision_made_is_taken_back(empty):
    first, second = propose(empty), propose(empty, start=60)
    accept_proposal(first, actor=None)
    accept_proposal(second, actor=None)
    reopen_proposal(second, actor=None)
    first.refresh_from_db()
    assert list(Target.objects.values_list("pk", flat=True)) == first.became_ids


def test_a_target_that_others_ended_is_not_taken_back(empty):
    proposal = propose(empty)
    accept_proposal(proposal, actor=None)
    [target] = targets_from("documents.document", empty.pk)
    end_target(target, on=date(2027, 1, 1), actor=None)
    with pytest.raises(RuleError, match="kết thúc"):
        reopen_proposal(proposal, actor=None)
    proposal.refresh_from_db()
    assert (proposal.verdict, made()) == (Verdict.ACCEPTED, (1, 0, 0, 0, 0))


ACTS = {
    "accept": lambda proposal: accept_proposal(proposal, actor=None),
    "correct": lambda proposal: correct_proposal(proposal, actor=None, correction=WHOLE),
    "reject": lambda proposal: reject_proposal(proposal, actor=None),
    "reopen": lambda proposal: reopen_proposal(proposal, actor=None),
    "accept all": lambda proposal: accept_all_sure(proposal.document, actor=None),
    "reject open": lambda proposal: reject_open(proposal.document, actor=None, kind="target"),
}


ANYTIME = {"accept all", "reject open"}


@pytest.mark.parametrize("verdict", Verdict.values)
@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("act", ACTS)
def test_what_may_be_decided_in_which_state(empty, act, stage, verdict):
    proposal = propose(empty, ProposalKind.CITATION if act != "correct" else ProposalKind.TARGET)
    Proposal.objects.update(verdict=verdict)
    Document.objects.update(stage=stage)
    proposal.refresh_from_db()
    before, audited = Proposal.objects.values().get(), AuditEntry.objects.count()
    open_one = verdict == Verdict.OPEN
    allowed = stage == Stage.TO_REVIEW and (
        act in ANYTIME or (not open_one if act == "reopen" else open_one)
    )
    if allowed:
        ACTS[act](proposal)
        return
    with pytest.raises(RuleError):
        ACTS[act](proposal)
    assert (Proposal.objects.values().get(), AuditEntry.objects.count()) == (before, audited)
    assert made() == (0, 0, 0, 0, 0)


@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("seen", [True, False])
def test_when_a_review_may_be_ended(empty, stage, seen):
    proposal = propose(empty)
    if seen:
        Proposal.objects.update(verdict=Verdict.REJECTED)
    Document.objects.update(stage=stage)
    if stage == Stage.TO_REVIEW and seen:
        assert finish_review(empty, actor=None).stage == Stage.REVIEWED
        return
    with pytest.raises(RuleError) as refused:
        finish_review(empty, actor=None)
    if stage == Stage.TO_REVIEW:
        assert "Còn 1 mục" in refused.value.message
    empty.refresh_from_db()
    proposal.refresh_from_db()
    assert (empty.stage, proposal.verdict) == (
        stage, Verdict.REJECTED if seen else Verdict.OPEN,
    )  # fmt: skip


@pytest.mark.parametrize("stage", Stage.values)
def test_when_a_review_may_be_taken_up_again(empty, stage):
    Document.objects.update(stage=stage)
    if stage == Stage.REVIEWED:
        assert reopen_review(empty, actor=None).stage == Stage.TO_REVIEW
        return
    with pytest.raises(RuleError):
        reopen_review(empty, actor=None)
    empty.refresh_from_db()
    assert empty.stage == stage


def test_a_target_of_a_register_whose_place_is_gone_is_refused(empty):
    from danvan.organisations.models import UnitVersion

    UnitVersion.objects.filter(unit=empty.unit).delete()
    with pytest.raises(RuleError, match="không còn hoạt động"):
        accept_proposal(propose(empty), actor=None)
    assert made() == (0, 0, 0, 0, 0)


def test_reading_again_keeps_what_was_decided(document, reviewer):
    kept = accept_proposal(document.proposals.filter(kind="target").first(), actor=None)
    dropped = reject_proposal(document.proposals.filter(kind="figure").first(), actor=None)
    spans = set(document.proposals.values_list("kind", "start", "end"))
    again = propose_again(document, actor=reviewer)
    assert again.stage == Stage.TO_REVIEW
    assert set(document.proposals.values_list("kind", "start", "end")) == spans
    decided = dict(document.proposals.decided().values_list("pk", "verdict"))
    assert decided == {kept.pk: Verdict.ACCEPTED, dropped.pk: Verdict.REJECTED}
    assert Target.objects.count() == 1
