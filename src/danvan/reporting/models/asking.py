"""Forms, who owes which for which month by when (frozen), and what was sent."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from danvan.accounts.selectors import units_granted, units_held
from danvan.organisations.enums import Level
from danvan.reporting.enums import ItemKind, Standing
from danvan.reporting.models.ways import WayStep
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User


WHERE_ASKED = frozenset({"submissions.approve", "submissions.lock", "forms.manage"})


class FormQuerySet(models.QuerySet["Form"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Forms asked at the units where `user` may do `action`, or at units that answer for those now."""
        granted = units_granted(user, action)
        return self.filter(Q(unit_id__in=granted) | Q(bearer_id__in=granted))

    def passing(self, user: "User") -> Self:
        """Forms whose reports go up by way of a place where `user` approves."""
        steps = WayStep.objects.held_by(user)
        return self.filter(pk__in=steps.order_by().values("obligation__form").distinct())


class Form(models.Model):
    """A reporting form in one version: which units fill it in each month, and by which day of the next.

    `unit` is the place under which it is asked and whose specialists approve it; `level` the level of the
    places that report. `kinds` narrows that to places of these types (phường) and organisations of these kinds; empty
    means every place of the level. `bearer` is who approves what was asked, where that place has ended since.
    """

    code = models.CharField("mã", max_length=30)
    number = models.PositiveSmallIntegerField("phiên bản", default=1)
    name = models.CharField("tên", max_length=300)  # Báo cáo công tác dân vận
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    bearer = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    level = models.CharField("cấp báo cáo", max_length=12, choices=Level)
    kinds = models.JSONField("loại đơn vị", default=list, blank=True)
    due_day = models.PositiveSmallIntegerField("hạn: ngày trong tháng sau")
    due_moves = models.BooleanField(
        "hạn vào ngày nghỉ thì lùi", default=False
    )  # to the next working day; else the day itself holds, worked or not
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    source_symbol = models.CharField("căn cứ", max_length=80, blank=True)
    head_approves = models.BooleanField("lãnh đạo đơn vị duyệt trước khi gửi", default=False)
    by_way = models.BooleanField("duyệt qua từng cấp", default=False)  # each place up to `unit`

    objects = FormQuerySet.as_manager()

    class Meta:
        ordering = ["code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number", "unit"], name="form_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="form_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(due_day__gte=1) & Q(due_day__lte=28), name="form_due_day_exists"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asking_id(self) -> int:
        """The place that approves what is sent: the one that asked, or who answers for it now."""
        return self.bearer_id or self.unit_id


class FormSection(models.Model):
    """A titled part of a form; `may_be_nil` offers "Không phát sinh" for all of it in one tap.

    `kinds` are the kinds of units that it is asked of, all of them where it is empty. One with `rows` and `columns`
    (their labels) is a table: each of its items stands in a cell.
    """

    form = models.ForeignKey(Form, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField("tên mục", max_length=200)
    may_be_nil = models.BooleanField(default=True)
    kinds = models.JSONField("loại đơn vị", default=list, blank=True)
    rows = models.JSONField("các dòng", default=list, blank=True)
    columns = models.JSONField("các cột", default=list, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["form", "position"], name="section_position_once")
        ]

    def __str__(self) -> str:
        return self.title


