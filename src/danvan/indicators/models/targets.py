"""Targets as rules over a dated population. What fulfils them is counted from records, never typed."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, StrIndex

from danvan.accounts.selectors import units_granted
from danvan.foundation import clock
from danvan.indicators.enums import EVERY_LABELS, Aim, Bound, ChangeBy, Comparator, Quality
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
            here |= self.model.shared_with(granted)
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

    A target of a figure names an `indicator` and an `aim`: its figure at the place itself, or with
    `population_levels` at each unit of the population (an empty kind means the places). `goal` is the level,
    or the change against `base_period` (stated by `change_by`), or the end of the path of its `milestones`;
    `bound` is the side on which the figure has to be. An amendment is a row of its own: `first_version` is the
    row all versions began with. `covers` is the target of a place above that this one puts into a plan.
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
    indicator = models.ForeignKey(
        "indicators.Indicator", models.PROTECT, null=True, blank=True, related_name="+"
    )
    aim = models.CharField("yêu cầu", max_length=10, choices=Aim, blank=True)
    bound = models.CharField("so với mức", max_length=2, choices=Bound, blank=True)
    goal = models.DecimalField("mức", max_digits=24, decimal_places=6, null=True, blank=True)
    change_by = models.CharField("cách nêu", max_length=8, choices=ChangeBy, blank=True)
    base_period = models.CharField("kỳ gốc", max_length=7, blank=True)  # the code of a period
    first_version = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later_versions"
    )
    covers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="covered_by"
    )
    decision = models.CharField("văn bản", max_length=200, blank=True)
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

    @property
    def of_figure(self) -> bool:
        """Held against the figure of an indicator."""
        return self.quality == Quality.FIGURE

    @property
    def of_place(self) -> bool:
        """Held against the figure of the place itself, and not of each unit of a population."""
        return self.of_figure and not self.population_levels

    @property
    def root_id(self) -> int:
        """The first of its versions."""
        return self.first_version_id or self.pk

    @staticmethod
    def shared_with(units: models.QuerySet[Any, Any]) -> Q:
        """A share of the target was given to one of `units`."""
        shares = TargetShare.objects.filter(division__target_id=OuterRef("pk"), unit_id__in=units)
        return Q(Exists(shares))

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


class TargetMilestone(models.Model):
    """Where the figure of a path has to be on a day; the first one is where it began."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="milestones")
    day = models.DateField("ngày")
    amount = models.DecimalField("mức", max_digits=24, decimal_places=6)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["target", "day"], name="milestone_day_once")]

    def __str__(self) -> str:
        return f"{self.target_id}:{self.day}"


class TargetDivision(models.Model):
    """How a target is divided among the units below from a day on. A change is a division of a later day."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="divisions")
    valid_from = models.DateField("từ ngày")
    reserve = models.DecimalField("dự phòng", max_digits=24, decimal_places=6)
    decision = models.CharField("văn bản", max_length=200, blank=True)

    class Meta:
        ordering = ["target", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["target", "valid_from"], name="division_begins_once"),
            models.CheckConstraint(
                condition=Q(reserve__gte=0), name="division_reserve_not_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id}:{self.valid_from}"


class TargetShare(models.Model):
    """What one unit is given of a divided target."""

    division = models.ForeignKey(TargetDivision, models.CASCADE, related_name="shares")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    amount = models.DecimalField("phần giao", max_digits=24, decimal_places=6)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["division", "unit"], name="share_unit_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="share_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.division_id}:{self.unit_id}"


class TargetRefusal(models.Model):
    """Why a unit does not put its share of a target into its plan. Kept, whatever it does later."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="refusals")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    reason = models.CharField("lý do", max_length=600)
    made_on = models.DateField("ngày")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.target_id}:{self.unit_id}"
