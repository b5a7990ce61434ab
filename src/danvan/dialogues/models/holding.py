"""Dialogues of heads with the people: what was asked, what was answered, what the head concluded."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from danvan.accounts.selectors import units_granted
from danvan.dialogues.enums import (
    COMING,
    OPEN,
    TONES,
    TOOK_PLACE,
    Crowd,
    DialogueKind,
    Grade,
    Heard,
    Led,
    Shape,
    State,
    StepKind,
    Way,
)

if TYPE_CHECKING:
    from danvan.accounts.models import User


class DialogueQuerySet(models.QuerySet["Dialogue"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Dialogues hosted by the units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))

    def coming(self) -> Self:
        """Not held yet."""
        return self.filter(state__in=COMING)

    def took_place(self) -> Self:
        """Held, whatever came of it."""
        return self.filter(state__in=TOOK_PLACE)

    def unfinished(self) -> Self:
        """Neither closed nor cancelled."""
        return self.filter(state__in=OPEN)


class Dialogue(models.Model):
    """One dialogue of a head with the people, from its notice to the last thing done about it.

    `head_name` and `head_title` are who held the post on the day, as the register of posts or the minutes say.
    """

    number = models.CharField("số", max_length=20, unique=True)  # DT-2026-0017
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")  # the host
    co_host = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who hosted until a reorganisation passed it on: what is dated before that day counts there.
    former = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    passed_on = models.DateField("ngày chuyển đơn vị", null=True, blank=True)
    kind = models.CharField("loại", max_length=12, choices=DialogueKind)
    shape = models.CharField("hình thức", max_length=10, choices=Shape, default=Shape.MEETING)
    shape_why = models.CharField("lý do chọn hình thức", max_length=300, blank=True)
    subject = models.CharField("nội dung", max_length=400)
    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, null=True, blank=True, related_name="+"
    )
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    head_name = models.CharField("người chủ trì", max_length=120, blank=True)
    head_title = models.CharField("chức danh", max_length=200, blank=True)
    held_on = models.DateField("ngày đối thoại")
    starts_at = models.TimeField("giờ", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=200)
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.PLANNED)
    noticed_on = models.DateField("ngày thông báo", null=True, blank=True)
    noticed_at = models.CharField("nơi niêm yết, đăng tin", max_length=300, blank=True)
    # Until when people may send questions from the public page; none where nobody opened it.
    asks_until = models.DateField("nhận câu hỏi đến hết ngày", null=True, blank=True)
    # How many the hall holds; none where nobody said so: then everybody may register.
    seats = models.PositiveIntegerField("số chỗ", null=True, blank=True)
    led = models.CharField("người điều hành", max_length=8, choices=Led, blank=True)
    led_why = models.CharField("lý do ủy quyền", max_length=300, blank=True)
    households = models.PositiveIntegerField("số hộ có người dự", null=True, blank=True)
    none_above = models.BooleanField("không có ý kiến vượt thẩm quyền", default=False)
    conclusion = models.TextField("kết luận của người đứng đầu", blank=True)
    # Where the sentences of these words begin of which somebody said that they are no work.
    no_work = models.JSONField("câu không phải việc", default=list, blank=True)
    concluded_on = models.DateField("ngày ra kết luận", null=True, blank=True)
    notice = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_on = models.DateField("ngày khép lại", null=True, blank=True)
    # The line of the host's programme of the month in which it stands (commitments), where it was planned from one.
    entry_id = models.BigIntegerField(null=True, blank=True, editable=False, db_index=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    changes = models.PositiveIntegerField(default=0)  # two acts at once cannot both win

    objects = DialogueQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "state", "held_on"], name="dialogue_by_unit"),
            models.Index(fields=["-held_on", "-id"], name="dialogue_latest"),
            models.Index(fields=["unit", "concluded_on"], name="dialogue_by_conclusion"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(noticed_on=None) | Q(noticed_on__lte=F("held_on")),
                name="dialogue_noticed_before",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(State.CONCLUDED, State.CLOSED), concluded_on__isnull=False)
                | (~Q(state__in=(State.CONCLUDED, State.CLOSED)) & Q(concluded_on=None)),
                name="dialogue_concluded_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_on__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_on=None)),
                name="dialogue_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(former=None, passed_on=None)
                | Q(former__isnull=False, passed_on__isnull=False),
                name="dialogue_passed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES[self.state]

    def host_on(self, day: date) -> int:
        """Who hosted on a day: the unit before the reorganisation, or the one after it."""
        if self.former_id is not None and self.passed_on is not None and day < self.passed_on:
            return int(self.former_id)
        return int(self.unit_id)

    @property
    def took_place(self) -> bool:
        """Whether it was held."""
        return self.state in TOOK_PLACE

    @property
    def coming(self) -> bool:
        """Whether it is still to be held."""
        return self.state in COMING


class DialogueAttendance(models.Model):
    """How many of one group came; people are counted, never listed."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="attendance")
    crowd = models.CharField("thành phần", max_length=10, choices=Crowd)
    number = models.PositiveIntegerField("số người")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "crowd"], name="dialogue_crowd_once")
        ]

    def __str__(self) -> str:
        return f"{self.dialogue_id}:{self.crowd}"


class DialogueConclusion(models.Model):
    """One sentence of the head's conclusion that somebody must carry out, with its span in the text.

    Who carries it out stands in the ledger: commitments whose source is this row.
    """

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="conclusions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sentence = models.TextField("câu kết luận")

    class Meta:
        ordering = ["start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "start"], name="dialogue_conclusion_once"),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="dialogue_conclusion_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue_id}:{self.start}"


class DialogueOpinion(models.Model):
    """What somebody asked or said, and what became of it: a row of the table that ends the minutes.

    `name` only where the person wishes; it stands on no list, in no export, and is not searched.
    """

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="opinions")
    place = models.PositiveIntegerField("thứ tự")
    heard = models.CharField("nhận", max_length=6, choices=Heard)
    name = models.CharField("người nêu", max_length=120, blank=True)
    content = models.TextField("ý kiến")
    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, null=True, blank=True, related_name="+"
    )
    raised = models.BooleanField("đã nêu tại hội nghị", default=False)
    way = models.CharField("hướng xử lý", max_length=8, choices=Way, default=Way.OPEN)
    answer = models.TextField("trả lời", blank=True)
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    above = models.CharField("cấp trên nhận", max_length=200, blank=True)
    due_on = models.DateField("hạn", null=True, blank=True)
    conclusion = models.ForeignKey(
        DialogueConclusion, models.SET_NULL, null=True, blank=True, related_name="opinions"
    )

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "place"], name="dialogue_opinion_place")
        ]

    def __str__(self) -> str:
        return f"{self.dialogue_id}:{self.place}"


class DialogueRating(models.Model):
    """How many participants gave one grade on paper."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="ratings")
    grade = models.CharField("mức", max_length=10, choices=Grade)
    number = models.PositiveIntegerField("số phiếu")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "grade"], name="dialogue_grade_once")
        ]

    def __str__(self) -> str:
        return f"{self.dialogue_id}:{self.grade}"


class DialogueStep(models.Model):
    """One line of a dialogue's history: who did what when, with the reason where one was asked for."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    words = models.CharField("nội dung", max_length=600, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.dialogue_id}:{self.kind}"
