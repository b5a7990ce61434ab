"""Registered documents, the numbers between them, and where they were sent."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from danvan.accounts.selectors import units_granted
from danvan.commitments.enums import SourceKind
from danvan.commitments.selectors import counted_from
from danvan.documents.enums import Direction, DocumentType, Priority, Secrecy, Stage

if TYPE_CHECKING:
    from danvan.accounts.models import User

# What a document sent to a unit may be used for there before it is in that unit's own register.
READ = "documents.view"


def received_by(units: Any, document: str = "pk") -> Q:
    """Whether a document was sent to one of these units, or gave one of them work to lead: it may be read there.

    The one rule of who reads as a recipient. State secrets are no documents here and stay out of it.
    """
    sent = Distribution.objects.filter(
        document_id=OuterRef(document), recalled_at=None, unit_id__in=units
    )
    given = counted_from(SourceKind.DOCUMENT, OuterRef(document)).filter(lead_id__in=units)
    return Q(Exists(sent)) | Q(Exists(given))


class DocumentQuerySet(models.QuerySet["Document"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Documents registered at the units where `user` may do `action`. The only permission filter.

        To read is allowed of those that these units received too; whatever else, of those that they answer for now.
        """
        units = units_granted(user, action)
        kept = Q(unit_id__in=units)
        if action != READ:
            return self.filter(kept | Q(bearer_id__in=units))
        # Questions a row, asked only of rows that no register within reach holds.
        return self.filter(kept | received_by(units))

    def kept(self, user: "User", action: str) -> Self:
        """Those of the allowed documents that stand in the registers within reach: a register lists no others."""
        return self.filter(unit_id__in=units_granted(user, action))


class Document(models.Model):
    """One document in the register of one unit.

    `unit` is the organisation in whose register it stands, `bearer` who reviews and handles it where that one has
    ended since; `issuer` is the organisation that issued it,
    where the register knows it, else only `issuer_name`. Offsets of proposals count characters of
    `text`, the text read from the file, which is never altered.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    bearer = models.ForeignKey(
        "organisations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    direction = models.CharField("sổ", max_length=8, choices=Direction)
    register_year = models.PositiveSmallIntegerField("năm vào sổ")
    register_number = models.PositiveIntegerField("số vào sổ")
    # Of the Party's outgoing ones: the term and the type in whose series it is numbered (XIX:resolution).
    register_series = models.CharField(max_length=45, blank=True, editable=False)
    number = models.CharField("số", max_length=20, blank=True)
    symbol = models.CharField("số, ký hiệu", max_length=80, blank=True)
    symbol_key = models.CharField(max_length=80, blank=True, editable=False)
    document_type = models.CharField("loại văn bản", max_length=30, choices=DocumentType)
    issuer = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    issuer_name = models.CharField("cơ quan ban hành", max_length=200)
    issuer_key = models.CharField(max_length=200, editable=False)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    received_on = models.DateField("ngày đến", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    abstract = models.CharField("trích yếu", max_length=600)
    exchange_id = models.CharField("mã định danh", max_length=120, blank=True)
    register_suffix = models.CharField("chữ kèm số vào sổ", max_length=2, blank=True)  # 274a
    priority = models.PositiveSmallIntegerField(
        "độ khẩn", choices=Priority, default=Priority.NORMAL
    )
    signer_position = models.CharField("chức vụ người ký", max_length=100, blank=True)
    pages = models.PositiveSmallIntegerField("số trang", null=True, blank=True)
    copies = models.PositiveSmallIntegerField("số lượng bản", null=True, blank=True)
    recipients = models.CharField("nơi nhận", max_length=1000, blank=True)
    kept_by = models.CharField("đơn vị, người nhận", max_length=200, blank=True)
    forwarded_on = models.DateField("ngày chuyển", null=True, blank=True)
    due_on = models.DateField("hạn xử lý", null=True, blank=True)
    handled_on = models.DateField("ngày xử lý xong", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    file = models.ForeignKey(
        "foundation.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField("tên tệp", max_length=255, blank=True)
    text = models.TextField(blank=True)
    stage = models.CharField("giai đoạn", max_length=12, choices=Stage)
    trouble = models.CharField(max_length=400, blank=True)  # why it could not be read
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    registered_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-registered_at", "-pk"]
        indexes = [
            models.Index(fields=["direction", "-registered_at", "-id"], name="document_latest"),
            models.Index(fields=["stage", "-registered_at", "-id"], name="document_by_stage"),
            # The newest of a few registers are sorted out in the index alone, without their rows.
            models.Index(
                fields=["unit", "direction", "-registered_at", "-id"], name="document_of_unit"
            ),
            models.Index(
                fields=["direction", "-registered_at", "-id"],
                name="document_handled",
                condition=Q(handled_on__isnull=False),
            ),
            models.Index(
                fields=["unit", "direction", "document_type", "issued_on"], name="document_counted"
            ),
            # The operator classes let PostgreSQL look for the beginning of a symbol in any collation.
            models.Index(
                fields=["symbol_key", "unit"],
                name="document_by_symbol",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
            models.Index(fields=["unit", "file"], name="document_by_file"),
            models.Index(
                fields=["bearer", "stage"],
                name="document_by_bearer",
                condition=Q(bearer__isnull=False),
            ),
            models.Index(fields=["direction", "received_on"], name="document_by_arrival"),
            models.Index(fields=["direction", "issued_on"], name="document_by_issue"),
            models.Index(fields=["direction", "issuer_key"], name="document_by_issuer"),
            models.Index(
                fields=["direction", "due_on"],
                name="document_due",
                condition=Q(handled_on=None, due_on__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "unit",
                    "direction",
                    "register_year",
                    "register_number",
                    "register_suffix",
                    "register_series",
                ],
                name="document_register_number_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "register_series", "register_number", "register_suffix"],
                condition=~Q(register_series=""),
                name="document_term_number_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "symbol_key", "issuer_key", "issued_on"],
                condition=~Q(symbol_key=""),
                name="document_symbol_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "exchange_id"],
                condition=~Q(exchange_id=""),
                name="document_exchange_id_once",
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or self.abstract

    @property
    def answering_id(self) -> int:
        """The organisation that reviews and handles it now."""
        return self.bearer_id or self.unit_id

    @property
    def entry_number(self) -> str:
        """Its number in the register with the letter that may follow: 274a."""
        return f"{self.register_number}{self.register_suffix}"

    @property
    def term(self) -> str:
        """The ordinal of the committee's term in which it is numbered; empty where it is numbered in a year."""
        return self.register_series.partition(":")[0]


