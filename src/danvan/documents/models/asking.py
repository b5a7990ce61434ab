"""What a unit asks the issuer of a directive, the answer, and up to when each reader has seen what is new."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.accounts.selectors import units_granted
from danvan.documents.models.registers import Document, received_by

if TYPE_CHECKING:
    from danvan.accounts.models import User


class DirectiveQuestionQuerySet(models.QuerySet["DirectiveQuestion"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Questions where `user` may do `action`. The only permission filter.

        Whoever keeps the register of the document answers; who asked may read; once it is answered,
        every unit that received the document.
        """
        units = units_granted(user, action)
        issuer = Q(document__unit_id__in=units) | Q(document__bearer_id__in=units)
        if action != "documents.view":
            return self.filter(issuer)
        answered = Q(received_by(units, "document_id"), answered_at__isnull=False)
        return self.filter(issuer | Q(unit_id__in=units) | answered)


class DirectiveQuestion(models.Model):
    """A question of one unit about a document that was sent to it; one answer, by whoever issued it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="questions")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    words = models.CharField("câu hỏi", max_length=1000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    answer = models.TextField("trả lời", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = DirectiveQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="question_answered_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.pk}"


class NewsMark(models.Model):
    """Up to when a reader said to have seen what is new."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id}"
