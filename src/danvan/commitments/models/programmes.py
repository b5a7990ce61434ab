"""Work programmes of a month, plans of a year, and the private address of a calendar."""

from datetime import date, time
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from danvan.accounts.selectors import units_granted
from danvan.commitments.programme_enums import TONES, ChangeKind, EntryKind, ProgrammeState

if TYPE_CHECKING:
    from danvan.accounts.models import User


class WorkProgrammeQuerySet(models.QuerySet["WorkProgramme"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Programmes on which `user` may do `action`; a draft is only read by who may keep it."""
        granted = units_granted(user, action)
        if action != "commitments.view":
            return self.filter(unit_id__in=granted)
        kept = units_granted(user, "programmes.keep")
        issued = Q(state=ProgrammeState.ISSUED, unit_id__in=granted)
        return self.filter(issued | Q(unit_id__in=kept))


class WorkProgramme(models.Model):
    """What a unit does in one month (chương trình công tác tháng). Once issued, changes are dated amendments.

    `as_issued` holds its lines in words as they were issued, for good; `warned` what was said to whoever issued it.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    month = models.CharField("tháng", max_length=7)  # 2026-12
    state = models.CharField(
        "tình trạng", max_length=8, choices=ProgrammeState, default=ProgrammeState.DRAFT
    )
    symbol = models.CharField("số, ký hiệu", max_length=80, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=200, blank=True)
    as_issued = models.JSONField(default=list, blank=True)
    warned = models.JSONField(default=list, blank=True)
    reason = models.CharField("lý do vẫn ban hành", max_length=600, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changes = models.PositiveIntegerField(default=0)  # two acts at once cannot both win

    objects = WorkProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-pk"]
        indexes = [models.Index(fields=["month", "state"], name="programme_by_month")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], name="programme_once_a_month"),
            models.CheckConstraint(
                condition=Q(state=ProgrammeState.DRAFT, issued_on=None, symbol="")
                | (Q(state=ProgrammeState.ISSUED, issued_on__isnull=False) & ~Q(symbol="")),
                name="programme_issued_with_number_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}:{self.month}"

    @property
    def issued(self) -> bool:
        """Whether it was issued."""
        return self.state == ProgrammeState.ISSUED

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES[self.state]


class ProgrammeEntryQuerySet(models.QuerySet["ProgrammeEntry"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Lines of issued programmes of units within reach, or in which a unit within reach takes part."""
        granted = units_granted(user, action)
        takes_part = ProgrammeParty.objects.filter(entry=OuterRef("pk"), unit_id__in=granted)
        issued = self.filter(programme__state=ProgrammeState.ISSUED)
        return issued.filter(Q(programme__unit_id__in=granted) | Q(Exists(takes_part)))

    def standing(self) -> Self:
        """Not cancelled."""
        return self.filter(cancelled_on=None)

    def between(self, first: date, last: date) -> Self:
        """Those that touch these days."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class ProgrammeEntry(models.Model):
    """One line of a programme: on which day or days, when, what, who chairs, where, by which document.

    `chair_key` and `place_key` are what spellings have in common, to find clashes by. `revision` counts its changes
    since the programme was issued.
    """

    programme = models.ForeignKey(WorkProgramme, models.CASCADE, related_name="entries")
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    starts_at = models.TimeField("từ giờ", null=True, blank=True)
    ends_at = models.TimeField("đến giờ", null=True, blank=True)
    kind = models.CharField("loại", max_length=10, choices=EntryKind)
    content = models.CharField("nội dung", max_length=600)
    chair = models.CharField("chủ trì", max_length=160, blank=True)
    chair_key = models.CharField(max_length=160, blank=True, editable=False)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    place_key = models.CharField(max_length=200, blank=True, editable=False)
    source = models.CharField("theo văn bản", max_length=200, blank=True)
    commitment = models.ForeignKey(
        "commitments.Commitment", models.PROTECT, null=True, blank=True, related_name="entries"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_on = models.DateField("ngày hủy", null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = ProgrammeEntryQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", F("starts_at").asc(nulls_first=True), "pk"]
        indexes = [
            models.Index(fields=["programme", "starts_on"], name="entry_by_programme"),
            models.Index(fields=["ends_on", "starts_on"], name="entry_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="entry_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False),
                name="entry_has_no_end_without_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}:{self.pk}"

    @property
    def hours(self) -> str:
        """When on the day, in words; empty where it was not said."""
        return hours_of(self.starts_at, self.ends_at)

    @property
    def dialogue(self) -> bool:
        """Whether it is a dialogue with the people."""
        return self.kind == EntryKind.DIALOGUE


def hours_of(start: time | None, end: time | None) -> str:
    """08:00 - 10:30, or what of it is known."""
    if start is None:
        return ""
    return f"{start:%H:%M}" + (f" - {end:%H:%M}" if end else "")


class ProgrammeParty(models.Model):
    """A unit that takes part in a line of somebody's programme."""

    entry = models.ForeignKey(ProgrammeEntry, models.CASCADE, related_name="parties")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["unit", "entry"], name="party_by_unit")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "unit"], name="programme_party_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.unit_id}"


class ProgrammeChange(models.Model):
    """A dated amendment of an issued programme: what a line said before, what it says since, and why. Written once."""

    programme = models.ForeignKey(WorkProgramme, models.CASCADE, related_name="amendments")
    entry = models.ForeignKey(ProgrammeEntry, models.CASCADE, related_name="amendments")
    kind = models.CharField(max_length=10, choices=ChangeKind)
    on = models.DateField("ngày")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("lý do", max_length=600)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.programme_id}:{self.kind}"


class YearlyPlanQuerySet(models.QuerySet["YearlyPlan"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Plans of the units where `user` may do `action`."""
        return self.filter(unit_id__in=units_granted(user, action))


class YearlyPlan(models.Model):
    """That a unit issued its plan of a year (kế hoạch năm): number, day, title, and the file."""

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    symbol = models.CharField("số, ký hiệu", max_length=80)
    issued_on = models.DateField("ngày ban hành")
    title = models.CharField("trích yếu", max_length=400)
    file = models.ForeignKey(
        "foundation.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField("tên tệp", max_length=255, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = YearlyPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        indexes = [models.Index(fields=["year", "unit"], name="plan_by_year")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "symbol"], name="plan_once_a_year")
        ]

    def __str__(self) -> str:
        return self.symbol


class CalendarFeed(models.Model):
    """The private address at which one person's calendar program reads. Only the digest of its secret is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    issued_at = models.DateTimeField("cấp lúc")
    withdrawn_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(withdrawn_at=None), name="one_feed_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}:{self.pk}"
