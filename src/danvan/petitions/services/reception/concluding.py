"""What the head concluded on a day of reception: the words, the sentences that are work, who owns them, the notice."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.selectors import commitments_by_source
from danvan.commitments.services import Assignment, assign_commitments
from danvan.commitments.services.assignments import Late, units_of
from danvan.commitments.services.clocks import hold_ledger
from danvan.documents.enums import DocumentType
from danvan.documents.services import register_issued_document
from danvan.foundation import audit
from danvan.foundation.acting import day_faults, refuse, words_of
from danvan.foundation.errors import Fault, RuleError
from danvan.indicators.services import Source
from danvan.organisations.selectors import identities
from danvan.petitions.models import ReceptionConclusion, ReceptionDay
from danvan.petitions.reception_enums import (
    CONCLUSION,
    HANDLED_ACTION,
    TOOK_PLACE,
    DayState,
    DayStepKind,
)
from danvan.petitions.selectors.reception.cards import sentences_of, undecided, unowned
from danvan.petitions.services.reception import rows
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import Commitment

LOST = "Không thấy câu này trong kết luận, đồng chí vui lòng mở lại trang."


@transaction.atomic
def write_conclusion(
    day: ReceptionDay, *, text: str, actor: "User | None", seen: int | None = None
) -> ReceptionDay:
    """The head's words; not changed any more once a sentence of them was taken out."""
    day = rows.locked_day(day, seen=seen)
    text, faults = words_of(
        text, column="text", missing="Đồng chí vui lòng ghi kết luận của người đứng đầu."
    )
    refuse(faults)
    _held(day)
    if day.conclusions.exists():
        raise RuleError(
            "Đã tách việc từ kết luận này nên không sửa lời được nữa. Đồng chí vui lòng bỏ các việc đã tách, rồi sửa."
        )
    day.conclusion, day.no_work = text, []
    rows.save(day, "conclusion", "no_work")
    audit.record(actor, "petitions.write_conclusion", day)
    return day


@transaction.atomic
def take_sentence(day: ReceptionDay, *, start: int, actor: "User | None") -> ReceptionConclusion:
    """Take the sentence that begins at `start` out of the head's words: somebody must carry it out."""
    day = rows.locked_day(day)
    _held(day)
    end = dict(sentences_of(day.conclusion)).get(start)
    if end is None:
        raise RuleError(LOST)
    if day.conclusions.filter(start__lt=end, end__gt=start).exists():
        raise RuleError("Câu này đã tách thành việc rồi.")
    found = ReceptionConclusion.objects.create(
        day=day, start=start, end=end, sentence=day.conclusion[start:end]
    )
    day.no_work = [one for one in day.no_work if one != start]
    rows.save(day, "no_work")
    audit.record(actor, "petitions.take_sentence", day, conclusion_id=found.pk)
    return found


@transaction.atomic
def put_sentence_back(conclusion: ReceptionConclusion, *, actor: "User | None") -> None:
    """Put a sentence back that was taken out by mistake, while nobody owns it."""
    day = rows.locked_day(conclusion.day)
    _held(day)
    if commitments_by_source(CONCLUSION, [conclusion.pk]).exists():
        raise RuleError("Câu này đã giao việc nên không bỏ được. Đồng chí vui lòng rút việc trước.")
    audit.record(actor, "petitions.put_sentence_back", day, conclusion_id=conclusion.pk)
    ReceptionConclusion.objects.filter(pk=conclusion.pk).delete()
    rows.save(day)


@transaction.atomic
def say_no_work(day: ReceptionDay, *, start: int, actor: "User | None") -> ReceptionDay:
    """Say that the sentence that begins at `start` is nothing somebody must carry out; taking it out undoes it."""
    day = rows.locked_day(day)
    _held(day)
    if start not in {one for one, _ in undecided(day)}:
        raise RuleError(LOST)
    day.no_work = sorted({*day.no_work, start})
    rows.save(day, "no_work")
    audit.record(actor, "petitions.say_no_work", day, start=start)
    return day


@transaction.atomic
def own_sentence(
    conclusion: ReceptionConclusion, assignment: Assignment, *, actor: "User | None", reason: str = ""
) -> "Commitment":  # fmt: skip
    """Give a sentence to who carries it out, as a commitment in the ledger; it may be given to several, one by one."""
    hold_ledger({conclusion.day.unit_id, *units_of(assignment)})
    day = rows.locked_day(conclusion.day)
    if day.state not in TOOK_PLACE:
        raise rows.wrong_state(day, "Chỉ giao việc từ kết luận của buổi đã tiếp.")
    [given] = assign_commitments(
        [assignment],
        assigner=identities([day.unit_id])[day.unit_id],
        actor=actor,
        source=Source(
            kind=CONCLUSION, id=conclusion.pk, start=conclusion.start, end=conclusion.end,
            sentence=conclusion.sentence, symbol=day.number,
        ),
        action=HANDLED_ACTION,
        late=Late(reason, day.held_on),
    )  # fmt: skip
    rows.save(day)
    audit.record(
        actor, "petitions.own_sentence", day, conclusion_id=conclusion.pk, commitment_id=given.pk
    )
    return given


@transaction.atomic
def issue_conclusion(
    day: ReceptionDay, *, on: date, actor: "User | None", signer: str = "", seen: int | None = None
) -> ReceptionDay:
    """Issue the notice of what was concluded and enter it in the register of outgoing documents.

    Refused while a sentence is neither work nor said to be none, or nobody owns one that is.
    """
    day = rows.locked_day(day, seen=seen)
    refuse([*lacking_for_notice(day), *day_faults(on, column="on", since=day.held_on, what="ngày tiếp")])  # fmt: skip
    rows.move(day, DayState.CONCLUDED, refusal="Thông báo kết luận ra một lần, sau khi đã tiếp.")
    day.notice = register_issued_document(
        unit=identities([day.unit_id])[day.unit_id],
        document_type=DocumentType.CONCLUSION_NOTICE,
        abstract=f"Thông báo kết luận buổi tiếp công dân {day.number} ngày {format_date(day.held_on)}",
        issued_on=on,
        signer=signer or day.head_name,
        signer_position=day.head_title,
        content=None,
        name="",
        actor=actor,
        action=HANDLED_ACTION,
    )
    day.concluded_on = on
    rows.save(day, "state", "concluded_on", "notice")
    rows.step(day, DayStepKind.CONCLUDED, on=on, actor=actor)
    audit.record(actor, "petitions.issue_conclusion", day, document_id=day.notice.pk)
    return day


def lacking_for_notice(day: ReceptionDay) -> list[Fault]:
    """What is still to be decided before the notice can go out, all of it."""
    faults = (
        []
        if day.conclusion
        else [Fault("Đồng chí vui lòng ghi kết luận của người đứng đầu trước khi ra thông báo.")]
    )
    faults += [
        Fault(f"Chưa có đơn vị chủ trì cho câu “{one.sentence[:120]}”.") for one in unowned(day)
    ]
    return faults + [
        Fault(f"Câu “{words[:120]}” chưa chọn là việc hay không phải việc.")
        for _, words in undecided(day)
    ]


def _held(day: ReceptionDay) -> None:
    if day.state != DayState.HELD:
        raise rows.wrong_state(day, "Kết luận chỉ ghi, tách sau khi tiếp, trước khi ra thông báo.")
