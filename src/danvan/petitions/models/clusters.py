"""Petitions of many about the same thing."""

from django.db import models
from django.db.models import Q


class Cluster(models.Model):
    """Petitions of many about the same thing: one answer for all, while each keeps a clock and a notice of its own."""

    number = models.CharField("số", max_length=20, unique=True)  # NH-2026-0003
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    title = models.CharField("về việc", max_length=300)
    answer = models.TextField("trả lời chung", blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    opened_on = models.DateField("ngày lập")
    # from when no member waits for it any more, whether they were answered together, one by one, or not at all
    ended_on = models.DateField("ngày không còn đơn chờ", null=True, blank=True)
    changes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None) | ~Q(answer=""), name="cluster_answered_in_words"
            )
        ]

    def __str__(self) -> str:
        return self.number
