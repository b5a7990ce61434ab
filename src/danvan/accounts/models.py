from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from danvan.accounts.roles import LABELS
from danvan.organisations.enums import Follows


class User(AbstractUser):
    """A person who can sign in. What they may do is in their grants alone; Django's own rights mean nothing.

    `name_key` is the order by given name, `folded` what a search without tones looks through. While
    `must_change_password` holds, the password was handed over by somebody and opens nothing but its change.
    Every session ends when `session_round` goes up: a session holds a keyed hash of it and of the password.
    """

    full_name = models.CharField("họ và tên", max_length=120)
    position = models.CharField("chức vụ", max_length=200, blank=True)
    name_key = models.TextField(editable=False, default="")
    folded = models.CharField(max_length=500, editable=False, default="")
    must_change_password = models.BooleanField(default=False)
    session_round = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["name_key", "id"], name="user_by_name")]

    def __str__(self) -> str:
        return self.full_name or self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must hold to stand: Django's hash of the password, and of the round."""
        told = f"{self.password}:{self.session_round}" if self.session_round else self.password
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(salt, told, secret=secret, algorithm="sha256").hexdigest()


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


class ElevatedSession(models.Model):
    """The time in which an administrator may change things: opened with a reason, for a period, every request logged."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField("lý do", max_length=300)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "opened_at"], name="elevated_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id}@{self.opened_at:%Y-%m-%d %H:%M}"


class ElevatedRequest(models.Model):
    """One request in an elevated session: which page, on which ids, how it was answered; no query and no content."""

    session = models.ForeignKey(ElevatedSession, models.PROTECT, related_name="requests")
    method = models.CharField(max_length=10)
    route = models.CharField(max_length=120)
    ids = models.CharField(max_length=200, blank=True)
    status = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.ids}"


class FactorLoss(models.Model):
    """One time that somebody's lost second factors were taken away: by whom, and why."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("lý do", max_length=300)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id}@{self.at:%Y-%m-%d %H:%M}"
