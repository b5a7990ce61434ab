"""Questions and registrations before a dialogue: opened to the people, sent without an account, grouped into the minutes."""

import hashlib
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from danvan.commitments.services import (
    Asking,
    Slip,
    count_send,
    open_own_code,
    sends_are_left,
    standing_own_code,
)
from danvan.commitments.services.public_words import leads_to_a_person
from danvan.dialogues.enums import Heard, State, StepKind
from danvan.dialogues.models import (
    Dialogue,
    DialogueOpinion,
    DialogueQuestion,
    DialogueRegistration,
)
from danvan.dialogues.selectors.asking import QUESTION, SEAT, takes_questions
from danvan.dialogues.selectors.registering import registered
from danvan.dialogues.services import rows
from danvan.dialogues.services.opinions import CHANGEABLE, add_opinion
from danvan.dialogues.services.registering import seat_faults
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import written

if TYPE_CHECKING:
    from danvan.accounts.models import User

LETTERS = 600
NAME = 120
MOST_SEATS = 100_000  # of a hall or a square; more is a slip of the keyboard
MOST = 5_000  # questions and registrations of one dialogue: more than any hall can hear
WHAT = "questions"  # counted apart from the codes that were tried


@transaction.atomic
def open_questions(
    dialogue: Dialogue,
    *,
    until: date,
    actor: "User | None",
    seats: int | None = None,
    seen: int | None = None,
) -> Dialogue:
    """Let people send questions and register from the public page up to a day, for so many seats; said again, anew."""
    dialogue = rows.locked(dialogue, seen=seen)
    if dialogue.state != State.ANNOUNCED:
        raise rows.wrong_state(dialogue, "Chỉ mở nhận câu hỏi sau khi đã thông báo cho Nhân dân.")
    sentence = ""
    if until < clock.today():
        sentence = f"Ngày {format_date(until)} đã qua, đồng chí vui lòng chọn từ hôm nay trở đi."
    elif until > dialogue.held_on:
        day = format_date(dialogue.held_on)
        sentence = f"Câu hỏi gửi trước nhận chậm nhất đến ngày đối thoại {day}."
    if sentence:
        raise RuleError(sentence, faults=[Fault(sentence, column="until")])
    rows.refuse(_room_faults(dialogue, seats))
    dialogue.asks_until, dialogue.seats = until, seats
    rows.save(dialogue, "asks_until", "seats")
    rows.step(dialogue, StepKind.OPENED, actor=actor, words=f"Đến hết ngày {format_date(until)}")
    audit.record(actor, "dialogues.open_questions", dialogue)
    return dialogue


@transaction.atomic
def send_question(
    dialogue: Dialogue, *, content: str, name: str = "", people: int = 0, seed: str, address: str
) -> Slip:
    """Keep what somebody asks before a dialogue, how many `people` they register to come, or both, behind one code.

    The slip is theirs to follow by, and to change the registration; its code is shown this once.
    `seed` is the chance of the form: the same words sent twice are one question and the same slip, other words are another.
    From one address only so many are taken within an hour; the address is not kept.
    """
    dialogue = rows.locked(dialogue)
    content, name = written(content).strip(), written(name).strip()
    seed = f"{dialogue.pk} {seed} {hashlib.sha256(content.encode()).hexdigest()}"
    if again := standing_own_code(
        seed
    ):  # the answer was lost on the way: no limit and no end holds it back
        return again
    rows.refuse(_question_faults(content, name, people))
    if not takes_questions(dialogue):
        raise RuleError(
            "Cuộc đối thoại này đã thôi nhận câu hỏi gửi trước, đăng ký dự. Bà con có thể đến nêu trực tiếp tại hội nghị."
        )
    kept = dialogue.questions.count() + dialogue.registrations.count()
    if not sends_are_left(WHAT, address, each=settings.DANVAN_QUESTIONS) or kept >= MOST:
        raise RuleError(
            "Trang đang nhận quá nhiều câu hỏi nên tạm dừng. Bà con vui lòng chờ một giờ rồi gửi lại, hoặc nêu "
            "trực tiếp tại hội nghị."
        )
    if people:
        rows.refuse(seat_faults(dialogue, people))
    kind = QUESTION if content else SEAT
    slip = open_own_code(Asking(content, clock.today(), "", kind, dialogue.pk), seed=seed)
    known = {"dialogue": dialogue, "slip": slip.number, "sent_on": clock.today()}
    if content:
        DialogueQuestion.objects.create(**known, content=content, name=name)
        audit.record(None, "dialogues.send_question", dialogue)
    if people:
        DialogueRegistration.objects.create(**known, people=people, name=name)
        audit.record(None, "dialogues.register", dialogue)
    count_send(WHAT, address)
    return slip


@transaction.atomic
def group_questions(
    dialogue: Dialogue,
    questions: Collection[int],
    *,
    actor: "User | None",
    content: str = "",
    opinion_id: int | None = None,
) -> DialogueOpinion:
    """Put questions that ask the same behind one opinion: a new one in these words, or one that stands already."""
    dialogue = rows.locked(dialogue)
    found = _chosen(dialogue, questions)
    if opinion_id is None:
        content = content.strip() or (found[0].content if len(found) == 1 else "")
        opinion = add_opinion(dialogue, content=content, heard=Heard.BEFORE, actor=actor)
    else:
        _changeable(dialogue)
        opinion = _opinion(dialogue, opinion_id)
    left = {one.opinion_id for one in found if one.opinion_id} - {opinion.pk}
    DialogueQuestion.objects.filter(pk__in=[one.pk for one in found]).update(
        opinion=opinion, aside=""
    )
    _drop_empty(dialogue, left)
    audit.record(actor, "dialogues.group_questions", dialogue, opinion_id=opinion.pk)
    return opinion


