"""Denunciations: closed rows beside the petitions, named by a random uuid, whose words only the key of their case opens.

Nothing registers these with lists, search, facts, counters, exports or events; each is read by named people only.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.accounts.selectors import grants_over, grants_today, may
from danvan.foundation import clock
from danvan.organisations.selectors import ended_before, tops_of
from danvan.petitions.enums import Channel, Language
from danvan.petitions.vault_enums import (
    SHUT,
    ClockEvent,
    Guarding,
    GuardingEnd,
    NotTaken,
    Part,
    Purpose,
    Renewal,
    VaultOutcome,
    VaultState,
    VaultStepKind,
)

if TYPE_CHECKING:
    from danvan.accounts.models import User


class VaultQuerySet(models.QuerySet["Denunciation"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Cases that name `user` as a reader today, but for those against `user` or a unit they hold a right at or below.

        The only permission filter: the right itself opens no case.
        """
        if not may(user, action):
            return self.none()
        today = clock.today()
        named = VaultReader.objects.filter(
            Q(until=None) | Q(until__gte=today), user=user, since__lte=today
        )
        return self.filter(pk__in=named.values("denunciation_id")).exclude(
            pk__in=exclusions_of(user).values("denunciation_id")
        )

    def open(self) -> Self:
        """Not closed."""
        return self.filter(closed_on=None)


class Denunciation(models.Model):
    """One denunciation. Its words stand sealed under a key of its own; plain are only its state, days, unit and sizes.

    `number` is drawn, so that nobody counts cases by it. `renews` is the case that a renewed denunciation follows.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    number = models.CharField("số", max_length=20, unique=True)  # TC-2026-K7QM2XBD
    key = models.ForeignKey("foundation.DataKey", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    former = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    renews = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="renewed"
    )
    renewal = models.CharField("tố cáo tiếp", max_length=9, choices=Renewal, blank=True)
    state = models.CharField(
        "tình trạng", max_length=11, choices=VaultState, default=VaultState.RECEIVED
    )
    before = models.CharField(max_length=11, choices=VaultState, blank=True)
    channel = models.CharField("kênh", max_length=12, choices=Channel)
    language = models.CharField(
        "ngôn ngữ", max_length=4, choices=Language, default=Language.VIETNAMESE
    )
    people = models.PositiveIntegerField("số người", default=1)
    anonymous = models.BooleanField("không ghi tên", default=False)
    spoken = models.BooleanField("ghi lại lời nói, đã đọc lại", default=False)
    several_places = models.BooleanField("kiểm tra ở nhiều nơi", default=False)
    waived_on = models.DateField("ngày từ chối giữ bí mật", null=True, blank=True)
    received_on = models.DateField("ngày nhận")
    accepted_on = models.DateField("ngày thụ lý", null=True, blank=True)
    concluded_on = models.DateField("ngày kết luận", null=True, blank=True)
    outcome = models.CharField("kết luận", max_length=6, choices=VaultOutcome, blank=True)
    not_taken = models.CharField("lý do", max_length=4, choices=NotTaken, blank=True)
    closed_on = models.DateField("ngày đóng", null=True, blank=True)
    destroyed_on = models.DateField("ngày hủy khóa", null=True, blank=True)
    denouncer = models.BinaryField(editable=False)
    accused = models.BinaryField(editable=False)
    content = models.BinaryField(editable=False)
    requests = models.BinaryField(editable=False)
    conclusion = models.BinaryField(editable=False, default=b"")
    # by what whoever sent it without an account asks how it stands; no other table knows of it
    code = models.CharField(max_length=64, unique=True, null=True, editable=False)
    # by what whoever holds the receipt of its paper finds it beside the other matters; joined to no code that stands elsewhere
    receipt = models.CharField(max_length=64, blank=True, editable=False)
    entered_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=0)

    objects = VaultQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SHUT, closed_on__isnull=False)
                | (~Q(state__in=SHUT) & Q(closed_on=None)),
                name="denunciation_closed_on_a_day",
            ),
            models.CheckConstraint(condition=Q(people__gte=1), name="denunciation_of_somebody"),
        ]
        indexes = [
            models.Index(
                fields=["receipt"], name="denunciation_by_receipt", condition=~Q(receipt="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.uuid}"

    @property
    def pseudonym(self) -> str:
        """What stands everywhere in place of the denouncer's name."""
        return f"Người tố cáo {self.number}"


