"""The decision on a complaint, its way to those it concerns, its enforcement; the second round."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.accounts.selectors import reaches
from danvan.commitments.selectors import commitments_by_source
from danvan.foundation import audit, clock, events
from danvan.foundation.acting import day_faults
from danvan.foundation.errors import Fault
from danvan.petitions.enums import (
    NOTICE,
    OUTCOMES,
    PREFIX,
    RELAY,
    RELAY_KEY,
    REQUEST_SOURCE,
    SEND,
    SENT_ON,
    SETTLE,
    WORKED,
    Channel,
    Publication,
    StepKind,
)
from danvan.petitions.events import PetitionClosed, PetitionsReceived
from danvan.petitions.models import Paper, Petition, PetitionRequest, Signature
from danvan.petitions.moves import RECEIVE
from danvan.petitions.selectors.competence import not_above, units_above
from danvan.petitions.selectors.lacking import lacking_to_decide, lacking_to_finish
from danvan.petitions.selectors.rules import appeal_until, effective_on, send_key
from danvan.petitions.services import rows
from danvan.petitions.services.filing_papers import hide_senders
from danvan.petitions.services.receiving import begin_clocks, sender_faults
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import Commitment


NO_TERM = (
    "Lần đầu chưa có quyết định và không có hạn giải quyết nào được tính, nên không biết đã quá hạn hay chưa. Đồng chí vui "
    "lòng ghi quyết định lần đầu và gửi đi rồi mới nhận khiếu nại lần hai."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDraft:
    """A second complaint before it is written down: where, when, by which way, what it says."""

    unit_id: int
    received_on: date
    channel: str = Channel.RECEPTION
    text: str = ""
    why_late: str = ""
    sender: str = ""
    sender_symbol: str = ""


@transaction.atomic
def decide_petition(
    petition: Petition, *, outcome: str, symbol: str, on: date, actor: "User | None", words: str = "",
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """The decision on a complaint; refused, with all that is lacking, while a request is not answered or a dialogue not held."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "decide")
    symbol, faults = rows.words_of(
        symbol, column="symbol", missing="Đồng chí vui lòng ghi số, ký hiệu quyết định.", most=80
    )
    words, more = rows.words_of(words, column="words", most=500)
    if outcome not in OUTCOMES[petition.kind, petition.round]:
        faults.append(Fault("Đồng chí vui lòng chọn kết quả giải quyết.", column="outcome"))
    lacking = lacking_to_decide(petition, petition.requests.all())
    rows.refuse([*faults, *more, *lacking, *rows.before_faults(petition, on)])
    rows.move(petition, "decide")
    petition.decided_on, petition.decision, petition.outcome = on, symbol, outcome
    petition.effective_on = effective_on(petition, on)
    rows.stop(petition, SETTLE, on=on, actor=actor)
    rows.run(petition, SEND, send_key(petition), on=on, actor=actor)
    rows.step(petition, StepKind.DECIDED, on=on, actor=actor, words=words, symbol=symbol)
    rows.save(petition, "state", "decided_on", "decision", "outcome", "effective_on")
    audit.record(actor, "petitions.decide", petition, outcome=outcome)
    return petition


@transaction.atomic
def send_decision(
    petition: Petition, *, on: date, actor: "User | None", words: str = "", seen: int | None = None
) -> Petition:
    """The decision went to who complained and to all others whom the law names; from here the second complaint is open."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "send")
    words, faults = rows.words_of(words, column="words", most=500)
    rows.refuse([*faults, *rows.before_faults(petition, on)])
    rows.move(petition, "send")
    petition.sent_on = on
    petition.appeal_until = appeal_until(petition, on)
    rows.stop(petition, SEND, on=on, actor=actor)
    begin_relay(petition, on, actor=actor)
    rows.step(petition, StepKind.SENT, on=on, actor=actor, words=words)
    rows.save(petition, "state", "sent_on", "appeal_until")
    audit.record(actor, "petitions.send_decision", petition)
    return petition


def begin_relay(petition: Petition, on: date, *, actor: "User | None") -> None:
    """Who sent the paper on is owed what came of it."""
    if petition.paper.channel in SENT_ON:
        rows.run(petition, RELAY, RELAY_KEY, on=on, actor=actor)


@transaction.atomic
def report_back(
    petition: Petition, *, on: date, actor: "User | None", symbol: str = "", seen: int | None = None
) -> Petition:
    """Who sent the paper on was told what came of it."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "report_back")
    faults = rows.before_faults(petition, on)
    if petition.paper.channel not in SENT_ON:
        faults.append(
            Fault("Đơn này không do cơ quan khác chuyển đến nên không phải báo lại.", column="on")
        )
    rows.refuse(faults)
    rows.stop(petition, RELAY, on=on, actor=actor)
    rows.step(
        petition,
        StepKind.REPORTED_BACK,
        on=on,
        actor=actor,
        words=petition.paper.sender,
        symbol=symbol,
    )
    rows.save(petition)
    audit.record(actor, "petitions.report_back", petition)
    return petition


