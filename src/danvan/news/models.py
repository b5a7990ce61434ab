"""What the office tells the people in its own words: news, plain words for documents, results; with pictures and sound."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from danvan.accounts.selectors import units_granted
from danvan.news.enums import TONES, Kind, Part, Read, Speech, State

if TYPE_CHECKING:
    from danvan.accounts.models import User


class ArticleQuerySet(models.QuerySet["Article"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Articles of the units where `user` may do `action`. The only permission filter."""
        return self.filter(unit_id__in=units_granted(user, action))

    def shown(self) -> Self:
        """What everybody may read."""
        return self.filter(state=State.SHOWN)


class Article(models.Model):
    """One text for the people, from its draft to its approval by somebody else. `gain` says what they get from it."""

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=8, choices=Kind, default=Kind.NEWS)
    title = models.CharField("tên bài", max_length=200)
    summary = models.CharField("tóm tắt", max_length=400, blank=True)
    gain = models.CharField("bà con được gì", max_length=400, blank=True)
    text = models.TextField("nội dung", blank=True)
    source = models.CharField("nguồn", max_length=200, blank=True)
    byline = models.CharField("người viết, đơn vị viết", max_length=120, blank=True)
    basis = models.CharField("văn bản nói đến", max_length=200, blank=True)
    place = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.DRAFT)
    reason = models.CharField("lý do", max_length=300, blank=True)
    written_on = models.DateField("ngày viết")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    shown_on = models.DateField("ngày đăng", null=True, blank=True)
    changes = models.PositiveIntegerField(default=0)  # two acts at once cannot both win

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-shown_on", "-pk"]
        indexes = [
            models.Index(fields=["state", "-shown_on", "-id"], name="article_latest"),
            models.Index(fields=["unit", "state"], name="article_by_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.SHOWN) | Q(shown_on__isnull=False),
                name="article_shown_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SHOWN)
                | Q(written_by=None)
                | Q(approved_by=None)
                | ~Q(approved_by=F("written_by")),
                name="article_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return TONES[self.state]


class ArticlePicture(models.Model):
    """A picture of an article: what is seen on it, for who does not see it, and its caption."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="pictures")
    part = models.CharField("ảnh gì", max_length=8, choices=Part, default=Part.MAIN)
    file = models.ForeignKey("foundation.StoredFile", models.PROTECT, related_name="+")
    alternative = models.CharField("mô tả ảnh", max_length=300)
    caption = models.CharField("chú thích", max_length=300)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(alternative="") & ~Q(caption=""), name="article_picture_in_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id}:{self.part}"


class ArticleSound(models.Model):
    """An article read aloud in one language."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="sounds")
    language = models.CharField("ngôn ngữ", max_length=3, choices=Speech)
    file = models.ForeignKey("foundation.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language"], name="article_read_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id}:{self.language}"


class ArticleTie(models.Model):
    """That one article belongs with another; its page names it."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="ties")
    other = models.ForeignKey(Article, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "other"], name="article_tied_once"),
            models.CheckConstraint(
                condition=~Q(article=F("other")), name="article_tied_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}:{self.other_id}"


class ReadTally(models.Model):
    """How often one public page was read on one day. Nothing of who read it is known here."""

    kind = models.CharField(max_length=8, choices=Read)
    subject_id = models.BigIntegerField()
    on = models.DateField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["kind", "on"], name="reads_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "on"], name="reads_counted_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject_id}:{self.on}"
