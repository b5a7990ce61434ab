"""Proposals as the reading page shows them, and how far their review is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from danvan.commitments.enums import SourceKind
from danvan.commitments.selectors import commitments_from
from danvan.commitments.selectors.series import given_again
from danvan.documents.bodies import (
    ActivityBody,
    Body,
    FigureBody,
    TargetBody,
    TaskBody,
    body_of,
)
from danvan.documents.enums import SURE, ProposalKind, Verdict
from danvan.documents.gaps import SHORT
from danvan.documents.models import Citation, Document, Proposal, ProposalQuerySet
from danvan.documents.selectors.makers import Made, maker_of
from danvan.documents.wording import (
    Answer,
    activity_answers,
    citation_answers,
    figure_answers,
    six_answers,
    task_answers,
    title_of,
)
from danvan.foundation import clock
from danvan.organisations.selectors import last_names, names_on, organisations_at, place_of
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User


# What a task became, as the proposal names it.
COMMITMENT, SERIES = "commitments.commitment", "commitments.commitmentseries"
SHOWN = 3  # so many commitments of one task are named on the page


@dataclass(frozen=True, slots=True)
class Given:
    """One commitment that a task became, or one duty that comes back: its number, what it is and who leads it."""

    id: int
    number: str
    title: str
    lead: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal with its number in the text, what it says, and what it still lacks."""

    proposal: Proposal
    number: int
    body: Body
    title: str
    answers: list[Answer]
    missing: tuple[str, ...]
    cited_id: int | None = None
    given: tuple[Given, ...] = ()
    made: Made | None = None

    @property
    def given_first(self) -> tuple[Given, ...]:
        """The first few commitments a task became."""
        return self.given[:SHOWN]

    @property
    def given_more(self) -> int:
        """How many more there are."""
        return max(0, len(self.given) - SHOWN)

    @property
    def anchor(self) -> str:
        """The end of its two anchors: `s12` in the text, `p12` among the proposals."""
        return str(self.number)

    @property
    def key(self) -> str:
        """Its primary key as an address has it."""
        return str(self.proposal.pk)

    @property
    def open(self) -> bool:
        """Whether nobody has decided about it."""
        return self.proposal.verdict == Verdict.OPEN

    @property
    def sure(self) -> bool:
        """Whether it may be accepted together with the other sure ones."""
        return self.open and self.proposal.confidence >= SURE and not self.missing

    @property
    def lacks(self) -> str:
        """What is missing, in a few words."""
        return ", ".join(SHORT[part] for part in self.missing)

    @property
    def completed(self) -> bool:
        """Whether a person added or changed parts."""
        return self.proposal.correction is not None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many proposals a document has, and what was decided; for each kind, how many are still open."""

    total: int
    accepted: int
    corrected: int
    rejected: int
    open_by_kind: dict[str, int]
    total_by_kind: dict[str, int]

    @property
    def seen(self) -> int:
        """Proposals that somebody has decided about."""
        return self.accepted + self.corrected + self.rejected

    @property
    def kept(self) -> int:
        """Proposals of which something was made."""
        return self.accepted + self.corrected


def allowed_proposals(user: "User", action: str) -> ProposalQuerySet:
    """Where every view of one proposal starts: fetching from here is the permission check."""
    return Proposal.objects.allowed(user, action)


def progress_of(document: Document, proposals: Sequence[Proposal] | None = None) -> Progress:
    """The counts behind "Đã xem 8/14". One query, none where the caller has the proposals."""
    if proposals is None:
        rows = document.proposals.order_by().values_list("kind", "verdict").annotate(n=Count("pk"))
        counts = {(kind, verdict): number for kind, verdict, number in rows}
    else:
        counts = Counter((one.kind, one.verdict) for one in proposals)

    def summed(*, kind: str = "", verdict: str = "") -> int:
        return sum(
            number
            for (its_kind, its_verdict), number in counts.items()
            if kind in ("", its_kind) and verdict in ("", its_verdict)
        )

    return Progress(
        total=summed(),
        accepted=summed(verdict=Verdict.ACCEPTED),
        corrected=summed(verdict=Verdict.CORRECTED),
        rejected=summed(verdict=Verdict.REJECTED),
        open_by_kind={kind: summed(kind=kind, verdict=Verdict.OPEN) for kind in ProposalKind},
        total_by_kind={kind: summed(kind=kind) for kind in ProposalKind},
    )


def progress_in(documents: Iterable[Document]) -> dict[int, tuple[int, int]]:
    """For each of these documents how many proposals were seen, of how many. One query."""
    rows = (
        Proposal.objects.filter(document_id__in=[document.pk for document in documents])
        .order_by()
        .values_list("document_id")
        .annotate(seen=Count("pk", filter=~Q(verdict=Verdict.OPEN)), total=Count("pk"))
    )
    return {pk: (seen, total) for pk, seen, total in rows}


def proposal_rows(
    document: Document, *, kind: str = "", proposals: Sequence[Proposal] | None = None
) -> list[Row]:
    """The proposals of a document (of one kind), numbered in the order of the whole text.

    `proposals` are all of the document's, where the caller has them. At most five queries.
    """
    everything = list(document.proposals.all()) if proposals is None else proposals
    chosen = [
        (number, proposal, body_of(proposal.kind, proposal.correction or proposal.body))
        for number, proposal in enumerate(everything, start=1)
        if kind in ("", proposal.kind)
    ]
    given = given_by(document) if kind in ("", ProposalKind.TASK) else {}
    names = _names(body for _, _, body in chosen)
    cited = _cited(document) if kind in ("", ProposalKind.CITATION) else {}
    made = made_of(document, [proposal for _, proposal, _ in chosen])
    return [
        Row(
            proposal=proposal,
            number=number,
            body=body,
            title=title_of(body) or document.text[proposal.start : proposal.end],
            answers=_answers(body, names),
            missing=body.missing() if proposal.verdict == Verdict.OPEN else (),
            cited_id=cited.get(proposal.pk),
            given=tuple(
                given[proposal.became_kind, pk]
                for pk in proposal.became_ids
                if (proposal.became_kind, pk) in given
            ),
            made=made.get(proposal.pk),
        )
        for number, proposal, body in chosen
    ]


def followers(document: Document) -> list[tuple[int, str]]:
    """Organisations that may follow the targets of a document: those that stand where its register is."""
    today = clock.today()
    place = place_of(document.answering_id, today)
    ids = list(organisations_at([place], on=today)) if place else []
    return sorted(names_on(ids, today).items(), key=lambda pair: sort_key(pair[1]))


def _answers(body: Body, names: dict[int, str]) -> list[Answer]:
    if isinstance(body, TargetBody):
        return six_answers(body, names)
    if isinstance(body, TaskBody):
        return task_answers(body, names)
    if isinstance(body, ActivityBody):
        return activity_answers(body, names)
    return figure_answers(body) if isinstance(body, FigureBody) else citation_answers(body)


def _names(bodies: Iterable[Body]) -> dict[int, str]:
    """Names of the units that these proposals name by id. One query, none where they name nobody."""
    ids: set[int] = set()
    for body in bodies:
        if isinstance(body, TargetBody) and body.followed_by:
            ids.add(body.followed_by)
        elif isinstance(body, TaskBody):
            ids |= {one.unit_id for one in (*body.leads, *body.supports) if one.unit_id}
        elif isinstance(body, ActivityBody):
            ids |= {one.unit_id for one in (body.lead, *body.supports) if one.unit_id}
    return last_names(ids, clock.today()) if ids else {}


def given_by(document: Document) -> dict[tuple[str, int], Given]:
    """What was made of a document's tasks, by kind and id: what comes back first, then the commitments in the order of
    the text. Three queries.
    """
    found = commitments_from(SourceKind.DOCUMENT, document.pk)
    rows = list(found.values_list("pk", "number", "title", "lead_id"))
    series = given_again(SourceKind.DOCUMENT, [document.pk]).order_by("source_start", "pk")
    again = list(series.values_list("pk", "number", "title", "lead_id"))
    leads = {lead for *_, lead in (*again, *rows)}
    names = last_names(leads, clock.today()) if leads else {}
    return {
        (SERIES if of_series else COMMITMENT, pk): Given(
            pk, number, title, names.get(lead, ""), of_series
        )
        for of_series, some in ((True, again), (False, rows))
        for pk, number, title, lead in some
    }


def made_of(document: Document, proposals: Iterable[Proposal]) -> dict[int, Made]:
    """What the accepted activities among these became, by proposal. One query, none where nothing did."""
    became = {
        one.pk: one.became_ids[0]
        for one in proposals
        if one.kind == ProposalKind.ACTIVITY and one.became_ids
    }
    if not became:
        return {}
    made = maker_of(ProposalKind.ACTIVITY).made(document.pk, became.values())
    return {pk: made[record] for pk, record in became.items() if record in made}


def _cited(document: Document) -> dict[int, int]:
    """For each accepted citation, the registered document it leads to."""
    linked = Citation.objects.filter(document=document).exclude(cited=None)
    return dict(linked.values_list("proposal_id", "cited_id"))
