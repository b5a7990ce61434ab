"""Decide about proposals: accept, correct, reject, take back. What is accepted is made in the same transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from danvan.documents.bodies import (
    Body,
    CitationBody,
    Condition,
    FigureBody,
    Group,
    TargetBody,
    body_of,
    cut,
)
from danvan.documents.enums import SURE, ProposalKind, Stage, Verdict
from danvan.documents.errors import IncompleteError
from danvan.documents.gaps import ask_for
from danvan.documents.models import Citation, Document, Proposal, StatedFigure
from danvan.documents.services.reading import locked
from danvan.documents.symbols import symbol_key
from danvan.foundation import audit, clock
from danvan.foundation.errors import RuleError
from danvan.indicators.enums import Quality
from danvan.indicators.selectors import targets_from
from danvan.indicators.services import Source, create_target, remove_target
from danvan.organisations.enums import Kind
from danvan.organisations.selectors import identities, place_of

if TYPE_CHECKING:
    from danvan.accounts.models import User

TARGET, CITATION, FIGURE = "indicators.target", "documents.citation", "documents.statedfigure"


@dataclass(frozen=True, slots=True)
class Sweep:
    """What accepting all sure proposals did: how many were accepted, how many still lack parts."""

    accepted: int
    incomplete: int


@transaction.atomic
def accept_proposal(
    proposal: Proposal, *, actor: "User | None", completed: Mapping[str, Any] | None = None
) -> Proposal:
    """Accept a proposal as read. `completed` gives parts that the text does not state, by name.

    IncompleteError where parts are missing after that: they are asked for, never invented. Parts of a
    target: title, kind, levels, conditions [(counter, minimum)], every, valid_from, quality; of a
    figure: label, value; of a citation: symbol.
    """
    proposal, document = _deciding(proposal)
    read = _body(proposal)
    body = _completed(read, completed or {})
    if lacking := body.missing():
        raise IncompleteError(ask_for(lacking), missing=lacking)
    if body != read:
        proposal.correction = body.as_json()
    _make(proposal, document, body, actor=actor)
    return _decide(proposal, Verdict.ACCEPTED, actor=actor)


@transaction.atomic
def correct_proposal(
    proposal: Proposal, *, actor: "User | None", correction: Mapping[str, Any]
) -> Proposal:
    """Accept a proposal as a person puts it right. `correction` is a whole body (see `documents.bodies`)."""
    proposal, document = _deciding(proposal)
    body = body_of(proposal.kind, correction)
    if lacking := body.missing():
        raise IncompleteError(ask_for(lacking), missing=lacking)
    proposal.correction = body.as_json()
    _make(proposal, document, body, actor=actor)
    return _decide(proposal, Verdict.CORRECTED, actor=actor)


@transaction.atomic
def reject_proposal(proposal: Proposal, *, actor: "User | None") -> Proposal:
    """Set a proposal aside: nothing is made of it."""
    proposal, _ = _deciding(proposal)
    return _decide(proposal, Verdict.REJECTED, actor=actor)


@transaction.atomic
def reopen_proposal(proposal: Proposal, *, actor: "User | None") -> Proposal:
    """Take a decision back: what was made of the proposal goes, while nothing depends on it."""
    document = locked(proposal.document)
    proposal = _locked(proposal)
    _check_stage(document)
    if proposal.verdict == Verdict.OPEN:
        raise RuleError("Mục này chưa quyết định nên không cần xem lại.")
    _unmake(proposal, actor=actor)
    proposal.verdict, proposal.correction = Verdict.OPEN, None
    proposal.decided_by = proposal.decided_at = None
    proposal.became_kind, proposal.became_ids = "", []
    proposal.save()
    audit.record(actor, "documents.reopen_proposal", document, proposal_id=proposal.pk)
    return proposal


@transaction.atomic
def accept_all_sure(document: Document, *, actor: "User | None", kind: str = "") -> Sweep:
    """Accept every open proposal (of one kind) that is sure and whole; those that lack parts stay open."""
    document = locked(document)
    _check_stage(document)
    open_ones = document.proposals.filter(verdict=Verdict.OPEN, confidence__gte=SURE)
    if kind:
        open_ones = open_ones.filter(kind=kind)
    sure = list(open_ones.select_for_update(no_key=True))
    whole = [(one, body) for one in sure if not (body := _body(one)).missing()]
    for proposal, body in whole:
        _make(proposal, document, body, actor=actor)
        _set(proposal, Verdict.ACCEPTED, actor=actor)
    Proposal.objects.bulk_update([proposal for proposal, _ in whole], _DECIDED, batch_size=200)
    if whole:
        audit.record(
            actor, "documents.accept_all_sure", document, proposals=[one.pk for one, _ in whole]
        )
    return Sweep(accepted=len(whole), incomplete=len(sure) - len(whole))


@transaction.atomic
def reject_open(document: Document, *, actor: "User | None", kind: str) -> int:
    """Set aside every proposal of one kind that nobody has decided about; returns how many."""
    document = locked(document)
    _check_stage(document)
    left = list(document.proposals.filter(verdict=Verdict.OPEN, kind=kind))
    for proposal in left:
        _set(proposal, Verdict.REJECTED, actor=actor)
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
    given = {name: value for name, value in parts.items() if name in wanted | {"quality"} and value}
    if isinstance(body, TargetBody):
        return _completed_target(body, given)
    given.pop("quality", None)
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


def _make(proposal: Proposal, document: Document, body: Body, *, actor: "User | None") -> None:
    """Make what the proposal says, and note on it what it became."""
    if isinstance(body, TargetBody):
        proposal.became_kind = TARGET
        proposal.became_ids = _make_targets(proposal, document, body, actor=actor)
    elif isinstance(body, CitationBody):
        proposal.became_kind = CITATION
        proposal.became_ids = [_make_citation(proposal, document, body).pk]
    else:
        proposal.became_kind = FIGURE
        proposal.became_ids = [_make_figure(proposal, document, body).pk]


def _make_targets(
    proposal: Proposal, document: Document, body: TargetBody, *, actor: "User | None"
) -> list[int]:
    """One target a population, at the place where the document's register stands."""
    then = document.received_on or document.issued_on or clock.today()
    place_id = place_of(document.unit_id, clock.today()) or place_of(document.unit_id, then)
    start, end = body.sentence or (proposal.start, proposal.end)
    source = Source(
        kind="documents.document",
        id=document.pk,
        start=proposal.start,
        end=proposal.end,
        sentence=document.text[start:end].strip(),
        symbol=document.symbol,
    )
    units = identities(pk for pk in (place_id, body.followed_by) if pk)
    if place_id is None:
        raise RuleError("Cơ quan giữ sổ này không còn hoạt động nên không lập chỉ tiêu ở đây được.")
    groups = body.groups or (Group(),)
    return [
        create_target(
            unit=units[place_id],
            title=_title(body, group, groups) if len(groups) > 1 else body.title,
            quality=body.quality,
            population_kind=group.kind,
            population_levels=group.levels,
            every=body.every,
            rules=[(one.counter, one.minimum or 0) for one in body.conditions],
            share=body.share,
            comparator=body.comparator,
            valid_from=body.valid_from or clock.today(),
            valid_to=body.valid_to,
            measured_by=body.measured_by,
            evidence=body.evidence,
            followed_by=units.get(body.followed_by or 0),
            source=source,
            actor=actor,
        ).pk
        for group in groups
    ]


