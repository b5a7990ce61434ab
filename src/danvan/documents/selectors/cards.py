"""What the page of one document shows beside the fields of the register."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from danvan.documents.models import Citation, Document, Proposal, SecretStub, StatedFigure
from danvan.documents.selectors.history import Moment, timeline
from danvan.documents.selectors.registers import allowed_documents, unit_names
from danvan.documents.selectors.review import Given, Progress, given_by, progress_of
from danvan.indicators.selectors import targets_from

if TYPE_CHECKING:
    from danvan.accounts.models import User

# So much of the text stands around a proposal on the page that corrects it.
AROUND = 300
# A card lists this many figures and citations; the reading page has them all.
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Card:
    """One document with what was made of it and who did what."""

    unit_name: str
    may_review: bool
    progress: Progress
    targets: list[Any]
    given: list[Given]
    figures: list[StatedFigure]
    citations: list[Citation]
    moments: list[Moment]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A proposal's words with some of the text before and after."""

    before: str
    words: str
    after: str


def card_of(user: "User", document: Document) -> Card:
    """What the page of one document shows; a fixed number of queries."""
    reviewable = allowed_documents(user, "documents.review").filter(pk=document.pk)
    readable = allowed_documents(user, "documents.view").values("pk")
    citations = document.citations.select_related("cited").defer("cited__text").order_by("pk")
    cards = list(citations[:MOST_LISTED])
    seen = set(
        readable.filter(pk__in=[one.cited_id for one in cards if one.cited_id]).values_list(
            "pk", flat=True
        )
    )
    for one in cards:
        if one.cited_id not in seen:
            one.cited = None
    return Card(
        unit_name=unit_names([document]).get(document.unit_id, ""),
        may_review=bool(document.text) and reviewable.exists(),
        progress=progress_of(document),
        targets=list(targets_from("documents.document", document.pk)),
        given=list(given_by(document).values()),
        figures=list(document.figures.order_by("pk")[:MOST_LISTED]),
        citations=cards,
        moments=timeline(document),
    )


def surroundings(document: Document, proposal: Proposal) -> Surroundings:
    """The words a proposal was read from, with some of the text around them."""
    text, start, end = document.text, proposal.start, proposal.end
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Surroundings(
        before=("…" if start > AROUND else "") + before,
        words=text[start:end],
        after=after + ("…" if end + AROUND < len(text) else ""),
    )


def stub_rows(stubs: Iterable[SecretStub]) -> list[tuple[SecretStub, str]]:
    """Notes of secret documents with the name of the unit that holds the paper register."""
    found = list(stubs)
    names = unit_names(found)
    return [(stub, names.get(stub.unit_id, "")) for stub in found]
