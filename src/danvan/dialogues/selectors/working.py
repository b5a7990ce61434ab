"""What a cadre did for dialogues, for their own log of work."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from danvan.commitments.selectors.worklog import MOST, Offer
from danvan.dialogues.enums import StepKind
from danvan.dialogues.models import DialogueStep

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.foundation.periods import Period

KIND = "dialogues.step"


def dialogue_acts(user: "User", month: "Period") -> list[Offer]:
    """The lines that `user` wrote in histories of dialogues; what was held, on the day it was held. One query."""
    held = Q(
        kind=StepKind.HELD, dialogue__held_on__gte=month.first, dialogue__held_on__lt=month.end
    )
    other = ~Q(kind__in=(StepKind.HELD, StepKind.PASSED))
    other &= Q(at__date__gte=month.first, at__date__lt=month.end)
    found = DialogueStep.objects.filter(held | other, by=user).select_related("dialogue")
    return [
        Offer(
            KIND,
            one.pk,
            one.dialogue.held_on if one.kind == StepKind.HELD else timezone.localdate(one.at),
            f"{one.get_kind_display()}: {one.dialogue.number} {one.dialogue.subject}",
        )
        for one in found[:MOST]
    ]
