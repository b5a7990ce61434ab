"""Lay a report before the unit's own head; let it go, give it back with words, take it back. Nothing counts before."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from danvan.accounts.selectors import units_held
from danvan.foundation import audit, clock, events
from danvan.foundation.errors import RuleError
from danvan.reporting.enums import How, Standing, Verdict
from danvan.reporting.events import ProposalGivenBack, ReportProposed
from danvan.reporting.models import Decision, Obligation, Proposal, Submission
from danvan.reporting.services import acts
from danvan.reporting.services.deciding import reasons_of
from danvan.reporting.services.drafting import Page, refuse_if_saved_meanwhile
from danvan.reporting.services.sending import add_draft_evidence, submit_report
from danvan.reporting.services.ways import RELEASE, Stead, stead_of, whose_turn

if TYPE_CHECKING:
    from danvan.accounts.models import User

NUMBER = "number"  # marks an answer that is a number already, not one typed


@transaction.atomic
def propose_report(
    obligation: Obligation,
    *,
    actor: "User | None",
    seen: int | None = None,
    page: Page | None = None,
    evidence: Sequence[tuple[str, bytes]] = (),
    **said: Any,
) -> Proposal:
    """Lay a report before the unit's own head, who lets it go; it replaces the one that lay there.

    `said` is what `submit_report` is given: it is tried, so that what could not be sent is refused now, with every
    fault. Figures that were sent before stand until the head lets the new ones go.
    """
    obligation = acts.locked(obligation)
    open_ = Proposal.objects.filter(obligation=obligation, closed_at=None).first()
    content = _kept(said)
    if open_ is not None and seen is not None and obligation.changes == seen + 1:
        same = (open_.by_id, open_.content) == (actor.pk if actor else None, content)
        if same:
            return open_  # the same button pressed twice
    acts.refuse_if_moved(obligation, seen)
    acts.refuse_unless_it_may_become(obligation, Standing.SENT)
    refuse_if_saved_meanwhile(obligation, said["answers"], said.get("nil_sections", ()), page)
    _try(obligation, said, actor)
    for name, file in evidence:
        add_draft_evidence(obligation, name=name, content=file, actor=actor)
    before = obligation.standing
    if open_ is not None:
        before = open_.before
        _close(open_, actor, Stead())
    obligation = acts.locked(obligation)
    proposal = Proposal.objects.create(
        obligation=obligation,
        content=content,
        draft_number=obligation.draft_number,
        before=before,
        by=actor,
        at=clock.now(),
    )
    _become(obligation, Standing.PROPOSED)
    audit.record(actor, "reporting.propose", obligation, unit_id=obligation.unit_id)
    events.publish(ReportProposed(obligation_id=obligation.pk))
    return proposal


@transaction.atomic
def release_report(
    obligation: Obligation, *, actor: "User | None", seen: int | None = None
) -> Submission:
    """Let a report go: it leaves the unit today, in the name of who laid it before the head, by the head's decision."""
    obligation, proposal, stead = _before_the_head(obligation, actor, seen)
    later = obligation.draft if obligation.draft_number != proposal.draft_number else {}
    submission = submit_report(
        obligation, actor=proposal.by, released=True, **_given(proposal.content)
    )
    Decision.objects.create(
        submission=submission,
        standing=Verdict.RELEASED,
        by=actor,
        at=clock.now(),
        place_id=obligation.answering_id,
        on_behalf_of_id=stead.lender_id,
        lent_until=stead.until,
    )
    _close(proposal, actor, stead, submission=submission)
    if later:  # typed since: kept for the next time
        Obligation.objects.filter(pk=obligation.pk).update(
            draft=later, draft_saved_at=obligation.draft_saved_at, draft_by=obligation.draft_by_id
        )
    audit.record(
        actor, "reporting.release", obligation, unit_id=obligation.unit_id,
        submission_id=submission.pk, **stead.told,
    )  # fmt: skip
    return submission


