"""The answer to a proposal or feedback, what whoever asked says of it, and whether somebody looked that it was done."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, events
from danvan.foundation.acting import day_faults
from danvan.foundation.errors import Fault, RuleError
from danvan.petitions.enums import (
    MORE,
    OUTCOMES,
    RELAY,
    REPLY,
    SETTLE,
    TELL,
    TELL_KEY,
    AnswerChannel,
    Outcome,
    Satisfaction,
    StepKind,
)
from danvan.petitions.events import PetitionAnswered
from danvan.petitions.models import Petition, PetitionAnswer
from danvan.petitions.selectors.lacking import lacking_answers, lacking_to_check
from danvan.petitions.services import rows
from danvan.petitions.services.deciding import begin_relay, given_from
from danvan.petitions.services.publishing import words_changed
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User


@transaction.atomic
def answer_petition(
    petition: Petition, *, text: str, channel: str, outcome: str, on: date, actor: "User | None", symbol: str = "",
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """Answer whoever asked, in words; refused while a request stands without its own answer."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "answer")
    text, faults = _answer_faults(petition, text, channel, outcome)
    lacking = lacking_answers(petition.requests.all())
    rows.refuse([*faults, *lacking, *rows.before_faults(petition, on)])
    rows.move(petition, "answer")
    _answer(petition, text, channel, outcome, on, actor)
    rows.step(petition, StepKind.ANSWERED, on=on, actor=actor, symbol=symbol)
    rows.save(petition, "state", "answer", "answer_channel", "outcome", "answered_on")
    audit.record(actor, "petitions.answer", petition, outcome=outcome)
    events.publish(PetitionAnswered(petition_id=petition.pk))
    return petition


@transaction.atomic
def report_result(
    petition: Petition, *, text: str, channel: str, outcome: str, on: date, actor: "User | None", symbol: str = "",
    reported_on: date | None = None, seen: int | None = None,
) -> Petition:  # fmt: skip
    """What the body outside reported, told to whoever asked in the same act: by its day where they wanted to be told. Each
    request that stood without an answer has this one.

    `reported_on` is the day on which it was reported; the day of the answer where it is not said.
    """
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "report_result")
    text, faults = _answer_faults(petition, text, channel, outcome)
    faults += rows.before_faults(petition, on)
    reported_on = reported_on or on
    if reported_on > on:
        words = "Ngày nơi nhận báo kết quả không thể sau ngày trả lời, đồng chí vui lòng xem lại."
        faults.append(Fault(words, column="reported_on"))
    elif reported_on < on:
        faults += rows.before_faults(petition, reported_on, column="reported_on")
    rows.refuse(faults)
    rows.move(petition, "report_result")
    _answer(petition, text, channel, outcome, on, actor)
    basis = f"Kết quả của {petition.handed_to}, báo ngày {format_date(reported_on)}"
    standing = petition.requests.filter(withdrawn_on=None, replied_on=None)
    standing.update(reply=text, basis=basis, replied_on=on)
    if petition.paper.wants_result:
        rows.run(petition, TELL, TELL_KEY, on=reported_on, actor=actor)
        rows.stop(petition, TELL, on=on, actor=actor)
    words = f"{petition.handed_to}, báo ngày {format_date(reported_on)}"
    rows.step(petition, StepKind.REPORTED, on=on, actor=actor, words=words, symbol=symbol)
    rows.save(petition, "state", "answer", "answer_channel", "outcome", "answered_on")
    audit.record(actor, "petitions.report_result", petition, outcome=outcome)
    events.publish(PetitionAnswered(petition_id=petition.pk))
    return petition


