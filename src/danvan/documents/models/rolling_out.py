"""How a directive is rolled out: by when whoever it addresses has a document of its own, which clauses need no task."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from danvan.documents.models.registers import Document


class RollOut(models.Model):
    """What an entry of a register asks of those it is sent to: a document of their own by a day, or none.

    Without a row its type says whether it asks, and each has as many days from when it was sent as the parameter `rollout.plan` says.
    """

    document = models.OneToOneField(Document, models.CASCADE, related_name="roll_out")
    asks_plan = models.BooleanField("nơi nhận phải có văn bản triển khai", default=True)
    plan_due_on = models.DateField("hạn ban hành", null=True, blank=True)
    session_due_on = models.DateField("hạn quán triệt", null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(asks_plan=True) | Q(plan_due_on=None), name="roll_out_day_of_a_plan"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.plan_due_on or ''}"


class ClauseWaiver(models.Model):
    """That a person says of a clause that no task need be given, and why. Taken back, the row goes; the log keeps it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="clause_waivers")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    reason = models.CharField("lý do không cần giao việc", max_length=300)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    waived_at = models.DateTimeField()

    class Meta:
        ordering = ["start"]
        constraints = [
            models.UniqueConstraint(fields=["document", "start"], name="clause_waived_once"),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")) & ~Q(reason=""), name="clause_waiver_span_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.start}"
