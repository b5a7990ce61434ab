from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class AuditEntry(models.Model):
    """Who did what to which object, when. Written by services; triggers refuse update and delete.

    Holds ids and field names, never personal values. Chained later, in commit order, by the sealer.
    """

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    action = models.CharField(max_length=80)
    target = models.CharField(max_length=80)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["target"], name="audit_by_target")]

    def __str__(self) -> str:
        return f"{self.action} {self.target}"


class AuditSeal(models.Model):
    """The place of one audit entry in the chain: its sequence, and the hash over it and its predecessor.

    Written by the one sealer, in commit order; append-only like the entries.
    """

    sequence = models.PositiveBigIntegerField(unique=True)
    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="seal")
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence}"


class OutboxEvent(models.Model):
    """An event that happened, stored in the transaction that made it happen."""

    name = models.CharField(max_length=80)
    body = models.JSONField(encoder=DjangoJSONEncoder)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One event for one subscriber. Unfinished rows are what the worker still owes."""

    event = models.ForeignKey(OutboxEvent, models.CASCADE, related_name="deliveries")
    subscriber = models.CharField(max_length=200)
    delivered_at = models.DateTimeField(null=True)
    # How often it was tried in vain, when it is due again, and the class of the last failure.
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="delivery_waiting",
                condition=models.Q(delivered_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "subscriber"], name="delivery_once")
        ]

    def __str__(self) -> str:
        return f"{self.event_id}:{self.subscriber}"


class StoredFile(models.Model):
    """The bytes of one file, named by their SHA-256 and never altered. Its name lives with its owner."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class DataKey(models.Model):
    """A random key under which the texts and files of one case are sealed; itself wrapped by a key of the key file.

    Destroying it takes the wrapped bytes away: what it sealed can then never be read again, and the row tells when.
    """

    uuid = models.UUIDField(unique=True, editable=False)
    purpose = models.CharField(max_length=40)
    wrapped = models.BinaryField(null=True)
    wrapped_by = models.CharField(max_length=60, blank=True)  # the wrapping key, by its id
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["wrapped_by", "purpose"], name="data_key_by_wrapping_key")]
        constraints = [
            models.CheckConstraint(
                name="data_key_wrapped_or_destroyed",
                condition=models.Q(wrapped__isnull=True, wrapped_by="", destroyed_at__isnull=False)
                | (
                    models.Q(wrapped__isnull=False, destroyed_at__isnull=True)
                    & ~models.Q(wrapped_by="")
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose}:{self.uuid}"


class SealedFile(models.Model):
    """An encrypted file under a random name. What it was called stands sealed with its owner, never here."""

    name = models.CharField(max_length=32, unique=True)
    key = models.ForeignKey(DataKey, models.PROTECT, related_name="files")
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class NumberSeries(models.Model):
    """The last number given out in one gap-free series, e.g. `documents.incoming:17:2026`."""

    key = models.CharField(max_length=120, unique=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}={self.last}"


class SearchText(models.Model):
    """What can be found of one object: its words as written and folded, a long text in several parts."""

    model = models.CharField(max_length=60)  # label, e.g. documents.document
    object_id = models.BigIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    accented = models.TextField()
    folded = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "object_id", "part"], name="search_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.model}:{self.object_id}"


class JobWorker(models.Model):
    """A running worker and its last sign of life; jobs of one that fell silent are given back."""

    name = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class JobSchedule(models.Model):
    """When a recurring job is due next; whoever moves the day forward enqueues it."""

    job = models.CharField(max_length=200, unique=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.job


class PaceCount(models.Model):
    """How much came within one minute from one network, known by a keyed mark of that day alone, or from all (a word for what)."""

    mark = models.CharField(max_length=64, blank=True)
    minute = models.DateTimeField(db_index=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark", "minute"], name="pace_counted_once")]

    def __str__(self) -> str:
        return f"{self.minute:%H:%M}:{self.number}"


class PublicWords(models.Model):
    """What a person decided of one text of a record: everybody reads these words, covered as confirmed, or nobody reads any.

    A text of which there is no row waits for a person.
    """

    subject = models.CharField(max_length=60)  # e.g. dialogues.conclusion
    subject_id = models.BigIntegerField()
    part = models.CharField(max_length=20)
    shown = models.BooleanField()
    words = models.TextField(blank=True)
    spans = models.JSONField(default=list)
    decided_on = models.DateField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "part", "subject_id"], name="public_words_once"
            ),
            models.CheckConstraint(
                condition=models.Q(shown=True) | models.Q(words="", spans=[]),
                name="public_words_only_where_shown",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}:{self.subject_id}:{self.part}"
