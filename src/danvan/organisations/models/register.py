"""The dated register: identities that last, and versions that say what each was on a day.

Periods include `valid_from` and exclude `valid_to`; an open end is null.
"""

from django.db import models
from django.db.models import F, Q

from danvan.organisations.enums import Kind, Level, Line, Measure, Sort, Way
from danvan.organisations.models.dating import in_order


class Unit(models.Model):
    """A lasting identity, never reused: a place, or an organisation that stands in one.

    What it is called, coded and below is in its dated rows. A merged unit is a new identity even when
    it takes over an old code or name.
    """

    sort = models.CharField("loại đơn vị", max_length=12, choices=Sort)
    founded_on = models.DateField("có từ ngày")
    ended_on = models.DateField("kết thúc ngày", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gt=F("founded_on")),
                name="unit_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"unit {self.pk}"


class UnitVersion(models.Model):
    """One period in a unit's life: its name, level, kind, and what it stands under.

    A place has `parent` (a place). An organisation has `place` (where it stands) and `parent` (the
    organisation above it in its line). `start_known` is false where the register knows that the unit
    was there but not since when. `decision` cites what brought this version about.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="versions")
    name = models.CharField("tên", max_length=200)
    lowered = models.CharField(max_length=200, editable=False)  # canonical, lower case
    folded = models.CharField(max_length=200, editable=False)  # without tones
    bare = models.CharField(max_length=200, editable=False)  # without tones and type word
    level = models.CharField("cấp", max_length=10, choices=Level)
    type_word = models.CharField("loại hình", max_length=40, blank=True)  # xã, phường, tỉnh, ...
    kind = models.CharField("loại tổ chức", max_length=30, choices=Kind, blank=True)
    line = models.CharField("ngành dọc", max_length=20, choices=Line, blank=True)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    area_km2 = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    decision = models.CharField("văn bản quyết định", max_length=200, blank=True)
    start_known = models.BooleanField("biết ngày bắt đầu", default=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        indexes = [
            # Answers what a unit was on a day, and counts by level and kind, without the rows themselves.
            models.Index(
                fields=["unit", "valid_from", "valid_to", "level", "kind"], name="version_by_unit"
            ),
            models.Index(fields=["parent", "valid_from"], name="version_by_parent"),
            models.Index(fields=["place", "kind", "valid_from"], name="version_by_place"),
            models.Index(
                fields=["folded"], name="version_by_name", opclasses=["varchar_pattern_ops"]
            ),
            models.Index(
                fields=["bare"], name="version_by_bare_name", opclasses=["varchar_pattern_ops"]
            ),
            models.Index(fields=["kind", "level", "valid_from"], name="version_by_kind"),
        ]
        constraints = [
            in_order("version_ends_after_it_begins"),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="version_begins_once"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitCode(models.Model):
    """A code that a unit carries for a period; one unit a (system, code) on any day."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="codes")
    system = models.CharField("hệ mã", max_length=20)
    code = models.CharField("mã", max_length=20)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["code", "system", "valid_from"], name="code_on_a_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "code", "valid_from"], name="code_begins_once"
            ),
            in_order("code_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.code


class Lineage(models.Model):
    """What passed between two units in one event, in parts per million, both ways.

    `weight` is the share of the predecessor that went to the successor: over the successors of one
    predecessor in one event it sums to a million. `back_weight` is the share of the successor that came from
    the predecessor, for reading later figures on an earlier day: over the predecessors of one successor in one
    event it sums to a million; null where the two are not of one level (a district's share of a commune). A
    unit that goes on (incorporated into, split from, given land) has a row to itself for what it keeps.
    """

    predecessor = models.ForeignKey(Unit, models.CASCADE, related_name="successor_links")
    successor = models.ForeignKey(Unit, models.CASCADE, related_name="predecessor_links")
    weight = models.PositiveIntegerField("phần triệu")
    measure = models.CharField("chia theo", max_length=20, choices=Measure)
    back_weight = models.PositiveIntegerField("phần triệu của đơn vị kế tiếp", null=True)
    back_measure = models.CharField(
        "đọc ngược chia theo", max_length=20, choices=Measure, blank=True
    )
    estimated = models.BooleanField("ước tính")
    happened_on = models.DateField("ngày")
    decision = models.CharField("văn bản quyết định", max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["happened_on"], name="lineage_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "measure", "happened_on"], name="lineage_once"
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0) & Q(weight__lte=1_000_000), name="lineage_weight_in_ppm"
            ),
            models.CheckConstraint(
                condition=Q(back_weight=None) | Q(back_weight__lte=1_000_000),
                name="lineage_back_weight_in_ppm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} > {self.successor_id}: {self.weight}"


class UnitSize(models.Model):
    """How many people and households a place had on a day, and who says so. Unknown is null, never nought."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="sizes")
    counted_on = models.DateField("tính đến ngày")
    population = models.PositiveIntegerField("dân số", null=True, blank=True)
    households = models.PositiveIntegerField("số hộ", null=True, blank=True)
    source = models.CharField("nguồn", max_length=200)

    class Meta:
        ordering = ["unit", "-counted_on"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "counted_on", "source"], name="size_once"),
            models.CheckConstraint(
                condition=Q(population__isnull=False) | Q(households__isnull=False),
                name="size_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}@{self.counted_on}"


class Reach(models.Model):
    """`unit` is `top` or below it, for a period, by place or by line. Derived; rebuilt, never edited.

    By place: a place, the places under it, and the organisations that stand in any of them; an
    organisation reaches itself. By line: an organisation and the organisations below it in its line.
    By heir (`heirp`, `heirl`): `unit` has ended, and `top` reaches by place (by line) a unit that took over from
    it as it ended, whatever the part, directly or through others; who answers for a unit today reads the records
    of those before it.
    The rows of one (top, unit, follows) neither touch nor overlap.
    """

    top = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="reached_by")
    follows = models.CharField(max_length=5, choices=Way)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["top", "follows", "valid_from", "valid_to", "unit"], name="reach_down"
            ),
            models.Index(fields=["unit", "follows", "valid_from"], name="reach_up"),
        ]

    def __str__(self) -> str:
        return f"{self.top_id} > {self.unit_id}"