@transaction.atomic
def publish_decision(
    petition: Petition, *, publication: str, on: date, actor: "User | None", seen: int | None = None
) -> Petition:
    """By which way the decision was made public."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "publish")
    faults = day_faults(
        on, column="on", since=petition.decided_on or petition.received_on, what="ngày quyết định"
    )
    if publication not in Publication.values or not publication:
        faults.append(Fault("Đồng chí vui lòng chọn hình thức công khai.", column="publication"))
    rows.refuse(faults)
    petition.publication, petition.published_on = publication, on
    words = str(Publication(publication).label)
    rows.step(petition, StepKind.PUBLISHED, on=on, actor=actor, words=words)
    rows.save(petition, "publication", "published_on")
    audit.record(actor, "petitions.publish", petition, publication=publication)
    return petition


@transaction.atomic
def enforce_decision(
    petition: Petition, *, on: date, actor: "User | None", words: str = "", seen: int | None = None
) -> Petition:
    """Its enforcement is followed until it is done; who does what is given from its requests."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "enforce")
    words, faults = rows.words_of(words, column="words", most=500)
    rows.refuse([*faults, *rows.before_faults(petition, on)])
    rows.move(petition, "enforce")
    rows.step(petition, StepKind.ENFORCING, on=on, actor=actor, words=words)
    rows.save(petition, "state")
    audit.record(actor, "petitions.enforce", petition)
    return petition


