"""What leaders ask units to explain, and everything that was said in it."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.accounts.selectors import units_granted
from danvan.commitments.enums import ICONS, ExplanationStepKind, Ruling

if TYPE_CHECKING:
    from danvan.accounts.models import User


class ExplanationQuerySet(models.QuerySet["Explanation"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Explanations: the unit asked answers (perform), whoever asked decides; both may look."""
        granted = units_granted(user, action)
        if action == "commitments.perform":
            return self.filter(unit_id__in=granted)
        if action != "commitments.view":
            return self.filter(asker_id__in=granted)
        return self.filter(Q(unit_id__in=granted) | Q(asker_id__in=granted))


class Explanation(models.Model):
    """What a leader asks a unit to explain ("yêu cầu giải trình"), and what it answers, in the same place.

    `subject_kind` and `subject_ids` name what it is about: commitments.commitment, indicators.target,
    reporting.obligation. `subject` says it in words.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    asker = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=40)
    subject_ids = models.JSONField(default=list)
    subject = models.CharField("về việc", max_length=400)
    question = models.CharField("nội dung yêu cầu", max_length=600, blank=True)
    due_on = models.DateField("trả lời trước ngày")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    answer = models.TextField("giải trình", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    ruling = models.CharField("kết quả", max_length=8, choices=Ruling, default=Ruling.OPEN)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ruled_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField("ý kiến", max_length=600, blank=True)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["unit", "ruling", "due_on"], name="explanation_by_unit"),
            models.Index(fields=["asker", "ruling", "due_on"], name="explanation_by_asker"),
        ]

    def __str__(self) -> str:
        return self.subject


class ExplanationStep(models.Model):
    """One line of an explanation: what was asked, answered or decided, in full; nothing is overwritten."""

    explanation = models.ForeignKey(Explanation, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=ExplanationStepKind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    words = models.TextField("nội dung", blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.explanation_id}:{self.kind}"

    @property
    def icon(self) -> str:
        """The picture beside the line."""
        return ICONS[self.kind]
