"""What a unit carries for a time: symbols and seals, terms of its committee, conditions, links, a mandate."""

from django.db import models
from django.db.models import F, Q

from danvan.organisations.enums import FlagKind, LinkKind, MarkKind
from danvan.organisations.models.dating import in_order
from danvan.organisations.models.register import Unit


class UnitMark(models.Model):
    """The symbol of a unit's papers (BDVTU) or its seal, for a period, with the deciding document."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="marks")
    kind = models.CharField("loại", max_length=8, choices=MarkKind)
    text = models.CharField("nội dung", max_length=120)
    decision = models.CharField("văn bản quyết định", max_length=200)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        ordering = ["unit", "kind", "valid_from"]
        indexes = [models.Index(fields=["text", "valid_from"], name="mark_by_text")]
        constraints = [
            in_order("mark_ends_after_it_begins"),
            models.UniqueConstraint(fields=["unit", "kind", "valid_from"], name="mark_begins_once"),
        ]

    def __str__(self) -> str:
        return self.text


class CommitteeTerm(models.Model):
    """A term of a Party committee, from congress to congress: Party numbering begins anew with each."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="terms")
    ordinal = models.CharField("khóa", max_length=10)  # XIX
    name = models.CharField("nhiệm kỳ", max_length=40)  # 2025 - 2030
    decision = models.CharField("văn bản", max_length=200, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            in_order("term_ends_after_it_begins"),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="term_begins_once"),
            models.UniqueConstraint(fields=["unit", "ordinal"], name="term_ordinal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal} ({self.name})"


class UnitFlag(models.Model):
    """A condition of a place for a period (remote, border, island), by its decision."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="flags")
    kind = models.CharField("loại", max_length=8, choices=FlagKind)
    note = models.CharField("ghi chú", max_length=200, blank=True)  # khu vực III
    decision = models.CharField("văn bản quyết định", max_length=200)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        ordering = ["unit", "kind", "valid_from"]
        indexes = [models.Index(fields=["kind", "valid_from"], name="flag_by_kind")]
        constraints = [
            in_order("flag_ends_after_it_begins"),
            models.UniqueConstraint(fields=["unit", "kind", "valid_from"], name="flag_begins_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}:{self.kind}"


class UnitLink(models.Model):
    """How one organisation stands to another beside its line: it advises, coordinates with, or serves it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="links")
    other = models.ForeignKey(Unit, models.PROTECT, related_name="links_to")
    kind = models.CharField("loại", max_length=12, choices=LinkKind)
    decision = models.CharField("văn bản quyết định", max_length=200, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        ordering = ["unit", "kind", "valid_from"]
        constraints = [
            in_order("link_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["unit", "other", "kind", "valid_from"], name="link_begins_once"
            ),
            models.CheckConstraint(condition=~Q(unit=F("other")), name="link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.other_id}"


class Mandate(models.Model):
    """Why a temporary body (a delegation, a team, a bloc agency) was set up, by whom, and until when."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="mandate")
    founder = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    words = models.TextField("nhiệm vụ")
    decision = models.CharField("văn bản quyết định", max_length=200)
    planned_end = models.DateField("dự kiến kết thúc", null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.unit_id}"
