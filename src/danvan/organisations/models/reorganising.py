"""Reorganisations: an event in the life of units, from its draft to its undoing, and what changed hands by it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.organisations.enums import EventKind, EventState, HandOverState, Kind, Level, Measure
from danvan.organisations.models.register import Unit


class Reorganisation(models.Model):
    """One event on one day by one decision: which units pass what to which. A draft until it is applied.

    `scope` is the place under whose administrator it stands. `applied_order` counts applications, so that
    what builds on what is known. `measure` is by what the shares are worked out where none is given.
    """

    number = models.CharField("số", max_length=20, unique=True)  # SX-2026-014
    kind = models.CharField("loại", max_length=20, choices=EventKind)
    title = models.CharField("tên", max_length=300)
    scope = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    effective_on = models.DateField("có hiệu lực từ ngày")
    decision = models.CharField("văn bản quyết định", max_length=200)
    source_kind = models.CharField(max_length=40, blank=True)  # documents.document
    source_id = models.BigIntegerField(null=True, blank=True)
    measure = models.CharField(
        "quy đổi theo", max_length=20, choices=Measure, default=Measure.POPULATION
    )
    state = models.CharField(
        "tình trạng", max_length=10, choices=EventState, default=EventState.DRAFT
    )
    applied_order = models.PositiveIntegerField(null=True, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)  # on its day; until then who was in charge is
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_why = models.CharField("lý do hoàn tác", max_length=600, blank=True)
    changes = models.PositiveIntegerField(
        default=0
    )  # counts every act: two at once cannot both win

    class Meta:
        ordering = ["-effective_on", "-pk"]
        indexes = [models.Index(fields=["state", "id"], name="reorganisation_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=EventState.APPLIED, applied_order__isnull=False)
                | (~Q(state=EventState.APPLIED) & Q(applied_order=None)),
                name="reorganisation_applied_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.number


class NewUnit(models.Model):
    """A unit that a reorganisation founds. `unit` is its identity once that is applied, null again when undone.

    A place stands under `parent` (or under another new unit, `parent_new`); an organisation in `place` (or
    `place_new`), its superior found by its kind.
    """

    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="new_units")
    name = models.CharField("tên", max_length=200)
    type_word = models.CharField("loại hình", max_length=40, blank=True)
    level = models.CharField("cấp", max_length=10, choices=Level)
    kind = models.CharField("loại tổ chức", max_length=30, choices=Kind, blank=True)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    parent_new = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")
    place = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    place_new = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")
    code = models.CharField("mã", max_length=20, blank=True)
    area_km2 = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Passing(models.Model):
    """What one unit passes to another (to itself: what it keeps). `weight` None is worked out by the measure.

    `heir` marks the one successor of a unit that takes over its open matters and rights.
    """

    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="passings")
    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    successor_new = models.ForeignKey(
        NewUnit, models.CASCADE, null=True, blank=True, related_name="passings"
    )
    weight = models.PositiveIntegerField("phần triệu", null=True, blank=True)
    heir = models.BooleanField("nhận việc đang mở", default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(successor__isnull=False, successor_new=None)
                | Q(successor=None, successor_new__isnull=False),
                name="passing_to_one",
            ),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__lte=1_000_000), name="passing_weight_in_ppm"
            ),
            models.UniqueConstraint(
                fields=["reorganisation", "predecessor", "successor"],
                condition=Q(successor__isnull=False),
                name="passing_once",
            ),
            models.UniqueConstraint(
                fields=["reorganisation", "predecessor", "successor_new"],
                condition=Q(successor_new__isnull=False),
                name="passing_to_new_once",
            ),
            models.UniqueConstraint(
                fields=["reorganisation", "predecessor"],
                condition=Q(heir=True),
                name="passing_one_heir",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} > {self.successor_id or self.successor_new_id}"


class Change(models.Model):
    """What a unit that goes on becomes on the day. Blank and null mean: as it was."""

    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="unit_changes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField("tên mới", max_length=200, blank=True)
    type_word = models.CharField("loại hình mới", max_length=40, blank=True)
    level = models.CharField("cấp mới", max_length=10, choices=Level, blank=True)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    parent_new = models.ForeignKey(NewUnit, models.CASCADE, null=True, blank=True, related_name="+")
    code = models.CharField("mã mới", max_length=20, blank=True)
    area_km2 = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "unit"], name="change_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}"


class JournalRow(models.Model):
    """One row that an application wrote, changed or took away, as it was before and after: what undoing reads.

    `before` None: the row was written; `after` None: taken away. Both are the columns by name, plain JSON.
    """

    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="journal")
    position = models.PositiveIntegerField()
    table = models.CharField(max_length=60)  # organisations.unitversion
    row_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["reorganisation", "position"]
        indexes = [models.Index(fields=["table", "row_id"], name="journal_by_row")]
        constraints = [
            models.UniqueConstraint(fields=["reorganisation", "position"], name="journal_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.table}:{self.row_id}"


class HandOver(models.Model):
    """One open matter or right that passed to another unit: kept by the `holder` that moved it.

    `title` names the matter in words (never a person's name). `before` and `after` are what the holder needs to
    take it back exactly.
    """

    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="hand_overs")
    holder = models.CharField(max_length=40)  # commitments.lead
    row_id = models.BigIntegerField()
    title = models.CharField("việc", max_length=400)
    giver = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    state = models.CharField(
        "tình trạng", max_length=10, choices=HandOverState, default=HandOverState.WAITING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["taker", "state", "id"], name="hand_over_by_taker"),
            models.Index(fields=["holder", "row_id"], name="hand_over_by_row"),
        ]

    def __str__(self) -> str:
        return f"{self.holder}:{self.row_id}"


__all__ = ["Change", "HandOver", "JournalRow", "NewUnit", "Passing", "Reorganisation"]
