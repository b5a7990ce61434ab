"""Have a document read, read it again, and end its review."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.documents import engine
from danvan.documents.bodies import ActivityBody, Body, Doer, TaskBody
from danvan.documents.enums import NEXT, Stage, Verdict
from danvan.documents.models import Document, Proposal
from danvan.documents.selectors.doers import found_units, units_of, with_units
from danvan.documents.services.relating import propose_relations
from danvan.foundation import audit, clock, jobs
from danvan.foundation.errors import RuleError
from danvan.organisations.selectors import place_of
from danvan.reading import ReadingError
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User

# A text up to this many characters is read while the clerk waits: well under a second.
READ_AT_ONCE = 40_000


def start_reading(document: Document, *, actor: "User | None") -> None:
    """Read a short text here and now; leave a long one to a worker. The stage is READING before."""
    if len(document.text) <= READ_AT_ONCE:
        read_document(document, actor=actor)
        document.refresh_from_db(fields=["stage", "trouble"])
    else:
        read_later.enqueue(document.pk)


@jobs.job(whole=False)
def read_later(document_id: int) -> None:
    """Read a document in the stage READING; does nothing where it has been read meanwhile."""
    read_document(Document.objects.get(pk=document_id), actor=None)


def read_document(document: Document, *, actor: "User | None") -> None:
    """Read a document in the stage READING and keep what the engine proposes, for a person to decide.

    The engine works outside of any transaction of ours, for a long text takes its time; a text that it
    cannot read ends in the stage UNREADABLE with the reason.
    """
    if document.stage != Stage.READING:
        return
    try:
        drafts = engine.propose(document.text, issued_on=document.issued_on)
    except ReadingError as fault:
        _give_up(document, str(fault), actor=actor)
    else:
        _keep(document, _with_units(document, drafts), actor=actor)


def _with_units(document: Document, drafts: list[engine.Draft]) -> list[engine.Draft]:
    """The drafts of tasks and activities with the units of the register that their words mean today."""
    today = clock.today()
    place_id = place_of(document.answering_id, today)
    doers = {doer for draft in drafts for doer in _doers(draft.body)}
    if not doers or place_id is None:
        return drafts
    units = found_units(doers, place_id, today)
    told = [draft.body for draft in drafts if isinstance(draft.body, ActivityBody)]
    some = {doer for one in told for doer in _doers(one)}
    # "Đảng ủy xã" in the minutes of one commune is its own: an activity is led by one unit.
    alone = {one: units_of(one, place_id, today) for one in some if one.group}
    single = units | {one: found[0] for one, found in alone.items() if len(found) == 1}
    return [replace(draft, body=_named(draft.body, units, single)) for draft in drafts]


def _doers(body: Body) -> tuple[Doer, ...]:
    if isinstance(body, TaskBody):
        return (*body.leads, *body.supports)
    return (body.lead, *body.supports) if isinstance(body, ActivityBody) else ()


def _named(body: Body, units: dict[Doer, int], single: dict[Doer, int]) -> Body:
    if isinstance(body, TaskBody):
        leads, supports = with_units(body.leads, units), with_units(body.supports, units)
        return replace(body, leads=leads, supports=supports)
    if isinstance(body, ActivityBody):
        led = with_units([body.lead], single)[0]
        return replace(body, lead=led, supports=with_units(body.supports, single))
    return body


@transaction.atomic
def propose_again(document: Document, *, actor: "User | None") -> Document:
    """Read a document once more. What people decided stays; what is still open is proposed anew."""
    document = locked(document)
    if not document.text:
        raise RuleError(
            "Văn bản này chưa có tệp để đọc. Đồng chí vui lòng vào sổ kèm tệp Word hoặc PDF."
        )
    check_move(document, Stage.READING)
    document.stage, document.trouble = Stage.READING, ""
    document.save(update_fields=["stage", "trouble"])
    audit.record(actor, "documents.propose_again", document)
    start_reading(document, actor=actor)
    return document


@transaction.atomic
def finish_review(document: Document, *, actor: "User | None") -> Document:
    """End the review of a document once every proposal has been looked at."""
    document = locked(document)
    check_move(document, Stage.REVIEWED)
    left = document.proposals.filter(verdict=Verdict.OPEN).count()
    if left:
        raise RuleError(
            f"Còn {format_number(left)} mục chưa xem. Đồng chí vui lòng nhận, sửa hoặc bỏ từng mục, "
            "hoặc chọn “Bỏ các mục còn lại” ở mỗi nhóm."
        )
    document.stage = Stage.REVIEWED
    document.save(update_fields=["stage"])
    audit.record(actor, "documents.finish_review", document)
    return document


@transaction.atomic
def reopen_review(document: Document, *, actor: "User | None") -> Document:
    """Take up the review of a document again; what was decided stays until it is changed."""
    document = locked(document)
    if document.stage != Stage.REVIEWED:
        raise RuleError("Văn bản này chưa kiểm lại xong nên không cần mở lại.")
    document.stage = Stage.TO_REVIEW
    document.save(update_fields=["stage"])
    audit.record(actor, "documents.reopen_review", document)
    return document


@transaction.atomic
def _keep(document: Document, drafts: list[engine.Draft], *, actor: "User | None") -> None:
    """Replace the open proposals by these; where people decided about a span, nothing is proposed again."""
    document = locked(document)
    if document.stage != Stage.READING:
        return
    document.proposals.filter(verdict=Verdict.OPEN).delete()
    settled: dict[str, list[tuple[int, int]]] = {}
    for kind, start, end in document.proposals.values_list("kind", "start", "end"):
        settled.setdefault(kind, []).append((start, end))
    fresh = [
        Proposal(
            document=document,
            kind=draft.kind,
            start=draft.start,
            end=draft.end,
            body=draft.body.as_json(),
            confidence=draft.confidence,
            rule=draft.rule,
            reason=draft.reason,
        )
        for draft in drafts
        if not any(
            start < draft.end and draft.start < end for start, end in settled.get(draft.kind, ())
        )
    ]
    Proposal.objects.bulk_create(fresh, batch_size=500)
    propose_relations(document, drafts)
    document.stage, document.trouble = Stage.TO_REVIEW, ""
    document.save(update_fields=["stage", "trouble"])
    audit.record(actor, "documents.read", document, proposals=len(fresh))


@transaction.atomic
def _give_up(document: Document, sentence: str, *, actor: "User | None") -> None:
    document = locked(document)
    if document.stage != Stage.READING:
        return
    document.stage, document.trouble = Stage.UNREADABLE, sentence[:400]
    document.save(update_fields=["stage", "trouble"])
    audit.record(actor, "documents.give_up_reading", document)


def locked(document: Document) -> Document:
    """Re-read the row under a lock: the caller's copy may be stale."""
    return Document.objects.select_for_update(no_key=True).get(pk=document.pk)


def check_move(document: Document, to: Stage) -> None:
    """RuleError where a document may not go from its stage to this one."""
    if to not in NEXT[document.stage]:
        now = Stage(document.stage).label.lower()
        raise RuleError(
            f"Văn bản đang ở giai đoạn “{now}” nên chưa chuyển sang “{to.label.lower()}” được."
        )