@transaction.atomic
def finish_petition(
    petition: Petition, *, on: date, actor: "User | None", seen: int | None = None
) -> Petition:
    """Nothing is left to be done: what was given of it was found done, whoever could complain again did not or may not."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "finish")
    owed = rows.open_clock(petition, RELAY) is not None
    lacking = lacking_to_finish(petition, given_from(petition), on=on, relay_owed=owed)
    rows.refuse([*rows.before_faults(petition, on), *lacking])
    rows.move(petition, "finish")
    rows.close(petition, on, actor=actor)
    rows.step(petition, StepKind.DONE, on=on, actor=actor)
    rows.save(petition, "state", "closed_on")
    audit.record(actor, "petitions.finish", petition)
    events.publish(PetitionClosed(petition_id=petition.pk))
    return petition


def given_from(petition: Petition) -> list["Commitment"]:
    """The work that was given from what it asks for."""
    asked = list(petition.requests.values_list("pk", flat=True))
    return list(commitments_by_source(REQUEST_SOURCE, asked))


@transaction.atomic
def appeal_petition(
    petition: Petition, draft: AppealDraft, *, actor: "User | None", seen: int | None = None
) -> Petition:
    """The second complaint, at who is competent for it: a petition of its own that points to the first.

    It may be made after the first decision was sent, or when the first was not settled in time; also after the first was
    finished, where it was handed in before and comes to hand late, or is late for a good reason.
    """
    petition = rows.locked(petition, seen=seen, also=[draft.unit_id])
    rows.allowed_move(petition, "appeal")
    text, faults = rows.words_of(draft.text, column="text", most=rows.TEXT)
    rows.refuse([*faults, *_appeal_faults(petition, draft, actor)])
    rows.move(petition, "appeal")
    rows.close(petition, draft.received_on, actor=actor, owed=(NOTICE, RELAY))
    first = petition.paper
    paper = Paper.objects.create(
        unit_id=draft.unit_id, received_on=draft.received_on, channel=draft.channel, language=first.language,
        sender=canonical(draft.sender).strip(), sender_symbol=canonical(draft.sender_symbol).strip(),
        people=first.people, entered_by=actor, entered_at=clock.now(),
    )  # fmt: skip
    Signature.objects.bulk_create(
        Signature(paper=paper, petitioner_id=one.petitioner_id, representative=one.representative)
        for one in first.signatures.order_by("pk")
    )
    text = hide_senders(paper, text, most=rows.TEXT, actor=actor)
    why = hide_senders(paper, canonical(draft.why_late).strip(), most=500, actor=actor)
    second = Petition.objects.create(
        number=rows.number_of(PREFIX[petition.kind], draft.received_on.year),
        paper=paper, kind=petition.kind, round=2, first_round=petition, unit_id=draft.unit_id,
        place_id=petition.place_id, topic_id=petition.topic_id, title=petition.title, text=text,
        received_on=draft.received_on, at_unit_on=draft.received_on,
        decision_symbol=petition.decision or petition.decision_symbol, known_on=petition.sent_on,
        disciplinary=petition.disciplinary, remote=petition.remote,
    )  # fmt: skip
    standing = petition.requests.filter(withdrawn_on=None)
    PetitionRequest.objects.bulk_create(
        PetitionRequest(petition=second, number=number, words=one.words)
        for number, one in enumerate(standing, start=1)
    )
    second.barred.bulk_create(
        [type(one)(petition=second, user_id=one.user_id) for one in petition.barred.all()]
    )
    begin_clocks(second, paper.channel, actor=actor, new=True)
    rows.step(petition, StepKind.APPEALED, on=draft.received_on, actor=actor, words=second.number)
    rows.step(
        second,
        StepKind.RECEIVED,
        on=draft.received_on,
        actor=actor,
        words=f"Lần hai, sau {petition.number}. {why}".strip(),
    )
    rows.save(petition, "state", "closed_on")
    rows.save(second)
    rows.index_new(second)
    audit.record(actor, "petitions.appeal", petition, second_id=second.pk, unit_id=draft.unit_id)
    events.publish(PetitionClosed(petition_id=petition.pk))
    events.publish(PetitionsReceived(petition_ids=(second.pk,), people=paper.people))
    return second


def _appeal_faults(petition: Petition, draft: AppealDraft, actor: "User | None") -> list[Fault]:
    faults = rows.before_faults(petition, draft.received_on, column="received_on")
    if actor is not None and not reaches(actor, RECEIVE, draft.unit_id):
        faults.append(
            Fault(
                "Đơn lần hai do cấp trên nhận: đồng chí chưa có quyền nhận đơn cho đơn vị này. Đồng chí vui lòng hướng dẫn người "
                f"khiếu nại gửi đến đó, nơi ấy nhận theo số đơn lần đầu {petition.number}.",
                column="unit",
            )
        )
    elif draft.unit_id not in units_above(petition, draft.received_on):
        faults.append(Fault(not_above(petition, draft.received_on), column="unit"))
    if draft.channel not in Channel.values:
        faults.append(Fault("Đồng chí vui lòng chọn đơn đến bằng cách nào.", column="channel"))
    faults += sender_faults(draft.channel, draft.sender, draft.sender_symbol)
    until = petition.appeal_until
    if petition.state in WORKED:
        held = rows.open_clock(petition, SETTLE)
        until = appeal_until(petition, held.due_on) if held else None
        if held is None:
            faults.append(Fault(NO_TERM, column="received_on"))
        elif draft.received_on <= held.due_on:
            faults.append(
                Fault(
                    "Lần đầu còn trong hạn giải quyết nên chưa khiếu nại lần hai được.",
                    column="received_on",
                )
            )
    if until and draft.received_on > until and not canonical(draft.why_late).strip():
        faults.append(
            Fault(
                f"Hạn khiếu nại lần hai là {format_date(until)}; đồng chí ghi lý do chính đáng nếu vẫn nhận.",
                column="why_late",
            )
        )
    return faults
