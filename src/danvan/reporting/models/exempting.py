"""That a unit need not send one report: signed, with the reason, and open to all who read the report."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.reporting.models.asking import Obligation


class Exemption(models.Model):
    """Who let a unit off one report, why and by which document. One taken back stays, with who took it back."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="exemptions")
    why = models.CharField("lý do", max_length=600)
    source_symbol = models.CharField("văn bản", max_length=80, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(ended_at=None), name="exemption_one_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id}: {self.why}"
