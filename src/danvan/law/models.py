"""Legal parameters and the working-day calendar: dated rows with their citations."""

from django.db import models
from django.db.models import F, Q


class LegalParameter(models.Model):
    """One number that the law fixes, for one period: the row a deadline or a threshold was read from.

    A change of the law is a new row, never an edit. The value is `numerator / denominator` `unit`.
    """

    key = models.CharField("khóa", max_length=80)
    numerator = models.IntegerField("tử số")
    denominator = models.PositiveIntegerField("mẫu số", default=1)
    unit = models.CharField("đơn vị tính", max_length=60)
    scope = models.CharField("phạm vi", max_length=120, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    citation = models.CharField("căn cứ", max_length=200)
    confidence = models.CharField("mức chắc chắn", max_length=20)

    class Meta:
        ordering = ["key", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="parameter_begins_once"),
            models.CheckConstraint(condition=Q(denominator__gt=0), name="parameter_denominator"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="parameter_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class CalendarDay(models.Model):
    """A day that differs from the weekly pattern: a weekday off, or a weekend day worked."""

    day = models.DateField("ngày", unique=True)
    working = models.BooleanField("làm việc")
    reason = models.CharField("lý do", max_length=120)
    citation = models.CharField("căn cứ", max_length=200, blank=True)
    estimated = models.BooleanField("dự kiến", default=False)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.reason}"


class CalendarVersion(models.Model):
    """One state of the calendar: deadlines remember which one they were counted with."""

    number = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}"
