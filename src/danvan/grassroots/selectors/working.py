"""What a cadre did for matters of grassroots democracy, for their own log of work."""

from typing import TYPE_CHECKING

from django.utils import timezone

from danvan.commitments.selectors.worklog import MOST, Offer
from danvan.grassroots.enums import StepKind
from danvan.grassroots.models import MatterStep

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.foundation.periods import Period

KIND = "grassroots.step"


def matter_acts(user: "User", month: "Period") -> list[Offer]:
    """The lines that `user` wrote in histories of matters. One query."""
    mine = MatterStep.objects.filter(by=user, at__date__gte=month.first, at__date__lt=month.end)
    mine = mine.exclude(kind__in=(StepKind.MOVED, StepKind.PASSED_ON))
    return [
        Offer(
            KIND,
            one.pk,
            timezone.localdate(one.at),
            f"{one.get_kind_display()}: {one.matter.number} {one.matter.title}",
        )
        for one in mine.select_related("matter")[:MOST]
    ]