class FormItem(models.Model):
    """One question of a form: a number for an indicator, or words. `part_of` is the item it cannot exceed.

    `kinds` are the kinds of units that it is asked of, all of them where it is empty. `row` and `column` say in which
    cell of its section's table it stands, counted from 0. Of words: `pattern` is the sentence that they begin with,
    its figures in square brackets (`reporting.narrating`); `carried` offers what was written the month before.
    """

    section = models.ForeignKey(FormSection, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField("mã", max_length=30)
    label = models.CharField("câu hỏi", max_length=300)
    help = models.CharField("hướng dẫn", max_length=400, blank=True)
    kind = models.CharField(max_length=8, choices=ItemKind, default=ItemKind.NUMBER)
    indicator = models.ForeignKey(
        "indicators.Indicator", models.PROTECT, null=True, blank=True, related_name="+"
    )
    required = models.BooleanField(default=True)
    part_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts"
    )
    divided = models.BooleanField(
        "các phần cộng lại bằng tổng", default=False
    )  # its parts together make it up; else they may leave a rest, or overlap
    kinds = models.JSONField("loại đơn vị", default=list, blank=True)
    row = models.PositiveSmallIntegerField("dòng", null=True, blank=True)
    column = models.PositiveSmallIntegerField("cột", null=True, blank=True)
    pattern = models.CharField("câu mẫu", max_length=2000, blank=True, default="")
    carried = models.BooleanField("mang lời kỳ trước sang", default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "position"], name="item_position_once"),
            models.UniqueConstraint(fields=["section", "row", "column"], name="item_cell_once"),
            models.CheckConstraint(
                condition=Q(row=None, column=None) | Q(row__isnull=False, column__isnull=False),
                name="item_cell_has_row_and_column",
            ),
            models.CheckConstraint(
                condition=Q(kind=ItemKind.NUMBER, indicator__isnull=False)
                | Q(kind=ItemKind.TEXT, indicator=None),
                name="item_number_has_an_indicator",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Obligations that `user` may do `action` to. The only permission filter.

        A report is entered at the unit that owes it, or that answers for it now, approved and locked where its
        form is asked and by the places on its way, and read at both: who asks reads the reports of units that have
        ended since, too. It is let go by the unit's own head: not by whoever has the unit under him.
        """
        granted = units_granted(user, action)
        asked = Q(form_id__in=Form.objects.allowed(user, action).values("pk"))
        entered = Q(unit_id__in=granted) | Q(bearer_id__in=granted)
        if action == "submissions.release":
            return self.answered_by(units_held(user, action))
        if action == "submissions.approve":
            return self.filter(asked | Q(pk__in=WayStep.objects.held_by(user).values("obligation")))
        if action in WHERE_ASKED:
            return self.filter(asked)
        return self.filter(entered | asked if action == "submissions.view" else entered)

    def in_turn_of(self, user: "User") -> Self:
        """The sent reports that wait for `user`: at a step that is the user's to take, or at the place that asked."""
        mine = WayStep.objects.held_by(user).filter(
            obligation=OuterRef("pk"), position=OuterRef("turn")
        )
        asked = Form.objects.allowed(user, "submissions.approve").values("pk")
        return self.filter(Q(Exists(mine)) | Q(turn=0, form_id__in=asked), standing=Standing.SENT)

    def owed(self) -> Self:
        """Those that count: all but the exempt."""
        return self.exclude(standing=Standing.EXEMPT)

    def answered_by(self, unit_ids: Any) -> Self:
        """Those that these units answer for now."""
        borne = Q(bearer_id__in=unit_ids)
        return self.filter(borne | Q(bearer=None, unit_id__in=unit_ids))


class Obligation(models.Model):
    """That one unit owes one form for one month by a day. Frozen when the month is opened: a later merger or
    closure changes nothing of what is owed. `kind` is what the unit was then (phường, a women's union), which decides
    what of the form is asked of it. `bearer` is who answers for it, where the unit has ended since.

    `first_sent_on` is set by the first submission and stays: sending again makes nothing timely or late. `changes`
    counts the acts, so that of two people deciding at once only the first can win. `draft` holds what is typed
    and not sent: {"answers": {item code: text}, "nil": [positions of sections]}, with "reasons" {rule code: words},
    "estimated" [item codes], "behalf" (as of a submission) and the "page" it was typed on where there are any.
    `draft_number` counts its savings: who saves over what somebody else saved meanwhile is told. `turn` is the
    position of the `WayStep` that a sent report waits for; 0 where it waits for who asked, or for the unit.
    `head_approves`: the unit's own head lets it go before it is sent.
    """

    form = models.ForeignKey(Form, models.PROTECT, related_name="obligations")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    bearer = models.ForeignKey(
        "organisations.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    kind = models.CharField("loại đơn vị", max_length=40, blank=True)
    first = models.DateField("tháng")
    due_on = models.DateField("hạn")
    opened_at = models.DateTimeField()
    standing = models.CharField("tình trạng", max_length=10, choices=Standing, default=Standing.DUE)
    first_sent_on = models.DateField("ngày gửi lần đầu", null=True, blank=True)
    draft = models.JSONField(default=dict, blank=True)
    draft_saved_at = models.DateTimeField(null=True, blank=True)
    draft_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    draft_number = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)
    head_approves = models.BooleanField(default=False)
    turn = models.PositiveSmallIntegerField(default=0)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["-first", "unit"]
        indexes = [
            models.Index(fields=["unit", "standing", "due_on"], name="obligation_by_unit"),
            models.Index(  # all that a month's counts need, so that they never read the rows
                fields=["first", "form", "standing", "due_on", "first_sent_on"],
                name="obligation_by_period",
            ),
            models.Index(fields=["standing", "due_on", "id"], name="obligation_by_standing"),
            models.Index(
                fields=["bearer", "standing", "due_on"],
                condition=Q(bearer__isnull=False),
                name="obligation_by_bearer",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["form", "unit", "first"], name="obligation_once")
        ]

    def __str__(self) -> str:
        return f"{self.form_id}:{self.unit_id}:{self.first}"

    @property
    def answering_id(self) -> int:
        """The unit that answers for it now."""
        return self.bearer_id or self.unit_id


class DraftEvidence(models.Model):
    """A file kept with a draft: every report sent from it carries the files that are here then."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="draft_evidence")
    file = models.ForeignKey("foundation.StoredFile", models.PROTECT, related_name="+")
    file_name = models.CharField("tên tệp", max_length=255)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "file"], name="draft_evidence_once")
        ]

    def __str__(self) -> str:
        return self.file_name


class Submission(models.Model):
    """What a unit sent, in one vintage. Sending again replaces it, and the old one stays readable.

    Numbers are `indicators.Value` rows whose source is this submission; `words` holds the text answers, and
    `nil_sections` the positions of the sections said to be "không phát sinh". `reasons` holds, by the code of each
    rule that warned, {"items": codes, "said": the warning as it was read, "words": why the figure is right}.

    `cited` says by text item which figures stand in its words, as `narrating.Cited` writes them; `carried` of which
    months words are unchanged: {item code: "2026-10"}. `behalf` tells who of another unit typed, handed in or sent it:
    [{"by": user id, "on": day, "how": typed, sheet or sent}].
    """

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="submissions")
    vintage = models.PositiveSmallIntegerField("bản")
    words = models.JSONField(default=dict, blank=True)
    nil_sections = models.JSONField(default=list, blank=True)
    reasons = models.JSONField(default=dict, blank=True)
    cited = models.JSONField(default=dict, blank=True)
    carried = models.JSONField(default=dict, blank=True)
    behalf = models.JSONField(default=list, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    sent_at = models.DateTimeField()
    sent_on = models.DateField("ngày gửi")

    class Meta:
        ordering = ["obligation", "vintage"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "vintage"], name="submission_once")
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id}:{self.vintage}"

    @property
    def edition(self) -> str:
        """Which vintage it is: `Bản 2, gửi 10:14 05/12/2026, thay bản 1`."""
        local = timezone.localtime(self.sent_at)
        words = f"Bản {self.vintage}, gửi {local:%H:%M} {format_date(local.date())}"
        return f"{words}, thay bản {self.vintage - 1}" if self.vintage > 1 else words


class SubmissionEvidence(models.Model):
    """A file sent with a report."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="evidence")
    file = models.ForeignKey("foundation.StoredFile", models.PROTECT, related_name="+")
    file_name = models.CharField("tên tệp", max_length=255)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "file"], name="submission_evidence_once")
        ]

    def __str__(self) -> str:
        return self.file_name
