"""Recorded activities: one row for each thing done, with who, when, where and its evidence."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.accounts.selectors import units_granted
from danvan.activities.enums import ActivityKind

if TYPE_CHECKING:
    from danvan.accounts.models import User


class ActivityQuerySet(models.QuerySet["Activity"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Activities led by the units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))

    def standing(self) -> Self:
        """Activities that count: recorded and not withdrawn."""
        return self.filter(withdrawn_at=None)


class Activity(models.Model):
    """One activity, recorded once by the organisation that led it. Counts are kept as stated: null is unknown.

    `source_*` name the stretch of a text it was taken from, where it was.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")  # lead
    kind = models.CharField("loại hoạt động", max_length=30, choices=ActivityKind)
    title = models.CharField("nội dung", max_length=400)
    held_on = models.DateField("ngày thực hiện")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    quantity = models.PositiveIntegerField("số lượng", default=1)  # topics, sessions, classes
    attendance = models.PositiveIntegerField("lượt người dự", null=True, blank=True)
    persons = models.PositiveIntegerField("số người", null=True, blank=True)
    opinions = models.PositiveIntegerField("lượt ý kiến", null=True, blank=True)
    summary = models.TextField("kết quả", blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    import_key = models.CharField(max_length=64, blank=True)  # fingerprint of an imported row
    source_kind = models.CharField(max_length=40, blank=True)  # e.g. documents.document
    source_id = models.BigIntegerField(null=True, blank=True)
    source_start = models.PositiveIntegerField(null=True, blank=True)
    source_end = models.PositiveIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField("lý do rút", max_length=300, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "kind", "held_on"], name="activity_by_unit_kind"),
            models.Index(fields=["-held_on", "-id"], name="activity_latest"),
            models.Index(fields=["source_kind", "source_id"], name="activity_by_source"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="activity_quantity"),
            models.UniqueConstraint(
                fields=["unit", "import_key"],
                condition=Q(withdrawn_at=None) & ~Q(import_key=""),
                name="activity_imported_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ActivityPartner(models.Model):
    """An organisation that took part beside the lead."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="partners")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "unit"], name="activity_partner_once")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}:{self.unit_id}"


class ActivityEvidence(models.Model):
    """A file that shows the activity took place."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="evidence")
    file = models.ForeignKey("foundation.StoredFile", models.PROTECT, related_name="+")
    file_name = models.CharField("tên tệp", max_length=255)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "file"], name="activity_evidence_once")
        ]

    def __str__(self) -> str:
        return self.file_name
