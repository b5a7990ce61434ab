"""Who holds which post, by which decision, from when to when; who is in charge of what; what they were trained in."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from danvan.organisations.enums import Entry, Manner, Rank
from danvan.organisations.models.dating import in_order
from danvan.organisations.models.register import Unit


class Officer(models.Model):
    """A cadre who holds posts. Only what the work needs: a name, and the account they sign in with if any."""

    full_name = models.CharField("họ và tên", max_length=120)
    name_key = models.TextField(editable=False, default="")  # the order by given name
    folded = models.CharField(max_length=200, editable=False, default="")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="officer"
    )

    class Meta:
        ordering = ["name_key", "pk"]
        indexes = [models.Index(fields=["name_key", "id"], name="officer_by_name")]

    def __str__(self) -> str:
        return self.full_name


class Post(models.Model):
    """A post in an organisation for a period, with how many people may hold it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField("chức danh", max_length=200)
    rank = models.CharField("cấp", max_length=12, choices=Rank)
    seats = models.PositiveSmallIntegerField("số người", default=1)
    decision = models.CharField("văn bản quyết định", max_length=200, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        ordering = ["unit", "pk"]
        indexes = [models.Index(fields=["unit", "rank", "valid_from"], name="post_by_unit")]
        constraints = [
            in_order("post_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(seats__gt=0), name="post_has_a_seat"),
        ]

    def __str__(self) -> str:
        return self.title


class Appointment(models.Model):
    """That one officer holds one post for a period, in what manner, by which decision, and why it ended."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    manner = models.CharField("cách giữ", max_length=12, choices=Manner, default=Manner.FULL)
    entry = models.CharField("do", max_length=12, choices=Entry, default=Entry.APPOINTED)
    decision = models.CharField("văn bản quyết định", max_length=200)
    ended_why = models.CharField("lý do thôi giữ", max_length=200, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        ordering = ["post", "valid_from", "pk"]
        indexes = [
            models.Index(fields=["post", "valid_from"], name="appointment_by_post"),
            models.Index(fields=["officer", "valid_from"], name="appointment_by_officer"),
        ]
        constraints = [
            in_order("appointment_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["officer", "post", "valid_from"], name="appointment_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id}:{self.post_id}"


class Assignment(models.Model):
    """That an officer is in charge of a field of work, or of a place (a committee member of a village).

    `unit` is the organisation that assigned it. Exactly one of `field` and `place` is said.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="assignments")
    field = models.CharField("lĩnh vực", max_length=200, blank=True)
    place = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField("văn bản quyết định", max_length=200)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        ordering = ["unit", "valid_from", "pk"]
        indexes = [
            models.Index(fields=["unit", "valid_from"], name="assignment_by_unit"),
            models.Index(fields=["place", "valid_from"], name="assignment_by_place"),
        ]
        constraints = [
            in_order("assignment_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(field="", place__isnull=False) | (~Q(field="") & Q(place=None)),
                name="assignment_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id}:{self.field or self.place_id}"


class OfficerTraining(models.Model):
    """A course that an officer finished, with what shows it."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="training")
    course = models.CharField("lớp", max_length=300)
    held_by = models.CharField("nơi mở lớp", max_length=200, blank=True)
    begun_on = models.DateField("từ ngày")
    finished_on = models.DateField("đến ngày")
    certificate = models.CharField("văn bằng, chứng chỉ", max_length=200, blank=True)

    class Meta:
        ordering = ["officer", "-finished_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_on__gte=F("begun_on")), name="training_ends_after_it_begins"
            ),
            models.UniqueConstraint(fields=["officer", "course", "begun_on"], name="training_once"),
        ]

    def __str__(self) -> str:
        return self.course
