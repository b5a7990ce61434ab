"""The head's conclusion: its text, the sentences that somebody must carry out, who owns them, the notice, the end."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.selectors import commitments_by_source
from danvan.commitments.selectors.series import going_on_from, series_of_turns
from danvan.commitments.services import (
    Assignment,
    Rule,
    assign_commitments,
    assigning_faults,
    begin_series,
    series_faults,
)
from danvan.commitments.services.assignments import Late, units_of
from danvan.commitments.services.clocks import hold_ledger
from danvan.dialogues.enums import State, StepKind, Way
from danvan.dialogues.events import DialogueConcluded
from danvan.dialogues.models import Dialogue, DialogueConclusion
from danvan.dialogues.selectors.cards import sentences_of, undecided
from danvan.dialogues.selectors.reading import SOURCE, carried_by, unowned
from danvan.dialogues.services import rows
from danvan.dialogues.services.names import wipe_names
from danvan.dialogues.services.slips import put_behind_slips
from danvan.documents.enums import DocumentType
from danvan.documents.services import register_issued_document
from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.indicators.services import Source
from danvan.organisations.selectors import identities
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import Commitment, CommitmentSeries

HOLD = "dialogues.hold"


@transaction.atomic
def write_conclusion(
    dialogue: Dialogue, *, text: str, actor: "User | None", seen: int | None = None
) -> Dialogue:
    """The head's words as they stand in the minutes; not changed any more once a sentence of them was taken out."""
    dialogue = rows.locked(dialogue, seen=seen)
    text = rows.text_of(
        text, missing="Đồng chí vui lòng ghi kết luận của người đứng đầu.", column="text"
    )
    _held(dialogue)
    if dialogue.conclusions.exists():
        raise RuleError(
            "Đã tách việc từ kết luận này nên không sửa lời được nữa. "
            "Đồng chí vui lòng bỏ các kết luận đã tách, rồi sửa."
        )
    dialogue.conclusion, dialogue.no_work = text, []
    rows.save(dialogue, "conclusion", "no_work")
    audit.record(actor, "dialogues.write_conclusion", dialogue)
    return dialogue


@transaction.atomic
def add_conclusion(dialogue: Dialogue, *, start: int, actor: "User | None") -> DialogueConclusion:
    """Take the sentence that begins at `start` out of the head's words: somebody must carry it out."""
    dialogue = rows.locked(dialogue)
    _held(dialogue)
    end = dict(sentences_of(dialogue.conclusion)).get(start)
    if end is None:
        raise RuleError("Không thấy câu này trong kết luận, đồng chí vui lòng mở lại trang.")
    if dialogue.conclusions.filter(start__lt=end, end__gt=start).exists():
        raise RuleError("Câu này đã tách thành kết luận rồi.")
    found = DialogueConclusion.objects.create(
        dialogue=dialogue, start=start, end=end, sentence=dialogue.conclusion[start:end]
    )
    dialogue.no_work = [one for one in dialogue.no_work if one != start]
    rows.save(dialogue, "no_work")
    audit.record(actor, "dialogues.add_conclusion", dialogue, conclusion_id=found.pk)
    return found


@transaction.atomic
def drop_conclusion(conclusion: DialogueConclusion, *, actor: "User | None") -> None:
    """Put a sentence back that was taken out by mistake, while nobody owns it."""
    dialogue = rows.locked(conclusion.dialogue)
    _held(dialogue)
    given = commitments_by_source(SOURCE, [conclusion.pk])
    if given.exists() or going_on_from(SOURCE, [conclusion.pk]).exists():
        raise RuleError(
            "Kết luận này đã giao việc nên không bỏ được. Đồng chí vui lòng rút việc đã giao, thôi lặp lại việc định kỳ "
            "trước."
        )
    audit.record(actor, "dialogues.drop_conclusion", dialogue, conclusion_id=conclusion.pk)
    DialogueConclusion.objects.filter(pk=conclusion.pk).delete()
    rows.save(dialogue)


@transaction.atomic
def own_conclusion(
    conclusion: DialogueConclusion,
    assignment: Assignment,
    *,
    actor: "User | None",
    reason: str = "",
) -> "Commitment":
    """Give a conclusion to who carries it out, as a commitment in the ledger; it may be given to several, one by one.

    A day that has gone by needs the reason why it is written down only now, and is never before the dialogue.
    """
    dialogue = _giving(conclusion, assignment)
    [given] = assign_commitments(
        [assignment],
        assigner=identities([dialogue.unit_id])[dialogue.unit_id],
        actor=actor,
        source=_source(conclusion, dialogue),
        action=HOLD,
        late=Late(reason, dialogue.held_on),
    )
    ids = {"conclusion_id": conclusion.pk, "commitment_id": given.pk}
    _given(dialogue, actor, ids)
    return given


