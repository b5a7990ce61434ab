"""Where a document stands among others and in whose hands: its relations, where it was sent, where it came from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan.accounts.selectors import may, reaches
from danvan.documents.enums import Direction, DocumentType
from danvan.documents.models import Distribution, Document
from danvan.documents.selectors.distribution import Counts, counts_of
from danvan.documents.selectors.relations import Related, related_by, relations_of
from danvan.foundation import clock
from danvan.organisations.selectors import last_names

if TYPE_CHECKING:
    from danvan.accounts.models import User


# The types of document whose clauses say who does what for good.
RULING = frozenset(
    {
        DocumentType.REGULATION,
        DocumentType.RULE,
        DocumentType.COORDINATION_REGULATION,
        DocumentType.DECISION,
    }
)


@dataclass(frozen=True, slots=True)
class CameBy:
    """How an incoming document came when another unit here sent it: by whom, and that unit's own entry."""

    distribution: Distribution
    sender: str


@dataclass(frozen=True, slots=True)
class DocumentStanding:
    """What the card of a document says of others, and what its reader may do with the entry."""

    may_amend: bool
    may_send: bool
    may_enter: bool
    may_list_duties: bool
    relations: list[Related]
    related_by: list[Related]
    counts: Counts | None
    came_by: CameBy | None


def standing_of(user: "User", document: Document) -> DocumentStanding:
    """What the card of a kept document shows of others; a fixed number of queries."""
    outgoing = document.direction == Direction.OUTGOING
    return DocumentStanding(
        may_amend=reaches(user, "documents.register", document.unit_id),
        may_send=outgoing and reaches(user, "documents.distribute", document.unit_id),
        may_enter=document.direction == Direction.READING
        and reaches(user, "documents.register", document.answering_id),
        may_list_duties=bool(document.text)
        and document.document_type in RULING
        and reaches(user, "documents.review", document.answering_id)
        and may(user, "duties.manage"),
        relations=relations_of(user, document),
        related_by=related_by(user, document),
        counts=counts_of([document.pk]).get(document.pk) if outgoing else None,
        came_by=None if outgoing else _came_by(document),
    )


def _came_by(document: Document) -> CameBy | None:
    rows = Distribution.objects.filter(received=document).select_related("document")
    found = rows.defer("document__text").first()
    if found is None:
        return None
    sender = found.document.unit_id
    return CameBy(found, last_names([sender], clock.today()).get(sender, ""))