def _title(body: TargetBody, group: Group, groups: Sequence[Group]) -> str:
    """The title of one of several targets made of one sentence: with whom it asks.

    Words that name two groups at once ("cấp ủy, chính quyền") tell neither: the label of the kind does.
    """
    shared = sum(one.words == group.words for one in groups) > 1
    whom = Kind(group.kind).label if shared or not group.words else group.words
    return f"{cut(body.title, 340)} ({cut(whom, 50)})"


def _make_citation(proposal: Proposal, document: Document, body: CitationBody) -> Citation:
    """A citation, linked to the document of the same unit's registers that carries the symbol."""
    key = symbol_key(body.symbol)
    cited = None
    if key:
        known = Document.objects.filter(symbol_key=key, unit_id=document.unit_id)
        if body.issued_on:
            known = known.filter(Q(issued_on=body.issued_on) | Q(issued_on=None))
        cited = known.exclude(pk=document.pk).defer("text").order_by("-issued_on", "pk").first()
    return Citation.objects.create(
        document=document,
        proposal=proposal,
        symbol=body.symbol,
        symbol_key=key,
        name=body.name,
        issued_on=body.issued_on,
        issuer_name=body.issuer_name,
        cited=cited,
    )


def _make_figure(proposal: Proposal, document: Document, body: FigureBody) -> StatedFigure:
    return StatedFigure.objects.create(
        document=document,
        proposal=proposal,
        label=body.label,
        value=body.value,
        low=body.low,
        high=body.high,
        unit_label=body.unit_label,
        qualifier=body.qualifier,
        numerator=body.numerator,
        denominator=body.denominator,
        period_from=body.period_from,
        period_to=body.period_to,
    )


def _unmake(proposal: Proposal, *, actor: "User | None") -> None:
    """Take away what a decision made; RuleError where others have gone on from there."""
    if proposal.kind == ProposalKind.CITATION:
        Citation.objects.filter(proposal=proposal).delete()
    elif proposal.kind == ProposalKind.FIGURE:
        StatedFigure.objects.filter(proposal=proposal).delete()
    else:
        made = set(proposal.became_ids)
        accepted = _body(proposal)
        for target in targets_from("documents.document", proposal.document_id):
            if target.pk not in made:
                continue
            if isinstance(accepted, TargetBody) and target.valid_to != accepted.valid_to:
                raise RuleError(
                    "Chỉ tiêu lập từ mục này đã được cho kết thúc hiệu lực nên không xem lại được nữa."
                )
            remove_target(target, actor=actor)
