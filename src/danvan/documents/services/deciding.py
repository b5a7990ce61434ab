"""Decide about proposals: accept, correct, reject, take back. What is accepted is made in the same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from danvan.documents.bodies import (
    ActivityBody,
    Body,
    Condition,
    Doer,
    Group,
    TargetBody,
    TaskBody,
    body_of,
)
from danvan.documents.enums import SURE, Stage, Verdict
from danvan.documents.errors import IncompleteError
from danvan.documents.gaps import ask_for
from danvan.documents.models import Document, Proposal
from danvan.documents.services.giving import hold_doers
from danvan.documents.services.making import make, unmake
from danvan.documents.services.reading import locked
from danvan.documents.services.relating import drop_proposed
from danvan.foundation import audit, clock
from danvan.foundation.errors import RuleError
from danvan.indicators.enums import Quality

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Sweep:
    """What accepting all sure proposals did: how many were accepted, how many still lack parts.

    `refused` says of each task that could not be given, and each activity that could not be recorded, why; it stays open.
    """

    accepted: int
    incomplete: int
    refused: tuple[str, ...] = ()


@transaction.atomic
def accept_proposal(
    proposal: Proposal, *, actor: "User | None", completed: Mapping[str, Any] | None = None
) -> Proposal:
    """Accept a proposal as read. `completed` gives parts that the text does not state, by name.

    IncompleteError where parts are missing after that: they are asked for, never invented. Parts of a
    target: title, kind, levels, conditions [(counter, minimum)], every, valid_from, quality; of a
    figure: label, value; of a citation: symbol; of a task: task (its title), lead (a unit's id) or group
    (kind, level), due (a day) or regular, product; of an activity: activity_kind, activity (its title), led_by (a
    unit's id), held_on.
    """
    hold_doers(proposal.document, [_completed(_body(proposal), completed or {})])
    proposal, document = _deciding(proposal)
    read = _body(proposal)
    body = _completed(read, completed or {})
    if lacking := body.missing():
        raise IncompleteError(ask_for(lacking), missing=lacking)
    if body != read:
        proposal.correction = body.as_json()
    make(proposal, document, body, actor=actor)
    return _decide(proposal, Verdict.ACCEPTED, actor=actor)


@transaction.atomic
def correct_proposal(
    proposal: Proposal, *, actor: "User | None", correction: Mapping[str, Any]
) -> Proposal:
    """Accept a proposal as a person puts it right. `correction` is a whole body (see `documents.bodies`)."""
    body = body_of(proposal.kind, correction)
    hold_doers(proposal.document, [body])
    proposal, document = _deciding(proposal)
    if lacking := body.missing():
        raise IncompleteError(ask_for(lacking), missing=lacking)
    proposal.correction = body.as_json()
    make(proposal, document, body, actor=actor)
    return _decide(proposal, Verdict.CORRECTED, actor=actor)


@transaction.atomic
def reject_proposal(proposal: Proposal, *, actor: "User | None") -> Proposal:
    """Set a proposal aside: nothing is made of it."""
    proposal, document = _deciding(proposal)
    drop_proposed(document, [proposal])
    return _decide(proposal, Verdict.REJECTED, actor=actor)


@transaction.atomic
def reopen_proposal(proposal: Proposal, *, actor: "User | None") -> Proposal:
    """Take a decision back: what was made of the proposal goes, while nothing depends on it."""
    hold_doers(proposal.document, [_body(proposal)])
    document = locked(proposal.document)
    proposal = _locked(proposal)
    _check_stage(document)
    if proposal.verdict == Verdict.OPEN:
        raise RuleError("Mục này chưa quyết định nên không cần xem lại.")
    unmake(proposal, actor=actor)
    proposal.verdict, proposal.correction = Verdict.OPEN, None
    proposal.decided_by = proposal.decided_at = None
    proposal.became_kind, proposal.became_ids = "", []
    proposal.save()
    audit.record(actor, "documents.reopen_proposal", document, proposal_id=proposal.pk)
    return proposal


@transaction.atomic
def accept_all_sure(document: Document, *, actor: "User | None", kind: str = "") -> Sweep:
    """Accept every open proposal (of one kind) that is sure and whole; those that lack parts stay open."""
    open_ones = document.proposals.filter(verdict=Verdict.OPEN, confidence__gte=SURE)
    if kind:
        open_ones = open_ones.filter(kind=kind)
    hold_doers(document, map(_body, open_ones))
    document = locked(document)
    _check_stage(document)
    sure = list(open_ones.order_by("pk").select_for_update(no_key=True))
    whole = [(one, body) for one in sure if not (body := _body(one)).missing()]
    made: list[Proposal] = []
    refused: list[str] = []
    for proposal, body in whole:
        if refusal := _refusal(proposal, document, body, actor=actor):
            refused.append(refusal)
            continue
        _set(proposal, Verdict.ACCEPTED, actor=actor)
        made.append(proposal)
    Proposal.objects.bulk_update(made, _DECIDED, batch_size=200)
    if made:
        audit.record(
            actor, "documents.accept_all_sure", document, proposals=[one.pk for one in made]
        )
    return Sweep(len(made), len(sure) - len(whole), tuple(dict.fromkeys(refused)))


def _refusal(proposal: Proposal, document: Document, body: Body, *, actor: "User | None") -> str:
    """Make what one of many proposals says; of a task or an activity that is refused only why, and no trace."""
    if not isinstance(body, TaskBody | ActivityBody):
        make(proposal, document, body, actor=actor)
        return ""
    try:
        with transaction.atomic():
            make(proposal, document, body, actor=actor)
    except RuleError as refused:
        proposal.became_kind = ""
        return refused.message
    return ""


@transaction.atomic
def reject_open(document: Document, *, actor: "User | None", kind: str) -> int:
    """Set aside every proposal of one kind that nobody has decided about; returns how many."""
    document = locked(document)
    _check_stage(document)
    left = list(document.proposals.filter(verdict=Verdict.OPEN, kind=kind))
    for proposal in left:
        _set(proposal, Verdict.REJECTED, actor=actor)
    drop_proposed(document, left)
    Proposal.objects.bulk_update(left, _DECIDED, batch_size=200)
    if left:
        audit.record(actor, "documents.reject_open", document, proposals=[one.pk for one in left])
    return len(left)


def _deciding(proposal: Proposal) -> tuple[Proposal, Document]:
    """The proposal and its document under lock, where a decision may be taken."""
    document = locked(proposal.document)
    proposal = _locked(proposal)
    _check_stage(document)
    if proposal.verdict != Verdict.OPEN:
        label = Verdict(proposal.verdict).label.lower()
        raise RuleError(
            f"Mục này {label} trước đó rồi. Đồng chí vui lòng chọn “Xem lại” nếu cần đổi."
        )
    return proposal, document


def _check_stage(document: Document) -> None:
    if document.stage == Stage.REVIEWED:
        raise RuleError("Văn bản này đã kiểm lại xong. Đồng chí vui lòng mở lại để sửa.")
    if document.stage != Stage.TO_REVIEW:
        raise RuleError("Máy chưa đọc xong văn bản này. Đồng chí vui lòng chờ ít phút.")


def _locked(proposal: Proposal) -> Proposal:
    """Re-read the row under a lock: the caller's copy may be stale."""
    return Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)


_DECIDED = ["verdict", "decided_by", "decided_at", "correction", "became_kind", "became_ids"]


def _set(proposal: Proposal, verdict: Verdict, *, actor: "User | None") -> None:
    proposal.verdict, proposal.decided_by, proposal.decided_at = verdict, actor, clock.now()


def _decide(proposal: Proposal, verdict: Verdict, *, actor: "User | None") -> Proposal:
    _set(proposal, verdict, actor=actor)
    proposal.save(update_fields=_DECIDED)
    act = {
        Verdict.ACCEPTED: "documents.accept_proposal",
        Verdict.CORRECTED: "documents.correct_proposal",
        Verdict.REJECTED: "documents.reject_proposal",
    }[verdict]
    audit.record(
        actor,
        act,
        proposal.document,
        proposal_id=proposal.pk,
        became=proposal.became_kind,
        ids=proposal.became_ids,
    )
    return proposal


def _body(proposal: Proposal) -> Body:
    """What would be made of a proposal as it stands."""
    return body_of(proposal.kind, proposal.correction or proposal.body)


def _completed(body: Body, parts: Mapping[str, Any]) -> Body:
    """The body with parts that were asked for; a part that the text does state is not touched."""
    wanted = set(body.missing())
    if isinstance(body, TaskBody):
        return _completed_task(body, wanted, parts)
    if isinstance(body, ActivityBody):
        return _completed_activity(body, wanted, parts)
    given = {name: value for name, value in parts.items() if name in wanted | {"quality"} and value}
    if isinstance(body, TargetBody):
        return _completed_target(body, given)
    given.pop("quality", None)
    return replace(body, **given)


def _completed_task(body: TaskBody, wanted: set[str], parts: Mapping[str, Any]) -> TaskBody:
    """The task with the answers to what its text leaves unsaid; doers that are known stay."""
    if "task" in wanted and parts.get("task"):
        body = replace(body, title=parts["task"])
    if "lead" in wanted and (parts.get("lead") or parts.get("group")):
        known = tuple(one for one in body.leads if one.known)
        words = next((one.words for one in body.leads if not one.known), "")
        kind, level = parts.get("group") or ("", "")
        lead = (
            Doer(words=words, unit_id=parts["lead"])
            if parts.get("lead")
            else Doer(words=words, kind=kind, levels=(level,))
        )
        body = replace(body, leads=(*known, lead))
    if "due" in wanted and parts.get("due"):
        body = replace(body, due_on=parts["due"], late=parts.get("late", ""))
    elif "due" in wanted and parts.get("regular"):
        body = replace(body, regular=True)
    if "product" in wanted and parts.get("product"):
        body = replace(body, product=parts["product"])
    return body


def _completed_activity(
    body: ActivityBody, wanted: set[str], parts: Mapping[str, Any]
) -> ActivityBody:
    """The activity with the answers to what its text leaves unsaid."""
    names = {"activity_kind": "kind", "activity": "title", "held_on": "held_on"}
    given = {
        name: parts[part] for part, name in names.items() if part in wanted and parts.get(part)
    }
    if "led_by" in wanted and parts.get("led_by"):
        given["lead"] = replace(body.lead, unit_id=parts["led_by"])
    return replace(body, **given)


def _completed_target(body: TargetBody, given: dict[str, Any]) -> TargetBody:
    kind, levels = given.pop("kind", ""), tuple(given.pop("levels", ()))
    if kind or levels:
        groups = body.groups or (Group(),)
        given["groups"] = tuple(
            replace(one, kind=one.kind or kind, levels=one.levels or levels) for one in groups
        )
    if given.get("quality") == Quality.QUALITATIVE:
        given["conditions"] = ()
    elif "conditions" in given:
        given["conditions"] = _completed_conditions(body.conditions, given["conditions"])
    return replace(body, **given)


def _completed_conditions(
    stated: tuple[Condition, ...], given: list[tuple[str, int | None]]
) -> tuple[Condition, ...]:
    """Given (counter, minimum) pairs fill the stated conditions in their order; further ones are added."""
    filled = []
    for place in range(max(len(stated), len(given))):
        one = stated[place] if place < len(stated) else Condition()
        counter, minimum = given[place] if place < len(given) else ("", None)
        filled.append(replace(one, counter=one.counter or counter, minimum=one.minimum or minimum))
    return tuple(filled)
