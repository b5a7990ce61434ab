"""What a lead has to take up: new work, and work that came back to it."""

from django.db.models import OuterRef, QuerySet, Subquery

from danvan.commitments.enums import State, StepKind
from danvan.commitments.models import Commitment, CommitmentStep

WORDS = (StepKind.RETURNED, StepKind.DISPUTED, StepKind.CLAIMED)


def newly_given(found: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Those neither taken up nor refused by the lead."""
    return found.filter(claimed_on=None, state=State.ASSIGNED)


def sent_back(found: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Those said to be done and found not to be: the last word about them is that they were sent back."""
    words = CommitmentStep.objects.filter(commitment=OuterRef("pk"), kind__in=WORDS)
    last = Subquery(words.order_by("-at", "-pk").values("kind")[:1])
    going_on = found.filter(claimed_on=None, state=State.IN_PROGRESS)
    return going_on.annotate(last_word=last).filter(last_word=StepKind.RETURNED)
