"""Counters: what other modules can count for a set of units in a period, from their own records.

A module above `indicators` registers its counters when the app starts. A target's rule names one by key.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, Q, QuerySet

from danvan.foundation.periods import Period
from danvan.vietnamese.collation import sort_key

# For each (unit id, period): how many. Units with none may be absent.
Tally = Mapping[tuple[int, Period], int]


@dataclass(frozen=True, slots=True)
class CountedRecord:
    """One record behind a count: enough for a page and a footnote to open it."""

    model: str  # label, e.g. activities.activity
    pk: int
    unit_id: int
    title: str
    day: date
    quantity: int
    url: str
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class Counter:
    """One thing that can be counted.

    `count(unit_ids, period)` gives {unit id: whole number} in a fixed number of queries; units with
    none may be absent. `records(unit_ids, period)` gives the records behind exactly that count: the sum
    of their `quantity` by unit equals `count`. `count_by(unit_ids, periods)` may give the counts of
    several periods at once, in a fixed number of queries; without it each period is counted by itself.
    `number_of_records(unit_ids, period)` may say how many records there are without reading them. A counter of
    people has `persons(unit_ids, period)`: how many there are in all these units and the whole period together, each
    human being once, which no sum of counts can tell.
    """

    key: str
    label: str
    unit_label: str
    definition: str
    count: Callable[[Collection[int], Period], Mapping[int, int]]
    records: Callable[[Collection[int], Period], list[CountedRecord]]
    count_by: Callable[[Collection[int], Sequence[Period]], Tally] | None = None
    number_of_records: Callable[[Collection[int], Period], int] | None = None
    persons: Callable[[Collection[int], Period], int] | None = None

    def tally(
        self, unit_ids: Collection[int], periods: Sequence[Period]
    ) -> dict[tuple[int, Period], int]:
        """The counts of several periods, by (unit id, period): one query where the counter can."""
        if self.count_by is not None:
            return dict(self.count_by(unit_ids, periods))
        return {
            (unit_id, period): number
            for period in periods
            for unit_id, number in self.count(unit_ids, period).items()
        }

    def total(self, unit_ids: Collection[int], period: Period) -> int:
        """What it counts for these units together: people once each, all else summed."""
        if self.persons is not None:
            return self.persons(unit_ids, period)
        return sum(self.count(unit_ids, period).values())

    def how_many_records(self, unit_ids: Collection[int], period: Period) -> int:
        """How many records stand behind the count: one query where the counter can."""
        if self.number_of_records is not None:
            return self.number_of_records(unit_ids, period)
        return len(self.records(unit_ids, period))


def tally_by(
    rows: QuerySet[Any, Any],
    *,
    unit: str,
    periods: Sequence[Period],
    within: Callable[[Period], Q],
    number: Callable[[Q], Aggregate],
) -> dict[tuple[int, Period], int]:
    """The counts of several periods over `rows`, by (unit id, period), in one query; units with none are absent.

    `unit` names the field of the unit, `within` the rows of a period, `number` what is counted of them.
    """
    if not periods:
        return {}
    counts = {f"in_{place}": number(within(period)) for place, period in enumerate(periods)}
    first, end = min(one.first for one in periods), max(one.end for one in periods)
    span = Period(first, end, periods[0].every)
    counted: Any = rows.filter(within(span)).order_by().values(unit)
    return {
        (row[unit], period): row[f"in_{place}"]
        for row in counted.annotate(**counts)
        for place, period in enumerate(periods)
        if row[f"in_{place}"]
    }


_counters: dict[str, Counter] = {}


def register(counter: Counter) -> None:
    """Make a counter known. Raises ValueError where the key is taken by another."""
    if counter.key in _counters:
        raise ValueError(f"counter {counter.key} is registered twice")
    _counters[counter.key] = counter


def named(key: str) -> Counter:
    """The counter with this key. Raises LookupError where none is registered."""
    try:
        return _counters[key]
    except KeyError:
        raise LookupError(f"no counter is called {key}") from None


def all_counters() -> list[Counter]:
    """Every counter, by label."""
    return sorted(_counters.values(), key=lambda counter: sort_key(counter.label))
