"""Indicators: what is measured, in dated versions; the values units give; the cube that sums them."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from danvan.accounts.selectors import may_at_root, units_granted
from danvan.indicators.enums import (
    AcrossBreak,
    Approval,
    MeasureKind,
    Origin,
    OverTime,
    OverTree,
)
from danvan.indicators.exact import joined
from danvan.indicators.models.breakdowns import BreakdownOption

if TYPE_CHECKING:
    from danvan.accounts.models import User


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Indicators that `user` may do `action` to: those owned where it may; those of nobody, at the root only."""
        owned = Q(owner_id__in=units_granted(user, action))
        return self.filter(owned | Q(owner=None) if may_at_root(user, action) else owned)


class Indicator(models.Model):
    """One thing that is measured, whatever its definition says at the time. `code` is never reused.

    What counts one option of a breakdown of another indicator (DV-02.NU: of DV-02 the women) names that one as its
    `whole`. The `owner` is the unit that answers for its definition; none for what the whole country measures.
    """

    code = models.CharField("mã", max_length=30, unique=True)  # e.g. DV-02
    owner = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    whole = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="broken_down"
    )
    option = models.ForeignKey(
        BreakdownOption, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(whole=None, option=None) | Q(whole__isnull=False, option__isnull=False),
                name="indicator_part_has_its_whole_and_option",
            ),
            models.UniqueConstraint(fields=["whole", "option"], name="indicator_part_once"),
        ]

    def __str__(self) -> str:
        return self.code


class IndicatorVersion(models.Model):
    """What an indicator means from a day on. A change of meaning is a new version, never an edit.

    Figures go up month by month, first over the tree (`over_tree`), then over the months (`over_time`). A ratio
    names its `numerator` and `denominator` indicators and has no values of its own: it is so many in `factor` (100:
    percent), in a year where it is `annualised`. `formula` is an expression tree over other indicators' codes
    ({"sum": ["DV-02", "DV-03"]}). `counter` names what offers its figure from records. `at_break` says whether a
    value may be apportioned where units were reorganised, when figures are read on another day's tree.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("phiên bản")
    name = models.CharField("tên", max_length=300)
    definition = models.TextField("định nghĩa")
    unit_label = models.CharField("đơn vị tính", max_length=60)
    kind = models.CharField("loại", max_length=10, choices=MeasureKind)
    over_time = models.CharField("tổng hợp theo thời gian", max_length=8, choices=OverTime)
    over_tree = models.CharField(
        "tổng hợp theo đơn vị", max_length=8, choices=OverTree, default=OverTree.SUM
    )
    at_break = models.CharField(
        "khi sắp xếp đơn vị", max_length=8, choices=AcrossBreak, default=AcrossBreak.SHARE
    )
    places = models.PositiveSmallIntegerField("số chữ số thập phân", default=0)
    counter = models.CharField("bộ đếm", max_length=80, blank=True)
    formula = models.JSONField("công thức", null=True, blank=True)
    numerator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+"
    )
    denominator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+"
    )
    factor = models.PositiveIntegerField("tính trên", default=100)
    annualised = models.BooleanField("quy ra một năm", default=False)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    source_symbol = models.CharField("căn cứ", max_length=80, blank=True)

    class Meta:
        ordering = ["indicator", "number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="indicator_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="indicator_version_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScaleStep(models.Model):
    """One step of the ordered scale by which a qualitative indicator is answered, in one version; the best is first.

    Its place in the order is never added up or averaged.
    """

    version = models.ForeignKey(IndicatorVersion, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("bậc", max_length=60)  # e.g. Tốt
    meaning = models.CharField("nghĩa là", max_length=400)

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"], name="scale_step_has_its_place"
            ),
            models.UniqueConstraint(fields=["version", "name"], name="scale_step_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ValueQuerySet(models.QuerySet["Value"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Values of the units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))

    def current(self) -> Self:
        """The newest vintage of each value."""
        return self.filter(current=True)

    def known_at(self, moment: datetime | None) -> Self:
        """The vintage of each value that was the newest at a moment; the newest of all where none is said."""
        if moment is None:
            return self.current()
        later = self.model.objects.filter(
            indicator_id=OuterRef("indicator_id"),
            unit_id=OuterRef("unit_id"),
            first=OuterRef("first"),
            vintage__gt=OuterRef("vintage"),
            entered_at__lte=moment,
        )
        return self.filter(~Exists(later), entered_at__lte=moment)


class Value(models.Model):
    """What one unit gave for one indicator and month, in one vintage. A correction is a new vintage.

    `amount` None is "không có số liệu": asked, and not known. Of a qualitative indicator there is never an amount but
    a `step` of its scale. `level` rises when the report it came with is
    accepted and locked. `source_kind` and `source_id` name what it came with (reporting.submission).
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    first = models.DateField("tháng")  # the first day of the month
    vintage = models.PositiveSmallIntegerField("bản", default=1)
    current = models.BooleanField(default=True)
    amount = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    step = models.ForeignKey(
        ScaleStep, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    origin = models.CharField("nguồn gốc", max_length=10, choices=Origin)
    level = models.PositiveSmallIntegerField("mức duyệt", choices=Approval, default=Approval.SENT)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField()

    objects = ValueQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["first", "indicator", "unit"],
                name="value_of_month",
                condition=Q(current=True),
            ),
            models.Index(fields=["unit", "first"], name="value_of_unit", condition=Q(current=True)),
            models.Index(fields=["source_kind", "source_id"], name="value_by_source"),
            models.Index(  # estimates are few, and every figure asks whether one is in it
                fields=["first", "indicator"],
                name="value_estimated",
                condition=Q(current=True, origin=Origin.ESTIMATED),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "first", "vintage"], name="value_vintage_once"
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(step=None), name="value_step_is_no_amount"
            ),
            models.UniqueConstraint(
                fields=["indicator", "unit", "first"],
                condition=Q(current=True),
                name="value_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}:{self.unit_id}:{self.first}"


class CubeCell(models.Model):
    """The sum of one indicator's current values under a province or the country in one month, as it was then.

    One row for each approval level: `level` counts the values that stand at it or above. `units` is how
    many units gave a known amount, `asked` how many gave a value at all. The sum is kept in two integers,
    because a decimal column of SQLite is a float; `whole` is null where no amount is known.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    first = models.DateField()
    level = models.PositiveSmallIntegerField(choices=Approval)
    whole = models.BigIntegerField(null=True)
    millionths = models.BigIntegerField(default=0)
    units = models.PositiveIntegerField()
    asked = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "level", "first"], name="cube_cell_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}:{self.unit_id}:{self.first}:{self.level}"

    @property
    def amount(self) -> Decimal | None:
        """The sum, exact; None where no amount is known."""
        return None if self.whole is None else joined(self.whole, self.millionths)


class DirtyKey(models.Model):
    """An indicator, month and unit whose cells must be summed again. Appended with the value, in one transaction."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.CASCADE, related_name="+")
    first = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["indicator", "first", "unit"], name="dirty_in_key_order")]

    def __str__(self) -> str:
        return f"{self.indicator_id}:{self.unit_id}:{self.first}"
