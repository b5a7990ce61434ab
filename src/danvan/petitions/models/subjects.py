"""What people ask about their own data: to see it, to mend it, to have it erased; with its clocks."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.accounts.selectors import units_granted
from danvan.petitions.models.petitions import Barred
from danvan.petitions.subject_enums import DATA_ENDED, AskedBy, DataRequestKind, DataRequestState

if TYPE_CHECKING:
    from danvan.accounts.models import User


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    def allowed(self, user: "User", action: str) -> Self:
        """Requests at the units where `user` may do `action`, but for those by a paper with a matter against `user`. The only
        permission filter.
        """
        against = Barred.objects.filter(user=user).values("petition__paper_id")
        own = self.filter(unit_id__in=units_granted(user, action))
        return own.exclude(petition__paper_id__in=against)


class DataRequest(models.Model):
    """One request of a petitioner about their own data: what is asked and by whom, what was done and answered, and why not.

    The person is known by a paper of theirs, never written here; who came for them stands sealed under the person's key.
    """

    number = models.CharField("số", max_length=20, unique=True)  # DL-2026-0003
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    petitioner = models.ForeignKey(
        "petitions.Petitioner", models.PROTECT, related_name="data_requests"
    )
    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="data_requests")
    kind = models.CharField("yêu cầu", max_length=8, choices=DataRequestKind)
    wanted = models.TextField("nội dung yêu cầu", blank=True)
    asked_by = models.CharField(
        "ai đến yêu cầu", max_length=8, choices=AskedBy, default=AskedBy.SELF
    )
    agent = models.BinaryField(editable=False, default=b"")
    agent_paper = models.BinaryField(editable=False, default=b"")
    checked_on = models.DateField("ngày đối chiếu giấy tờ", null=True, blank=True)
    others = models.BooleanField("bên khác cũng phải dừng", default=False)
    received_on = models.DateField("ngày nhận")
    state = models.CharField(
        "tình trạng", max_length=8, choices=DataRequestState, default=DataRequestState.RECEIVED
    )
    responded_on = models.DateField("ngày phản hồi", null=True, blank=True)
    response = models.CharField("nội dung phản hồi", max_length=500, blank=True)
    ended_on = models.DateField("ngày xong", null=True, blank=True)
    answer = models.TextField("trả lời", blank=True)
    measures = models.TextField("việc đã làm", blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    symbol = models.CharField("số, ký hiệu văn bản trả lời", max_length=80, blank=True)
    extended = models.BooleanField("đã gia hạn", default=False)
    longer_why = models.CharField("lý do gia hạn", max_length=250, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    changes = models.PositiveIntegerField(default=0)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        indexes = [models.Index(fields=["unit", "state"], name="data_request_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DATA_ENDED, ended_on__isnull=False)
                | (~Q(state__in=DATA_ENDED) & Q(ended_on=None)),
                name="data_request_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=DataRequestState.PARTLY) | (~Q(reason="") & ~Q(basis="")),
                name="data_request_partly_on_a_basis",
            ),
        ]

    def __str__(self) -> str:
        return self.number
