"""What the people may read of proposals and feedback whose sender chose that: words that a person looked through."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.accounts.selectors import units_granted
from danvan.petitions.enums import ANSWERED_KINDS
from danvan.petitions.models.petitions import Barred
from danvan.petitions.publishing_enums import HIDDEN, OWN_WISH, SHOWING_TONES, Showing

if TYPE_CHECKING:
    from danvan.accounts.models import User


class PublicPetitionQuerySet(models.QuerySet["PublicPetition"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Those of petitions at units where `user` may do `action`, but for papers with a matter against `user`. The only
        permission filter.
        """
        against = Barred.objects.filter(user=user).values("petition__paper_id")
        own = self.filter(petition__unit_id__in=units_granted(user, action))
        return own.exclude(petition__paper_id__in=against)

    def shown(self) -> Self:
        """What everybody may read; never a complaint, whatever was written down before it became one."""
        return self.filter(state=Showing.SHOWN, petition__kind__in=ANSWERED_KINDS)

    def waiting(self) -> Self:
        """What a person has still to look through: for the first time, or again because words changed."""
        asked = Q(state=Showing.WAITING) | Q(state=Showing.SHOWN, again_on__isnull=False)
        return self.filter(asked, petition__kind__in=ANSWERED_KINDS)


class PublicPetition(models.Model):
    """What everybody may read of one petition: its words as an officer confirmed them, covered where they told who somebody is.

    `*_spans` say what was covered in the words of the petition; `again_on` is the day on which those words changed afterwards.
    `number` is no number of the register, which is given out again when a petition leaves it whole.
    """

    petition = models.OneToOneField(
        "petitions.Petition", models.CASCADE, related_name="public_words"
    )
    number = models.CharField("số công khai", max_length=20, unique=True, null=True, blank=True)
    state = models.CharField("công khai", max_length=10, choices=Showing, default=Showing.WAITING)
    asked_on = models.DateField("ngày người gửi chọn công khai")
    due_on = models.DateField("hạn duyệt")
    again_on = models.DateField("ngày phải duyệt lại", null=True, blank=True)
    shown_on = models.DateField("ngày công khai", null=True, blank=True)
    title = models.CharField("tóm tắt công khai", max_length=400, blank=True)
    text = models.TextField("nội dung công khai", blank=True)
    answer = models.TextField("trả lời công khai", blank=True)
    answer_on = models.DateField("ngày trả lời công khai", null=True, blank=True)
    title_spans = models.JSONField(default=list, blank=True)
    text_spans = models.JSONField(default=list, blank=True)
    answer_spans = models.JSONField(default=list, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    decided_on = models.DateField("ngày duyệt", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changes = models.PositiveIntegerField(default=0)

    objects = PublicPetitionQuerySet.as_manager()

    class Meta:
        ordering = ["-shown_on", "-pk"]
        indexes = [
            models.Index(fields=["state", "-shown_on", "-id"], name="public_petition_latest"),
            models.Index(fields=["state", "due_on"], name="public_petition_by_due_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=Showing.SHOWN)
                | (Q(shown_on__isnull=False, number__isnull=False) & ~Q(title="")),
                name="public_petition_shown_in_words",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=HIDDEN) | (~Q(reason="") & Q(title="", text="", answer="")),
                name="public_petition_hidden_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.petition_id}"

    @property
    def tone(self) -> str:
        """The colour of its state."""
        return SHOWING_TONES[self.state]

    @property
    def standing(self) -> str:
        """Its state in words; what never stood there was not taken down from it."""
        if not self.hidden or self.shown_on is not None:
            return self.get_state_display()
        never = Showing.DECLINED.label
        return "Người gửi không muốn công khai" if self.unwished else str(never)

    @property
    def unwished(self) -> bool:
        """Whether its sender changed their mind."""
        return self.hidden and self.reason == OWN_WISH

    @property
    def hidden(self) -> bool:
        """Whether a person, or its sender, said that nobody shall read it."""
        return self.state in HIDDEN

    @property
    def waits(self) -> bool:
        """Whether a person has to look through it."""
        again = self.state == Showing.SHOWN and self.again_on is not None
        return self.state == Showing.WAITING or again

    def late(self, today: date) -> bool:
        """Whether it should have been looked through before this day."""
        return self.waits and self.due_on < today


class TogetherAddress(models.Model):
    """Where news of a public matter goes for somebody who follows it together and left an address; found by their slip.

    The address stands sealed under a key of its own. Once they want no more news, address and key are gone.
    """

    public = models.ForeignKey(PublicPetition, models.CASCADE, related_name="together_addresses")
    slip = models.CharField(max_length=20, unique=True)
    key = models.ForeignKey("foundation.DataKey", models.PROTECT, null=True, related_name="+")
    email = models.BinaryField(editable=False, default=b"")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.slip