@transaction.atomic
def own_conclusion_again(
    conclusion: DialogueConclusion, assignment: Assignment, rule: Rule, *, actor: "User | None"
) -> "CommitmentSeries":
    """Give a conclusion to who carries it out again and again: each turn is a commitment with the conclusion as its source."""
    dialogue = _giving(conclusion, assignment)
    [series] = begin_series(
        [assignment],
        rule,
        assigner=identities([dialogue.unit_id])[dialogue.unit_id],
        actor=actor,
        source=_source(conclusion, dialogue),
        action=HOLD,
    )
    _given(dialogue, actor, {"conclusion_id": conclusion.pk, "series_id": series.pk})
    return series


def owning_faults(
    conclusion: DialogueConclusion,
    assignment: Assignment,
    rule: Rule,
    *,
    actor: "User | None",
    reason: str = "",
) -> list[Fault]:
    """What would keep a conclusion from being given so, once or by the rule; nothing is given."""
    dialogue = conclusion.dialogue
    assigner = identities([dialogue.unit_id])[dialogue.unit_id]
    if rule.every:
        return series_faults([assignment], rule, assigner=assigner, actor=actor, action=HOLD)
    late = Late(reason, dialogue.held_on)
    return assigning_faults([assignment], assigner=assigner, actor=actor, action=HOLD, late=late)


def _giving(conclusion: DialogueConclusion, assignment: Assignment) -> Dialogue:
    """The dialogue under lock, after the units; RuleError where nothing is given from it."""
    hold_ledger({conclusion.dialogue.unit_id, *units_of(assignment)})
    dialogue = rows.locked(conclusion.dialogue)
    if dialogue.state not in (State.HELD, State.CONCLUDED):
        raise rows.wrong_state(
            dialogue, "Chỉ giao việc từ kết luận của cuộc đã đối thoại, chưa khép lại."
        )
    return dialogue


def _source(conclusion: DialogueConclusion, dialogue: Dialogue) -> Source:
    return Source(
        kind=SOURCE,
        id=conclusion.pk,
        start=conclusion.start,
        end=conclusion.end,
        sentence=conclusion.sentence,
        symbol=dialogue.number,
    )


def _given(dialogue: Dialogue, actor: "User | None", ids: dict[str, int]) -> None:
    rows.save(dialogue)
    if dialogue.state == State.CONCLUDED:
        put_behind_slips(dialogue)
    audit.record(actor, "dialogues.own_conclusion", dialogue, **ids)


@transaction.atomic
def issue_conclusions(
    dialogue: Dialogue,
    *,
    on: date,
    actor: "User | None",
    signer: str = "",
    file: tuple[str, bytes] | None = None,
    seen: int | None = None,
) -> Dialogue:
    """Issue the notice of the conclusions and enter it in the host's register of outgoing documents.

    Refused while an opinion has no way, a conclusion no owner, a sentence is neither work nor said to be none, or it
    is not said whether an opinion went above.
    """
    dialogue = rows.locked(dialogue, seen=seen)
    rows.refuse(notice_faults(dialogue, on))
    rows.move(
        dialogue, State.CONCLUDED, refusal="Thông báo kết luận ra một lần, sau khi đối thoại."
    )
    name, content = file or ("", None)
    dialogue.notice = register_issued_document(
        unit=identities([dialogue.unit_id])[dialogue.unit_id],
        document_type=DocumentType.CONCLUSION_NOTICE,
        abstract=f"Thông báo kết luận cuộc đối thoại {dialogue.number}: {dialogue.subject}"[:400],
        issued_on=on,
        signer=signer or dialogue.head_name,
        signer_position=dialogue.head_title,
        content=content,
        name=name,
        actor=actor,
        action=HOLD,
    )
    dialogue.concluded_on = on
    rows.save(dialogue, "state", "concluded_on", "notice")
    put_behind_slips(dialogue)
    rows.step(dialogue, StepKind.CONCLUDED, actor=actor)
    audit.record(actor, "dialogues.conclude", dialogue, document_id=dialogue.notice.pk)
    events.publish(DialogueConcluded(dialogue_id=dialogue.pk))
    return dialogue


