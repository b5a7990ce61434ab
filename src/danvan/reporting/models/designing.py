"""A form that is being written: nothing is asked before it is published as a version."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.accounts.selectors import units_granted
from danvan.organisations.enums import Level
from danvan.reporting.models.asking import Form

if TYPE_CHECKING:
    from danvan.accounts.models import User


class FormDraftQuerySet(models.QuerySet["FormDraft"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Drafts of forms asked at the units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))


class FormDraft(models.Model):
    """A form being written for the units under a place, or the next version of one (`follows`).

    `content` holds its sections and questions as `reporting.designing.Content` writes them. `changes` counts what
    was done to it, so that of two who write at once the second is told.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    code = models.CharField("mã", max_length=30)
    name = models.CharField("tên", max_length=300)
    level = models.CharField("cấp báo cáo", max_length=12, choices=Level)
    kinds = models.JSONField("loại đơn vị", default=list, blank=True)
    due_day = models.PositiveSmallIntegerField("hạn: ngày trong tháng sau")
    due_moves = models.BooleanField("hạn vào ngày nghỉ thì lùi", default=False)
    source_symbol = models.CharField("căn cứ", max_length=80, blank=True)
    head_approves = models.BooleanField("lãnh đạo đơn vị duyệt trước khi gửi", default=False)
    by_way = models.BooleanField("duyệt qua từng cấp", default=False)
    follows = models.ForeignKey(Form, models.PROTECT, null=True, blank=True, related_name="+")
    content = models.JSONField(default=dict)
    changes = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    objects = FormDraftQuerySet.as_manager()

    class Meta:
        ordering = ["code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="form_draft_once"),
            models.CheckConstraint(
                condition=Q(due_day__gte=1) & Q(due_day__lte=28), name="form_draft_due_day_exists"
            ),
        ]

    def __str__(self) -> str:
        return self.name
