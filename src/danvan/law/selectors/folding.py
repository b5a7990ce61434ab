"""Clocks that are kept elsewhere: whoever keeps the events folds them here, by the calendar as it stands when it asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from danvan.law.clock_events import Event
from danvan.law.clock_marks import state_on
from danvan.law.clock_words import explain
from danvan.law.clockwork import append, fold
from danvan.law.enums import ClockState
from danvan.law.selectors.reads import Calendar


@dataclass(frozen=True, slots=True)
class Folded:
    """A clock as its events and the calendar give it on a day; `words` is its deadline in one line."""

    due_on: date
    words: str
    state: str
    ended_on: date | None

    @property
    def ended(self) -> bool:
        """Whether nothing is counted any more."""
        return self.state == ClockState.ENDED

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self.state == ClockState.PAUSED

    @property
    def late(self) -> bool:
        """Whether it ended after its day, or its day went by."""
        if self.ended_on is not None:
            return self.ended_on > self.due_on
        return self.state == ClockState.OVERDUE


def fold_clock(events: Sequence[Event], calendar: Calendar, *, on: date) -> Folded:
    """Where a clock stands on a day. Raises ClockRefused on events that cannot have happened."""
    clock = fold(events, calendar.works)
    return Folded(
        due_on=clock.due_on,
        words=explain(clock, calendar.works),
        state=state_on(clock, on),
        ended_on=clock.ended_on,
    )


def weigh_event(events: Sequence[Event], event: Event, calendar: Calendar) -> None:
    """Raises ClockRefused where this event cannot follow these."""
    append(fold(events, calendar.works) if events else None, event, calendar.works)
