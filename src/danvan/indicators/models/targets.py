"""Targets as rules over a dated population. What fulfils them is counted from records, never typed."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, StrIndex

from danvan.accounts.selectors import units_granted
from danvan.foundation import clock
from danvan.indicators.enums import EVERY_LABELS, Comparator, Quality
from danvan.organisations.enums import Kind
from danvan.organisations.selectors import memberships

if TYPE_CHECKING:
    from danvan.accounts.models import User


class TargetQuerySet(models.QuerySet["Target"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Targets where `user` may do `action`. The only permission filter.

        Whoever may view at a place sees its targets; whoever may view at a unit also sees the targets
        that ask something of it. Every other act is done where the target was set.
        """
        granted = units_granted(user, action)
        here = Q(unit_id__in=granted)
        if action == "targets.view":
            here |= self.model.asks_of(granted, on=clock.today())
        return self.filter(here)

    def asking(self, units: models.QuerySet[Any, Any], *, on: date) -> Self:
        """Targets whose population on a day holds any of `units` (a queryset of ids)."""
        return self.filter(self.model.asks_of(units, on=on))

    def begun_before(self, day: date) -> Self:
        """Targets that began before `day`."""
        return self.filter(valid_from__lt=day)

    def not_ended_by(self, day: date) -> Self:
        """Targets still in force on `day` or later."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day))


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

    @property
    def share(self) -> tuple[int, int]:
        """The part of the population that must fulfil the rules; all of it where no share is stated."""
        if self.share_numerator is None or self.share_denominator is None:
            return (1, 1)
        return (self.share_numerator, self.share_denominator)

    @staticmethod
    def asks_of(units: models.QuerySet[Any, Any], *, on: date) -> Q:
        """The target asks something of one of `units`: of its kind, at its levels, under its place."""
        return Q(
            Exists(
                memberships(units, on=on)
                .filter(top_id=OuterRef("unit_id"), kind=OuterRef("population_kind"))
                .annotate(
                    asked=StrIndex(
                        Cast(OuterRef("population_levels"), models.TextField()),
                        Concat(Value('"'), "level", Value('"')),
                    )
                )
                .filter(asked__gt=0)
            )
        )


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