@transaction.atomic
def give_back_report(
    obligation: Obligation,
    *,
    words: str,
    comments: Mapping[str, str],
    actor: "User | None",
    seen: int | None = None,
) -> Proposal:
    """Give a report back to be mended before it is sent, with the reason, and what to mend by item code."""
    obligation, proposal, stead = _before_the_head(obligation, actor, seen)
    words, comments = reasons_of(obligation, words, comments)
    _close(proposal, actor, stead, words=words, comments=comments)
    _become(obligation, Standing(proposal.before))
    audit.record(
        actor, "reporting.give_back", obligation, unit_id=obligation.unit_id,
        items=sorted(comments), **stead.told,
    )  # fmt: skip
    events.publish(ProposalGivenBack(obligation_id=obligation.pk))
    return proposal


@transaction.atomic
def withdraw_proposal(
    obligation: Obligation, *, actor: "User | None", seen: int | None = None
) -> Proposal:
    """Take back what was laid before the head and not decided yet; what was typed stays in the draft."""
    obligation = acts.locked(obligation)
    acts.refuse_if_moved(obligation, seen)
    proposal = _laid(obligation)
    _close(proposal, actor, Stead())
    _become(obligation, Standing(proposal.before))
    audit.record(actor, "reporting.withdraw_proposal", obligation, unit_id=obligation.unit_id)
    return proposal


def _before_the_head(
    obligation: Obligation, actor: "User | None", seen: int | None
) -> tuple[Obligation, Proposal, Stead]:
    """The report under lock with what lies before the head; RuleError where nothing does, or the actor is not the head."""
    obligation = acts.locked(obligation)
    acts.refuse_if_moved(obligation, seen)
    proposal = _laid(obligation)
    unit = obligation.answering_id
    if actor is not None and unit not in units_held(actor, RELEASE):
        raise RuleError(
            f"Báo cáo này đang chờ {whose_turn(obligation)} duyệt; đồng chí không giữ, hoặc không còn giữ, quyền duyệt"
            " ở đơn vị này."
        )
    return obligation, proposal, stead_of(actor, RELEASE, unit, itself=True)


def _laid(obligation: Obligation) -> Proposal:
    proposal = Proposal.objects.filter(obligation=obligation, closed_at=None).first()
    if proposal is None:
        raise RuleError(
            f"Báo cáo này không chờ lãnh đạo đơn vị duyệt: {acts.last_act(obligation)}."
        )
    return proposal


def _try(obligation: Obligation, said: Mapping[str, Any], actor: "User | None") -> None:
    """Send it and undo that: RuleError where it could not be sent."""
    with transaction.atomic():
        submit_report(obligation, actor=actor, released=True, **said)
        transaction.set_rollback(True)


def _become(obligation: Obligation, standing: Standing) -> None:
    obligation.standing = standing
    obligation.changes += 1
    obligation.save(update_fields=["standing", "changes"])


def _close(proposal: Proposal, actor: "User | None", stead: Stead, **more: Any) -> None:
    proposal.closed_at, proposal.closed_by = clock.now(), actor
    proposal.on_behalf_of_id, proposal.lent_until = stead.lender_id, stead.until
    for name, value in more.items():
        setattr(proposal, name, value)
    proposal.save()


def _kept(said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said, as JSON keeps it: numbers are told from what was typed."""
    kept = {name: value for name, value in said.items() if name != "book"}
    kept["answers"] = {
        code: {NUMBER: str(given)} if isinstance(given, (int, Decimal)) else given
        for code, given in said["answers"].items()
    }
    for name, value in kept.items():
        if isinstance(value, (set, frozenset, tuple)):
            kept[name] = sorted(value)
        elif isinstance(value, Mapping):
            kept[name] = dict(value)
    return kept


def _given(content: Mapping[str, Any]) -> dict[str, Any]:
    answers = {
        code: Decimal(given[NUMBER]) if isinstance(given, dict) else given
        for code, given in content["answers"].items()
    }
    how = {"how": How(content["how"])} if "how" in content else {}
    return {**content, "answers": answers, **how}
