from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from danvan.accounts.roles import LABELS
from danvan.organisations.enums import Follows


class User(AbstractUser):
    """A person who can sign in. What they may do is in their grants alone; Django's own rights mean nothing.

    `name_key` is the order by given name, `folded` what a search without tones looks through. While
    `must_change_password` holds, the password was handed over by somebody and opens nothing but its change.
    """

    full_name = models.CharField("họ và tên", max_length=120)
    position = models.CharField("chức vụ", max_length=200, blank=True)
    name_key = models.TextField(editable=False, default="")
    folded = models.CharField(max_length=500, editable=False, default="")
    must_change_password = models.BooleanField(default=False)
    created_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["name_key", "id"], name="user_by_name")]

    def __str__(self) -> str:
        return self.full_name or self.username


class Grant(models.Model):
    """A role held at one unit and everything below it, by place or by line, for a period.

    At an organisation, "by place" means that organisation alone. An empty period (`valid_to` equal to
    `valid_from`) is a grant taken back before it began to hold. `delegated_from` is the grant it was lent from, by
    the document `source_symbol` and for the `reason`.
    """

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
    source_symbol = models.CharField("văn bản ủy quyền", max_length=80, blank=True)
    reason = models.CharField("lý do ủy quyền", max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "role", "valid_from"], name="grant_by_user"),
            models.Index(fields=["unit", "role", "valid_from"], name="grant_by_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="grant_ends_no_earlier_than_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}:{self.role}@{self.unit_id}"

    @property
    def role_label(self) -> str:
        """What people call the role."""
        return LABELS.get(self.role, self.role)
