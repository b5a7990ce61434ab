"""A complaint, proposal or feedback from its receipt to its end, with what is asked, what was answered, and its history."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from danvan.accounts.selectors import may_at_root, units_granted
from danvan.petitions.enums import (
    CLOSED,
    OPEN,
    TONES,
    AnswerChannel,
    Closing,
    Finding,
    Kind,
    Outcome,
    Publication,
    Satisfaction,
    State,
    StepKind,
)

if TYPE_CHECKING:
    from danvan.accounts.models import User


COUNTED_BY = (
    "unit", "received_on", "kind", "state", "accepted_on", "decided_on", "answered_on", "closed_on", "at_unit_on", "rated_on",
    "satisfaction", "outcome", "closing", "handed_to", "round", "paper", "topic", "id",
)  # fmt: skip


class PetitionQuerySet(models.QuerySet["Petition"]):
    def allowed(self, user: "User", action: str, *, at_once: bool = False) -> Self:
        """Petitions at units where `user` may do `action`, but for those on a paper with a matter against `user`: its words,
        files and names are those of the whole paper. The only permission filter.

        `at_once`: the units are read first, so that a database looks at them before at what costs more, such as words.
        """
        units: Any = units_granted(user, action)
        if at_once and not may_at_root(user, action):
            units = list(units.values_list("unit_id", flat=True))
        return self.filter(unit_id__in=units).not_against(user)

    def not_against(self, user: "User | None") -> Self:
        """Those on papers without a matter against `user`."""
        against = Barred.objects.filter(user=user).values("petition__paper_id")
        return self.exclude(paper_id__in=against)

    def unfinished(self) -> Self:
        """Not closed."""
        return self.filter(closed_on=None)


class Petition(models.Model):
    """One matter of a paper. `unit` deals with it now; `received_on` is the first day on which any office had it.

    Outcome, answer, satisfaction and verification are four things: what was found, what was told to whoever asked, what
    they say of it, and whether somebody looked that it was done. `due_on` is the nearest of its open clocks.
    """

    number = models.CharField("số", max_length=20, unique=True)  # KN-2026-0148
    paper = models.ForeignKey("petitions.Paper", models.PROTECT, related_name="petitions")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    round = models.PositiveSmallIntegerField("lần", default=1)
    first_round = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="second_round"
    )
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    # Who had it until a reorganisation passed it on: what is dated before that day counts there.
    former = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    passed_on = models.DateField("ngày chuyển khi sắp xếp", null=True, blank=True)
    place = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField("tóm tắt", max_length=300)
    text = models.TextField("nội dung", blank=True)
    # where it is within its place, as whoever sent it says: in words, or as a point in degrees
    spot = models.CharField("chỗ cụ thể", max_length=200, blank=True)
    latitude = models.DecimalField("vĩ độ", max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(
        "kinh độ", max_digits=8, decimal_places=5, null=True, blank=True
    )
    wants_public = models.BooleanField("người gửi muốn công khai", default=False)
    received_on = models.DateField("ngày nhận đầu tiên")
    at_unit_on = models.DateField("ngày đơn vị này nhận")
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.RECEIVED)
    before = models.CharField(
        max_length=10, choices=State, blank=True
    )  # where it was when suspended

    # of complaints
    decision_symbol = models.CharField("quyết định bị khiếu nại", max_length=120, blank=True)
    known_on = models.DateField("ngày biết quyết định", null=True, blank=True)
    disciplinary = models.BooleanField("khiếu nại quyết định kỷ luật", default=False)
    remote = models.BooleanField("vùng sâu, vùng xa, đi lại khó khăn", default=False)
    complexity = models.JSONField("dấu hiệu phức tạp", default=list, blank=True)
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    finding = models.CharField("kết quả xác minh", max_length=8, choices=Finding, blank=True)
    dialogue_on = models.DateField("ngày đối thoại", null=True, blank=True)
    dialogue_held = models.BooleanField("đã đối thoại", default=False)

    accepted_on = models.DateField("ngày thụ lý", null=True, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decision = models.CharField("số quyết định giải quyết", max_length=80, blank=True)
    sent_on = models.DateField("ngày gửi quyết định", null=True, blank=True)
    effective_on = models.DateField("ngày có hiệu lực", null=True, blank=True)
    appeal_until = models.DateField("hạn khiếu nại tiếp", null=True, blank=True)
    publication = models.CharField("công khai", max_length=8, choices=Publication, blank=True)
    published_on = models.DateField("ngày công khai", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=10, choices=Outcome, blank=True)
    answer = models.TextField("trả lời", blank=True)
    answer_channel = models.CharField(
        "kênh trả lời", max_length=8, choices=AnswerChannel, blank=True
    )
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    satisfaction = models.CharField("hài lòng", max_length=8, choices=Satisfaction, blank=True)
    rated_on = models.DateField("ngày đánh giá", null=True, blank=True)
    verified_on = models.DateField("ngày kiểm tra đã làm xong", null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    disputed_on = models.DateField("ngày người gửi không đồng ý", null=True, blank=True)
    closing = models.CharField("lý do không xử lý tiếp", max_length=4, choices=Closing, blank=True)
    closed_on = models.DateField("ngày đóng", null=True, blank=True)
    handed_to = models.CharField("cơ quan ngoài hệ thống", max_length=200, blank=True)
    cluster = models.ForeignKey(
        "petitions.Cluster", models.PROTECT, null=True, blank=True, related_name="petitions"
    )
    # the same matter of the same sender that came in before: this one is counted, and no clock runs for it
    dup_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    due_on = models.DateField("hạn gần nhất", null=True, blank=True)
    due_name = models.CharField(max_length=10, blank=True)
    changes = models.PositiveIntegerField(default=0)  # two acts at once cannot both win

    objects = PetitionQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "state", "received_on"], name="petition_by_unit"),
            models.Index(fields=["-received_on", "-id"], name="petition_latest"),
            models.Index(fields=["unit", "due_on"], name="petition_by_due_day"),
            models.Index(fields=["unit", "closed_on"], name="petition_by_closing"),
            models.Index(fields=["state", "-received_on", "-id"], name="petition_latest_by_state"),
            models.Index(
                fields=["due_on", "id"], condition=Q(closed_on=None), name="petition_open_by_day"
            ),
            # By which day it ended (`countable`): without it a database has no idea how many ended in a year.
            models.Index(
                Coalesce("decided_on", "answered_on", "closed_on"), name="petition_by_its_end"
            ),
            # All that the statistics count by: those of a province are told without opening a row.
            models.Index(fields=COUNTED_BY, name="petition_counted"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CLOSED, closed_on__isnull=False)
                | (~Q(state__in=CLOSED) & Q(closed_on=None)),
                name="petition_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(round=1, first_round=None)
                | Q(round=2, first_round__isnull=False, kind=Kind.COMPLAINT),
                name="petition_second_round_of_a_complaint",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(accepted_on__isnull=False),
                name="petition_decided_after_acceptance",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on=None) | Q(accepted_on__gte=F("received_on")),
                name="petition_accepted_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | ~Q(answer=""), name="petition_answered_in_words"
            ),
            models.CheckConstraint(
                condition=Q(former=None, passed_on=None)
                | Q(former__isnull=False, passed_on__isnull=False),
                name="petition_passed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="petition_at_a_whole_point",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES.get(self.state, "grey")

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in OPEN

    @property
    def complex(self) -> bool:
        """Whether it was written down as complex."""
        return bool(self.complexity)

    def unit_on(self, day: date) -> int:
        """Whose it was on a day: the unit before a reorganisation, or the one after it."""
        if self.former_id is not None and self.passed_on is not None and day < self.passed_on:
            return int(self.former_id)
        return int(self.unit_id)


class PetitionRequest(models.Model):
    """One thing that is asked for, with its own answer: a petition is not closed over one that is not answered."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="requests")
    number = models.PositiveSmallIntegerField("thứ tự")
    words = models.CharField("yêu cầu", max_length=600)
    reply = models.TextField("trả lời", blank=True)
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    replied_on = models.DateField("ngày trả lời", null=True, blank=True)
    withdrawn_on = models.DateField("ngày rút", null=True, blank=True)

    class Meta:
        ordering = ["petition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="request_number_once"),
            models.CheckConstraint(
                condition=Q(replied_on=None) | ~Q(reply=""), name="request_replied_in_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}:{self.number}"


class PetitionStep(models.Model):
    """One line of the history: the day it was done, the paper that shows it, who wrote it down when. Never changed."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=14, choices=StepKind)
    on = models.DateField("ngày")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    symbol = models.CharField("số, ký hiệu văn bản", max_length=80, blank=True)
    words = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.petition_id}:{self.kind}"


class PetitionAnswer(models.Model):
    """One answer that went out: the words, the way, what it came to. A disputed one stays beside the next."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="answers")
    on = models.DateField("ngày trả lời")
    text = models.TextField("trả lời")
    channel = models.CharField("kênh trả lời", max_length=8, choices=AnswerChannel)
    outcome = models.CharField("kết quả", max_length=10, choices=Outcome)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="petition_answer_has_words")
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}:{self.on}"


