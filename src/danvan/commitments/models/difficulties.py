"""Khó khăn, vướng mắc: raised below, passed up until somebody answers, answered down to all who were on the way."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from danvan.accounts.selectors import units_granted
from danvan.commitments.enums import ICONS, DifficultyStepKind, SubjectKind

if TYPE_CHECKING:
    from danvan.accounts.models import User


class DifficultyQuerySet(models.QuerySet["Difficulty"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Difficulties: whose turn it is answers (verify), who raised it adds (perform); all on the way look."""
        granted = units_granted(user, action)
        if action == "commitments.perform":
            return self.filter(unit_id__in=granted)
        if action != "commitments.view":
            return self.filter(at_unit_id__in=granted)
        way = DifficultyStep.objects.filter(difficulty=OuterRef("pk"), unit_id__in=granted)
        return self.filter(Q(unit_id__in=granted) | Q(at_unit_id__in=granted) | Q(Exists(way)))

    def waiting(self) -> Self:
        """Nobody has answered, and it is not joined to another."""
        return self.filter(answered_at=None, joined_to=None)

    def unanswered(self, on: date) -> Self:
        """Waiting for longer than the days of the house, where it waits now."""
        return self.waiting().filter(waits_since__lt=last_day(on))


class Difficulty(models.Model):
    """What keeps a unit from doing its work, told to the unit above.

    `at_unit` is whose turn it is to answer or pass on, since `waits_since`. One that says the same as another is
    joined to it and gets its answer.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    at_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    title = models.CharField("khó khăn, vướng mắc", max_length=200)
    words = models.TextField("nội dung", blank=True)
    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, null=True, blank=True, related_name="+"
    )
    subject_kind = models.CharField("về", max_length=40, choices=SubjectKind, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    subject = models.CharField("số, tên", max_length=200, blank=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    raised_at = models.DateTimeField()
    waits_since = models.DateField("chờ từ ngày")
    joined_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined"
    )
    answer = models.TextField("trả lời", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = DifficultyQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-pk"]
        indexes = [
            models.Index(
                fields=["at_unit", "waits_since"],
                condition=Q(answered_at=None, joined_to=None),
                name="difficulty_waiting",
            ),
            models.Index(fields=["subject_kind", "subject_id"], name="difficulty_by_subject"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def waits(self) -> bool:
        """Whether it is still to be answered or passed on."""
        return self.answered_at is None and self.joined_to_id is None

    @property
    def answer_by(self) -> date:
        """The last day on which an answer is not late."""
        return self.waits_since + timedelta(days=settings.DANVAN_DIFFICULTY_DAYS)


class DifficultyStep(models.Model):
    """One line of a difficulty: raised, passed up, joined, answered; `unit` did it and so is on the way."""

    difficulty = models.ForeignKey(Difficulty, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=DifficultyStepKind)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    words = models.TextField("nội dung", blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.difficulty_id}:{self.kind}"

    @property
    def icon(self) -> str:
        """The picture beside the line."""
        return ICONS[self.kind]


def last_day(on: date) -> date:
    """What waits since before this day is late on `on`."""
    return on - timedelta(days=settings.DANVAN_DIFFICULTY_DAYS)
