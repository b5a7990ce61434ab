from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from danvan.organisations.enums import Follows


class User(AbstractUser):
    """A person who can sign in."""

    full_name = models.CharField("họ và tên", max_length=120)
    position = models.CharField("chức vụ", max_length=200, blank=True)

    def __str__(self) -> str:
        return self.full_name or self.username


class Grant(models.Model):
    """A role held at one unit and everything below it, by place or by line, for a period."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    role = models.CharField("vai trò", max_length=40)
    follows = models.CharField(max_length=5, choices=Follows, default=Follows.PLACE)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    delegated_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="delegations"
    )

    class Meta:
        indexes = [models.Index(fields=["user", "role", "valid_from"], name="grant_by_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="grant_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}:{self.role}@{self.unit_id}"