@transaction.atomic
def set_aside(
    dialogue: Dialogue, questions: Collection[int], *, why: str, actor: "User | None"
) -> None:
    """Leave questions out of the minutes, with a reason that who asked reads behind the code."""
    dialogue = rows.locked(dialogue)
    why = rows.text_of(
        why, missing="Đồng chí vui lòng ghi lý do: người gửi đọc được.", column="why", most=300
    )
    if leads_to_a_person(why):
        sentence = "Lý do có số điện thoại, số giấy tờ hoặc hộp thư, đồng chí vui lòng bỏ đi."
        raise RuleError(sentence, faults=[Fault(sentence, column="why")])
    found = _chosen(dialogue, questions)
    left = {one.opinion_id for one in found if one.opinion_id}
    DialogueQuestion.objects.filter(pk__in=[one.pk for one in found]).update(
        opinion=None, aside=why
    )
    _drop_empty(dialogue, left)
    audit.record(actor, "dialogues.set_questions_aside", dialogue)


@transaction.atomic
def place_opinion(opinion: DialogueOpinion, *, up: bool, actor: "User | None") -> None:
    """Let an opinion change places with the one before it (or after it) in the list."""
    dialogue = rows.locked(opinion.dialogue)
    _changeable(dialogue)
    opinion = _opinion(dialogue, opinion.pk)
    others = dialogue.opinions.filter(
        **{"place__lt" if up else "place__gt": opinion.place}
    ).order_by("-place" if up else "place")
    other = others.first()
    if other is None:
        return
    first, second = opinion.place, other.place
    for one, place in ((opinion, 0), (other, first), (opinion, second)):  # a place holds one only
        one.place = place
        one.save(update_fields=["place"])
    rows.save(dialogue)
    audit.record(actor, "dialogues.place_opinion", dialogue, opinion_id=opinion.pk)


@transaction.atomic
def mark_raised(opinion: DialogueOpinion, *, raised: bool, actor: "User | None") -> None:
    """Note whether a question that was sent before was put in the hall."""
    dialogue = rows.locked(opinion.dialogue)
    if dialogue.state != State.HELD:
        raise rows.wrong_state(dialogue, "Điều này ghi sau khi đối thoại, trước khi ra kết luận.")
    DialogueOpinion.objects.filter(pk=opinion.pk).update(raised=raised)
    rows.save(dialogue)
    audit.record(actor, "dialogues.mark_raised", dialogue, opinion_id=opinion.pk)


def _changeable(dialogue: Dialogue) -> None:
    if dialogue.state not in CHANGEABLE:
        raise rows.wrong_state(dialogue, "Câu hỏi chỉ xếp trước khi ra thông báo kết luận.")


def _opinion(dialogue: Dialogue, pk: int) -> DialogueOpinion:
    found = dialogue.opinions.filter(pk=pk).first()
    if found is None:
        raise RuleError("Không thấy ý kiến này, đồng chí vui lòng mở lại trang.")
    return found


def _chosen(dialogue: Dialogue, questions: Collection[int]) -> list[DialogueQuestion]:
    _changeable(dialogue)
    found = list(dialogue.questions.filter(pk__in=questions))
    if not found or len(found) != len(set(questions)):
        sentence = "Đồng chí vui lòng chọn ít nhất một câu hỏi của cuộc đối thoại này."
        raise RuleError(sentence, faults=[Fault(sentence, column="questions")])
    return found


def _drop_empty(dialogue: Dialogue, opinions: Collection[int]) -> None:
    """An opinion that was made of questions, has none left and was not dealt with, goes."""
    dialogue.opinions.filter(
        pk__in=opinions, questions=None, way="open", heard=Heard.BEFORE, name="", raised=False
    ).delete()


def _room_faults(dialogue: Dialogue, seats: int | None) -> list[Fault]:
    if seats is None:
        return []
    taken = registered(dialogue).people
    if not 1 <= seats <= MOST_SEATS:
        sentence = f"Số chỗ phải từ 1 đến {format_number(MOST_SEATS)}, đồng chí vui lòng xem lại."
    elif seats < taken:
        sentence = f"Đã có {format_number(taken)} người đăng ký nên số chỗ không ít hơn thế được."
    else:
        return []
    return [Fault(sentence, column="seats")]


def _question_faults(content: str, name: str, people: int) -> list[Fault]:
    faults = []
    if not content and not people:
        sentence = "Bà con vui lòng ghi câu hỏi, hoặc số người sẽ dự."
        faults.append(Fault(sentence, column="content"))
    elif len(content) > LETTERS:
        most = format_number(LETTERS)
        faults.append(
            Fault(f"Câu hỏi dài quá {most} ký tự, bà con vui lòng viết gọn lại.", column="content")
        )
    elif leads_to_a_person(content):
        faults.append(
            Fault(
                "Câu hỏi có số điện thoại, số giấy tờ hoặc hộp thư. Bà con vui lòng bỏ đi: trang này không cần.",
                column="content",
            )
        )
    if len(name) > NAME:
        faults.append(Fault("Tên dài quá 120 ký tự, bà con vui lòng viết gọn lại.", column="name"))
    elif leads_to_a_person(name):
        faults.append(
            Fault("Chỗ này chỉ ghi tên, không ghi số điện thoại hay số giấy tờ.", column="name")
        )
    return faults
