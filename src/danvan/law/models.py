"""Legal parameters and the working-day calendar: dated rows with their citations.

Nothing is edited. What a row said when a deadline was counted from it, it says for ever: a change of the
law is a new row with its own period, a correction of what was loaded wrongly is a new row that replaces
the old one, and the calendar keeps every state it was ever in.
"""

from django.db import models
from django.db.models import F, Q

from danvan.law.enums import MEANING, Confidence, Measure


class LegalParameter(models.Model):
    """One number that the law fixes, for one period: the row a deadline or a threshold was read from.

    The value is `numerator / denominator` in `unit`. `replaced_on` is the day on which a correction or the
    row's removal from the file took its place; such a row answers no question any more.
    """

    key = models.CharField("khóa", max_length=80)
    title = models.CharField("nội dung", max_length=200)
    numerator = models.IntegerField("tử số")
    denominator = models.PositiveIntegerField("mẫu số", default=1)
    unit = models.CharField("đơn vị tính", max_length=60, choices=Measure)
    scope = models.CharField("phạm vi", max_length=120, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    citation = models.CharField("căn cứ", max_length=200)
    confidence = models.CharField("mức chắc chắn", max_length=20, choices=Confidence)
    folded = models.TextField(editable=False)
    loaded_on = models.DateField("ngày nạp")
    replaced_on = models.DateField("ngày thay", null=True, blank=True)

    class Meta:
        ordering = ["key", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "valid_from"],
                condition=Q(replaced_on=None),
                name="parameter_begins_once",
            ),
            models.CheckConstraint(condition=Q(denominator__gt=0), name="parameter_denominator"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="parameter_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def value(self) -> str:
        """As it is read aloud: 07 ngày làm việc, 2/3 tổng số hộ trở lên."""
        number = f"{self.numerator:02}" if self.denominator == 1 else self._share
        return f"{number} {self.get_unit_display()}"

    @property
    def _share(self) -> str:
        return (
            f"{self.numerator}%"
            if self.denominator == 100
            else (f"{self.numerator}/{self.denominator}")
        )

    @property
    def confidence_meaning(self) -> str:
        """What the mark of confidence means, in a sentence."""
        return MEANING.get(self.confidence, "")


class CalendarVersion(models.Model):
    """One state of the calendar: deadlines remember which one they were counted with."""

    number = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}"


class CalendarDay(models.Model):
    """A day that the calendar names: a holiday, a weekday off, a weekend day worked.

    Days without a row follow the week: Monday to Friday are worked. `estimated`: the plan of that year is
    not published. `corrected`: set by an administrator, so loading again leaves it alone.
    """

    day = models.DateField("ngày")
    working = models.BooleanField("làm việc")
    reason = models.CharField("lý do", max_length=120)
    citation = models.CharField("căn cứ", max_length=200, blank=True)
    estimated = models.BooleanField("dự kiến", default=False)
    corrected = models.BooleanField("đã sửa", default=False)
    made_in = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="days")
    replaced_in = models.ForeignKey(
        CalendarVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=Q(replaced_in=None), name="calendar_day_once"
            )
        ]
        indexes = [models.Index(fields=["day"], name="calendar_by_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.reason}"
