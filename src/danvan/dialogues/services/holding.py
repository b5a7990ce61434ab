"""Write down that a dialogue was held: who came, as counts; what participants said of it, as counts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.dialogues.enums import Crowd, Grade, Led, State, StepKind
from danvan.dialogues.events import DialogueHeld
from danvan.dialogues.models import Dialogue, DialogueAttendance, DialogueRating
from danvan.dialogues.services import rows
from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST = 100_000  # people of one group; more is a slip of the keyboard


@transaction.atomic
def record_held(
    dialogue: Dialogue,
    *,
    attendance: Mapping[str, int],
    households: int | None,
    actor: "User | None",
    led: str = "",
    led_why: str = "",
    seen: int | None = None,
) -> Dialogue:
    """It took place; how many of each group came, from how many households, and who led it where that is known."""
    dialogue = rows.locked(dialogue, seen=seen)
    led_why = canonical(led_why).strip() if led == Led.DELEGATE else ""
    rows.refuse(
        [*_count_faults(attendance, Crowd.values, "attendance"), *_led_faults(led, led_why)]
    )
    people = sum(attendance.values())
    if not people:
        sentence = "Đồng chí vui lòng ghi số người dự của ít nhất một thành phần."
        raise RuleError(sentence, faults=[Fault(sentence, column=Crowd.RESIDENTS)])
    if households is not None and not 0 <= households <= people:
        sentence = f"Số hộ phải từ 0 đến số người dự ({format_number(people)})."
        raise RuleError(sentence, faults=[Fault(sentence, column="households")])
    if dialogue.held_on > clock.today():
        raise RuleError(
            f"Cuộc đối thoại ngày {format_date(dialogue.held_on)} chưa diễn ra nên chưa ghi kết quả được."
        )
    rows.move(dialogue, State.HELD, refusal="Kết quả đối thoại chỉ ghi một lần.")
    dialogue.households, dialogue.led, dialogue.led_why = households, led, led_why
    rows.save(dialogue, "state", "households", "led", "led_why")
    DialogueAttendance.objects.bulk_create(
        DialogueAttendance(dialogue=dialogue, crowd=crowd, number=attendance[crowd])
        for crowd in Crowd
        if attendance.get(crowd)
    )
    rows.step(dialogue, StepKind.HELD, actor=actor, words=f"{format_number(people)} người dự")
    audit.record(actor, "dialogues.hold", dialogue)
    events.publish(DialogueHeld(dialogue_id=dialogue.pk))
    return dialogue


@transaction.atomic
def record_ratings(
    dialogue: Dialogue, *, grades: Mapping[str, int], actor: "User | None", seen: int | None = None
) -> Dialogue:
    """The tally of the paper sheets; a later tally takes the place of the one before."""
    dialogue = rows.locked(dialogue, seen=seen)
    rows.refuse(_count_faults(grades, Grade.values, "ratings"))
    if not dialogue.took_place:
        raise rows.wrong_state(dialogue, "Chỉ tổng hợp phiếu đánh giá sau khi đã đối thoại.")
    came = sum(dialogue.attendance.values_list("number", flat=True))
    if sum(grades.values()) > came:
        sentence = (
            f"Số phiếu nhiều hơn số người dự ({format_number(came)}), đồng chí vui lòng đếm lại."
        )
        raise RuleError(sentence, faults=[Fault(sentence, column=Grade.VERY_GOOD)])
    dialogue.ratings.all().delete()
    DialogueRating.objects.bulk_create(
        DialogueRating(dialogue=dialogue, grade=grade, number=grades[grade])
        for grade in Grade
        if grades.get(grade)
    )
    rows.save(dialogue)
    audit.record(actor, "dialogues.rate", dialogue)
    return dialogue


def _led_faults(led: str, why: str) -> list[Fault]:
    if led and led not in Led.values:
        return [Fault("Đồng chí vui lòng chọn lại ai chủ trì.", column="led")]
    if led == Led.DELEGATE and not why:
        sentence = "Đồng chí vui lòng ghi lý do người đứng đầu ủy quyền."
        return [Fault(sentence, column="led_why")]
    if len(why) > 300:
        return [Fault("Lý do dài quá 300 ký tự, đồng chí vui lòng viết gọn lại.", column="led_why")]
    return []


def _count_faults(counts: Mapping[str, int], known: list[str], column: str) -> list[Fault]:
    faults = [
        Fault(f"Số phải từ 0 đến {format_number(MOST)}, đồng chí vui lòng xem lại.", column=name)
        for name, number in counts.items()
        if not 0 <= number <= MOST
    ]
    if set(counts) - set(known):
        faults.append(Fault("Không có thành phần này, đồng chí vui lòng chọn lại.", column=column))
    return faults
