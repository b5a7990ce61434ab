"""Citizen reception: the days on which a head receives, who came, what each matter came to, what the head concluded."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from danvan.accounts.selectors import units_granted
from danvan.petitions.enums import Kind
from danvan.petitions.models.petitions import Barred
from danvan.petitions.reception_enums import (
    COMING,
    DAY_TONES,
    TOOK_PLACE,
    Confirmed,
    DayState,
    DayStepKind,
    Ground,
    MatterWay,
    Receiver,
    Refusal,
)

if TYPE_CHECKING:
    from danvan.accounts.models import User


class ReceptionDayQuerySet(models.QuerySet["ReceptionDay"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Days of the units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))

    def coming(self) -> Self:
        """Not held yet."""
        return self.filter(state__in=COMING)

    def took_place(self) -> Self:
        """Held, whatever came of it."""
        return self.filter(state__in=TOOK_PLACE)


class ReceptionDay(models.Model):
    """One day on which a head receives citizens, from the schedule to what was concluded.

    `head_name` and `head_title` are who held the post on the day, as the register of posts says.
    """

    number = models.CharField("số", max_length=20, unique=True)  # TD-2026-0012
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    # Whose it was until a reorganisation passed it on: what is dated before that day counts there.
    former = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    passed_on = models.DateField("ngày chuyển khi sắp xếp", null=True, blank=True)
    ground = models.CharField("loại", max_length=10, choices=Ground, default=Ground.PERIODIC)
    why = models.CharField("vụ việc, lý do tiếp đột xuất", max_length=300, blank=True)
    head_name = models.CharField("người tiếp", max_length=120, blank=True)
    head_title = models.CharField("chức danh", max_length=200, blank=True)
    held_on = models.DateField("ngày tiếp")
    starts_at = models.TimeField("từ giờ", null=True, blank=True)
    ends_at = models.TimeField("đến giờ", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=200)
    state = models.CharField(
        "tình trạng", max_length=10, choices=DayState, default=DayState.PLANNED
    )
    posted_on = models.DateField("ngày niêm yết", null=True, blank=True)
    posted_at = models.CharField("nơi niêm yết, công bố", max_length=300, blank=True)
    first_on = models.DateField("ngày theo lịch đầu", null=True, blank=True)  # where postponed
    received = models.CharField("ai tiếp", max_length=6, choices=Receiver, blank=True)
    other_name = models.CharField("người tiếp thay", max_length=120, blank=True)
    other_why = models.CharField("lý do tiếp thay", max_length=300, blank=True)
    online = models.BooleanField("tiếp trực tuyến", default=False)
    invited_on = models.DateField("ngày mời dự", null=True, blank=True)
    tested_on = models.DateField("ngày thử kỹ thuật", null=True, blank=True)
    connected_at = models.TimeField("giờ kết nối", null=True, blank=True)
    camera_on = models.BooleanField("máy quay bật suốt buổi", default=False)
    recorded_at = models.CharField("nơi lưu ghi âm, ghi hình", max_length=200, blank=True)
    minutes_signed_on = models.DateField("ngày ký số biên bản", null=True, blank=True)
    conclusion = models.TextField("kết luận của người đứng đầu", blank=True)
    no_work = models.JSONField("câu không phải việc", default=list, blank=True)
    concluded_on = models.DateField("ngày ra kết luận", null=True, blank=True)
    notice = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    changes = models.PositiveIntegerField(default=0)  # two acts at once cannot both win

    objects = ReceptionDayQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "held_on"], name="reception_day_by_unit"),
            models.Index(fields=["-held_on", "-id"], name="reception_day_latest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DayState.CONCLUDED, concluded_on__isnull=False)
                | (~Q(state=DayState.CONCLUDED) & Q(concluded_on=None)),
                name="reception_concluded_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=TOOK_PLACE) | ~Q(received=""), name="reception_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(former=None, passed_on=None)
                | Q(former__isnull=False, passed_on__isnull=False),
                name="reception_passed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return DAY_TONES[self.state]

    @property
    def coming(self) -> bool:
        """Whether it is still to be held."""
        return self.state in COMING

    @property
    def took_place(self) -> bool:
        """Whether it was held."""
        return self.state in TOOK_PLACE

    @property
    def periodic(self) -> bool:
        """Whether it is a day of the schedule; else it is held at once, on a ground of the law."""
        return self.ground == Ground.PERIODIC

    def unit_on(self, day: date) -> int:
        """Whose it was on a day: the unit before a reorganisation, or the one after it."""
        if self.former_id is not None and self.passed_on is not None and day < self.passed_on:
            return int(self.former_id)
        return int(self.unit_id)


class ReceptionStep(models.Model):
    """One line of the history of a day of reception: who did what when. Never changed."""

    day = models.ForeignKey(ReceptionDay, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=DayStepKind)
    on = models.DateField("ngày")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    words = models.CharField("nội dung", max_length=600, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.day_id}:{self.kind}"


class ReceptionConclusion(models.Model):
    """One sentence of what the head concluded that somebody must carry out; who does stands in the ledger."""

    day = models.ForeignKey(ReceptionDay, models.CASCADE, related_name="conclusions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sentence = models.TextField("câu kết luận")

    class Meta:
        ordering = ["start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["day", "start"], name="reception_conclusion_once"),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="reception_conclusion_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day_id}:{self.start}"


class ReceptionVisitQuerySet(models.QuerySet["ReceptionVisit"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Visits to units where `user` may do `action`, of which a matter is shown to them. The only permission filter."""
        seen = VisitMatter.objects.allowed(user, action)
        return self.filter(pk__in=seen.values("visit_id"))


