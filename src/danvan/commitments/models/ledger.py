"""Commitments with their supports, evidence, timelines and extensions."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from danvan.accounts.selectors import units_granted
from danvan.commitments.enums import (
    FOUND_DONE,
    ICONS,
    SPEAKING,
    UNCOUNTED,
    UNDONE,
    UNWELCOME,
    Ruling,
    State,
    StepKind,
)
from danvan.commitments.models.few import FewQuerySet
from danvan.commitments.models.walking import WALKED

if TYPE_CHECKING:
    from danvan.accounts.models import User

NO_END = date.max


class CommitmentQuerySet(FewQuerySet["Commitment"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Commitments on which `user` may do `action`. The only permission filter.

        Who leads performs; who assigned verifies, extends and asks for explanations; both, and who
        supports, may look.
        """
        granted = units_granted(user, action)
        if action == "commitments.perform":
            return self.filter(lead_id__in=granted)
        if action != "commitments.view":
            return self.filter(assigner_id__in=granted)
        # Written so that the database asks once for each row it walks past, and not for all supports first: the
        # two bounds keep it from hashing the whole table, the "or" keeps the units a set that is made once.
        by_these, this = Q(unit_id__in=granted) | Q(unit_id__lt=0), OuterRef("pk")
        supports = CommitmentSupport.objects.filter(
            by_these, commitment__gte=this, commitment__lte=this
        )
        return self.filter(
            Q(lead_id__in=granted) | Q(assigner_id__in=granted) | Q(Exists(supports))
        )

    def overdue(self, on: date) -> Self:
        """Not said to be done, and past their day."""
        return self.undone().filter(ordered_by__lt=on)

    def claimed(self) -> Self:
        """Said to be done, and not checked."""
        return self.filter(claimed_on__isnull=False, verified_on=None)

    def verified(self) -> Self:
        """Found to be done."""
        return self.filter(verified_on__isnull=False)

    def disputed(self) -> Self:
        """Whoever asked says that they are not done yet."""
        return self.filter(disputed_on__isnull=False)

    def silent(self, since: date | None) -> Self:
        """Undone, and nothing heard of the lead after this day; None (no rule of silence): nothing."""
        if since is None:
            return self.none()
        return self.undone().filter(state__in=SPEAKING, silent_from__lte=since)

    def undone(self) -> Self:
        """Nobody has said that they are done. The first condition is the one of the partial indexes."""
        return self.filter(claimed_on=None, state__in=UNDONE)


