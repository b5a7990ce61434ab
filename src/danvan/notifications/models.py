"""One row for each message to one person, how each person wants them, and the e-mails made of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.notifications.enums import Topic, Warned, Way


class Notification(models.Model):
    """One message to one person: a sentence and the page it leads to.

    `key` names what it is about, so that the same event never tells twice. Nothing confidential is in it.
    `mailed_at` is when it was put into a letter, in the transaction that made the letter. `about` are the commitments that
    it counts, where it tells of several.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    key = models.CharField(max_length=120)
    topic = models.CharField("loại", max_length=20, choices=Topic)
    words = models.CharField("nội dung", max_length=400)
    url = models.CharField(max_length=200)
    about = models.JSONField(default=list, blank=True)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-told_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "read_at", "-told_at", "-id"], name="notification_unread"),
            models.Index(fields=["user", "-told_at", "-id"], name="notification_latest"),
            models.Index(
                fields=["told_at", "user"],
                name="notification_to_mail",
                condition=Q(mailed_at=None, read_at=None),
            ),
        ]
        constraints = [
            # The key first: whether anybody was told is asked too.
            models.UniqueConstraint(fields=["key", "user"], name="notification_told_once")
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


class Letter(models.Model):
    """One e-mail to one person, written once and sent until it has arrived at the mail server.

    `claimed_until` is the lease of the worker that is sending it; after a failure it is due again later.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters")
    key = models.CharField(max_length=60, unique=True)  # digest:17:2026-11-20, notice:4711
    subject = models.CharField(max_length=150)
    body = models.TextField()
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["due_at", "id"], name="letter_to_send", condition=Q(sent_at=None))
        ]

    def __str__(self) -> str:
        return self.key


class Reminder(models.Model):
    """That a day was warned of, once: soon, or overdue. A later day of the same thing is warned of anew.

    `run` is the one that wrote it: of two workers at once each tells of what it wrote itself.
    """

    warned = models.CharField(max_length=8, choices=Warned)
    model = models.CharField(max_length=40)  # commitments.commitment
    object_id = models.BigIntegerField()
    due_on = models.DateField()
    at = models.DateTimeField()
    run = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["model", "object_id", "due_on", "warned"], name="reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.model}:{self.object_id} {self.warned} {self.due_on}"


class SenderLetter(models.Model):
    """One e-mail to whoever sent a petition from the portal, or follows a public one together (`follower`), and left an address:
    that there is news, never what it says.

    The address stays sealed with them and is opened while the letter is sent; `mark` stands for it on the day on which it
    went out. The first letter `asks` whether news may go there: none goes before that was confirmed, nor after it was stopped.
    """

    petition = models.ForeignKey("petitions.Petition", models.CASCADE, related_name="+")
    follower = models.ForeignKey(
        "petitions.TogetherAddress", models.CASCADE, null=True, blank=True, related_name="+"
    )
    key = models.CharField(max_length=80, unique=True)
    words = models.CharField(max_length=200)
    asks = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    mark = models.CharField(max_length=64, blank=True)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="sender_letter_to_send", condition=Q(sent_at=None)
            ),
            models.Index(fields=["mark"], name="sender_letter_by_mark", condition=~Q(mark="")),
        ]

    def __str__(self) -> str:
        return self.key
