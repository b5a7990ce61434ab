"""Ask the issuer of a directive, answer, and say that what is new was seen."""

from typing import TYPE_CHECKING

from django.db import transaction

from danvan.documents.events import QuestionAnswered, QuestionAsked
from danvan.documents.models import DirectiveQuestion, Distribution, Document, NewsMark
from danvan.documents.selectors.roll_out.received import work_given
from danvan.foundation import audit, clock, events
from danvan.foundation.errors import RuleError
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

LONGEST_QUESTION, LONGEST_ANSWER = 1_000, 4_000


@transaction.atomic
def ask_issuer(
    distribution: Distribution, *, words: str, actor: "User | None"
) -> DirectiveQuestion:
    """Ask about a document that was sent to a unit; refused once it was taken back, and asked twice in the same words."""
    distribution = Distribution.objects.select_for_update(no_key=True).get(pk=distribution.pk)
    words = _question(words)
    if distribution.recalled_at is not None:
        raise RuleError("Nơi gửi đã thu hồi văn bản này nên không hỏi được nữa.")
    return _asked(distribution.document_id, distribution.unit_id, words, actor)


@transaction.atomic
def ask_about_work(
    document: Document, *, unit_id: int, words: str, actor: "User | None"
) -> DirectiveQuestion:
    """Ask about a document that gave a unit work to lead, though nobody sent it there."""
    document = Document.objects.select_for_update(of=("self",), no_key=True).get(pk=document.pk)
    words = _question(words)
    if not work_given(document, [unit_id]).exists():
        raise RuleError("Đơn vị không còn việc nào từ văn bản này nên không hỏi được nữa.")
    return _asked(document.pk, unit_id, words, actor)


def _question(words: str) -> str:
    words = canonical(words).strip()
    if not words or len(words) > LONGEST_QUESTION:
        raise RuleError(f"Đồng chí vui lòng ghi câu hỏi, không quá {LONGEST_QUESTION} ký tự.")
    return words


def _asked(document_id: int, unit_id: int, words: str, actor: "User | None") -> DirectiveQuestion:
    asked = DirectiveQuestion.objects.filter(document_id=document_id, unit_id=unit_id)
    if asked.filter(words=words).exists():
        raise RuleError("Đơn vị đã hỏi câu này rồi.")
    question = DirectiveQuestion.objects.create(
        document_id=document_id,
        unit_id=unit_id,
        words=words,
        asked_by=actor,
        asked_at=clock.now(),
    )
    audit.record(actor, "documents.ask_issuer", question, document_id=question.document_id)
    events.publish(QuestionAsked(question_id=question.pk))
    return question


@transaction.atomic
def answer_question(
    question: DirectiveQuestion, *, answer: str, actor: "User | None"
) -> DirectiveQuestion:
    """Answer a question, once: every unit that was sent the document may read it, so it is not rewritten."""
    question = DirectiveQuestion.objects.select_for_update(no_key=True).get(pk=question.pk)
    answer = canonical(answer).strip()
    if not answer or len(answer) > LONGEST_ANSWER:
        raise RuleError(f"Đồng chí vui lòng ghi câu trả lời, không quá {LONGEST_ANSWER} ký tự.")
    if question.answered_at is not None:
        raise RuleError(
            "Câu hỏi này đã được trả lời và các nơi nhận đã đọc. Cần nói thêm thì đồng chí ban hành văn bản bổ sung."
        )
    question.answer, question.answered_by = answer, actor
    question.answered_at = clock.now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    audit.record(actor, "documents.answer_question", question, document_id=question.document_id)
    events.publish(QuestionAnswered(question_id=question.pk))
    return question


@transaction.atomic
def mark_news_seen(*, actor: "User") -> NewsMark:
    """Say that everything new up to now was seen."""
    mark, _ = NewsMark.objects.update_or_create(user=actor, defaults={"seen_at": clock.now()})
    audit.record(actor, "documents.mark_news_seen", mark)
    return mark
