"""Dissemination sessions (hội nghị quán triệt, học tập): of which document, for which units, how many came."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from danvan.accounts.selectors import units_granted
from danvan.documents.enums import SessionState, SessionWay
from danvan.documents.models.registers import Distribution, Document

if TYPE_CHECKING:
    from danvan.accounts.models import User


class DisseminationSessionQuerySet(models.QuerySet["DisseminationSession"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Sessions where `user` may do `action`: of whoever holds them or keeps the document. The only permission filter.

        To read is allowed to the units that were invited too, and to whoever sent the document on.
        """
        units = units_granted(user, action)
        kept = Q(held_by_id__in=units) | Q(document__unit_id__in=units)
        kept |= Q(document__bearer_id__in=units)
        if action != "documents.view":
            return self.filter(kept)
        invited = SessionUnit.objects.filter(session=OuterRef("pk"), unit_id__in=units)
        sent = Distribution.objects.filter(
            received_id=OuterRef("document_id"), document__unit_id__in=units
        )
        return self.filter(kept | Q(Exists(invited)) | Q(Exists(sent)))

    def held(self) -> Self:
        """Those that took place."""
        return self.filter(state=SessionState.HELD)


class DisseminationSession(models.Model):
    """One session at which a document is made known and studied, planned and then recorded.

    `on` is the planned day until it is held, then the day it was held. Counts that nobody knows stay empty.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="sessions")
    held_by = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    on = models.DateField("ngày")
    way = models.CharField("hình thức", max_length=10, choices=SessionWay)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    audience = models.CharField("đối tượng", max_length=300)
    presenter = models.CharField("người quán triệt", max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    invited = models.PositiveIntegerField("được triệu tập", null=True, blank=True)
    attended = models.PositiveIntegerField("dự", null=True, blank=True)
    materials = models.ForeignKey(
        "foundation.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    materials_name = models.CharField(max_length=255, blank=True)
    minutes = models.ForeignKey(
        "foundation.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    minutes_name = models.CharField(max_length=255, blank=True)
    note = models.CharField("ghi chú, lý do", max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=0)  # two acts at once cannot both win

    objects = DisseminationSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["document", "-on", "-id"], name="session_of_document"),
            models.Index(fields=["held_by", "on"], name="session_by_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(invited=None) | Q(attended=None) | Q(attended__lte=F("invited")),
                name="session_attended_of_invited",
            ),
            models.CheckConstraint(
                condition=Q(state=SessionState.HELD) | Q(attended=None),
                name="session_attended_when_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.pk}"


class SessionUnit(models.Model):
    """A unit whose people a session is for, with its own counts where several share it; `absent`: it was not reached."""

    session = models.ForeignKey(DisseminationSession, models.CASCADE, related_name="units")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    invited = models.PositiveIntegerField(null=True, blank=True)
    attended = models.PositiveIntegerField(null=True, blank=True)
    absent = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["unit", "session"], name="session_unit_by_unit")]
        constraints = [
            models.UniqueConstraint(fields=["session", "unit"], name="session_unit_once"),
            models.CheckConstraint(
                condition=Q(invited=None) | Q(attended=None) | Q(attended__lte=F("invited")),
                name="session_unit_attended_of_invited",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}:{self.unit_id}"
