"""The shared tree of subject matter: what a promise, a dialogue or a petition is about.

A topic is about a matter, never about a person. Ethnic and religious affairs stand here as fields of work and of
policy only (công tác dân tộc, công tác tôn giáo): no record of a person refers to a topic, and a test holds that.

A topic is an identity that lasts and is never deleted. What it is called and where it stands is in its dated
versions; one that ends names its heirs, so that what was filed under it is still found.
"""

from django.db import models
from django.db.models import F, Q

LONGEST_NAME = 120


class Topic(models.Model):
    """One field of subject matter. `kept`: somebody set it here, so loading the file again leaves it alone."""

    code = models.SlugField("mã", max_length=80, unique=True, db_index=False)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)
    ending = models.CharField("lý do kết thúc", max_length=300, blank=True)
    source = models.CharField("nguồn", max_length=120, blank=True)
    kept = models.BooleanField("đã sửa", default=False)
    changes = models.PositiveIntegerField(
        default=0
    )  # counts every act: two at once cannot both win

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="topic_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.code


class TopicVersion(models.Model):
    """What a topic was called, and under which topic it stood, for a period."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="versions")
    name = models.CharField("tên", max_length=LONGEST_NAME)
    parent = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thuộc"
    )
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        ordering = ["topic", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "valid_from"], name="topic_version_begins_once"
            ),
            models.UniqueConstraint(
                fields=["topic"], condition=Q(valid_to=None), name="topic_one_open_version"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="topic_version_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("topic")), name="topic_not_below_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TopicAlias(models.Model):
    """Other words by which people look for a topic."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="aliases")
    words = models.CharField("tên khác", max_length=LONGEST_NAME)
    folded = models.TextField(editable=False)

    class Meta:
        ordering = ["topic", "words"]
        constraints = [models.UniqueConstraint(fields=["topic", "folded"], name="topic_alias_once")]

    def __str__(self) -> str:
        return self.words


class TopicHeir(models.Model):
    """A topic that goes on with one that ended. `place` 0 is the first heir, which reads what was filed before."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="heirs")
    heir = models.ForeignKey(Topic, models.PROTECT, related_name="inherits")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["topic", "place"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "heir"], name="topic_heir_once"),
            models.UniqueConstraint(fields=["topic", "place"], name="topic_heir_in_place"),
            models.CheckConstraint(condition=~Q(topic=F("heir")), name="topic_not_its_own_heir"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}:{self.heir_id}"
