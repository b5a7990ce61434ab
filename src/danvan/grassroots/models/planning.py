"""The yearly plan of what a commune makes public: which item, where, how long, by whom, by which day."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.accounts.selectors import units_granted
from danvan.grassroots.enums import Channel, State
from danvan.grassroots.models.matters import Matter, MatterKind

if TYPE_CHECKING:
    from danvan.accounts.models import User


class PublicationPlanQuerySet(models.QuerySet["PublicationPlan"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Plans of the units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))


class PublicationPlan(models.Model):
    """What one commune is to publish in one year; a draft until it was issued on a day."""

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    year = models.PositiveIntegerField("năm")
    symbol = models.CharField("số, ký hiệu", max_length=80, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    told_on = models.DateField("ngày gửi HĐND và MTTQ", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    changes = models.PositiveIntegerField(default=0)  # two acts at once cannot both win

    objects = PublicationPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "pk"]
        indexes = [models.Index(fields=["unit", "year"], name="publication_plan_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(told_on=None) | Q(issued_on__isnull=False),
                name="publication_plan_told_after_issue",
            )
        ]

    def __str__(self) -> str:
        return f"Kế hoạch công khai năm {self.year}"


class PublicationItemQuerySet(models.QuerySet["PublicationItem"]):
    def unpublished(self) -> Self:
        """Nothing was published for it: no matter, or one that was withdrawn or not yet shown."""
        return self.filter(
            Q(matter=None) | Q(matter__state=State.WITHDRAWN) | Q(matter__shown_on=None)
        )


class PublicationItem(models.Model):
    """One line of the plan, and the matter by which it was carried out. Without `days` it hangs all the time."""

    plan = models.ForeignKey(PublicationPlan, models.CASCADE, related_name="items")
    kind = models.ForeignKey(MatterKind, models.PROTECT, related_name="+")
    title = models.CharField("nội dung", max_length=300)
    channels = models.JSONField("hình thức", default=list)
    days = models.PositiveIntegerField("số ngày", null=True, blank=True)
    doer = models.CharField("bộ phận phụ trách", max_length=200, blank=True)
    by_on = models.DateField("công khai trước ngày", null=True, blank=True)
    matter = models.OneToOneField(
        Matter, models.PROTECT, null=True, blank=True, related_name="planned"
    )

    objects = PublicationItemQuerySet.as_manager()

    class Meta:
        ordering = ["kind__code", "by_on", "pk"]
        indexes = [models.Index(fields=["by_on"], name="publication_item_by_day")]

    def __str__(self) -> str:
        return f"{self.plan_id}:{self.title}"

    @property
    def carried_by(self) -> Matter | None:
        """The matter by which it was carried out; one that was withdrawn carried out nothing."""
        if self.matter is None or self.matter.state == State.WITHDRAWN:
            return None
        return self.matter

    @property
    def channel_labels(self) -> str:
        """Where it is published, in words."""
        return ", ".join(str(one.label) for one in Channel if one.value in self.channels)
