"""What a commitment is tied to: the post that supervises it, the one it is a part of, the figure that measures it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from danvan.commitments.models.ledger import Commitment
from danvan.indicators.enums import Bound


class CommitmentHead(models.Model):
    """The post of the assigning side whose holder supervises a commitment (lãnh đạo theo dõi).

    It is the post that is named, so that whoever holds it next supervises. `officer_id` is who held it when that was
    last told; None while nobody does. `title` outlives the post.
    """

    commitment = models.OneToOneField(Commitment, models.CASCADE, related_name="head")
    post = models.ForeignKey(
        "organisations.Post", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    title = models.CharField("chức danh", max_length=300)
    officer_id = models.BigIntegerField(null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    set_on = models.DateField("từ ngày")

    class Meta:
        indexes = [models.Index(fields=["post", "commitment"], name="commitment_by_head")]

    def __str__(self) -> str:
        return f"{self.commitment_id}:{self.title}"


class CommitmentPart(models.Model):
    """That a commitment (`child`) is a part of another, whose lead divided it. A commitment is a part of one only."""

    child = models.OneToOneField(Commitment, models.CASCADE, related_name="part_of")
    parent = models.ForeignKey(Commitment, models.CASCADE, related_name="parts")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(child=F("parent")), name="part_of_another")
        ]

    def __str__(self) -> str:
        return f"{self.parent_id}>{self.child_id}"


class CommitmentMeasure(models.Model):
    """The figure that shows whether a commitment is done: an indicator of a unit in a period, and the level to reach."""

    commitment = models.OneToOneField(Commitment, models.CASCADE, related_name="measure")
    indicator = models.ForeignKey("indicators.Indicator", models.PROTECT, related_name="+")
    period = models.CharField("kỳ", max_length=8)  # 2026, 2026-Q4, 2026-12
    bound = models.CharField("so với mức", max_length=2, choices=Bound)
    level = models.DecimalField("mức", max_digits=20, decimal_places=6)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    set_on = models.DateField("từ ngày")

    def __str__(self) -> str:
        return f"{self.commitment_id}:{self.indicator_id}"
