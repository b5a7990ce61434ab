"""Composed reviews that were kept: a draft with its checks, or one signed off, frozen and registered."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.accounts.selectors import units_granted

if TYPE_CHECKING:
    from danvan.accounts.models import User


class ReviewQuerySet(models.QuerySet["Review"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Reviews of the places where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))


class Review(models.Model):
    """A summary report that was signed off: its own numbers, frozen, whatever the records say later.

    `content` holds every paragraph, table and figure (with numerator, denominator, definition, day and the
    page that opens it) as composed; `checks` what was recomputed and found to agree. `number` counts the
    editions of one place and period: a later one names the one it replaces.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    period = models.CharField("kỳ", max_length=8)  # Period.code
    number = models.PositiveSmallIntegerField("bản", default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    as_of = models.DateField("tính đến ngày")
    content = models.JSONField()
    checks = models.JSONField(default=list)
    file = models.ForeignKey("foundation.StoredFile", models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_at", "-pk"]
        indexes = [models.Index(fields=["unit", "-signed_at", "-id"], name="review_latest")]
        constraints = [
            models.CheckConstraint(condition=~Q(period=""), name="review_has_a_period"),
            models.UniqueConstraint(
                fields=["unit", "period", "number"], name="review_edition_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}:{self.period}"