class VaultReader(models.Model):
    """That one person reads one denunciation, as what, named by whom, from a day to a day."""

    denunciation = models.ForeignKey(Denunciation, models.CASCADE, related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    part = models.CharField("vai", max_length=10, choices=Part)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    since = models.DateField("từ ngày")
    until = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["denunciation", "user", "part"], name="vault_reader_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.denunciation_id}:{self.user_id}:{self.part}"


class VaultOpening(models.Model):
    """That a named person opened what is sealed, for what and until when. Never changed; the protection body reads it."""

    denunciation = models.ForeignKey(Denunciation, models.PROTECT, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    purpose = models.CharField("mục đích", max_length=10, choices=Purpose)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.denunciation_id}:{self.by_id}"


class VaultExclusion(models.Model):
    """Who is accused, as far as this software knows them: a person, or a unit with everybody at or below it."""

    denunciation = models.ForeignKey(Denunciation, models.CASCADE, related_name="exclusions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, unit__isnull=False) | Q(user__isnull=False, unit=None),
                name="vault_exclusion_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.denunciation_id}:{self.pk}"


class VaultStep(models.Model):
    """One line of the history inside the vault; words and symbol stand sealed. Never changed."""

    denunciation = models.ForeignKey(Denunciation, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=14, choices=VaultStepKind)
    on = models.DateField("ngày")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    words = models.BinaryField(editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.denunciation_id}:{self.kind}"


class VaultFile(models.Model):
    """A paper of the case, sealed under its key; its name stands sealed too."""

    denunciation = models.ForeignKey(Denunciation, models.CASCADE, related_name="files")
    file = models.OneToOneField("foundation.SealedFile", models.PROTECT, related_name="+")
    name = models.BinaryField(editable=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.denunciation_id}:{self.pk}"


class VaultClock(models.Model):
    """One clock of a denunciation: the row of the law it began by. Its days are folded when it is read.

    Where no row was in force `n` is None: nothing is computed, and the page says so.
    """

    denunciation = models.ForeignKey(Denunciation, models.CASCADE, related_name="clocks")
    name = models.CharField(max_length=10)
    on = models.DateField()
    key = models.CharField(max_length=80)
    n = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    citation = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.denunciation_id}:{self.name}"


class VaultClockEvent(models.Model):
    """What happened to a clock of the vault after its start. Never changed."""

    clock = models.ForeignKey(VaultClock, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=6, choices=ClockEvent)
    on = models.DateField()
    n = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.clock_id}:{self.kind}"


class VaultTask(models.Model):
    """Work given inside the vault to one of its readers: it stands in no ledger."""

    denunciation = models.ForeignKey(Denunciation, models.CASCADE, related_name="tasks")
    doer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.BinaryField(editable=False)
    result = models.BinaryField(editable=False, default=b"")
    due_on = models.DateField("hạn")
    done_on = models.DateField("ngày xong", null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.denunciation_id}:{self.pk}"


class VaultProtection(models.Model):
    """A request to protect the denouncer, and the decision on it: day, grounds, whom, measures, from when."""

    denunciation = models.ForeignKey(Denunciation, models.CASCADE, related_name="protections")
    guards = models.CharField("bảo vệ", max_length=6, choices=Guarding)
    asked_on = models.DateField("ngày yêu cầu")
    asked = models.BinaryField(editable=False)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    grounds = models.BinaryField(editable=False, default=b"")
    person = models.BinaryField(editable=False, default=b"")
    measures = models.BinaryField(editable=False, default=b"")
    begins_on = models.DateField("bắt đầu từ", null=True, blank=True)
    ended_on = models.DateField("ngày chấm dứt", null=True, blank=True)
    end = models.CharField("lý do chấm dứt", max_length=7, choices=GuardingEnd, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.denunciation_id}:{self.guards}"


class VaultSeries(models.Model):
    """The last number of one series of the vault; the chain of its log is one of them."""

    key = models.CharField(max_length=40, unique=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}={self.last}"


class VaultTold(models.Model):
    """The totals of a province from the beginning of a year to the end of so many quarters, as they were told once for all.

    Never changed: what is written down later counts in a later period, so that no two printings of one can be subtracted.
    `cells` holds, of each group, every label with its number, or None where it is not told, and in which words.
    """

    province = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    quarters = models.PositiveSmallIntegerField()
    cells = models.JSONField()
    told_on = models.DateField()

    class Meta:
        ordering = ["province", "year", "quarters"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "year", "quarters"], name="vault_told_once"
            ),
            models.CheckConstraint(
                condition=Q(quarters__gte=1, quarters__lte=4), name="vault_told_quarters"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.province_id}:{self.year}:{self.quarters}"


class VaultEntry(models.Model):
    """One act inside the vault, chained to the one before; triggers refuse to change or remove it. Holds codes and ids only."""

    sequence = models.PositiveBigIntegerField(unique=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=40)
    case = models.UUIDField()
    details = models.JSONField(default=dict)
    at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["case"], name="vault_entry_by_case")]

    def __str__(self) -> str:
        return f"{self.sequence}"


def units_over(user: "User") -> set[int]:
    """Every unit at or above one where `user` holds a right today: who is accused there shuts `user` out.

    So do those that ended and were taken over by any of these: a merger gives no accused unit its case to read.
    """
    return over_units({one.unit_id for one in grants_today(user)})


def over_units(unit_ids: set[int]) -> set[int]:
    """Every unit at or above these today, with those that ended and were taken over by any of them."""
    today = clock.today()
    found = unit_ids | {top for _, top, _, _ in tops_of(unit_ids, on=today)}
    return found | ended_before(found, today)


def exclusions_of(user: "User", *, ever: bool = False) -> "models.QuerySet[VaultExclusion]":
    """Every exclusion that meets `user`: by name, or because a grant of theirs lies at or below an accused unit, or lay there
    on the day when the case came in or later: nobody is let in by moving on. `ever`: or lay there on any day before.
    """
    met = Q(user=user) | Q(unit_id__in=units_over(user))
    for unit_id, until in dict.fromkeys(grants_over(user)):
        tops = {top for _, top, _, _ in tops_of([unit_id], on=until - timedelta(days=1))}
        there = Q(unit_id__in={unit_id, *tops})
        met |= there if ever else there & Q(denunciation__received_on__lt=until)
    return VaultExclusion.objects.filter(met)
