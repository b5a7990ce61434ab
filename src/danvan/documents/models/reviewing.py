"""The reviews (sơ kết, tổng kết) that a directive asks of units by a day; they become commitments when it is near."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.accounts.selectors import units_granted
from danvan.commitments.enums import State as Work
from danvan.documents.enums import ReviewKind
from danvan.documents.models.registers import Document

if TYPE_CHECKING:
    from danvan.accounts.models import User


class ReviewDutyQuerySet(models.QuerySet["ReviewDuty"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Reviews of the documents that units keep where `user` may do `action`. The only permission filter."""
        units = units_granted(user, action)
        return self.filter(Q(document__unit_id__in=units) | Q(document__bearer_id__in=units))

    def waiting(self) -> Self:
        """Owed, and given to nobody: not yet given as a commitment, or what was given was withdrawn."""
        return self.filter(Q(commitment=None) | Q(commitment__state=Work.WITHDRAWN))

    def never_given(self) -> Self:
        """Not yet given: what somebody withdrew is given again by a person only."""
        return self.filter(commitment=None)

    def freed(self) -> Self:
        """What was given was withdrawn."""
        return self.filter(commitment__state=Work.WITHDRAWN)


class ReviewDuty(models.Model):
    """One review that one unit owes of one document by a day; `commitment` once its time has come. A withdrawn one frees it.

    After a merger an heir may owe the same one twice: both are then one commitment.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="reviews")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=10, choices=ReviewKind)
    title = models.CharField("nội dung", max_length=200)
    due_on = models.DateField("hạn")
    commitment = models.ForeignKey(
        "commitments.Commitment", models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField()

    objects = ReviewDutyQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(commitment=None), name="review_waiting"),
            models.Index(fields=["unit", "due_on"], name="review_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.unit_id}:{self.due_on}"
