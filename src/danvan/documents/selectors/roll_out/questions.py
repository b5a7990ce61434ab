"""Questions about a directive as each side reads them: who keeps it all, who was sent it its own and what was answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.utils import timezone

from danvan.documents.models import DirectiveQuestion, DirectiveQuestionQuerySet, Document
from danvan.documents.selectors.registers import near_units
from danvan.documents.selectors.roll_out.cascade import ANSWER_DAYS, days_of
from danvan.foundation import clock
from danvan.organisations.selectors import last_names

if TYPE_CHECKING:
    from danvan.accounts.models import User

ANSWERED_LAST = ("told", "-pk")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with the unit that asks; `days` is for how long it has waited, `silent` past the days of the setting."""

    question: DirectiveQuestion
    unit: str
    days: int
    silent: bool


def allowed_questions(user: "User", action: str) -> DirectiveQuestionQuerySet:
    """Where every view of one question starts."""
    return DirectiveQuestion.objects.allowed(user, action)


def questions_of(document: Document) -> QuerySet[DirectiveQuestion]:
    """All questions about a document, for whoever keeps it: those without an answer first."""
    return _told(document)


def waiting_questions(user: "User") -> DirectiveQuestionQuerySet:
    """Those that wait for an answer at the registers near the reader, who keeps them; the longest first."""
    near = near_units(user, "documents.register")
    here = Q(document__bearer_id__in=near) | Q(document__bearer=None, document__unit_id__in=near)
    found = DirectiveQuestion.objects.filter(here, answered_at=None)
    return found.select_related("document").defer("document__text").order_by("pk")


def questions_read_by(document: Document, unit_id: int) -> QuerySet[DirectiveQuestion]:
    """What one unit that was sent a document reads: its own questions, those answered, and those that have waited
    longer than the setting allows."""
    shown = Q(unit_id=unit_id) | Q(answered_at__isnull=False)
    days = days_of(ANSWER_DAYS, on=clock.today())
    if days is not None:
        shown |= Q(asked_at__lt=clock.now() - timedelta(days=days + 1))
    return _told(document).filter(shown)


def _told(document: Document) -> QuerySet[DirectiveQuestion]:
    waits = Case(When(answered_at=None, then=0), default=1, output_field=IntegerField())
    found = DirectiveQuestion.objects.filter(document=document).annotate(told=waits)
    return found.select_related("answered_by").order_by(*ANSWERED_LAST)


def asked_lines(questions: Iterable[DirectiveQuestion]) -> list[Asked]:
    """These questions with the names of the units and how long each has waited. Two queries."""
    found, today = list(questions), clock.today()
    names = last_names({one.unit_id for one in found}, today)
    most = days_of(ANSWER_DAYS, on=today)
    lines = []
    for one in found:
        days = (today - timezone.localtime(one.asked_at).date()).days
        silent = one.answered_at is None and most is not None and days > most
        lines.append(Asked(one, names.get(one.unit_id, ""), days, silent))
    return lines
