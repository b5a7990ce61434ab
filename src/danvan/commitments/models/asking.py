"""Who asked follows what was promised: codes without names, what they answer, and what is shown in public."""

from django.conf import settings
from django.db import models

from danvan.commitments.enums import AskerWord


class FollowCode(models.Model):
    """A code by which whoever asked follows the commitments behind it. Only its digest is kept, and nothing of a person.

    `slip` is the number on the printed slip: it names the code to officers and opens nothing.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    slip = models.CharField("số phiếu", max_length=20, unique=True)
    asked = models.CharField("điều đã hỏi", max_length=600, blank=True)
    asked_on = models.DateField("ngày hỏi")
    post = models.CharField("chức vụ người kết luận", max_length=160, blank=True)
    source_kind = models.CharField(max_length=40, blank=True)  # e.g. dialogues.dialogue
    source_id = models.BigIntegerField(null=True, blank=True)
    issued_on = models.DateField("ngày cấp")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ends_on = models.DateField("dùng đến hết ngày")
    withdrawn_on = models.DateField("ngày thu hồi", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["source_kind", "source_id"], name="follow_code_by_source")]

    def __str__(self) -> str:
        return self.slip


class FollowedCommitment(models.Model):
    """One commitment behind a code, in the words that whoever has the code may read."""

    code = models.ForeignKey(FollowCode, models.CASCADE, related_name="followed")
    commitment = models.ForeignKey(
        "commitments.Commitment", models.PROTECT, related_name="followed"
    )
    words = models.CharField("lời công khai", max_length=400)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "commitment"], name="followed_once_by_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code_id}:{self.commitment_id}"


class AskerAnswer(models.Model):
    """What whoever holds a code says of one commitment: done as promised, or not yet. Never changed; the last one counts."""

    code = models.ForeignKey(FollowCode, models.PROTECT, related_name="answers")
    commitment = models.ForeignKey("commitments.Commitment", models.PROTECT, related_name="answers")
    word = models.CharField(max_length=10, choices=AskerWord)
    words = models.CharField("lời của người hỏi", max_length=600, blank=True)
    on = models.DateField("ngày trả lời")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.code_id}:{self.commitment_id}:{self.word}"


class PublicNote(models.Model):
    """What an officer chose to show in public of the work done: words, with or without one file of the evidence."""

    commitment = models.ForeignKey(
        "commitments.Commitment", models.CASCADE, related_name="public_notes"
    )
    evidence = models.ForeignKey(
        "commitments.CommitmentEvidence",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="public_notes",
    )
    words = models.CharField("lời công khai", max_length=600)
    shown_on = models.DateField("ngày công khai")
    shown_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    hidden_on = models.DateField("ngày thôi công khai", null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.commitment_id}:{self.pk}"


class WrongTry(models.Model):
    """How many wrong codes were tried within one hour: from one address (kept as a digest), or from all (empty)."""

    address = models.CharField(max_length=64, blank=True)
    hour = models.DateTimeField(db_index=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "hour"], name="wrong_tries_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.hour:%H}:{self.number}"
