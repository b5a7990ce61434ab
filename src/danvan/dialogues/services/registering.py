"""Register people for a dialogue from the public page, change it, take it back: by the code alone, never past the seats."""

from django.db import transaction

from danvan.dialogues.models import Dialogue, DialogueRegistration
from danvan.dialogues.selectors.asking import takes_questions
from danvan.dialogues.selectors.registering import registered, registration_behind
from danvan.dialogues.services import rows
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.numbers import format_number

MOST_OF_ONE = 20  # people whom one person registers; more is a slip of the keyboard or somebody who takes all seats
NO_CODE = "Mã này không có hoặc không có đăng ký dự. Bà con vui lòng xem lại mã nhận khi đăng ký."
LATE = "Cuộc đối thoại này đã thôi nhận đăng ký. Bà con vẫn có thể đến dự trực tiếp."


def seat_faults(
    dialogue: Dialogue, people: int, *, without: DialogueRegistration | None = None
) -> list[Fault]:
    """Why so many people cannot be registered. The caller holds the dialogue, so nobody takes the seats meanwhile."""
    if not 1 <= people <= MOST_OF_ONE:
        sentence = (
            f"Mỗi lần đăng ký được từ 1 đến {MOST_OF_ONE} người, bà con vui lòng ghi bằng số."
        )
        return [Fault(sentence, column="people")]
    left = registered(dialogue, without=without).left
    if left is not None and people > left:
        some = (
            f"chỉ còn {format_number(left)} chỗ, bà con vui lòng ghi ít người hơn."
            if left
            else "đã đủ người đăng ký, không còn chỗ. Bà con vẫn gửi được câu hỏi và theo dõi trả lời."
        )
        return [Fault(f"Hội nghị {some}", column="people")]
    return []


@transaction.atomic
def change_registration(code: str, *, people: int) -> DialogueRegistration:
    """As many as will come now; one that was taken back stands again."""
    found = _held(code)
    if not takes_questions(found.dialogue):
        raise RuleError(LATE)
    rows.refuse(seat_faults(found.dialogue, people, without=found))
    found.people, found.withdrawn_on = people, None
    found.save(update_fields=["people", "withdrawn_on"])
    audit.record(None, "dialogues.change_registration", found.dialogue)
    return found


@transaction.atomic
def withdraw_registration(code: str) -> DialogueRegistration:
    """Nobody comes: the seats are free for others and the name goes. Until the dialogue is held; twice is once."""
    found = _held(code)
    if found.withdrawn_on is not None:
        return found
    if not found.dialogue.coming:
        raise RuleError("Cuộc đối thoại đã diễn ra hoặc đã hủy nên không cần báo thôi dự.")
    found.withdrawn_on, found.name = clock.today(), ""
    found.save(update_fields=["withdrawn_on", "name"])
    audit.record(None, "dialogues.withdraw_registration", found.dialogue)
    return found


def _held(code: str) -> DialogueRegistration:
    """The registration behind a code with its dialogue under lock, as it stands then."""
    found = registration_behind(code)
    if found is None:
        raise RuleError(NO_CODE)
    dialogue = rows.locked(found.dialogue)
    found = DialogueRegistration.objects.get(pk=found.pk)
    found.dialogue = dialogue
    return found
