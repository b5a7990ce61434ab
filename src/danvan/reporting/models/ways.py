"""The way of a report: the places that approve it one after the other, what waits for a unit's head, the decisions."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.accounts.selectors import units_held
from danvan.reporting.enums import Verdict

if TYPE_CHECKING:
    from danvan.accounts.models import User


class WayStepQuerySet(models.QuerySet["WayStep"]):
    def held_by(self, user: "User") -> Self:
        """The steps that are `user`'s to take: of the very places where `user` approves, or that these answer for."""
        places = units_held(user, "submissions.approve")
        return self.filter(Q(bearer_id__in=places) | Q(bearer=None, unit_id__in=places))


class WayStep(models.Model):
    """A place between the unit that owes a report and the place that asks: it approves in its turn.

    Frozen with the obligation, the nearest to the unit being 1. `bearer` takes the step where the place has ended.
    """

    obligation = models.ForeignKey("reporting.Obligation", models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    bearer = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = WayStepQuerySet.as_manager()

    class Meta:
        ordering = ["obligation", "position"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "position"], name="way_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id}:{self.position}"

    @property
    def answering_id(self) -> int:
        """The place that takes the step now."""
        return self.bearer_id or self.unit_id


class Proposal(models.Model):
    """A report laid before the unit's own head. Nothing of it counts before the head lets it go as a `Submission`.

    `content` holds {"answers", "nil", "reasons", "origins"} as they were typed, `draft_number` the draft they were
    taken from; `before` is the standing the report goes back to. One that was given back holds the `words` and, by item
    code, the `comments` of the head; one replaced by another is closed without words.
    """

    obligation = models.ForeignKey("reporting.Obligation", models.CASCADE, related_name="proposals")
    content = models.JSONField(default=dict)
    draft_number = models.PositiveIntegerField(default=0)
    before = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lent_until = models.DateField(null=True, blank=True)
    words = models.CharField("ý kiến", max_length=600, blank=True)
    comments = models.JSONField(default=dict, blank=True)
    submission = models.ForeignKey(
        "reporting.Submission", models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(closed_at=None), name="proposal_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id}:{self.at:%Y-%m-%d}"


class Decision(models.Model):
    """What was decided about a submission: let go, passed on, returned with reasons item by item, accepted, locked.

    `place` is in whose name: a place on the way, or the unit whose head let it go; None for who asked. Who decided by
    a right that was lent did so for `on_behalf_of`, who lent it till `lent_until`.
    """

    submission = models.ForeignKey("reporting.Submission", models.CASCADE, related_name="decisions")
    standing = models.CharField(max_length=10, choices=Verdict)
    words = models.CharField("ý kiến", max_length=600, blank=True)
    comments = models.JSONField(default=dict, blank=True)  # item code -> what to mend
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    place = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lent_until = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.submission_id}:{self.standing}"
