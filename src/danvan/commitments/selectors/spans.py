"""What was made of each passage of a source: how many were given, and how far they are, in three facts."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from danvan.commitments.enums import UNCOUNTED, UNDONE
from danvan.commitments.models import Commitment, SeriesTurn
from danvan.commitments.selectors.series import going_on_from

FACTS: dict[str, Q] = {
    "claimed": Q(claimed_on__isnull=False),
    "verified": Q(verified_on__isnull=False),
    "asked": Q(asked_on__isnull=False),
    "agreed": Q(agreed_on__isnull=False),
    "disputed": Q(disputed_on__isnull=False),
}


@dataclass(frozen=True, slots=True)
class SpanFacts:
    """Of the commitments of one passage or several: how many there are, and of how many each fact holds.

    `recurring` are the duties of the passage of which more turns come; a turn that was made is a commitment of its own.
    """

    given: int = 0
    claimed: int = 0
    verified: int = 0
    asked: int = 0
    agreed: int = 0
    disputed: int = 0
    late: int = 0
    recurring: int = 0

    @property
    def work(self) -> bool:
        """Whether anything was given of it, once or again and again."""
        return bool(self.given or self.recurring)

    def __add__(self, other: "SpanFacts") -> "SpanFacts":
        return SpanFacts(
            *(getattr(self, one.name) + getattr(other, one.name) for one in fields(SpanFacts))
        )


def counted_from(source_kind: str, source_id: int | OuterRef) -> QuerySet[Commitment]:
    """What one source gave and is still to be counted: neither withdrawn nor given anew as another.

    The source may be that of an outer query.
    """
    given = Commitment.objects.filter(source_kind=source_kind, source_id=source_id)
    return given.exclude(state__in=UNCOUNTED)


def facts_by_span(
    source_kind: str, source_id: int, *, on: date
) -> dict[tuple[int, int], SpanFacts]:
    """By the span of the source that they came from; what came from no span stands at (0, 0). Two queries."""
    late = {"late": Q(state__in=UNDONE, ordered_by__lt=on)}
    counts = {name: Count("pk", filter=what) for name, what in {**FACTS, **late}.items()}
    rows = (
        counted_from(source_kind, source_id)
        .order_by()
        .values_list("source_start", "source_end")
        .annotate(given=Count("pk"), **counts)
    )
    names = ["given", *counts]
    found = {
        (start or 0, end or 0): SpanFacts(**dict(zip(names, numbers, strict=True)))
        for start, end, *numbers in rows
    }
    again = going_on_from(source_kind, [source_id])
    for start, end in again.values_list("source_start", "source_end"):
        span = (start or 0, end or 0)
        found[span] = found.get(span, SpanFacts()) + SpanFacts(recurring=1)
    return found


def of_spans(
    given: QuerySet[Commitment], fact: str, start: int, end: int, *, on: date
) -> QuerySet[Commitment]:
    """Those that came from a passage, narrowed to what one of its numbers counts; an unknown fact narrows nothing."""
    found = given.filter(source_start__lt=end, source_end__gt=start)
    if fact == "late":
        return found.filter(state__in=UNDONE, ordered_by__lt=on)
    return found.filter(FACTS[fact]) if fact in FACTS else found


def tasks_by_lead(source_kind: str, source_ids: Collection[int]) -> dict[int, int]:
    """How many counted commitments of these sources each unit leads, and duties that come back before their first turn.

    Two queries.
    """
    given = Commitment.objects.filter(source_kind=source_kind, source_id__in=source_ids)
    rows = given.exclude(state__in=UNCOUNTED).order_by().values_list("lead_id")
    found = dict(rows.annotate(number=Count("pk")))
    turns = SeriesTurn.objects.filter(series=OuterRef("pk"))
    coming = going_on_from(source_kind, source_ids).exclude(Exists(turns))
    for lead_id in coming.values_list("lead_id", flat=True):
        found[lead_id] = found.get(lead_id, 0) + 1
    return found
