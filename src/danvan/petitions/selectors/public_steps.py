"""What happened to a public petition, as everybody may read it: the kind of each step in plain words, never what was written with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from danvan.petitions.enums import StepKind
from danvan.petitions.models import PetitionStep, PublicPetition

# What people are told of each kind of step; the others are matters of the office.
TOLD: dict[str, str] = {
    StepKind.RECEIVED: "Đã nhận",
    StepKind.TRANSFERRED: "Đã chuyển đến nơi có thẩm quyền",
    StepKind.REPORTED: "Nơi nhận đã báo kết quả, đã trả lời người gửi",
    StepKind.GUIDED: "Không thuộc thẩm quyền, đã hướng dẫn nơi gửi",
    StepKind.FILED: "Không đủ điều kiện giải quyết",
    StepKind.REFUSED: "Không nhận giải quyết, đã nêu lý do với người gửi",
    StepKind.ACCEPTED: "Đã nhận giải quyết",
    StepKind.MORE_TIME: "Cần thêm thời gian, đã báo người gửi",
    StepKind.SUSPENDED: "Tạm dừng giải quyết",
    StepKind.RESUMED: "Tiếp tục giải quyết",
    StepKind.TERMINATED: "Dừng giải quyết",
    StepKind.WITHDRAWN: "Người gửi đã rút",
    StepKind.ANSWERED: "Đã trả lời người gửi",
    StepKind.DISPUTED: "Người gửi chưa đồng ý, đang xem xét lại",
    StepKind.VERIFIED: "Đã kiểm tra việc làm xong",
    StepKind.DONE: "Đã xong",
}
ENDS = (
    StepKind.GUIDED, StepKind.FILED, StepKind.REFUSED, StepKind.TERMINATED, StepKind.WITHDRAWN,
    StepKind.DONE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublicStep:
    """One step of a public petition, by days: the hour would tell who was where. `noted_on` is the day on which it was written
    down, which may be later. `answers`: it is the one whose public answer stands in the matter.
    """

    id: int
    petition_id: int
    on: date
    noted_on: date
    words: str
    open: bool
    answers: bool


def public_steps(
    petitions: QuerySet[PublicPetition], *, since: date, until: date
) -> QuerySet[PetitionStep]:
    """The steps of these public petitions that may be told, written down from a day up to another (both included), the latest
    first. Lazy.
    """
    return PetitionStep.objects.filter(
        petition__in=petitions.order_by().values("petition"),
        kind__in=list(TOLD),
        at__gte=_begin(since),
        at__lt=_begin(until + timedelta(days=1)),
    ).order_by("-at", "-pk")


def told_steps(steps: Iterable[PetitionStep]) -> list[PublicStep]:
    """These as they are told. No query."""
    return [
        PublicStep(
            id=one.pk,
            petition_id=one.petition_id,
            on=one.on,
            noted_on=timezone.localtime(one.at).date(),
            words=TOLD[one.kind],
            open=one.kind not in ENDS,
            answers=one.kind in (StepKind.ANSWERED, StepKind.REPORTED),
        )
        for one in steps
    ]


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
