"""One row for each message to one person, and how each person wants them."""

from django.conf import settings
from django.db import models

from danvan.notifications.enums import Topic, Way


class Notification(models.Model):
    """One message to one person: a sentence and the page it leads to.

    `key` names what it is about, so that the same event never tells twice. Nothing confidential is in it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    key = models.CharField(max_length=120)
    topic = models.CharField("loại", max_length=20, choices=Topic)
    words = models.CharField("nội dung", max_length=400)
    url = models.CharField(max_length=200)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-told_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "read_at", "-told_at", "-id"], name="notification_unread"),
            models.Index(fields=["user", "-told_at", "-id"], name="notification_latest"),
            models.Index(fields=["mailed_at", "user"], name="notification_to_mail"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notification_told_once")
        ]

    def __str__(self) -> str:
        return self.words


class MailPreference(models.Model):
    """How one person wants messages by e-mail: at once, in one digest a day, or not at all."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_preference"
    )
    way = models.CharField("thư điện tử", max_length=8, choices=Way, default=Way.DIGEST)
    last_digest_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.way