class RegisterGap(models.Model):
    """Numbers of a register that no document bears, and why: taken beforehand, or written in the paper register.

    A document entered late may still take one of them.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    direction = models.CharField("sổ", max_length=8, choices=Direction)
    year = models.PositiveSmallIntegerField("năm")
    series = models.CharField(max_length=45, blank=True, editable=False)
    first = models.PositiveIntegerField("từ số")
    last = models.PositiveIntegerField("đến số")
    reason = models.CharField("lý do", max_length=300)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="register_gap_span"),
            models.UniqueConstraint(
                fields=["unit", "direction", "year", "series", "first"], name="register_gap_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first}-{self.last}/{self.year}"


class SecretStubQuerySet(models.QuerySet["SecretStub"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Stubs noted at the units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))


class SecretStub(models.Model):
    """All that may be kept of a document with a state-secret mark: that it came, when and from whom.

    `register_number` is its number in the paper register of secret documents, which is not in this system.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    register_year = models.PositiveSmallIntegerField("năm vào sổ")
    register_number = models.PositiveIntegerField("số đến")
    received_on = models.DateField("ngày đến")
    issuer_name = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    secrecy = models.CharField(
        "độ mật", max_length=16, choices=[choice for choice in Secrecy.choices if choice[0]]
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = SecretStubQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "register_year", "register_number"], name="secret_stub_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.register_number}/{self.register_year}"


class DistributionQuerySet(models.QuerySet["Distribution"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Documents sent to the units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))


class Distribution(models.Model):
    """One outgoing document sent to one unit here: when it was sent, opened and entered in that unit's register.

    Whoever it was sent to may read the document until it is recalled, which is noted and erases nothing;
    `received` is the entry in their own incoming register.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="distributions")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField(null=True, blank=True)
    received = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="came_by"
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recall_reason = models.CharField("lý do thu hồi", max_length=300, blank=True)

    objects = DistributionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["unit", "-sent_at"],
                name="distribution_waiting",
                condition=Q(received_at=None, recalled_at=None),
            ),
            models.Index(
                fields=["-sent_at", "-id"],
                name="distribution_latest",
                condition=Q(received_at=None, recalled_at=None),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "unit"],
                condition=Q(recalled_at=None),
                name="distributed_once",
            ),
            models.CheckConstraint(
                condition=Q(recalled_at=None) | Q(received_at=None), name="received_not_recalled"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}>{self.unit_id}"
