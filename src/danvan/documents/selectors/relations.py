"""What documents do to each other, read from both sides."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from danvan.documents.enums import RelationKind, Verdict
from danvan.documents.models import Document, Relation, RelationQuerySet
from danvan.documents.selectors.registers import allowed_documents

if TYPE_CHECKING:
    from danvan.accounts.models import User

# How a relation is said from the other side: of the document that it is about.
INVERSE = {
    RelationKind.CITES: "được viện dẫn trong",
    RelationKind.BASED_ON: "là căn cứ của",
    RelationKind.IMPLEMENTS: "được triển khai, thực hiện bởi",
    RelationKind.ANSWERS: "được trả lời tại",
    RelationKind.REPLACES: "được ghi là thay thế bởi",
    RelationKind.AMENDS: "được ghi là sửa đổi, bổ sung bởi",
    RelationKind.PROMULGATES: "ban hành kèm theo văn bản này:",
    RelationKind.REVIEWS: "được sơ kết, tổng kết tại",
}
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Related:
    """One relation as one side shows it. `other_id` is a document the reader may open, else None."""

    relation: Relation
    said: str
    title: str
    other_id: int | None
    day: date | None = None

    @property
    def open(self) -> bool:
        """Whether nobody has decided about it: it is shown as proposed, and says nothing yet."""
        return self.relation.verdict == Verdict.OPEN


def allowed_relations(user: "User", action: str) -> RelationQuerySet:
    """Relations of documents registered where `user` may do `action`."""
    return Relation.objects.allowed(user, action)


def document_bearing(document: Document, key: str, issued_on: date | None) -> Document | None:
    """The document with this symbol in the registers of the same unit; of that day where one is known."""
    if not key:
        return None
    known = Document.objects.filter(symbol_key=key, unit_id=document.unit_id)
    if issued_on:
        known = known.filter(Q(issued_on=issued_on) | Q(issued_on=None))
    return known.exclude(pk=document.pk).defer("text").order_by("-issued_on", "pk").first()


def relations_of(user: "User", document: Document) -> list[Related]:
    """What this document does to others: confirmed and proposed, rejected ones last. Two queries."""
    rows = list(document.relations.select_related("other").defer("other__text")[:MOST_LISTED])
    readable = _readable(user, [one.other_id for one in rows if one.other_id])
    lines = [
        Related(
            one,
            one.get_kind_display().lower(),
            one.symbol,
            one.other_id if one.other_id in readable else None,
            one.issued_on,
        )
        for one in rows
    ]
    return sorted(lines, key=lambda line: line.relation.verdict == Verdict.REJECTED)


def related_by(user: "User", document: Document) -> list[Related]:
    """What other documents that `user` may read are confirmed to do to this one. One query.

    Theirs that lead to this very entry or to an entry received from it; else those that name its symbol
    and its day.
    """
    about = Q(other_id=document.pk) | Q(other__came_by__document_id=document.pk)
    if document.symbol_key and document.issued_on:
        about |= Q(symbol_key=document.symbol_key, issued_on=document.issued_on)
    rows = (
        Relation.objects.filter(about, verdict__in=(Verdict.ACCEPTED, Verdict.CORRECTED))
        .exclude(document_id=document.pk)
        .filter(document__in=allowed_documents(user, "documents.view"))
        .select_related("document")
        .defer("document__text")
        .order_by("kind", "-document__issued_on", "pk")
    )
    return [
        Related(
            one,
            INVERSE[RelationKind(one.kind)],
            f"{one.document.get_document_type_display()} {one.document}".strip(),
            one.document_id,
            one.document.issued_on,
        )
        for one in rows[:MOST_LISTED]
    ]


def _readable(user: "User", ids: list[int]) -> set[int]:
    found = allowed_documents(user, "documents.view").filter(pk__in=ids)
    return set(found.values_list("pk", flat=True))
