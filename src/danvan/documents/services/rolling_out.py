"""Roll a directive out: set what it asks of those addressed, say which clauses need no task, give one that has none."""

import re
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.selectors import counted_from, of_spans
from danvan.commitments.selectors.series import going_on_from, of_span
from danvan.documents.bodies import TaskBody, cut
from danvan.documents.enums import ProposalKind, Stage, Verdict
from danvan.documents.models import ClauseWaiver, Document, Proposal, RollOut
from danvan.documents.selectors.roll_out import SOURCE, clause_at
from danvan.documents.services.reading import locked, reopen_review
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.reading.outline import Clause
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

LONGEST_REASON = 300
LONGEST_TITLE = 300
_NUMBER = re.compile(
    r"^[\s\-+*•]*(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|\(\d{1,2}\))?\s*", re.IGNORECASE
)
BY_HAND = "người đọc chọn"


@transaction.atomic
def set_roll_out(
    document: Document,
    *,
    asks_plan: bool,
    plan_due_on: date | None,
    actor: "User | None",
    session_due_on: date | None = None,
) -> RollOut:
    """Say whether whoever is addressed must have a document of its own, by which day, and by which day it is disseminated."""
    document = locked(document)
    plan_due_on = plan_due_on if asks_plan else None
    issued = document.issued_on or document.received_on
    days = {"plan_due_on": ("Hạn ban hành", plan_due_on), "session_due_on": ("Hạn quán triệt", session_due_on)}  # fmt: skip
    faults = [
        Fault(f"{label} không thể trước ngày của văn bản. Đồng chí vui lòng xem lại.", column=column)
        for column, (label, day) in days.items()
        if day and issued and day < issued
    ]  # fmt: skip
    if faults:
        raise RuleError(" ".join(fault.message for fault in faults), faults=faults)
    row, _ = RollOut.objects.update_or_create(
        document=document,
        defaults={
            "asks_plan": asks_plan,
            "plan_due_on": plan_due_on,
            "session_due_on": session_due_on,
            "set_by": actor,
            "set_at": clock.now(),
        },
    )
    audit.record(actor, "documents.set_roll_out", document, roll_out_id=row.pk)
    return row


@transaction.atomic
def waive_clause(
    document: Document, start: int, *, reason: str, actor: "User | None"
) -> ClauseWaiver:
    """Say of a clause that it needs no task, and why; refused where something was made of it."""
    document = locked(document)
    clause = _clause(document, start)
    reason = " ".join(canonical(reason).split())
    if not reason or len(reason) > LONGEST_REASON:
        raise RuleError(
            f"Đồng chí vui lòng ghi lý do không cần giao việc, không quá {LONGEST_REASON} ký tự."
        )
    given = of_spans(
        counted_from(SOURCE, document.pk), "", clause.start, clause.end, on=clock.today()
    )
    if given or of_span(going_on_from(SOURCE, [document.pk]), clause.start, clause.end):
        raise RuleError("Khoản này đã được giao việc nên không đánh dấu “không cần” được nữa.")
    if document.clause_waivers.filter(start=start).exists():
        raise RuleError("Khoản này đã được đánh dấu không cần giao việc.")
    row = ClauseWaiver.objects.create(
        document=document,
        start=clause.start,
        end=clause.end,
        reason=reason,
        waived_by=actor,
        waived_at=clock.now(),
    )
    audit.record(actor, "documents.waive_clause", document, start=clause.start)
    return row


@transaction.atomic
def take_back_waiver(document: Document, start: int, *, actor: "User | None") -> None:
    """Let a clause wait for its task again."""
    document = locked(document)
    gone, _ = document.clause_waivers.filter(start=start).delete()
    if not gone:
        raise RuleError("Khoản này chưa được đánh dấu không cần giao việc.")
    audit.record(actor, "documents.take_back_waiver", document, start=start)


@transaction.atomic
def propose_task(document: Document, start: int, *, actor: "User | None") -> Proposal:
    """The task that the reading engine did not see in a clause, as a proposal to be completed and accepted.

    A review that was finished is opened again for it; a waiver of the clause goes. What already waits there is
    given instead of a second one.
    """
    document = locked(document)
    clause = _clause(document, start)
    if document.stage == Stage.REVIEWED:
        document = reopen_review(document, actor=actor)
    if document.stage in (Stage.FILED, Stage.UNREADABLE):
        raise RuleError(
            "Văn bản này chưa cho máy đọc. Đồng chí vui lòng chọn “Cho máy đọc” ở trang văn bản trước."
        )
    if document.stage != Stage.TO_REVIEW:
        raise RuleError("Máy chưa đọc xong văn bản này. Đồng chí vui lòng chờ ít phút.")
    document.clause_waivers.filter(start=start).delete()
    here = document.proposals.filter(kind=ProposalKind.TASK)
    waiting = here.filter(verdict=Verdict.OPEN, start__lt=clause.end, end__gt=clause.start).first()
    if waiting:
        return waiting
    span = {"start": clause.start, "end": _free_end(document, clause)}
    words = _NUMBER.sub("", document.text[clause.start : clause.end])
    body = TaskBody(title=cut(words, LONGEST_TITLE), sentence=(clause.start, clause.end))
    proposal = Proposal.objects.create(
        document=document, kind=ProposalKind.TASK, **span, body=body.as_json(), confidence=100,
        rule="by_hand", reason=BY_HAND,
    )  # fmt: skip
    audit.record(actor, "documents.propose_task", document, proposal_id=proposal.pk)
    return proposal


def _clause(document: Document, start: int) -> Clause:
    clause = clause_at(document, start)
    if clause is None:
        raise RuleError("Không thấy khoản này trong văn bản. Đồng chí vui lòng mở lại trang.")
    return clause


def _free_end(document: Document, clause: Clause) -> int:
    """Where a further task of a clause may end: one span holds one proposal of a kind."""
    taken = set(
        document.proposals.filter(kind=ProposalKind.TASK, start=clause.start).values_list(
            "end", flat=True
        )
    )
    return next(end for end in range(clause.end, clause.start, -1) if end not in taken)
