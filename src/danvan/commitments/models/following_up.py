"""The four recorded acts by which work is followed: what was found, and what each unit answers."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from danvan.accounts.selectors import units_granted
from danvan.commitments.enums import FollowUpKind
from danvan.commitments.models.ledger import Commitment

if TYPE_CHECKING:
    from danvan.accounts.models import User


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Acts of following up: who acted decides; the units it was about may look too."""
        granted = units_granted(user, action)
        if action != "commitments.view":
            return self.filter(unit_id__in=granted)
        parts = FollowUpPart.objects.filter(follow_up=OuterRef("pk"), unit_id__in=granted)
        return self.filter(Q(unit_id__in=granted) | Q(Exists(parts)))


class FollowUp(models.Model):
    """One act of theo dõi, đôn đốc, kiểm tra or giám sát by one unit about one commitment or many.

    It says what was found; it moves no commitment, and nothing follows from how many there are.
    """

    kind = models.CharField("hình thức", max_length=12, choices=FollowUpKind)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    on = models.DateField("ngày")
    found = models.TextField("nội dung, kết quả", blank=True)
    document = models.CharField("văn bản", max_length=80, blank=True)
    file = models.ForeignKey(
        "foundation.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField("tên tệp", max_length=255, blank=True)
    answer_by = models.DateField("trả lời trước ngày", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["unit", "-on", "-id"], name="follow_up_by_unit")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.on}"


class FollowUpPartQuerySet(models.QuerySet["FollowUpPart"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Parts of acts: the unit it concerns answers (perform); who acted, and it, may look."""
        granted = units_granted(user, action)
        if action == "commitments.perform":
            return self.filter(unit_id__in=granted)
        if action != "commitments.view":
            return self.filter(follow_up__unit_id__in=granted)
        return self.filter(Q(unit_id__in=granted) | Q(follow_up__unit_id__in=granted))

    def waiting(self) -> Self:
        """An answer is asked for and was not given."""
        return self.filter(follow_up__answer_by__isnull=False, answered_at=None)


class FollowUpPart(models.Model):
    """What one act of following up says to one unit: which of its commitments, and what the unit answers."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="parts")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    commitments = models.ManyToManyField(Commitment, related_name="followed_in")
    answer = models.TextField("trả lời", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = FollowUpPartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.follow_up_id}:{self.unit_id}"
