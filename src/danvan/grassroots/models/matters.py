"""Grassroots democracy: what the people must know, decide, be asked about and watch over, and what was done for it.

People are counted by household and village. No name of anybody, and nobody's vote, is kept anywhere here.
"""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from danvan.accounts.selectors import units_granted
from danvan.grassroots.enums import (
    OPEN,
    TONES,
    Channel,
    Form,
    Outcome,
    Part,
    Pillar,
    Posted,
    Recogniser,
    Recognition,
    State,
    StepKind,
)

if TYPE_CHECKING:
    from danvan.accounts.models import User


class MatterKind(models.Model):
    """What the law says of one kind of matter for a period: a change of the law is a new row, never an edit."""

    code = models.CharField("mã", max_length=8)
    pillar = models.CharField("nhóm", max_length=8, choices=Pillar)
    title = models.CharField("nội dung", max_length=200)
    posted = models.CharField("niêm yết", max_length=8, choices=Posted, blank=True)
    radio = models.BooleanField("phát loa", default=False)
    term = models.CharField("tham số thời hạn", max_length=80, blank=True)
    pass_key = models.CharField("tham số tỷ lệ tán thành", max_length=80, blank=True)
    commune_wide = models.BooleanField("có thể trong phạm vi cả xã", default=False)
    meeting_only = models.BooleanField("phải họp", default=False)
    online = models.BooleanField("được biểu quyết trực tuyến", default=False)
    recogniser = models.CharField("công nhận", max_length=12, choices=Recogniser, blank=True)
    valid_from = models.DateField("có hiệu lực từ")
    valid_to = models.DateField("hết hiệu lực", null=True, blank=True)
    citation = models.CharField("căn cứ", max_length=200)
    confidence = models.CharField("mức chắc chắn", max_length=12)

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="matter_kind_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class MatterQuerySet(models.QuerySet["Matter"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Matters of the units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))

    def unfinished(self) -> Self:
        """Neither ended nor withdrawn."""
        return self.filter(state__in=OPEN)

    def standing(self) -> Self:
        """Not withdrawn."""
        return self.exclude(state=State.WITHDRAWN)


