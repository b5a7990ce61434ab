"""What is asked for, one by one: written down, answered with what it rests on, taken back, given to who carries it out."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from danvan.commitments.selectors import codes_from
from danvan.commitments.services import Assignment, assign_commitments, follow_also
from danvan.commitments.services.assignments import units_of
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault
from danvan.indicators.services import Source
from danvan.organisations.selectors import identities
from danvan.petitions.enums import REQUEST_SOURCE, SUBJECT, Kind, StepKind
from danvan.petitions.models import Petition, PetitionRequest
from danvan.petitions.moves import HANDLE, MOVES
from danvan.petitions.services import rows
from danvan.petitions.services.filing_papers import hide_senders
from danvan.petitions.services.withdrawing import SIGNED_PAPER

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import Commitment


@transaction.atomic
def add_request(
    petition: Petition, *, words: str, actor: "User | None", seen: int | None = None
) -> PetitionRequest:
    """Write one more thing down that is asked for."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "request")
    words, faults = rows.words_of(
        words, column="words", missing="Đồng chí vui lòng ghi rõ yêu cầu.", most=600
    )
    rows.refuse(faults)
    words = hide_senders(petition.paper, words, most=600, actor=actor)
    last = petition.requests.aggregate(last=Max("number"))["last"] or 0
    made = PetitionRequest.objects.create(petition=petition, number=last + 1, words=words)
    rows.step(
        petition, StepKind.REQUESTED, on=clock.today(), actor=actor, words=f"Yêu cầu {made.number}"
    )
    rows.save(petition)
    audit.record(actor, "petitions.add_request", petition, request_id=made.pk)
    return made


@transaction.atomic
def reply_to_request(
    request: PetitionRequest, *, reply: str, basis: str, on: date, actor: "User | None"
) -> PetitionRequest:
    """What is answered to one request, and the clause or paper that it rests on."""
    petition = rows.locked(request.petition)
    rows.allowed_move(petition, "reply")
    request = PetitionRequest.objects.get(pk=request.pk)
    reply, faults = rows.words_of(
        reply, column="reply", missing="Đồng chí vui lòng ghi trả lời cho yêu cầu này."
    )
    basis, more = rows.words_of(
        basis,
        column="basis",
        missing="Đồng chí vui lòng ghi điều khoản, văn bản làm căn cứ.",
        most=300,
    )
    faults += [*more, *rows.before_faults(petition, on)]
    if request.withdrawn_on is not None:
        faults.append(Fault("Yêu cầu này người gửi đã rút.", column="reply"))
    rows.refuse(faults)
    request.reply, request.basis, request.replied_on = reply, basis, on
    request.save(update_fields=["reply", "basis", "replied_on"])
    rows.step(petition, StepKind.REPLIED, on=on, actor=actor, words=f"Yêu cầu {request.number}")
    rows.save(petition)
    audit.record(actor, "petitions.reply", petition, request_id=request.pk)
    return request


@transaction.atomic
def withdraw_requests(
    petition: Petition, *, request_ids: Collection[int], on: date, actor: "User | None", symbol: str = "",
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """Who asked takes some of it back in writing; taking all of it back is withdrawing the petition."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "withdraw_part")
    standing = {one.pk: one for one in petition.requests.filter(withdrawn_on=None)}
    chosen = [standing[pk] for pk in sorted(set(request_ids)) if pk in standing]
    faults = rows.before_faults(petition, on)
    if not chosen:
        faults.append(
            Fault("Đồng chí vui lòng chọn yêu cầu mà người gửi rút.", column="request_ids")
        )
    elif len(chosen) == len(standing):
        whole = MOVES["withdraw"]
        if not whole.fits(petition.kind, petition.state, petition.round):
            whole = MOVES["end_withdrawn"]
        words = f"Rút tất cả yêu cầu là rút đơn, đồng chí vui lòng dùng “{whole.label}”."
        faults.append(Fault(words, column="request_ids"))
    missing = SIGNED_PAPER if petition.kind == Kind.COMPLAINT else ""
    symbol, more = rows.words_of(symbol, column="symbol", missing=missing, most=80)
    rows.refuse([*faults, *more])
    for one in chosen:
        one.withdrawn_on = on
    PetitionRequest.objects.bulk_update(chosen, ["withdrawn_on"])
    words = "Yêu cầu " + ", ".join(str(one.number) for one in chosen)
    rows.step(petition, StepKind.PART_WITHDRAWN, on=on, actor=actor, words=words, symbol=symbol)
    rows.save(petition)
    audit.record(actor, "petitions.withdraw_requests", petition, ids=[one.pk for one in chosen])
    return petition


@transaction.atomic
def give_work(
    request: PetitionRequest, assignment: Assignment, *, actor: "User | None"
) -> "Commitment":
    """Who does what by when of a request, as a commitment in the ledger whose source is the request."""
    petition = rows.locked(request.petition, also=units_of(assignment))
    rows.allowed_move(petition, "give")
    [given] = assign_commitments(
        [assignment],
        assigner=identities([petition.unit_id])[petition.unit_id],
        actor=actor,
        source=Source(
            kind=REQUEST_SOURCE, id=request.pk, start=0, end=len(request.words), sentence=request.words,
            symbol=petition.number,
        ),
        action=HANDLE,
    )  # fmt: skip
    follow_also(codes_from(SUBJECT, petition.pk), {given.pk: given.title})
    rows.step(petition, StepKind.GIVEN, on=clock.today(), actor=actor, words=given.number)
    rows.save(petition)
    audit.record(
        actor, "petitions.give_work", petition, request_id=request.pk, commitment_id=given.pk
    )
    return given
