"""The sentences of the head's words that are no work: somebody says so of each, and it stays on the page."""

from typing import TYPE_CHECKING

from django.db import transaction

from danvan.dialogues.enums import State
from danvan.dialogues.models import Dialogue
from danvan.dialogues.selectors.cards import said_no_work, undecided
from danvan.dialogues.services import rows
from danvan.foundation import audit
from danvan.foundation.errors import RuleError

if TYPE_CHECKING:
    from danvan.accounts.models import User


@transaction.atomic
def say_no_work(dialogue: Dialogue, *, start: int, actor: "User | None") -> Dialogue:
    """Say that the sentence that begins at `start` is nothing somebody must carry out."""
    dialogue = rows.locked(dialogue)
    _held(dialogue)
    if start not in {one.start for one in undecided(dialogue, dialogue.conclusions.all())}:
        raise RuleError("Không thấy câu này trong kết luận, đồng chí vui lòng mở lại trang.")
    dialogue.no_work = sorted({*dialogue.no_work, start})
    rows.save(dialogue, "no_work")
    audit.record(actor, "dialogues.say_no_work", dialogue, start=start)
    return dialogue


@transaction.atomic
def take_up_again(dialogue: Dialogue, *, start: int, actor: "User | None") -> Dialogue:
    """Look at such a sentence again: it may be work after all."""
    dialogue = rows.locked(dialogue)
    _held(dialogue)
    if start not in {one.start for one in said_no_work(dialogue)}:
        raise RuleError("Câu này không còn ở mục không phải việc, đồng chí vui lòng mở lại trang.")
    dialogue.no_work = [one for one in dialogue.no_work if one != start]
    rows.save(dialogue, "no_work")
    audit.record(actor, "dialogues.take_up_again", dialogue, start=start)
    return dialogue


def _held(dialogue: Dialogue) -> None:
    if dialogue.state != State.HELD:
        raise rows.wrong_state(
            dialogue, "Câu nào là việc chỉ chọn sau khi đối thoại, trước khi ra thông báo."
        )