@transaction.atomic
def close_dialogue(
    dialogue: Dialogue, *, actor: "User | None", seen: int | None = None
) -> Dialogue:
    """Close it: every conclusion is owned, and what was given for a day, or took its place, was found done.

    What comes back has no end: of its turns only those count whose day is over.
    """
    dialogue = rows.locked(dialogue, seen=seen)
    faults = _ownerless(dialogue)
    found = list(dialogue.conclusions.values_list("pk", flat=True))
    if numbers := sorted({one.number for one in _to_be_done(found)}):
        some = ", ".join(numbers[:5])
        faults.append(
            Fault(
                f"Còn {format_number(len(numbers))} việc chưa kiểm tra xong ({some}), "
                "đồng chí vui lòng theo dõi đến khi xong."
            )
        )
    rows.refuse(faults)
    rows.move(dialogue, State.CLOSED, refusal="Chỉ khép lại sau khi đã ra thông báo kết luận.")
    dialogue.closed_on = clock.today()
    rows.save(dialogue, "state", "closed_on")
    wipe_names(dialogue)
    rows.step(dialogue, StepKind.CLOSED, actor=actor)
    audit.record(actor, "dialogues.close", dialogue)
    return dialogue


def _to_be_done(conclusion_ids: list[int]) -> list["Commitment"]:
    """What keeps a dialogue open: given for a day, not found done, and no turn whose day is still to come."""
    rows = [one for _, one in carried_by(conclusion_ids) if one.verified_on is None and one.due_on]
    turns, today = series_of_turns(one.pk for one in rows), clock.today()
    return [one for one in rows if one.pk not in turns or (one.due_on or today) < today]


def _held(dialogue: Dialogue) -> None:
    if dialogue.state != State.HELD:
        raise rows.wrong_state(
            dialogue, "Kết luận chỉ ghi, tách sau khi đối thoại, trước khi ra thông báo."
        )


def _ownerless(dialogue: Dialogue) -> list[Fault]:
    return [
        Fault(f"Chưa có đơn vị chủ trì cho kết luận “{one.sentence[:120]}”.")
        for one in unowned(dialogue)
    ]


def _undecided(dialogue: Dialogue) -> list[Fault]:
    return [
        Fault(
            f"Câu “{one.words[:120]}” chưa giao cho ai: đồng chí chọn “Thêm việc” rồi giao, hoặc “Không phải việc”."
        )
        for one in undecided(dialogue, dialogue.conclusions.all())
    ]


def missing_for_notice(dialogue: Dialogue) -> list[Fault]:
    """What is still to be decided before the notice of the conclusions can go out, all of it."""
    faults = [*_ownerless(dialogue), *_undecided(dialogue)]
    ways = list(dialogue.opinions.values_list("way", flat=True))
    if not dialogue.conclusion:
        faults.append(Fault("Chưa ghi kết luận của người đứng đầu."))
    if waiting := ways.count(Way.OPEN):
        faults.append(Fault(f"Còn {format_number(waiting)} ý kiến chưa có hướng xử lý."))
    if sent := dialogue.questions.filter(opinion=None, aside="").count():
        faults.append(
            Fault(
                f"Còn {format_number(sent)} câu hỏi gửi trước chưa xếp: người gửi đang chờ trả lời."
            )
        )
    if Way.ABOVE not in ways and not dialogue.none_above:
        faults.append(
            Fault(
                "Chưa ghi có ý kiến vượt thẩm quyền hay không; nếu không có, đồng chí bấm ghi nhận."
            )
        )
    if not dialogue.conclusions.exists() and {Way.GIVEN, Way.ABOVE} & set(ways):
        faults.append(
            Fault(
                "Có ý kiến giao đơn vị hoặc chuyển cấp trên mà chưa tách kết luận nào thành việc."
            )
        )
    return faults


def notice_faults(dialogue: Dialogue, on: date | None) -> list[Fault]:
    """Everything that keeps the notice from going out on a day; of the day nothing where it is not known yet."""
    return [*missing_for_notice(dialogue), *(_day_faults(dialogue, on) if on else [])]


def _day_faults(dialogue: Dialogue, on: date) -> list[Fault]:
    if on > clock.today():
        return [Fault("Ngày ra thông báo chưa đến, đồng chí vui lòng xem lại.", column="on")]
    if on < dialogue.held_on:
        day = format_date(dialogue.held_on)
        return [Fault(f"Thông báo kết luận không thể trước ngày đối thoại {day}.", column="on")]
    return []
