"""Slips of a dialogue: a sheet of them in one act, what is put behind them, and the grade that each may give."""

from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.selectors import codes_from, voter_of
from danvan.commitments.services import Asking, Slip, follow_also, hold_followed, open_follow_codes
from danvan.dialogues.enums import Grade, State
from danvan.dialogues.models import Dialogue, DialogueSlipGrade
from danvan.dialogues.selectors.asking import (
    QUESTION,
    SLIP,
    attendance_of,
    slips_of,
    talk_behind,
)
from danvan.dialogues.selectors.reading import SHOWN, owning
from danvan.dialogues.services import rows
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.accounts.models import User


@transaction.atomic
def issue_slips(dialogue: Dialogue, *, number: int, actor: "User | None") -> list[Slip]:
    """A sheet of slips for those who come: each follows what the head concludes, from the notice of it on.

    Once those who came are counted there are never more slips than people.
    """
    dialogue = rows.locked(dialogue)
    hold_followed(_given(dialogue))
    if dialogue.state in (State.PLANNED, State.CANCELLED, State.CLOSED):
        raise rows.wrong_state(dialogue, "Phiếu theo dõi in từ khi đã thông báo đến khi khép lại.")
    _refuse_beyond_the_hall(dialogue, number)
    asked_on = min(dialogue.held_on, clock.today())
    asking = Asking("", asked_on, dialogue.head_title[:160], SLIP, dialogue.pk)
    slips = open_follow_codes(asking, number=number, actor=actor)
    audit.record(actor, "dialogues.issue_slips", dialogue)
    if dialogue.state in SHOWN:
        put_behind_slips(dialogue)
    return slips


def put_behind_slips(dialogue: Dialogue) -> None:
    """Let every slip of the hall follow all that was concluded, and every question what it was carried into.

    Only what stands in a notice that was issued: its sentences are public. Said again, only what is new is added.
    """
    given = _given(dialogue)
    hold_followed(given)
    of: dict[int, list[int]] = {}
    for pk, conclusion_id in given.items():
        of.setdefault(conclusion_id, []).append(pk)
    sentences = dict(dialogue.conclusions.values_list("pk", "sentence"))
    words = {pk: sentences[one] for one, pks in of.items() for pk in pks}
    follow_also(codes_from(SLIP, dialogue.pk), words)
    questions = dialogue.questions.filter(opinion__conclusion__isnull=False)
    asked: dict[int, list[str]] = {}
    for slip, conclusion_id in questions.values_list("slip", "opinion__conclusion"):
        asked.setdefault(conclusion_id, []).append(slip)
    own = codes_from(QUESTION, dialogue.pk)
    for conclusion_id, slips in asked.items():
        follow_also(own.filter(slip__in=slips), {pk: words[pk] for pk in of.get(conclusion_id, [])})


@transaction.atomic
def put_new_behind_slips(dialogue: Dialogue) -> None:
    """Let the slips follow what was given for its conclusions since: the turns of what comes back are made later."""
    dialogue = rows.locked(dialogue)
    if dialogue.state in SHOWN:
        put_behind_slips(dialogue)


def _given(dialogue: Dialogue) -> dict[int, int]:
    """What carries the conclusions out, by its id with that of its conclusion."""
    given = owning(dialogue.conclusions.values_list("pk", flat=True))
    pairs = given.order_by("pk").values_list("pk", "source_id")
    return {pk: conclusion_id or 0 for pk, conclusion_id in pairs}


@transaction.atomic
def rate_by_slip(code: str, *, grade: str) -> None:
    """Keep the grade that a slip gives, until the dialogue is closed; said again, it is changed. Nobody is told whose.

    Never more grades than people who came and questions that were sent: slips that were printed for nobody add none.
    """
    talk = talk_behind(code)
    if talk is None:
        raise RuleError("Mã này không có hoặc không còn dùng được. Bà con vui lòng xem lại mã.")
    rows.locked(talk.dialogue)
    talk = talk_behind(code) or talk  # as it stands under the lock
    if talk.why_no_grade:
        raise RuleError(talk.why_no_grade)
    if grade not in Grade.values:
        sentence = "Bà con vui lòng chọn một mức đánh giá."
        raise RuleError(sentence, faults=[Fault(sentence, column="grade")])
    voter = voter_of(code)
    given = talk.dialogue.slip_grades
    most = (attendance_of(talk.dialogue) or 0) + talk.dialogue.questions.count()
    if given.count() >= most and not given.filter(voter=voter).exists():
        raise RuleError(
            "Số đánh giá đã bằng số người dự và người gửi câu hỏi nên không nhận thêm được. Bà con vui lòng báo "
            "đơn vị tổ chức nếu mình chưa đánh giá lần nào."
        )
    DialogueSlipGrade.objects.update_or_create(
        voter=voter, defaults={"dialogue": talk.dialogue, "grade": grade}
    )


def _refuse_beyond_the_hall(dialogue: Dialogue, number: int) -> None:
    came = attendance_of(dialogue)
    if came is None:
        return
    printed = slips_of(dialogue)
    left = max(came - printed, 0)
    if number > left:
        sentence = (
            f"Có {format_number(came)} người dự và đã in {format_number(printed)} phiếu, nên chỉ in thêm được "
            f"{format_number(left)} phiếu. Phiếu in hỏng, đồng chí vui lòng thu hồi mã trước rồi in lại."
        )
        raise RuleError(sentence, faults=[Fault(sentence, column="number")])