class TransferQuerySet(models.QuerySet["PetitionTransfer"]):
    def allowed(self, user: "User", action: str) -> Self:
        """What the units where `user` may do `action` passed on, but for papers with a matter against `user`. The only permission
        filter of the slips: it lets nobody see the petition.
        """
        against = Barred.objects.filter(user=user).values("petition__paper_id")
        own = self.filter(from_unit_id__in=units_granted(user, action))
        return own.exclude(petition__paper_id__in=against)


class PetitionTransfer(models.Model):
    """From which unit to which a petition went, and why: no unit gets it twice without a new reason from above."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="transfers")
    from_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    on = models.DateField("ngày chuyển")
    reason = models.CharField("lý do", max_length=300)

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.petition_id}:{self.to_unit_id}"


class Barred(models.Model):
    """A user whom a petition is against: nothing of its paper is shown to them, and they never handle it."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="barred")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["petition", "user"], name="barred_once")]

    def __str__(self) -> str:
        return f"{self.petition_id}:{self.user_id}"


class PetitionFile(models.Model):
    """A paper of the case: a decision, minutes, a notice. It names who petitions, so it is sealed as the paper is."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="files")
    step = models.ForeignKey(
        PetitionStep, models.PROTECT, null=True, blank=True, related_name="files"
    )
    file = models.OneToOneField("foundation.SealedFile", models.PROTECT, related_name="+")
    name = models.BinaryField(editable=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.petition_id}:{self.pk}"


class FreedNumber(models.Model):
    """A number of a series whose row was taken out whole: the next one takes it, so that nothing shows a gap."""

    series = models.CharField(max_length=80)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["series", "number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="number_freed_once")
        ]

    def __str__(self) -> str:
        return f"{self.series}:{self.number}"


class ComparedTexts(models.Model):
    """One row: how often words had to leave what every process keeps for comparing. One that sees a new number begins anew."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
