"""The paper that came in, who sent it (sealed), and who was let see their name."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.accounts.selectors import units_granted
from danvan.petitions.enums import Channel, Language, Opening, PersonKind

if TYPE_CHECKING:
    from danvan.accounts.models import User


class PaperQuerySet(models.QuerySet["Paper"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Papers that came in at units where `user` may do `action`, but for those with a matter against `user`. The only
        permission filter.
        """
        found = self.filter(unit_id__in=units_granted(user, action))
        return found.exclude(petitions__barred__user=user)


class Paper(models.Model):
    """One paper, call or visit by which petitions came in: it may hold several matters, each a petition of its own.

    `people` is how many stand behind it; `spoken` is what was taken down of who cannot write.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    received_on = models.DateField("ngày nhận")
    channel = models.CharField("kênh", max_length=12, choices=Channel)
    language = models.CharField(
        "ngôn ngữ", max_length=4, choices=Language, default=Language.VIETNAMESE
    )
    sender = models.CharField("nơi chuyển đến", max_length=200, blank=True)
    sender_symbol = models.CharField("số, ký hiệu văn bản chuyển", max_length=80, blank=True)
    written_on = models.DateField("ngày ghi trên đơn", null=True, blank=True)
    people = models.PositiveIntegerField("số người", default=1)
    anonymous = models.BooleanField("không ghi tên", default=False)
    originals = models.BooleanField("có bản gốc giấy tờ kèm theo", default=False)
    spoken = models.BooleanField("ghi lại lời nói", default=False)
    wants_result = models.BooleanField("người gửi yêu cầu báo kết quả", default=False)
    key = models.ForeignKey("foundation.DataKey", models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField()

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        indexes = [models.Index(fields=["unit", "received_on"], name="paper_by_unit")]
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="paper_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}:{self.received_on}"


class Petitioner(models.Model):
    """A person or organisation that petitions. What tells who it is stands sealed under a key of their own.

    `id_mark` and `name_mark` find the same one again without opening anything; destroying the key erases the person.
    """

    kind = models.CharField(max_length=12, choices=PersonKind, default=PersonKind.PERSON)
    key = models.ForeignKey("foundation.DataKey", models.PROTECT, related_name="+")
    name = models.BinaryField(editable=False)
    address = models.BinaryField(editable=False, default=b"")
    id_number = models.BinaryField(editable=False, default=b"")
    phone = models.BinaryField(editable=False, default=b"")
    email = models.BinaryField(editable=False, default=b"")
    id_mark = models.BinaryField(max_length=32, editable=False, null=True, unique=True)
    name_mark = models.BinaryField(max_length=32, editable=False, db_index=True)
    entered_at = models.DateTimeField()
    erased_on = models.DateField("ngày xóa dữ liệu", null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk}"


class Signature(models.Model):
    """That a person stands behind a paper, alone or for others (`representative`)."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="signatures")
    petitioner = models.ForeignKey(Petitioner, models.PROTECT, related_name="signatures")
    representative = models.BooleanField("đại diện", default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["paper", "petitioner"], name="signed_once")]

    def __str__(self) -> str:
        return f"{self.paper_id}:{self.petitioner_id}"


class PaperFile(models.Model):
    """A scan, photograph or record of the paper, sealed under its key: it shows who wrote."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="files")
    file = models.OneToOneField("foundation.SealedFile", models.PROTECT, related_name="+")
    name = models.BinaryField(editable=False)  # what the sender called it may name a person
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.paper_id}:{self.pk}"


class HeldFile(models.Model):
    """A file of a paper that is not written down yet: sealed, its holder's alone, gone after a while or with the paper."""

    key = models.ForeignKey("foundation.DataKey", models.PROTECT, related_name="+")
    file = models.OneToOneField("foundation.SealedFile", models.PROTECT, related_name="+")
    name = models.BinaryField(editable=False)
    # why its holder says that it shows no identity card, where it looked like one
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    held_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.by_id}:{self.pk}"


class IdentityOpening(models.Model):
    """Who opened the identities behind a paper, for what, and until when the page shows them. Never changed."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    purpose = models.CharField("mục đích", max_length=10, choices=Opening)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.paper_id}:{self.by_id}"
