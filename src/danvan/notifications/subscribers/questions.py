"""Questions about directives: whoever may answer is told of one, whoever asked of the answer. No words of theirs are told."""

from danvan.accounts.selectors import holders_near, reaches
from danvan.documents.events import QuestionAnswered, QuestionAsked
from danvan.documents.selectors import question_told
from danvan.foundation import clock
from danvan.foundation.events import subscribe
from danvan.notifications.addresses import question_page
from danvan.notifications.enums import Topic
from danvan.notifications.services import tell
from danvan.organisations.selectors import last_names

REGISTER, VIEW = "documents.register", "documents.view"


@subscribe(QuestionAsked)
def tell_question(event: QuestionAsked) -> None:
    """Who keeps the register of the document is told, while it waits."""
    one = question_told(event.question_id)
    if one is None or one.answered_at is not None:
        return
    at = one.document.answering_id
    unit = last_names([one.unit_id], clock.today()).get(one.unit_id, "Đơn vị")
    tell(
        set(holders_near([at], REGISTER).get(at, [])) - {one.asked_by_id},
        key=f"{event.name}:{one.pk}",
        topic=Topic.DOCUMENT,
        words=f"{unit} hỏi về {one.document.symbol or 'văn bản'}, chờ trả lời",
        url=question_page(one.pk),
    )


@subscribe(QuestionAnswered)
def tell_answer(event: QuestionAnswered) -> None:
    """Whoever asked is told, and who keeps the register of the unit that asks now."""
    one = question_told(event.question_id)
    if one is None or one.answered_at is None:
        return
    people = set(holders_near([one.unit_id], REGISTER).get(one.unit_id, []))
    if one.asked_by is not None and reaches(one.asked_by, VIEW, one.unit_id):
        people.add(one.asked_by.pk)
    tell(
        people - {one.answered_by_id},
        key=f"{event.name}:{one.pk}",
        topic=Topic.DOCUMENT,
        words=f"Đã có trả lời câu hỏi về {one.document.symbol or 'văn bản'}",
        url=question_page(one.pk),
    )
