"""What was told of a commitment's day: each mark of its clock once."""

from django.db import models

from danvan.law.enums import Mark


class DueWarning(models.Model):
    """That a mark of a commitment's clock was told of: its day coming, come, or over. Never twice for one due day."""

    commitment = models.ForeignKey(
        "commitments.Commitment", models.CASCADE, related_name="warnings"
    )
    mark = models.CharField("mốc", max_length=10, choices=Mark)
    due_on = models.DateField("hạn khi nhắc")
    on = models.DateField("ngày nhắc")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "mark", "due_on"], name="commitment_warned_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}:{self.mark}:{self.due_on}"