class Matter(models.Model):
    """One matter of grassroots democracy, from the day that obliges to its end.

    `began_on` is the day of the decision to be published, of the initiative, or on which a recommendation was received.
    """

    number = models.CharField("số", max_length=20, unique=True)  # DC-2026-0017
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    # Who had it until a reorganisation passed it on: what is dated before that day counts there.
    former = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    passed_on = models.DateField("ngày chuyển đơn vị", null=True, blank=True)
    kind = models.ForeignKey(MatterKind, models.PROTECT, related_name="matters")
    title = models.CharField("việc", max_length=400)
    village = models.ForeignKey(  # the community that it concerns; none is the whole commune
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    basis = models.CharField("văn bản, quyết định", max_length=300, blank=True)
    began_on = models.DateField("ngày phát sinh")
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.DUE)
    shown_on = models.DateField("ngày công khai", null=True, blank=True)  # of the first posting
    outcome = models.CharField("kết quả biểu quyết", max_length=8, choices=Outcome, blank=True)
    counted_on = models.DateField("ngày hết góp ý", null=True, blank=True)
    outcome_on = models.DateField("ngày có kết quả", null=True, blank=True)
    sent_on = models.DateField("ngày gửi quyết định", null=True, blank=True)
    recognition = models.CharField("công nhận", max_length=8, choices=Recognition, blank=True)
    recognised_on = models.DateField("ngày công nhận", null=True, blank=True)
    differs = models.BooleanField("quyết định khác ý kiến đa số", default=False)
    answer = models.TextField("trả lời, giải trình", blank=True)
    ended_on = models.DateField("ngày kết thúc", null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    changes = models.PositiveIntegerField(default=0)  # two acts at once cannot both win

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["-began_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "state", "began_on"], name="matter_by_unit"),
            models.Index(fields=["-began_on", "-id"], name="matter_latest"),
            models.Index(fields=["unit", "shown_on"], name="matter_by_publication"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.ENDED, ended_on__isnull=False)
                | (~Q(state=State.ENDED) & Q(ended_on=None)),
                name="matter_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(recognition="", recognised_on=None)
                | (~Q(recognition="") & Q(recognised_on__isnull=False, sent_on__isnull=False)),
                name="matter_recognised_after_sending",
            ),
            models.CheckConstraint(
                condition=Q(shown_on=None) | Q(shown_on__gte=F("began_on")),
                name="matter_shown_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(former=None, passed_on=None)
                | Q(former__isnull=False, passed_on__isnull=False),
                name="matter_passed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES[self.state]

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in OPEN

    def unit_on(self, day: date) -> int:
        """Whose it was on a day: the unit before the reorganisation, or the one after it."""
        if self.former_id is not None and self.passed_on is not None and day < self.passed_on:
            return int(self.former_id)
        return int(self.unit_id)


class MatterPosting(models.Model):
    """Where and from when to when a matter, or what came of it, could be read or heard; open while it still hangs."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="postings")
    part = models.CharField("phần", max_length=8, choices=Part)
    channel = models.CharField("hình thức", max_length=8, choices=Channel)
    place = models.CharField("nơi công khai", max_length=300)
    from_on = models.DateField("từ ngày")
    until_on = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="matter_posting_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}:{self.channel}"


class MatterRound(models.Model):
    """One round of deciding, with the law it was counted by. `outcome` is computed from the counts, never typed."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="rounds")
    number = models.PositiveIntegerField("lần")
    form = models.CharField("hình thức", max_length=8, choices=Form)
    held_on = models.DateField("ngày")
    why = models.CharField("lý do chọn hình thức", max_length=300, blank=True)
    outcome = models.CharField("kết quả", max_length=8, choices=Outcome)
    passing = models.ForeignKey("law.LegalParameter", models.PROTECT, related_name="+")
    quorum = models.ForeignKey(
        "law.LegalParameter", models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_villages = models.ForeignKey(
        "law.LegalParameter", models.PROTECT, null=True, blank=True, related_name="+"
    )
    villages = models.PositiveIntegerField("tổng số thôn, bản, tổ dân phố", default=1)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="matter_round_once")
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}:{self.number}"


class MatterCount(models.Model):
    """What one community said in one round, in households: those there are, that took part, agreed, did not agree."""

    round = models.ForeignKey(MatterRound, models.CASCADE, related_name="counts")
    village = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    households = models.PositiveIntegerField("tổng số hộ")
    present = models.PositiveIntegerField("số hộ tham gia")
    agreed = models.PositiveIntegerField("số hộ tán thành")
    against = models.PositiveIntegerField("số hộ không tán thành")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "village"], name="matter_count_once"),
            models.CheckConstraint(
                condition=Q(households__gte=1)
                & Q(present__lte=F("households"))
                & Q(present__gte=F("agreed") + F("against")),
                name="matter_count_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}:{self.village_id}"


class MatterComment(models.Model):
    """What was said of a matter, gathered: how many said so, how many of those were taken up, and the answer."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="comments")
    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, null=True, blank=True, related_name="+"
    )
    gist = models.CharField("nội dung góp ý", max_length=300)
    number = models.PositiveIntegerField("số ý kiến")
    taken_up = models.PositiveIntegerField("số ý kiến tiếp thu", default=0)
    answer = models.TextField("trả lời, giải trình", blank=True)

    class Meta:
        ordering = ["-number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1) & Q(taken_up__lte=F("number")),
                name="matter_comment_adds_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}:{self.gist}"


class MatterFile(models.Model):
    """A photograph or minutes that show what was done."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="files")
    file = models.ForeignKey("foundation.StoredFile", models.PROTECT, related_name="+")
    file_name = models.CharField("tên tệp", max_length=255)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["matter", "file"], name="matter_file_once")]

    def __str__(self) -> str:
        return self.file_name


class MatterStep(models.Model):
    """One line of a matter's history: who did what when."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    words = models.CharField("nội dung", max_length=600, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.matter_id}:{self.kind}"
