"""Duties that come back: the rule, what each turn of it is made from, and which commitment each turn became."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from danvan.accounts.selectors import units_granted
from danvan.commitments.models.ledger import Commitment
from danvan.commitments.series_enums import MONTHS, Every, SeriesStepKind
from danvan.law.selectors import add_months

if TYPE_CHECKING:
    from danvan.accounts.models import User


class CommitmentSeriesQuerySet(models.QuerySet["CommitmentSeries"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Series on which `user` may do `action`: who assigned changes and ends it; who leads and supports may look."""
        granted = units_granted(user, action)
        if action != "commitments.view":
            return self.filter(assigner_id__in=granted)
        supports = SeriesSupport.objects.filter(series=OuterRef("pk"), unit_id__in=granted)
        return self.filter(
            Q(lead_id__in=granted) | Q(assigner_id__in=granted) | Q(Exists(supports))
        )

    def going_on(self) -> Self:
        """Another turn comes."""
        return self.filter(next_on__isnull=False)


class CommitmentSeries(models.Model):
    """A duty that comes back by a rule. Each turn is a commitment of its own, made some days before its day.

    `anchor_on` is the day of turn `anchor_turn`, from which the days of later turns are counted. `next_on` is the
    day of the turn that is made next, before days off are looked at; None where no more comes. Nothing here is
    counted in the figures of the ledger: its turns are.
    """

    number = models.CharField("số", max_length=20, unique=True)  # DK-2026-0001
    title = models.CharField("việc", max_length=400)
    product = models.CharField("sản phẩm", max_length=300)
    proof = models.CharField("minh chứng cần có", max_length=300, blank=True)
    lead = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    assigner = models.ForeignKey(
        "organisations.Unit", models.PROTECT, related_name="+", db_index=False
    )
    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Its holder supervises each turn (lãnh đạo theo dõi); a post that ends is taken out when the next turn is made.
    post = models.ForeignKey(
        "organisations.Post",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    source_start = models.PositiveIntegerField(null=True, blank=True)
    source_end = models.PositiveIntegerField(null=True, blank=True)
    source_sentence = models.TextField("câu nguồn", blank=True)
    source_symbol = models.CharField("văn bản", max_length=80, blank=True)
    every = models.CharField("lặp lại", max_length=8, choices=Every)
    anchor_on = models.DateField("hạn của lượt làm mốc")
    anchor_turn = models.PositiveIntegerField(default=1)
    until = models.DateField("đến hết ngày", null=True, blank=True)
    ahead = models.PositiveIntegerField("mở trước hạn (ngày)")
    given_on = models.DateField("ngày giao")
    # How far the turns are counted: with those that were missed, which stand as lines and not as commitments.
    made = models.PositiveIntegerField("số lượt đã mở", default=0)
    next_on = models.DateField("hạn của lượt sau", null=True, blank=True)
    # When the next turn is made; later than its rule says only where it could not be made: `halted` says why.
    opens_on = models.DateField("ngày mở lượt sau", null=True, blank=True)
    halted = models.CharField("vì sao chưa mở được", max_length=600, blank=True)
    changes = models.PositiveIntegerField(default=0)

    objects = CommitmentSeriesQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["lead", "id"], name="series_by_lead"),
            models.Index(fields=["assigner", "id"], name="series_by_assigner"),
            models.Index(fields=["source_kind", "source_id"], name="series_by_source"),
            models.Index(
                fields=["opens_on"], condition=Q(opens_on__isnull=False), name="series_to_open"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on=None, opens_on=None)
                | Q(next_on__isnull=False, opens_on__isnull=False),
                name="series_opens_what_comes",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def day_of(self, turn: int) -> date:
        """When a turn is due, before days off are looked at."""
        return nominal(self.every, self.anchor_on, turn - self.anchor_turn)


class SeriesSupport(models.Model):
    """A unit that supports each turn. Two that became one after a reorganisation stand here twice, in a turn once."""

    series = models.ForeignKey(CommitmentSeries, models.CASCADE, related_name="supports")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["unit", "series"], name="series_support_by_unit")]

    def __str__(self) -> str:
        return f"{self.series_id}:{self.unit_id}"


class SeriesTurn(models.Model):
    """Which commitment a turn of a series became; each turn once."""

    series = models.ForeignKey(CommitmentSeries, models.PROTECT, related_name="turns")
    turn = models.PositiveIntegerField("lượt")
    commitment = models.OneToOneField(Commitment, models.CASCADE, related_name="turn_of")

    class Meta:
        ordering = ["turn"]
        constraints = [
            models.UniqueConstraint(fields=["series", "turn"], name="series_turn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series_id}:{self.turn}"


class SeriesStep(models.Model):
    """One line of what was decided about a series: who, when, in words."""

    series = models.ForeignKey(CommitmentSeries, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=SeriesStepKind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    words = models.TextField("nội dung", blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.series_id}:{self.kind}"


def nominal(every: str, first: date, turns: int) -> date:
    """The day `turns` turns after the first."""
    if every == Every.WEEK:
        return first + timedelta(weeks=turns)
    return add_months(first, MONTHS[every] * turns)
