"""Make what an accepted proposal says, and take it away again: targets, commitments, activities, citations, figures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from danvan.documents.bodies import (
    ActivityBody,
    Body,
    CitationBody,
    FigureBody,
    Group,
    TargetBody,
    TaskBody,
    body_of,
    cut,
)
from danvan.documents.enums import ProposalKind
from danvan.documents.models import Citation, Document, Proposal, StatedFigure
from danvan.documents.selectors.makers import Origin, Told, maker_of
from danvan.documents.services.giving import give_task, source_of, take_back_commitments
from danvan.documents.services.relating import propose_from_citation
from danvan.documents.symbols import symbol_key
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.indicators.selectors import targets_from
from danvan.indicators.services import create_target, remove_target
from danvan.organisations.enums import Kind
from danvan.organisations.selectors import identities, place_of

if TYPE_CHECKING:
    from danvan.accounts.models import User

TARGET, CITATION, FIGURE = "indicators.target", "documents.citation", "documents.statedfigure"
ACTIVITY = "activities.activity"


def make(proposal: Proposal, document: Document, body: Body, *, actor: "User | None") -> None:
    """Make what the proposal says, and note on it what it became."""
    if isinstance(body, TargetBody):
        proposal.became_kind = TARGET
        proposal.became_ids = _make_targets(proposal, document, body, actor=actor)
    elif isinstance(body, TaskBody):
        given = give_task(proposal, document, body, actor=actor)
        proposal.became_kind, proposal.became_ids = given
    elif isinstance(body, ActivityBody):
        proposal.became_kind = ACTIVITY
        proposal.became_ids = [_make_activity(proposal, document, body, actor=actor)]
    elif isinstance(body, CitationBody):
        proposal.became_kind = CITATION
        proposal.became_ids = [_make_citation(proposal, document, body).pk]
        propose_from_citation(document, proposal, body)
    else:
        proposal.became_kind = FIGURE
        proposal.became_ids = [_make_figure(proposal, document, body).pk]


def _make_targets(
    proposal: Proposal, document: Document, body: TargetBody, *, actor: "User | None"
) -> list[int]:
    """One target a population, at the place where the document's register stands."""
    then = document.received_on or document.issued_on or clock.today()
    place_id = place_of(document.answering_id, clock.today()) or place_of(document.unit_id, then)
    source = source_of(proposal, document, body.sentence)
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


def _make_activity(
    proposal: Proposal, document: Document, body: ActivityBody, *, actor: "User | None"
) -> int:
    """The record of the activity, or the one that stands already for the same unit, kind and day."""
    assert body.lead.unit_id is not None  # a proposal that lacks parts is not made
    assert body.held_on is not None
    told = Told(
        origin=_origin(proposal, document),
        unit_id=body.lead.unit_id,
        kind=body.kind,
        title=body.title,
        held_on=body.held_on,
        place=body.place,
        quantity=body.quantity,
        attendance=body.attendance,
        persons=body.persons,
        opinions=body.opinions,
        partner_ids=_beside(body),
    )
    return maker_of(ProposalKind.ACTIVITY).make(told, actor)


def _beside(body: ActivityBody) -> tuple[int, ...]:
    """Those it was done together with whom the register knows; whoever led it is not beside itself."""
    known = dict.fromkeys(one.unit_id for one in body.supports if one.unit_id is not None)
    return tuple(pk for pk in known if pk != body.lead.unit_id)


def _origin(proposal: Proposal, document: Document) -> Origin:
    return Origin(document.pk, proposal.start, proposal.end, str(document))


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


def unmake(proposal: Proposal, *, actor: "User | None") -> None:
    """Take away what a decision made; RuleError where others have gone on from there."""
    if proposal.kind == ProposalKind.CITATION:
        Citation.objects.filter(proposal=proposal).delete()
    elif proposal.kind == ProposalKind.FIGURE:
        StatedFigure.objects.filter(proposal=proposal).delete()
    elif proposal.kind == ProposalKind.TASK:
        take_back_commitments(proposal, actor=actor)
    elif proposal.kind == ProposalKind.ACTIVITY:
        origin = _origin(proposal, proposal.document)
        maker_of(proposal.kind).take_back(origin, proposal.became_ids, actor)
    else:
        made = set(proposal.became_ids)
        accepted = body_of(proposal.kind, proposal.correction or proposal.body)
        for target in targets_from("documents.document", proposal.document_id):
            if target.pk not in made:
                continue
            if isinstance(accepted, TargetBody) and target.valid_to != accepted.valid_to:
                raise RuleError(
                    "Chỉ tiêu lập từ mục này đã được cho kết thúc hiệu lực nên không xem lại được nữa."
                )
            remove_target(target, actor=actor)
