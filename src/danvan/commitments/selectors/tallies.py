"""Counts of the ledger: kept where they hold, counted anew where a lead changed or the day did. Always as the list is."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from operator import add
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, ExtractMonth, ExtractYear

from danvan.commitments.enums import KEPT, Part
from danvan.commitments.models import (
    WHOLE,
    Commitment,
    CommitmentTally,
    StaleTally,
    TalliedLead,
)
from danvan.commitments.selectors.brackets import brackets_on
from danvan.commitments.selectors.measures import counted, measures

NO_YEAR = 0  # of what has no end
FEW = 500  # stale leads that are named one by one
NAMED = 1_000  # leads by whose keys the kept counts are met
_VALUES: dict[str, Any] = {
    Part.LEAD: Value(""),
    Part.TOPIC: Coalesce(Cast("topic_id", CharField(max_length=40)), Value("0")),
    Part.SOURCE: F("source_kind"),
    Part.MONTH: Coalesce(
        Cast(ExtractMonth("due_on"), CharField(max_length=40)), Value("0"), output_field=CharField()
    ),
}
Numbers = tuple[int, ...]  # in the order of KEPT


@dataclass(frozen=True, slots=True)
class Tally:
    """How some commitments stand. Each of the three facts is told over its own whole."""

    counted: int = 0
    claimed: int = 0
    verified: int = 0
    asked: int = 0
    agreed: int = 0
    disputed: int = 0
    come: int = 0
    in_time: int = 0
    overdue: int = 0
    late_week: int = 0
    late_month: int = 0
    late_quarter: int = 0
    late_more: int = 0
    extended: int = 0

    @property
    def numbers(self) -> Numbers:
        """In the order of KEPT."""
        return tuple(getattr(self, name) for name in KEPT)

    @property
    def undone(self) -> int:
        """What nobody has said to be done."""
        return self.counted - self.claimed

    @property
    def unverified(self) -> int:
        """What was said to be done and nobody checked."""
        return self.claimed - self.verified

    @property
    def unanswered(self) -> int:
        """What somebody asked for, and nobody who asked has answered about."""
        return self.asked - self.agreed - self.disputed

    @property
    def out_of_time(self) -> int:
        """What was said to be done after its day."""
        return self.come - self.in_time - self.overdue


class Sums:
    """Counts added up under keys."""

    def __init__(self) -> None:
        self._of: dict[Any, Numbers] = defaultdict(lambda: (0,) * len(KEPT))

    def add(self, key: Any, numbers: Numbers) -> None:
        """Add some numbers, in the order of KEPT."""
        self._of[key] = tuple(map(add, self._of[key], numbers))

    def numbers(self) -> dict[Any, Numbers]:
        """What there is, by key."""
        return {key: numbers for key, numbers in self._of.items() if numbers[0]}

    def told(self) -> dict[Any, Tally]:
        """The same, to be read by name."""
        return {key: Tally(*numbers) for key, numbers in self.numbers().items()}


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose commitments are counted: `leads` is a condition on their leads; `every` where it leaves none out.

    `year` is the year of their present day; NO_YEAR for what has no end, None for any.
    """

    leads: Q
    every: bool = False
    year: int | None = None


def narrowed_to(scope: Scope, leads: Collection[int]) -> Scope:
    """The same counts, asked for by the leads that have any: a few are met by their keys, whatever the reach over them."""
    return scope if len(leads) > NAMED else replace(scope, leads=Q(lead_id__in=list(leads)))


def counted_by(part: str, leads: Any, on: date) -> "QuerySet[Any, Any]":
    """The counts of these leads counted now: rows of lead, year, part, value and the numbers."""
    return _live(part, Q(lead_id__in=leads), on, "lead_id")


def sums_by_part(scope: Scope, on: date, stale: "Stale") -> dict[tuple[str, int, str], Tally]:
    """By part, year and value; the lead is no part of it, its own part holds the totals of each year."""
    sums = Sums()
    kept = _kept(scope, stale).values_list("part", "year", "value")
    for part, year, value, *numbers in kept.annotate(**_SUMS):
        sums.add((part, year, value), tuple(numbers))
    if stale.any:
        here = scope.leads & stale.leads & _due_in(scope.year)
        for part in Part.values:
            for year, _, value, *numbers in _live(part, here, on):
                sums.add((part, year, value), tuple(numbers))
    return sums.told()


def sums_by_lead(scope: Scope, on: date, stale: "Stale") -> dict[int, Numbers]:
    """By lead, in the order of KEPT."""
    sums = Sums()
    rows = CommitmentTally.objects.filter(scope.leads, _of_year(scope.year), part=Part.LEAD)
    rows = rows.exclude(stale.leads).exclude(lead_id=WHOLE).order_by()
    for lead, *numbers in rows.values_list("lead_id", *KEPT):
        sums.add(lead, tuple(numbers))
    if stale.any:
        here = scope.leads & stale.leads & _due_in(scope.year)
        for lead, _, _, _, *numbers in _live(Part.LEAD, here, on, "lead_id"):
            sums.add(lead, tuple(numbers))
    return sums.numbers()


class Stale:
    """The leads whose kept counts do not hold on a day: named one by one, or a condition where they are many."""

    def __init__(self, on: date) -> None:
        noted = StaleTally.objects.order_by().values_list("lead_id", flat=True)
        other = TalliedLead.objects.exclude(counted_on=on).exclude(lead_id=WHOLE)
        days = other.order_by().values_list("lead_id", flat=True)
        few = set(noted.union(days)[: FEW + 1])
        many = len(few) > FEW
        self.any = bool(few)
        self.leads = Q(lead_id__in=noted) | Q(lead_id__in=days) if many else Q(lead_id__in=few)
        self.counted = TalliedLead.objects.filter(lead_id=WHOLE, counted_on=on).exists()


def _kept(scope: Scope, stale: Stale) -> "QuerySet[Any, Any]":
    """The kept rows that hold; the numbers of all leads together, less those of the stale, where all are asked for."""
    rows = CommitmentTally.objects.filter(_of_year(scope.year)).order_by()
    if scope.every and stale.counted:
        whole = Case(When(lead_id=WHOLE, then=1), default=-1)
        return rows.filter(Q(lead_id=WHOLE) | stale.leads).annotate(sign=whole)
    rows = rows.filter(scope.leads).exclude(stale.leads).exclude(lead_id=WHOLE)
    return rows.annotate(sign=Value(1))


_SUMS = {f"n_{name}": Sum(F(name) * F("sign")) for name in KEPT}


def _live(part: str, where: Q, on: date, *by: str) -> "QuerySet[Any, Any]":
    of = measures(on, brackets_on(on))
    rows = Commitment.objects.filter(counted(), where).order_by()
    told = rows.values(
        *by,
        n_year=Coalesce(ExtractYear("due_on"), Value(NO_YEAR)),
        n_part=Value(str(part)),
        n_value=_VALUES[part],
    )
    numbers = {f"n_{name}": Count("pk", filter=of[name]) for name in KEPT}
    found: QuerySet[Any, Any] = told.annotate(**numbers)
    return found.values_list(*by, "n_year", "n_part", "n_value", *numbers)


def _of_year(year: int | None) -> Q:
    return Q() if year is None else Q(year=year)


def _due_in(year: int | None) -> Q:
    return Q() if year is None else due_in_year(year)


def due_in_year(year: int) -> Q:
    """What is due in a year; without an end where it is NO_YEAR."""
    if year == NO_YEAR:
        return Q(due_on=None)
    return Q(due_on__gte=date(year, 1, 1), due_on__lte=date(year, 12, 31))
