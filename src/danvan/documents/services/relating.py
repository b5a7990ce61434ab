"""What documents do to each other: proposed from the words around a citation, decided or added by a person."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.documents.bodies import CitationBody
from danvan.documents.engine import Draft
from danvan.documents.enums import ProposalKind, RelationKind, Verdict
from danvan.documents.models import Document, Proposal, Relation
from danvan.documents.selectors.relations import document_bearing
from danvan.documents.symbols import symbol_key
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.reading.relations import Tie, Ties, tie_of
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

# Going on with what an older document began is carrying it out.
_KINDS = {"continues": RelationKind.IMPLEMENTS}


def propose_relations(document: Document, drafts: Iterable[Draft]) -> int:
    """Propose what a document that was just read does to those it names; returns how many are new.

    In the transaction that keeps the proposals of the reading. What stands already, decided or open, stays.
    """
    citations = [draft for draft in drafts if draft.kind == ProposalKind.CITATION]
    ties = Ties(document.text, ((draft.start, draft.end) for draft in citations))
    fresh: dict[str, Relation] = {}
    settled = _settled(document)
    for draft in citations:
        if not isinstance(draft.body, CitationBody) or not draft.body.symbol:
            continue
        tie = ties.of((draft.start, draft.end))
        key = symbol_key(draft.body.symbol)
        if tie is None or key in settled or key in fresh or key == document.symbol_key:
            continue
        fresh[key] = _relation(document, draft.body.symbol, draft.body.issued_on, tie)
    Relation.objects.bulk_create(fresh.values())
    return len(fresh)


def propose_from_citation(document: Document, proposal: Proposal, body: CitationBody) -> None:
    """Propose what a document does to the one a citation names, once the citation is accepted, as it was accepted."""
    key = symbol_key(body.symbol)
    misread = document.relations.filter(verdict=Verdict.OPEN, end=proposal.end)
    misread.exclude(symbol_key=key).delete()
    if not key or key == document.symbol_key or key in _settled(document):
        return
    cited = document.proposals.filter(kind=ProposalKind.CITATION).values_list("start", "end")
    tie = tie_of(document.text, (proposal.start, proposal.end), cited)
    if tie is not None:
        _relation(document, body.symbol, body.issued_on, tie).save(force_insert=True)


@transaction.atomic
def decide_relation(
    relation: Relation, *, accept: bool, actor: "User | None", kind: str = ""
) -> Relation:
    """Confirm a proposed relation, with another kind where one is given, or reject it. A decision may be changed.

    It is what a person says of the two documents; whether one is still in force is not concluded from it.
    """
    relation, document = _locked(relation)
    if kind and kind not in RelationKind.values:
        raise RuleError("Đồng chí vui lòng chọn quan hệ giữa hai văn bản.")
    changed = bool(accept and kind and kind != relation.kind)
    if changed:
        _refuse_twice(document, kind, relation.symbol_key)
        relation.kind = kind
    verdict = Verdict.REJECTED
    if accept:
        verdict = Verdict.CORRECTED if changed else Verdict.ACCEPTED
    if relation.verdict == verdict and not changed:
        raise RuleError("Quan hệ này đã được quyết định như vậy.")
    relation.verdict, relation.decided_by, relation.decided_at = verdict, actor, clock.now()
    relation.save(update_fields=["kind", "verdict", "decided_by", "decided_at"])
    act = "documents.confirm_relation" if accept else "documents.reject_relation"
    audit.record(actor, act, document, relation_id=relation.pk)
    return relation


@transaction.atomic
def add_relation(
    document: Document,
    *,
    kind: str,
    symbol: str,
    actor: "User | None",
    issued_on: date | None = None,
    other: Document | None = None,
) -> Relation:
    """State by hand what a document does to another: to `other`, or to one known by its symbol only."""
    document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    symbol = " ".join(canonical(other.symbol if other else symbol).split())
    key = symbol_key(symbol)
    faults = []
    if kind not in RelationKind.values:
        faults.append(Fault("Đồng chí vui lòng chọn quan hệ giữa hai văn bản.", column="kind"))
    if not key or len(symbol) > 80:
        faults.append(
            Fault(
                "Đồng chí vui lòng ghi số, ký hiệu của văn bản kia, không quá 80 ký tự.",
                column="symbol",
            )
        )
    elif key == document.symbol_key or other == document:
        faults.append(Fault("Văn bản không có quan hệ với chính nó.", column="symbol"))
    if faults:
        raise RuleError(" ".join(fault.message for fault in faults), faults=faults)
    _refuse_twice(document, kind, key)
    relation = Relation.objects.create(
        document=document,
        kind=kind,
        other=other or document_bearing(document, key, issued_on),
        symbol=symbol,
        symbol_key=key,
        issued_on=issued_on or (other.issued_on if other else None),
        reason="người giữ sổ ghi",
        verdict=Verdict.ACCEPTED,
        decided_by=actor,
        decided_at=clock.now(),
    )
    audit.record(actor, "documents.add_relation", document, relation_id=relation.pk)
    return relation


def drop_proposed(document: Document, rejected: Iterable[Proposal]) -> None:
    """Take back what was only proposed from citations that a person set aside; decisions stay."""
    ends = [one.end for one in rejected if one.kind == ProposalKind.CITATION]
    if ends:
        document.relations.filter(verdict=Verdict.OPEN, end__in=ends).delete()


def _settled(document: Document) -> set[str]:
    """The symbols about which a relation stands already, whatever its kind or verdict."""
    return set(document.relations.values_list("symbol_key", flat=True))


def _relation(document: Document, symbol: str, issued_on: date | None, tie: Tie) -> Relation:
    key = symbol_key(symbol)
    return Relation(
        document=document,
        kind=_KINDS.get(tie.kind, tie.kind),
        other=document_bearing(document, key, issued_on),
        symbol=symbol,
        symbol_key=key,
        issued_on=issued_on,
        start=tie.start,
        end=tie.end,
        reason=tie.reason[:300],
    )


def _locked(relation: Relation) -> tuple[Relation, Document]:
    """The relation and its document under lock: two deciding at once take turns."""
    document = Document.objects.select_for_update(no_key=True).get(pk=relation.document_id)
    return Relation.objects.select_for_update(no_key=True).get(pk=relation.pk), document


def _refuse_twice(document: Document, kind: str, key: str) -> None:
    known = document.relations.filter(kind=kind, symbol_key=key).first()
    if known:
        state = Verdict(known.verdict).label.lower()
        raise RuleError(f"Quan hệ này với {known.symbol} đã có ({state}).")