@transaction.atomic
def rate_answer(
    petition: Petition,
    *,
    satisfaction: str,
    on: date,
    actor: "User | None",
    seen: int | None = None,
) -> Petition:
    """What whoever asked says of the answer; it changes nothing of the outcome."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "rate")
    told_on = petition.answered_on or petition.sent_on or petition.received_on
    faults = day_faults(on, column="on", since=told_on, what="ngày trả lời")
    if not satisfaction or satisfaction not in Satisfaction.values:
        faults.append(Fault("Đồng chí vui lòng chọn mức hài lòng.", column="satisfaction"))
    rows.refuse(faults)
    petition.satisfaction, petition.rated_on = satisfaction, on
    words = str(Satisfaction(satisfaction).label)
    rows.step(petition, StepKind.RATED, on=on, actor=actor, words=words)
    rows.save(petition, "satisfaction", "rated_on")
    audit.record(actor, "petitions.rate", petition, satisfaction=satisfaction)
    return petition


@transaction.atomic
def dispute_answer(
    petition: Petition, *, why: str, on: date, actor: "User | None", seen: int | None = None
) -> Petition:
    """Whoever asked does not agree, once: it is open again, each request to be answered anew, and the next answer rated anew;
    the first answer stays beside.
    """
    petition = rows.locked(petition, seen=seen)
    if petition.disputed_on is not None:
        raise RuleError(
            f"Đơn {petition.number} đã được xem xét lại một lần. Đồng chí vui lòng hướng dẫn người gửi quyền khiếu nại, "
            "khởi kiện theo luật."
        )
    rows.allowed_move(petition, "dispute")
    why, faults = rows.words_of(
        why, column="why", missing="Đồng chí vui lòng ghi vì sao người gửi không đồng ý.", most=500
    )
    since = petition.answered_on or petition.received_on
    rows.refuse([*faults, *day_faults(on, column="on", since=since, what="ngày trả lời")])
    rows.move(petition, "dispute")
    petition.disputed_on, petition.answered_on, petition.outcome = on, None, Outcome.NONE
    petition.verified_on = petition.verified_by = None
    petition.satisfaction, petition.rated_on = Satisfaction.NONE, None
    petition.handed_to = ""  # it is dealt with here from now on
    petition.requests.filter(withdrawn_on=None).update(replied_on=None)
    petition.accepted_on = (
        petition.accepted_on or on
    )  # what came back from a body outside was never accepted here
    rows.stop(petition, RELAY, on=on, actor=actor)  # the next answer is told anew
    rows.run_house(petition, SETTLE, on=on, actor=actor)
    rows.step(petition, StepKind.DISPUTED, on=on, actor=actor, words=why)
    rows.save(
        petition, "state", "disputed_on", "answered_on", "outcome", "verified_on", "verified_by", "accepted_on",
        "satisfaction", "rated_on", "handed_to",
    )  # fmt: skip
    audit.record(actor, "petitions.dispute", petition)
    return petition


@transaction.atomic
def check_done(
    petition: Petition, *, on: date, actor: "User", words: str = "", seen: int | None = None
) -> Petition:
    """Somebody other than who answered looked that what was answered is done."""
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "check")
    words, faults = rows.words_of(words, column="words", most=500)
    since = petition.answered_on or petition.sent_on or petition.received_on
    faults += day_faults(on, column="on", since=since, what="ngày trả lời")
    answers = list(petition.answers.order_by("pk"))
    rows.refuse([*faults, *lacking_to_check(given_from(petition), answers, user_id=actor.pk)])
    petition.verified_on, petition.verified_by = on, actor
    rows.step(petition, StepKind.VERIFIED, on=on, actor=actor, words=words)
    rows.save(petition, "verified_on", "verified_by")
    audit.record(actor, "petitions.check", petition)
    return petition


def _answer_faults(
    petition: Petition, text: str, channel: str, outcome: str
) -> tuple[str, list[Fault]]:
    text, faults = rows.words_of(
        text,
        column="text",
        missing="Đồng chí vui lòng ghi nội dung trả lời; không đóng đơn khi chưa trả lời.",
    )
    if channel not in AnswerChannel.values:
        faults.append(Fault("Đồng chí vui lòng chọn trả lời bằng cách nào.", column="channel"))
    if outcome not in OUTCOMES[petition.kind, petition.round]:
        faults.append(Fault("Đồng chí vui lòng chọn kết quả.", column="outcome"))
    return text, faults


def _answer(
    petition: Petition, text: str, channel: str, outcome: str, on: date, actor: "User | None"
) -> None:
    petition.answer, petition.answer_channel = text, channel
    petition.outcome, petition.answered_on = outcome, on
    PetitionAnswer.objects.create(
        petition=petition, on=on, text=text, channel=channel, outcome=outcome, by=actor
    )
    words_changed([petition.pk], on=on)
    rows.stop(petition, SETTLE, REPLY, MORE, on=on, actor=actor)
    begin_relay(petition, on, actor=actor)
