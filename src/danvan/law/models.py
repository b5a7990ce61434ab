"""Legal parameters and the working-day calendar: dated rows with their citations.

Nothing is edited. What a row said when a deadline was counted from it, it says for ever: a change of the
law is a new row with its own period, a correction of what was loaded wrongly is a new row that replaces
the old one, and the calendar keeps every state it was ever in.
"""

from django.db import models
from django.db.models import F, Q

from danvan.law.enums import MEANING, Confidence, EventKind, Measure


class LegalParameter(models.Model):
    """One number that the law fixes, for one period: the row a deadline or a threshold was read from.

    The value is `numerator / denominator` in `unit`. `replaced_on` is the day on which a correction or the
    row's removal from the file took its place; such a row answers no question any more. `corrected`: set by
    an administrator, so loading the file again leaves its key alone.
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
    corrected = models.BooleanField("đã sửa", default=False)

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


class ClockHeld(models.Model):
    """The clock of one matter that a module holds, and what its events came to when last counted.

    The events are the truth: counting them again by the calendar gives these columns. `name` tells the clocks
    of one matter apart. `unit_id` is the unit that holds it now; an id alone, for units are known further up.
    """

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    name = models.CharField(max_length=40, default="due")
    parameter = models.ForeignKey(
        LegalParameter, models.PROTECT, null=True, blank=True, related_name="clocks"
    )
    unit_id = models.BigIntegerField(null=True, blank=True)
    started_on = models.DateField("ngày nhận đầu tiên")
    original_due_on = models.DateField("hạn gốc")
    due_on = models.DateField("hạn")
    paused_on = models.DateField("tạm dừng từ", null=True, blank=True)
    ended_on = models.DateField("kết thúc", null=True, blank=True)
    words = models.TextField("cách đếm")
    calendar = models.ForeignKey(CalendarVersion, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "name"], name="clock_of_a_matter_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_on", "started_on"], condition=Q(ended_on=None), name="clock_open"
            ),
            models.Index(
                fields=["subject_kind", "subject_id", "name", "ended_on", "due_on"],
                name="clock_days_of_a_matter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id}:{self.name}"


class ClockEvent(models.Model):
    """One thing that happened to a clock. Written once: the database refuses to change or remove it."""

    clock = models.ForeignKey(ClockHeld, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=EventKind)
    on = models.DateField("ngày")
    at = models.DateTimeField()
    n = models.PositiveIntegerField(null=True)
    counted = models.CharField(max_length=20, blank=True)
    unit_id = models.BigIntegerField(null=True)
    words = models.CharField("lý do hoặc văn bản", max_length=300, blank=True)
    cap = models.PositiveIntegerField(null=True)
    until = models.DateField(null=True)
    times = models.PositiveIntegerField(null=True)
    most_n = models.PositiveIntegerField(null=True)
    most_counted = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["clock", "number"]
        constraints = [models.UniqueConstraint(fields=["clock", "number"], name="clock_event_once")]

    def __str__(self) -> str:
        return f"{self.clock_id}:{self.number}:{self.kind}"


class ClockMove(models.Model):
    """Why a due day moved without an act on its matter: the calendar changed. Written once.

    `passed`: the day was over already, or is now; somebody agreed to it, seeing the list.
    """

    clock = models.ForeignKey(ClockHeld, models.PROTECT, related_name="moves")
    on = models.DateField("ngày")
    at = models.DateTimeField()
    old_due_on = models.DateField("hạn cũ")
    new_due_on = models.DateField("hạn mới")
    calendar = models.ForeignKey(CalendarVersion, models.PROTECT, null=True, related_name="moves")
    parameter = models.ForeignKey(LegalParameter, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("lý do", max_length=400)
    passed = models.BooleanField("đã qua", default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.clock_id}: {self.old_due_on} → {self.new_due_on}"