class ReceptionVisit(models.Model):
    """Somebody came, alone or with others: on a head's day (`day`) or to the officer on duty.

    `online` may be so on any day, also on one that is not held online as a whole. Who came stands sealed behind the paper; `repeated` says that one of them was here before. The paper taken out whole takes it
    along, so that nothing shows it was here.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    day = models.ForeignKey(
        ReceptionDay, models.PROTECT, null=True, blank=True, related_name="visits"
    )
    paper = models.OneToOneField("petitions.Paper", models.CASCADE, related_name="reception_visit")
    held_on = models.DateField("ngày tiếp")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    receiver = models.CharField("người tiếp", max_length=200, blank=True)
    people = models.PositiveIntegerField("số người", default=1)
    repeated = models.BooleanField("đã đến lần trước", default=False)
    interpreter = models.CharField("người phiên dịch", max_length=120, blank=True)
    read_back = models.BooleanField("đã đọc lại cho nghe", default=False)
    confirmed = models.CharField("xác nhận", max_length=11, choices=Confirmed, blank=True)
    online = models.BooleanField("tiếp trực tuyến", default=False)
    registered_on = models.DateField("ngày đăng ký tiếp trực tuyến", null=True, blank=True)
    told_on = models.DateField("ngày hướng dẫn tham gia", null=True, blank=True)
    told_how = models.CharField("cách tham gia đã hướng dẫn", max_length=200, blank=True)
    identity_checked = models.BooleanField("đã kiểm tra danh tính", default=False)
    recording_asked = models.BooleanField("đã báo và hỏi về ghi âm, ghi hình", default=False)
    recorded_at = models.CharField("nơi lưu ghi âm, ghi hình", max_length=200, blank=True)
    documents = models.TextField("giấy tờ, tài liệu đã nhận", blank=True)
    refusal = models.CharField("từ chối", max_length=5, choices=Refusal, blank=True)
    refusal_why = models.CharField("lý do từ chối", max_length=500, blank=True)
    refusal_due_on = models.DateField("hạn thông báo từ chối", null=True, blank=True)
    refusal_notice_on = models.DateField("ngày thông báo từ chối", null=True, blank=True)
    refusal_symbol = models.CharField("số thông báo từ chối", max_length=80, blank=True)
    receipt_on = models.DateField("ngày viết giấy biên nhận", null=True, blank=True)
    changes = models.PositiveIntegerField(default=0)

    objects = ReceptionVisitQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["unit", "held_on"], name="reception_visit_by_unit")]
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="reception_visit_of_somebody"),
            models.CheckConstraint(
                condition=Q(refusal_notice_on=None) | ~Q(refusal=""),
                name="reception_notice_of_a_refusal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}:{self.held_on}:{self.pk}"


class VisitMatterQuerySet(models.QuerySet["VisitMatter"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Matters at units where `user` may do `action`, but for visits with a petition against `user`: who came is one for
        all of its matters. The heir of a unit that ended gives the answers which that one promised. The only permission filter.
        """
        against = Barred.objects.filter(user=user).values("petition__paper_id")
        own = self.filter(unit_id__in=units_granted(user, action, left=True))
        return own.exclude(visit__paper_id__in=against)


class VisitMatter(models.Model):
    """One matter of a visit: a row of the register (Mẫu 03/TCD). Its number in the register is counted when it is read.

    A denunciation is never one: it stands in the vault's own register. A petition taken out whole takes its row along.
    """

    visit = models.ForeignKey(ReceptionVisit, models.CASCADE, related_name="matters")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    on = models.DateField("ngày tiếp")
    kind = models.CharField("phân loại", max_length=10, choices=Kind)
    title = models.CharField("nội dung vụ việc", max_length=300)
    people = models.PositiveIntegerField("số người cùng nội dung", default=1)
    settled_by = models.CharField("cơ quan đã giải quyết", max_length=200, blank=True)
    way = models.CharField("cách xử lý", max_length=8, choices=MatterWay)
    guided_to = models.CharField("hướng dẫn đến cơ quan", max_length=200, blank=True)
    answer = models.TextField("giải thích, trả lời", blank=True)
    answer_on = models.DateField("ngày hẹn trả lời", null=True, blank=True)
    answered_on = models.DateField("ngày đã trả lời", null=True, blank=True)
    petition = models.OneToOneField(
        "petitions.Petition", models.CASCADE, null=True, blank=True, related_name="visit_matter"
    )

    objects = VisitMatterQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        indexes = [
            models.Index(fields=["unit", "on", "id"], name="reception_register"),
            models.Index(fields=["on", "id"], name="reception_register_all"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(way=MatterWay.RECEIVED, petition__isnull=False)
                | (~Q(way=MatterWay.RECEIVED) & Q(petition=None)),
                name="reception_received_is_a_petition",
            ),
            models.CheckConstraint(
                condition=~Q(way=MatterWay.GUIDED) | ~Q(guided_to=""),
                name="reception_guided_somewhere",
            ),
            models.CheckConstraint(
                condition=~Q(way=MatterWay.LATER) | Q(answer_on__isnull=False),
                name="reception_answer_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}:{self.pk}"
