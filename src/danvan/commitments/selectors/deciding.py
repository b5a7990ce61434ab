"""What waits for a decision of whoever gave the work: not accepted, to be closed, a risk past its day, a halted series."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import OuterRef, QuerySet, Subquery

from danvan.commitments.enums import State
from danvan.commitments.models import Commitment, CommitmentSeries, RiskAcceptance
from danvan.commitments.selectors.ledger import allowed_commitments
from danvan.commitments.selectors.series import allowed_series

if TYPE_CHECKING:
    from danvan.accounts.models import User

DAY = timedelta(days=1)


def declined_waiting(user: "User") -> QuerySet[Commitment]:
    """What leads do not accept and `user` may decide about."""
    found = allowed_commitments(user, "commitments.assign").filter(
        claimed_on=None, state=State.DECLINED
    )
    return found.order_by("ordered_by", "pk")


def to_be_closed(user: "User") -> QuerySet[Commitment]:
    """What was found done and `user` may close, the longest waiting first; not what they claimed themselves."""
    found = allowed_commitments(user, "commitments.verify").filter(
        verified_on__isnull=False, closed_on=None
    )
    return found.exclude(claimed_by=user).order_by("verified_on", "pk")


def risks_to_review(user: "User", on: date) -> QuerySet[Commitment]:
    """Accepted risks the day of which has come, for `user` to decide; `risk_until` is the day."""
    found = allowed_commitments(user, "commitments.assign")
    return _over(found, before=on + DAY)


def risks_over(commitment_ids: Iterable[int], *, before: date) -> set[int]:
    """Which of these are accepted risks until a day before this one. One query."""
    found = Commitment.objects.filter(pk__in=list(commitment_ids))
    return set(_over(found, before=before).values_list("pk", flat=True))


def halted_series(user: "User") -> QuerySet[CommitmentSeries]:
    """Duties of which a turn could not be made, for `user` to change or end."""
    return allowed_series(user, "commitments.assign").going_on().exclude(halted="").order_by("pk")


def _over(found: QuerySet[Commitment], *, before: date) -> QuerySet[Commitment]:
    last = RiskAcceptance.objects.filter(commitment=OuterRef("pk")).order_by("-pk")
    risked = found.filter(claimed_on=None, state=State.RISK_ACCEPTED)
    until = Subquery(last.values("until")[:1])
    return (
        risked.annotate(risk_until=until).filter(risk_until__lt=before).order_by("risk_until", "pk")
    )
