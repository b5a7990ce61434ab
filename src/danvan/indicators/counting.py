"""Counters: what other modules can count for a set of units in a period, from their own records.

A module above `indicators` registers its counters when the app starts. A target's rule names one by key.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from danvan.foundation.periods import Period


@dataclass(frozen=True, slots=True)
class CountedRecord:
    """One record behind a count: enough for a page and a footnote to open it."""

    model: str  # label, e.g. activities.activity
    pk: int
    unit_id: int
    title: str
    day: Any  # date
    quantity: int
    url: str
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class Counter:
    """One thing that can be counted.

    `count(unit_ids, period)` gives {unit id: whole number} in a fixed number of queries; units with
    none may be absent. `records(unit_ids, period)` gives the records behind exactly that count: the sum
    of their `quantity` by unit equals `count`.
    """

    key: str
    label: str
    unit_label: str
    definition: str
    count: Callable[[Collection[int], Period], Mapping[int, int]]
    records: Callable[[Collection[int], Period], list[CountedRecord]]


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
    return sorted(_counters.values(), key=lambda counter: counter.label)
