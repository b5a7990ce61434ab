"""Who asks before a dialogue, and what whoever holds a slip says of the answer. Neither leads to a person."""

from django.db import models
from django.db.models import Q

from danvan.dialogues.enums import Grade
from danvan.dialogues.models.holding import Dialogue, DialogueOpinion


class DialogueQuestion(models.Model):
    """A question that somebody sent from the public page before a dialogue, known by the number of its slip.

    Equal ones stand behind one opinion of the minutes. `name` only where its owner wishes; it is wiped when the
    dialogue is closed.
    """

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="questions")
    slip = models.CharField("số phiếu", max_length=20, unique=True)
    content = models.CharField("câu hỏi", max_length=600)
    name = models.CharField("họ tên", max_length=120, blank=True)
    sent_on = models.DateField("ngày gửi")
    opinion = models.ForeignKey(
        DialogueOpinion, models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    aside = models.CharField("lý do không đưa vào", max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opinion=None) | Q(aside=""), name="dialogue_question_one_way"
            )
        ]

    def __str__(self) -> str:
        return self.slip


class DialogueRegistration(models.Model):
    """So many people who will come to a dialogue, as one of them said before it; known by the number of its slip.

    `name` only where somebody wishes; it is wiped with the other names. Withdrawn ones count nowhere.
    """

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="registrations")
    slip = models.CharField("số phiếu", max_length=20, unique=True)
    people = models.PositiveSmallIntegerField("số người dự")
    name = models.CharField("họ tên", max_length=120, blank=True)
    sent_on = models.DateField("ngày đăng ký")
    withdrawn_on = models.DateField("ngày thôi dự", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="dialogue_somebody_registers")
        ]

    def __str__(self) -> str:
        return self.slip


class DialogueSlipGrade(models.Model):
    """One grade that came from a slip. `voter` is a digest made of the code alone: no slip, no question, no person."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="slip_grades")
    voter = models.CharField(max_length=64, unique=True, editable=False)
    grade = models.CharField("mức", max_length=10, choices=Grade)

    class Meta:
        indexes = [models.Index(fields=["dialogue", "grade"], name="dialogue_slip_grades")]

    def __str__(self) -> str:
        return f"{self.dialogue_id}:{self.grade}"
