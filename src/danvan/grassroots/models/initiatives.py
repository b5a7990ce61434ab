"""What households of a village propose to decide. Households are counted; who they are is kept nowhere."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from danvan.accounts.selectors import units_granted
from danvan.grassroots.enums import State
from danvan.grassroots.models.matters import Matter, MatterKind

if TYPE_CHECKING:
    from danvan.accounts.models import User


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Initiatives of the units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))

    def waiting(self) -> Self:
        """Neither put to the people nor declined; what was put to them by mistake and taken back waits again."""
        put = Q(matter=None) | Q(matter__state=State.WITHDRAWN)
        return self.filter(put, declined_on=None)


class Initiative(models.Model):
    """A proposal of households of one village about what the people decide; it ends in a matter or is declined."""

    number = models.CharField("số", max_length=20, unique=True)  # SK-2026-0003
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    village = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    kind = models.ForeignKey(MatterKind, models.PROTECT, related_name="+")
    title = models.CharField("sáng kiến", max_length=400)
    entered_on = models.DateField("ngày ghi")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    matter = models.OneToOneField(
        Matter, models.PROTECT, null=True, blank=True, related_name="initiative"
    )
    declined_on = models.DateField("ngày trả lời", null=True, blank=True)
    declined_why = models.CharField("lý do", max_length=500, blank=True)
    changes = models.PositiveIntegerField(default=0)  # two acts at once cannot both win

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ["-entered_on", "-pk"]
        indexes = [models.Index(fields=["unit", "entered_on"], name="initiative_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(matter=None) | Q(declined_on=None), name="initiative_ends_once"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def put(self) -> bool:
        """Whether it was put to the people; a matter that was taken back puts nothing to them."""
        return self.matter is not None and self.matter.state != State.WITHDRAWN


class InitiativeCount(models.Model):
    """How many of the households of the village agreed on a day, with the law it was counted by. The last one holds.

    `front`: the working group of the Front supports it, which is enough where the households are not.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="counts")
    counted_on = models.DateField("ngày lấy ý kiến")
    supporters = models.PositiveIntegerField("số hộ đồng ý")
    households = models.PositiveIntegerField("tổng số hộ của thôn")
    front = models.BooleanField("Ban công tác Mặt trận tán thành", default=False)
    needed = models.ForeignKey("law.LegalParameter", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["counted_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(supporters__gte=1) & Q(supporters__lte=F("households")),
                name="initiative_count_adds_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id}:{self.counted_on}"
