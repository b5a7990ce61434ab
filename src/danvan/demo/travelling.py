"""Telling eighteen months in their order: each act is done on its own day, as people did it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from operator import itemgetter

from django.conf import settings
from django.db import transaction

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
    """Do every act on its day, in the order of days (and as given within a day); returns how many.

    The acts of a day are committed together: what they tell others goes out at the end of that day.
    """
    done = 0
    for day, of_the_day in groupby(sorted(acts, key=itemgetter(0)), key=itemgetter(0)):
        with on_day(day), transaction.atomic():
            for _, act in of_the_day:
                act()
                done += 1
    return done
