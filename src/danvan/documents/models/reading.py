"""What the reading engine proposed from a document and what people made of it."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from danvan.accounts.selectors import units_granted
from danvan.documents.enums import ProposalKind, RelationKind, Verdict
from danvan.documents.models.registers import Document

if TYPE_CHECKING:
    from danvan.accounts.models import User


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Proposals of documents registered, or answered for, where `user` may do `action`. The only permission filter."""
        units = units_granted(user, action)
        return self.filter(Q(document__unit_id__in=units) | Q(document__bearer_id__in=units))

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


class RelationQuerySet(models.QuerySet["Relation"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Relations of documents registered where `user` may do `action`. The only permission filter."""
        return self.filter(document__unit_id__in=units_granted(user, action))


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
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField("vì", max_length=300, blank=True)
    verdict = models.CharField("quyết định", max_length=10, choices=Verdict, default=Verdict.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering = ["start", "pk"]
        indexes = [models.Index(fields=["symbol_key"], name="relation_by_symbol")]
        constraints = [
            models.UniqueConstraint(fields=["document", "kind", "symbol_key"], name="relation_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.kind} {self.symbol}"
