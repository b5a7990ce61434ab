"""Registered documents, what the reading engine proposed from them and what people decided."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from danvan.accounts.selectors import units_granted
from danvan.documents.enums import (
    Direction,
    DocumentType,
    Priority,
    ProposalKind,
    RelationKind,
    Secrecy,
    Stage,
    Verdict,
)

if TYPE_CHECKING:
    from danvan.accounts.models import User


class DocumentQuerySet(models.QuerySet["Document"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Documents registered at the units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))


class Document(models.Model):
    """One document in the register of one unit.

    `unit` is the organisation in whose register it stands; `issuer` the organisation that issued it,
    where the register knows it, else only `issuer_name`. Offsets of proposals count characters of
    `text`, the text read from the file, which is never altered.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    direction = models.CharField("sổ", max_length=8, choices=Direction)
    register_year = models.PositiveSmallIntegerField("năm vào sổ")
    register_number = models.PositiveIntegerField("số vào sổ")
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
            models.Index(
                fields=["unit", "direction", "document_type", "issued_on"], name="document_counted"
            ),
            models.Index(fields=["symbol_key", "unit"], name="document_by_symbol"),
            models.Index(fields=["unit", "file"], name="document_by_file"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "direction", "register_year", "register_number", "register_suffix"],
                name="document_register_number_once",
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


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Proposals of documents registered where `user` may do `action`. The only permission filter."""
        return self.filter(document__unit_id__in=units_granted(user, action))

    def open(self) -> Self:
        """Proposals nobody has decided about."""
        return self.filter(verdict=Verdict.OPEN)

    def decided(self) -> Self:
        """Proposals a person has decided about."""
        return self.exclude(verdict=Verdict.OPEN)


class Proposal(models.Model):
    """One thing the reading engine proposes, with its span, confidence and the rule that fired.

    `body` is what the engine read, `correction` what a person put in its place or added (shapes:
    `documents.bodies`). `became_kind` and `became_ids` name what was made of it when it was accepted.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="proposals")
    kind = models.CharField("loại", max_length=10, choices=ProposalKind)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    body = models.JSONField(default=dict)
    correction = models.JSONField(null=True, blank=True)
    confidence = models.PositiveSmallIntegerField("mức chắc chắn, %")
    rule = models.CharField(max_length=80)
    reason = models.CharField("vì", max_length=300)
    verdict = models.CharField("quyết định", max_length=10, choices=Verdict, default=Verdict.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    became_kind = models.CharField(max_length=40, blank=True)
    became_ids = models.JSONField(default=list, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["start", "end", "pk"]
        indexes = [models.Index(fields=["document", "kind", "verdict"], name="proposal_by_verdict")]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="proposal_span"),
            models.CheckConstraint(condition=Q(confidence__lte=100), name="proposal_confidence"),
            models.UniqueConstraint(
                fields=["document", "kind", "start", "end"], name="proposal_span_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}-{self.end}"


class Citation(models.Model):
    """A confirmed statement that one document cites another, at a span of its text."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="citations")
    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="citation")
    symbol = models.CharField("số, ký hiệu", max_length=80, blank=True)
    symbol_key = models.CharField(max_length=80, blank=True)
    name = models.CharField("tên văn bản", max_length=300, blank=True)  # a law cited by name
    issued_on = models.DateField(null=True, blank=True)
    issuer_name = models.CharField(max_length=200, blank=True)
    cited = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="cited_by"
    )

    class Meta:
        indexes = [models.Index(fields=["symbol_key"], name="citation_by_symbol")]

    def __str__(self) -> str:
        return self.symbol or self.name


class StatedFigure(models.Model):
    """A figure a document states, confirmed by a person. Kept as stated: an unknown denominator stays so.

    A range has `low` and `high` instead of `value`.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="figures")
    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="figure")
    label = models.CharField("nội dung", max_length=400)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    low = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    unit_label = models.CharField("đơn vị tính", max_length=60, blank=True)
    qualifier = models.CharField(max_length=10, blank=True)  # eq, gt, ge, lt, le, approx
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(low__isnull=False) | Q(high__isnull=False),
                name="figure_has_a_number",
            )
        ]

    def __str__(self) -> str:
        return self.label


class Relation(models.Model):
    """What one document does to another: proposed from the words around a citation, confirmed by a person.

    `other` is the document where a register the reader shares holds it; else only its symbol is known.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="relations")
    kind = models.CharField("quan hệ", max_length=12, choices=RelationKind)
    other = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="related_by"
    )
    symbol = models.CharField("số, ký hiệu", max_length=80)
    symbol_key = models.CharField(max_length=80)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField("vì", max_length=300, blank=True)
    verdict = models.CharField("quyết định", max_length=10, choices=Verdict, default=Verdict.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["start", "pk"]
        indexes = [models.Index(fields=["symbol_key"], name="relation_by_symbol")]
        constraints = [
            models.UniqueConstraint(fields=["document", "kind", "symbol_key"], name="relation_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.kind} {self.symbol}"


class DistributionQuerySet(models.QuerySet["Distribution"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Documents sent to the units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))


class Distribution(models.Model):
    """One outgoing document sent to one unit here: when it was sent, opened and entered in that unit's register.

    Whoever it was sent to may read the document; `received` is the entry in their own incoming register.
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

    objects = DistributionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["unit", "received_at", "-sent_at"], name="distribution_waiting")
        ]
        constraints = [
            models.UniqueConstraint(fields=["document", "unit"], name="distributed_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id}>{self.unit_id}"
