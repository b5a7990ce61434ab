"""Days in the joint calendar that other modules know of: each registers who knows them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Mark:
    """A day of something that is no commitment and no line of a programme: what units owe by then, or come together for.

    `url` is empty where the reader may not open it; `key` names the thing for ever.
    """

    on: date
    label: str
    title: str
    url: str
    giver_id: int
    concerns: frozenset[int]
    key: str


# The marks of these units in these days; a fixed number of queries.
Source = Callable[["User", Collection[int], date, date], Iterable[Mark]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Have the calendar ask `source` too; called once, when an app starts."""
    if source not in _sources:
        _sources.append(source)


def marks_of(user: "User", unit_ids: Collection[int], first: date, last: date) -> list[Mark]:
    """What every source knows of these units in these days."""
    return [mark for source in _sources for mark in source(user, unit_ids, first, last)]
