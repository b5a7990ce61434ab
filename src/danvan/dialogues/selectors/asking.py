"""Who asked before a dialogue, as officers read it; and what whoever holds a slip reads of the dialogue."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from danvan.commitments.selectors import codes_from, source_of_code, voter_of
from danvan.dialogues.enums import Heard, State, Way
from danvan.dialogues.models import (
    Dialogue,
    DialogueOpinion,
    DialogueQuestion,
    DialogueSlipGrade,
)
from danvan.dialogues.selectors.few import Tallied, tallied
from danvan.foundation import clock
from danvan.law.errors import NotADuration, UnknownParameter
from danvan.law.selectors import deadline_by
from danvan.organisations.selectors import last_names

QUESTION = "dialogues.question"  # the source of the code of who asked before
SEAT = "dialogues.seat"  # of who registered and asked nothing
SLIP = "dialogues.slip"  # the source of the codes that are given out in the hall
LAST_DAY = "dialogue.questions.close"
ISSUED = (State.CONCLUDED, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Group:
    """One opinion of the list with how many asked it before; no name."""

    opinion: DialogueOpinion
    asked: int
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """A dialogue as whoever holds one of its slips reads it: never a person, never another's question."""

    dialogue: Dialogue
    host: str
    asked: str
    standing: str
    tone: str
    why_aside: str
    answer: str
    grade: str
    why_no_grade: str


def takes_questions(dialogue: Dialogue) -> bool:
    """Whether people may send a question before it now."""
    until = dialogue.asks_until
    return (
        dialogue.state == State.ANNOUNCED
        and until is not None
        and clock.today() <= min(until, dialogue.held_on)
    )


def ask_until(dialogue: Dialogue) -> date:
    """Until when questions are taken where nobody said otherwise: by the row of the law, else up to the day itself."""
    try:
        return max(deadline_by(LAST_DAY, dialogue.held_on).due_on, clock.today())
    except (UnknownParameter, NotADuration):
        return dialogue.held_on


def public_dialogue(number: str) -> Dialogue | None:
    """The dialogue of this number that was announced or opened to questions, whatever its case; None for every other."""
    if len(number) > 20:
        return None
    known = Q(asks_until__isnull=False) | Q(noticed_on__isnull=False)
    return Dialogue.objects.filter(known, number=number.upper()).first()


def host_of(dialogue: Dialogue) -> str:
    """What its host is called today."""
    return last_names([dialogue.unit_id], clock.today()).get(dialogue.unit_id, "")


def questions_of(dialogue: Dialogue, which: str) -> QuerySet[DialogueQuestion]:
    """The questions that were sent before: those not dealt with, those in the list, those left out."""
    found = dialogue.questions.select_related("opinion").order_by("pk")
    if which == "list":
        return found.filter(opinion__isnull=False)
    found = found.filter(opinion=None)
    return found.exclude(aside="") if which == "aside" else found.filter(aside="")


def question_numbers(dialogue: Dialogue) -> dict[str, int]:
    """How many questions wait, stand in the list and were left out. One query."""
    found: Counter[str] = Counter()
    for opinion_id, aside in dialogue.questions.values_list("opinion", "aside"):
        found["list" if opinion_id else "aside" if aside else "new"] += 1
    return dict(found)


def groups_of(dialogue: Dialogue) -> list[Group]:
    """The opinions in their order with how many asked each before. One query."""
    found = list(dialogue.opinions.annotate(asked=Count("questions")).order_by("place"))
    return [
        Group(one, one.asked, place == 0, place == len(found) - 1)
        for place, one in enumerate(found)
        if one.heard == Heard.BEFORE or one.asked
    ]


def grades_of(dialogue: Dialogue) -> Tallied:
    """What the slips gave, as counts that hide the few; by grade only once none can be given any more. Two queries."""
    rows = DialogueSlipGrade.objects.filter(dialogue=dialogue).order_by()
    numbers = dict(rows.values_list("grade").annotate(n=Count("pk")))
    return tallied(numbers, on=clock.today(), ended=dialogue.state == State.CLOSED)


def slips_of(dialogue: Dialogue) -> int:
    """How many slips of the hall were printed and not withdrawn. One query."""
    return codes_from(SLIP, dialogue.pk).filter(withdrawn_on=None).count()


def attendance_of(dialogue: Dialogue) -> int | None:
    """How many people came; None where nobody counted yet. One query."""
    counted = list(dialogue.attendance.values_list("number", flat=True))
    return sum(counted) if counted else None


def talk_behind(code: str) -> Talk | None:
    """The dialogue behind the code of a slip; None where it is of none. A fixed number of queries."""
    source = source_of_code(code)
    if source is None or source[0] not in (QUESTION, SEAT, SLIP):
        return None
    kind, dialogue_id, slip = source
    dialogue = Dialogue.objects.filter(pk=dialogue_id).first()
    if dialogue is None:
        return None
    question = (
        dialogue.questions.filter(slip=slip).select_related("opinion").first()
        if kind == QUESTION
        else None
    )
    standing, tone = _standing(dialogue, question)
    opinion = question.opinion if question else None
    given = DialogueSlipGrade.objects.filter(voter=voter_of(code))
    issued = dialogue.state in ISSUED
    return Talk(
        dialogue=dialogue,
        host=host_of(dialogue),
        asked=question.content if question else "",
        standing=standing,
        tone=tone,
        why_aside=question.aside if question else "",
        answer=opinion.answer if opinion and issued else "",
        grade=given.values_list("grade", flat=True).first() or "",
        why_no_grade=_why_no_grade(dialogue, question, seat=kind == SEAT),
    )


def _standing(dialogue: Dialogue, question: DialogueQuestion | None) -> tuple[str, str]:
    if dialogue.state == State.CANCELLED:
        return "Cuộc đối thoại đã hủy", "none"
    if question is not None and question.aside:
        return "Không đưa vào cuộc đối thoại này", "watch"
    if not dialogue.took_place:
        if question is None:
            return "Cuộc đối thoại chưa diễn ra", "info"
        listed = question.opinion_id is not None
        return ("Đã vào danh sách câu hỏi" if listed else "Đã nhận, chờ xếp vào danh sách"), "info"
    if question is None:
        said = "Đã có thông báo kết luận" if dialogue.state in ISSUED else "Chờ thông báo kết luận"
        return said, "good" if dialogue.state in ISSUED else "watch"
    way = question.opinion.way if question.opinion else Way.OPEN
    return {
        Way.OPEN: ("Đã đối thoại, câu hỏi chờ hướng xử lý", "watch"),
        Way.ANSWERED: ("Đã trả lời tại đối thoại", "good"),
        Way.GIVEN: ("Đã giao đơn vị thực hiện", "good"),
        Way.ABOVE: ("Vượt thẩm quyền, chuyển cấp trên", "watch"),
    }[Way(way)]


def _why_no_grade(dialogue: Dialogue, question: DialogueQuestion | None, *, seat: bool) -> str:
    if seat:
        return "Bà con đánh giá bằng phiếu nhận tại hội nghị."
    if dialogue.state == State.CLOSED:
        return "Cuộc đối thoại đã khép lại nên không đánh giá nữa."
    if not dialogue.took_place:
        return "Bà con đánh giá được sau khi đối thoại."
    if question is not None and (question.opinion is None or question.opinion.way == Way.OPEN):
        return "Bà con đánh giá được khi câu hỏi đã có trả lời hoặc hướng xử lý."
    return ""
