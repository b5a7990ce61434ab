"""Which documents carry a document out: those of the units it was sent to, and those that carry these out in turn."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from danvan.documents.enums import Direction, RelationKind, Verdict
from danvan.documents.models import Distribution, Document, Relation

# From the centre to the cell are four levels; more steps than this are a circle of documents.
MOST_STEPS = 6
CONFIRMED = (Verdict.ACCEPTED, Verdict.CORRECTED)
_READ = (
    "unit_id", "direction", "issuer_id", "issuer_name", "issuer_key", "document_type", "symbol",
    "symbol_key", "abstract", "issued_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Carrying:
    """One document that carries another one out; `issuer_id` is the unit that issued it, as it was then."""

    document: Document
    issuer_id: int
    carries_id: int  # the document that it carries out
    step: int


def carried_out_by(root: Document) -> list[Carrying]:
    """The documents confirmed to carry `root` out, directly or through others; three queries a step.

    One that names an entry of the document is its own; one that only names its symbol and day is, where no other
    issuer's document bears both.
    """
    met = {root.pk}
    said = {_said(root)}
    front: list[Document] = [root]
    found: list[Carrying] = []
    for step in range(1, MOST_STEPS + 1):
        entries = {one.pk: one.pk for one in front} | _received([one.pk for one in front])
        named = _named_alone(front)
        next_front = []
        for relation in _relations(entries, named):
            one = relation.document
            issuer = one.unit_id if one.direction == Direction.OUTGOING else one.issuer_id
            if one.pk in met or issuer is None or (_said(one) in said and one.symbol_key):
                continue
            met.add(one.pk)
            said.add(_said(one))
            to = entries.get(relation.other_id or 0)
            carries = to or named[relation.symbol_key, relation.issued_on]
            found.append(Carrying(one, issuer, carries, step))
            next_front.append(one)
        if not next_front:
            break
        front = next_front
    return found


def _said(document: Document) -> tuple[str, date | None, str]:
    """What entries of one paper in several registers have in common."""
    return document.symbol_key, document.issued_on, document.issuer_key


def _received(document_ids: Collection[int]) -> dict[int, int]:
    """The entries that units made of these documents when they were sent them."""
    sent = Distribution.objects.filter(document_id__in=document_ids, received__isnull=False)
    return {entry: pk for entry, pk in sent.values_list("received_id", "document_id") if entry}


def _named_alone(documents: Iterable[Document]) -> dict[tuple[str, date | None], int]:
    """By symbol and day, those of these documents that no other issuer's bears: 130 communes have a 05-KH/ĐU."""
    named = {
        (one.symbol_key, one.issued_on): one
        for one in documents
        if one.symbol_key and one.issued_on
    }
    rows = Document.objects.filter(symbol_key__in=[key for key, _ in named]).order_by()
    issuers: dict[tuple[str, date | None], set[str]] = {}
    for key, day, issuer in rows.values_list("symbol_key", "issued_on", "issuer_key").distinct():
        issuers.setdefault((key, day), set()).add(issuer)
    return {both: one.pk for both, one in named.items() if len(issuers.get(both, ())) < 2}


def _relations(
    entries: dict[int, int], named: dict[tuple[str, date | None], int]
) -> list[Relation]:
    said = Q(other_id__in=entries) | Q(symbol_key__in=[key for key, _ in named])
    rows = Relation.objects.filter(said, kind=RelationKind.IMPLEMENTS, verdict__in=CONFIRMED)
    rows = rows.select_related("document").only(
        "other_id", "symbol_key", "issued_on", *(f"document__{name}" for name in _READ)
    )
    return [
        one
        for one in rows.order_by("document__issued_on", "pk")
        if one.other_id in entries or (one.symbol_key, one.issued_on) in named
    ]
