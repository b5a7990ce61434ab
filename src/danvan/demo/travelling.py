"""Telling eighteen months in their order: each act is done on its own day, as people did it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings

Dated = tuple[date, Callable[[], object]]


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """The product works on `day` for a while: `foundation.clock` reads the same setting."""
    before = settings.DANVAN_TODAY
    settings.DANVAN_TODAY = day
    try:
        yield
    finally:
        settings.DANVAN_TODAY = before


def live_through(acts: Iterable[Dated]) -> int:
    """Do every act on its day, in the order of days (and as given within a day); returns how many."""
    done = 0
    for day, act in sorted(acts, key=lambda one: one[0]):
        with on_day(day):
            act()
        done += 1
    return done
