"""Keys by which other systems read and send, and what came by each of them."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from danvan.accounts.selectors import units_granted
from danvan.exchange.enums import PostKind

if TYPE_CHECKING:
    from datetime import date

    from danvan.accounts.models import User


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Keys of units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))

    def holding(self, day: "date") -> Self:
        """Those that open something on a day."""
        open_ended = Q(valid_to=None) | Q(valid_to__gt=day)
        return self.filter(open_ended, valid_from__lte=day, revoked_on=None)


class ApiKey(models.Model):
    """A key that one other system was given: for what, for which unit, until when. Only a digest of it is kept.

    `prefix` is the part of the key that may be said aloud, to know it by. A key sends only what concerns places at or
    below the place of its unit.
    """

    prefix = models.CharField("đầu khóa", max_length=8, unique=True)
    digest = models.CharField(max_length=64, editable=False)
    name = models.CharField("hệ thống được nối", max_length=120)
    contact = models.CharField("đầu mối liên hệ", max_length=200)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    reads = models.BooleanField("được đọc", default=True)
    sends = models.BooleanField("được gửi", default=False)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    revoked_on = models.DateField("ngày thu hồi", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField("lý do thu hồi", max_length=300, blank=True)
    used_on = models.DateField("ngày dùng gần nhất", null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        indexes = [models.Index(fields=["unit", "-valid_from"], name="api_key_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reads=True) | Q(sends=True), name="api_key_opens_something"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="api_key_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on=None) | ~Q(reason=""), name="api_key_revoked_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.prefix


class KeyPost(models.Model):
    """One thing sent by a key, kept for a day: sent again with the same mark it is answered again and done no second time.

    `mark` and `body` are digests: of what the sender calls it by, and of all that was sent. `result` is the line of the
    history that an update became.
    """

    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=6, choices=PostKind)
    mark = models.CharField(max_length=64)
    body = models.CharField(max_length=64)
    petition = models.ForeignKey("petitions.Petition", models.SET_NULL, null=True, related_name="+")
    result = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["at"], name="key_post_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["key", "kind", "mark"], name="key_post_once")
        ]

    def __str__(self) -> str:
        return f"{self.key_id}:{self.pk}"


class KeyMatter(models.Model):
    """That a petition came by a key: what its sender says later may come by the same key."""

    key = models.ForeignKey(ApiKey, models.PROTECT, related_name="matters")
    # gone with it, where a petition leaves its register whole
    petition = models.OneToOneField(
        "petitions.Petition", models.CASCADE, related_name="sent_by_key"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["key", "at"], name="key_matter_by_key")]

    def __str__(self) -> str:
        return f"{self.key_id}:{self.petition_id}"