class Commitment(models.Model):
    """One thing that one unit must do, with its source sentence, its day, its product and its evidence.

    `assigner` is the unit that gave it (whose register holds the source). `due_on` None is "thường xuyên":
    no end. `first_due_on` is kept for good; `due_on` moves with each extension granted.
    """

    number = models.CharField("số", max_length=20, unique=True)  # CK-2026-0417
    title = models.CharField("việc", max_length=400)
    product = models.CharField("sản phẩm", max_length=300)
    proof = models.CharField("minh chứng cần có", max_length=300, blank=True)
    lead = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    assigner = models.ForeignKey(
        "organisations.Unit", models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField("tình trạng", max_length=16, choices=State, default=State.ASSIGNED)
    assigned_on = models.DateField("ngày giao")
    first_due_on = models.DateField("hạn gốc", null=True, blank=True)
    due_on = models.DateField("hạn hiện tại", null=True, blank=True)
    # The present day for lists to walk in order: what has no end stands last.
    ordered_by = models.GeneratedField(
        expression=Coalesce("due_on", Value(NO_END)),
        output_field=models.DateField(),
        db_persist=True,
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # The last act of its lead, if any, and since when nothing was heard of it; the next day its clock warns.
    heard_on = models.DateField("hoạt động gần nhất", null=True, blank=True)
    silent_from = models.GeneratedField(
        expression=Coalesce("heard_on", "assigned_on"),
        output_field=models.DateField(),
        db_persist=True,
    )
    warn_on = models.DateField("ngày nhắc tiếp theo", null=True, blank=True)
    claimed_on = models.DateField("ngày báo xong", null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who led when it was claimed, where another unit took over since: the claim is counted there.
    claimed_unit = models.ForeignKey(
        "organisations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    result = models.TextField("kết quả", blank=True)
    verified_on = models.DateField("ngày kiểm tra xong", null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    finding = models.TextField("kết quả kiểm tra", blank=True)
    # The third fact. `asked_on`: since when somebody who asked for it follows it; None where nobody does.
    asked_on = models.DateField("có người hỏi từ ngày", null=True, blank=True)
    agreed_on = models.DateField("ngày người hỏi đồng ý", null=True, blank=True)
    disputed_on = models.DateField("ngày người hỏi nói chưa xong", null=True, blank=True)
    closed_on = models.DateField("ngày đóng", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Why it was closed though somebody who asked says "not yet": everybody may read it.
    public_reason = models.TextField("lý do công khai", blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes", db_index=False
    )
    source_kind = models.CharField(max_length=40, blank=True)  # e.g. documents.document
    source_id = models.BigIntegerField(null=True, blank=True)
    source_start = models.PositiveIntegerField(null=True, blank=True)
    source_end = models.PositiveIntegerField(null=True, blank=True)
    source_sentence = models.TextField("câu nguồn", blank=True)
    source_symbol = models.CharField("văn bản", max_length=80, blank=True)
    source_key = models.CharField(max_length=80, blank=True, editable=False)  # to be found by
    # What it is about; kept as it was written, and read through the heirs of the topic.
    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    changes = models.PositiveIntegerField(
        default=0
    )  # counts every act: two at once cannot both win

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        # With the key behind it an index of units answers "which ones" by itself.
        indexes = [
            models.Index(fields=["lead", "id"], name="commitment_by_lead"),
            models.Index(fields=["assigner", "id"], name="commitment_by_assigner"),
            models.Index(
                fields=["lead", "claimed_on"],
                condition=Q(claimed_on__isnull=False),
                name="commitment_by_claim",
            ),
            models.Index(
                fields=["claimed_unit", "claimed_on"],
                condition=Q(claimed_unit__isnull=False),
                name="commitment_by_former_claim",
            ),
            models.Index(
                fields=["lead", "verified_on"],
                condition=Q(verified_on__isnull=False),
                name="commitment_by_check",
            ),
            *WALKED,
            models.Index(
                fields=["silent_from", "id"], condition=Q(claimed_on=None), name="commitment_silent"
            ),
            models.Index(
                fields=["warn_on"], condition=Q(warn_on__isnull=False), name="commitment_to_warn"
            ),
            models.Index(
                fields=["claimed_on", "id"],
                condition=Q(claimed_on__isnull=False, verified_on=None),
                name="commitment_claimed",
            ),
            models.Index(
                fields=["verified_on", "id"],
                condition=Q(verified_on__isnull=False),
                name="commitment_verified",
            ),
            models.Index(
                fields=["disputed_on", "id"],
                condition=Q(disputed_on__isnull=False),
                name="commitment_disputed",
            ),
            models.Index(fields=["source_kind", "source_id"], name="commitment_by_source"),
            models.Index(
                fields=["topic", "id"], condition=Q(topic__isnull=False), name="commitment_by_topic"
            ),
            models.Index(fields=["source_key", "id"], name="commitment_by_symbol"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on=None, first_due_on=None) | Q(due_on__gte=F("first_due_on")),
                name="commitment_first_day_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(State.CLAIMED, *FOUND_DONE), claimed_on__isnull=False)
                | Q(state__in=(*UNDONE, *UNCOUNTED), claimed_on=None),
                name="commitment_claimed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(claimed_unit=None) | Q(claimed_on__isnull=False),
                name="commitment_former_claim_is_one",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FOUND_DONE, verified_on__isnull=False)
                | (~Q(state__in=FOUND_DONE) & Q(verified_on=None)),
                name="commitment_verified_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on=None, disputed_on=None)
                | Q(asked_on__isnull=False, agreed_on=None)
                | Q(asked_on__isnull=False, disputed_on=None),
                name="commitment_answered_by_an_asker",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_on__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_on=None)),
                name="commitment_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED, public_reason="") | Q(disputed_on=None),
                name="commitment_not_closed_over_not_yet",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SUPERSEDED, superseded_by__isnull=False)
                | (~Q(state=State.SUPERSEDED) & Q(superseded_by=None)),
                name="commitment_superseded_by_one",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CommitmentSupport(models.Model):
    """A unit that supports the one that leads (phối hợp)."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="supports")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "commitment"], name="support_by_unit")]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "unit"], name="commitment_support_once")
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}:{self.unit_id}"


class CommitmentEvidence(models.Model):
    """A file that shows what was done."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="evidence")
    file = models.ForeignKey("foundation.StoredFile", models.PROTECT, related_name="+")
    file_name = models.CharField("tên tệp", max_length=255)
    caption = models.CharField("chú thích", max_length=200, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "file"], name="commitment_evidence_once")
        ]

    def __str__(self) -> str:
        return self.file_name


class CommitmentStep(models.Model):
    """One line of a commitment's timeline: who did what when, in words.

    `giver` is the unit that led until then, where the lead passed on.
    """

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, choices=StepKind)
    on = models.DateField("ngày")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    words = models.TextField("nội dung", blank=True)
    # Whose answer it is, where whoever asked answered: the row of a follow code, never a person.
    code_id = models.BigIntegerField(null=True, blank=True, editable=False)
    giver = models.ForeignKey(
        "organisations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(
                fields=["giver"], condition=Q(giver__isnull=False), name="commitment_step_by_giver"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}:{self.kind}"

    @property
    def icon(self) -> str:
        """The picture beside the line."""
        return ICONS[self.kind]

    @property
    def bad(self) -> bool:
        """Whether the line says that something is not as it should be."""
        return self.kind in UNWELCOME


class RiskAcceptance(models.Model):
    """That whoever assigned it accepts that it is not done until a day: who, why, by which document."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="risks")
    until = models.DateField("đến ngày")
    reason = models.CharField("lý do", max_length=600)
    document = models.CharField("văn bản quyết định", max_length=80)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(document=""), name="risk_has_reason_and_document"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}:{self.until}"


class Extension(models.Model):
    """More time that a unit asked for. The old day stays readable whatever is decided."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="extensions")
    old_due_on = models.DateField("hạn cũ")
    new_due_on = models.DateField("hạn xin")
    reason = models.CharField("lý do", max_length=600)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    ruling = models.CharField("quyết định", max_length=8, choices=Ruling, default=Ruling.OPEN)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ruled_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField("ý kiến", max_length=600, blank=True)
    document = models.CharField("văn bản quyết định", max_length=80, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["ruling", "id"], name="extension_by_ruling")]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(ruling=Ruling.OPEN), name="one_open_extension"
            ),
            models.CheckConstraint(
                condition=Q(new_due_on__gt=F("old_due_on")), name="extension_is_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id}:{self.new_due_on}"
