"""The duty matrix: what a regulation says which organisations do, and what each is in it."""

from django.db import models
from django.db.models import Q

from danvan.organisations.enums import DutyRole, Kind, Level
from danvan.organisations.models.dating import in_order
from danvan.organisations.models.register import Unit


class Duty(models.Model):
    """One duty of a regulation, with the clause that says so and its exact span in the document's text.

    `scope` is the place whose organisations it binds.
    """

    scope = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    words = models.CharField("nhiệm vụ", max_length=600)
    clause = models.CharField("điều, khoản", max_length=60, blank=True)
    sentence = models.TextField("câu nguồn", blank=True)
    source_kind = models.CharField(max_length=40, blank=True)  # documents.document
    source_id = models.BigIntegerField(null=True, blank=True)
    source_start = models.PositiveIntegerField(null=True, blank=True)
    source_end = models.PositiveIntegerField(null=True, blank=True)
    source_symbol = models.CharField("văn bản", max_length=80)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        ordering = ["source_symbol", "source_start", "pk"]
        indexes = [
            models.Index(fields=["scope", "valid_from"], name="duty_by_scope"),
            models.Index(fields=["source_kind", "source_id"], name="duty_by_source"),
        ]
        constraints = [in_order("duty_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.words


class DutyShare(models.Model):
    """What the organisations of one kind and level (or one organisation) are in a duty."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="shares")
    role = models.CharField("vai trò", max_length=10, choices=DutyRole)
    kind = models.CharField("loại tổ chức", max_length=30, choices=Kind, blank=True)
    level = models.CharField("cấp", max_length=10, choices=Level, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["duty", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(kind="") & Q(unit=None)) | Q(kind="", level="", unit__isnull=False),
                name="share_of_a_kind_or_one",
            ),
            models.UniqueConstraint(
                fields=["duty", "role", "kind", "level"],
                condition=Q(unit=None),
                name="share_of_a_kind_once",
            ),
            models.UniqueConstraint(
                fields=["duty", "role", "unit"],
                condition=Q(unit__isnull=False),
                name="share_of_one_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id}:{self.role}"
