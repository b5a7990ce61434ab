"""Targets as rules over a dated population. What fulfils them is counted from records, never typed."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from danvan.accounts.selectors import units_granted
from danvan.foundation.periods import Every
from danvan.indicators.enums import Comparator, Quality
from danvan.organisations.enums import Kind

if TYPE_CHECKING:
    from danvan.accounts.models import User

EVERY_LABELS = {
    Every.YEAR: "Mỗi năm",
    Every.HALF: "Mỗi nửa năm",
    Every.QUARTER: "Mỗi quý",
    Every.MONTH: "Mỗi tháng",
}


class TargetQuerySet(models.QuerySet["Target"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Targets of the units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))


class Target(models.Model):
    """What a document asks of a population of units in every period: a rule set with its source span.

    `unit` is the place whose units are counted and whose leader follows the target. The population is
    every organisation of `population_kind` at `population_levels` under it on the day asked.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    title = models.CharField("chỉ tiêu", max_length=400)
    quality = models.CharField("cách đánh giá", max_length=12, choices=Quality)
    population_kind = models.CharField("đối tượng", max_length=30, choices=Kind, blank=True)
    population_levels = models.JSONField("các cấp", default=list)  # values of organisations.Level
    every = models.CharField(
        "chu kỳ", max_length=8, choices=[(key.value, label) for key, label in EVERY_LABELS.items()]
    )
    comparator = models.CharField(max_length=2, choices=Comparator, default=Comparator.AT_LEAST)
    share_numerator = models.PositiveIntegerField("tỷ lệ cần đạt, tử số", null=True, blank=True)
    share_denominator = models.PositiveIntegerField("tỷ lệ cần đạt, mẫu số", null=True, blank=True)
    measured_by = models.CharField("nguồn số liệu", max_length=300, blank=True)
    evidence = models.CharField("minh chứng", max_length=300, blank=True)
    followed_by = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    source_kind = models.CharField(max_length=40, blank=True)  # e.g. documents.document
    source_id = models.BigIntegerField(null=True, blank=True)
    source_start = models.PositiveIntegerField(null=True, blank=True)
    source_end = models.PositiveIntegerField(null=True, blank=True)
    source_sentence = models.TextField("câu nguồn", blank=True)
    source_symbol = models.CharField("văn bản", max_length=80, blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["unit", "valid_from"], name="target_by_unit"),
            models.Index(fields=["source_kind", "source_id"], name="target_by_source"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="target_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(share_denominator=None) | Q(share_denominator__gt=0),
                name="target_share_denominator",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TargetRule(models.Model):
    """One condition of a target: at least `minimum` of what `counter` counts, per unit and period."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField()
    counter = models.CharField("bộ đếm", max_length=80)  # a key of indicators.counters
    minimum = models.PositiveIntegerField("mức tối thiểu")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["target", "position"], name="rule_position_once"),
            models.CheckConstraint(condition=Q(minimum__gt=0), name="rule_minimum_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.counter} >= {self.minimum}"
