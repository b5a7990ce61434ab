"""Nhật ký công việc: what one cadre did on which day. Their own; never a score."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.accounts.selectors import units_granted

if TYPE_CHECKING:
    from danvan.accounts.models import User


class WorkEntryQuerySet(models.QuerySet["WorkEntry"]):
    def allowed(self, user: "User", action: str) -> Self:
        """A log is its writer's own; a head reads what was shown to them, and nothing else."""
        if action == "accounts.own":
            return self.filter(user=user)
        return self.filter(shown=True, unit_id__in=units_granted(user, action))


class WorkEntry(models.Model):
    """One line of a cadre's own log of work: what was done on a day, for which duty or commitment.

    `act_kind` and `act_id` name the recorded act it was taken from, so that it is taken once. `shown` is the
    writer's own choice: the head of the unit reads those lines.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    on = models.DateField("ngày")
    words = models.CharField("việc đã làm", max_length=600)
    duty = models.CharField("nhiệm vụ, chương trình", max_length=200, blank=True)
    commitment = models.ForeignKey(
        "commitments.Commitment", models.PROTECT, null=True, blank=True, related_name="+"
    )
    act_kind = models.CharField(max_length=40, blank=True)
    act_id = models.BigIntegerField(null=True, blank=True)
    shown = models.BooleanField("lãnh đạo đơn vị đọc được", default=False)
    written_at = models.DateTimeField()

    objects = WorkEntryQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        indexes = [
            models.Index(fields=["user", "on"], name="work_entry_by_writer"),
            models.Index(fields=["unit", "on"], condition=Q(shown=True), name="work_entry_shown"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "act_kind", "act_id"],
                condition=Q(act_id__isnull=False),
                name="work_entry_taken_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}:{self.on}"
