"""A clock of one matter that a row of the law sets, from its beginning to its end."""

from datetime import date
from typing import Any

from danvan.law.clock_events import End
from danvan.law.courses import Term
from danvan.law.models import ClockHeld
from danvan.law.selectors import clock_of, parameter
from danvan.law.services.clocks import Starting, start_clock
from danvan.law.services.many import add_to_clocks


def start_clock_by_law(
    kind: str, subject_id: int, key: str, *, on: date, unit_id: int | None, actor: Any, name: str = "due"
) -> ClockHeld:  # fmt: skip
    """Begin the clock of one matter by the row of the law in force on the day of its event; UnknownParameter where none is."""
    row = parameter(key, on=on)
    starting = Starting(subject_id, Term(row.numerator, row.unit), on, unit_id, row)
    return start_clock(kind, starting, actor=actor, name=name)


def end_clock_if_open(
    kind: str, subject_id: int, *, on: date, actor: Any, name: str = "due"
) -> None:
    """End the clock of one matter, where it has one that runs. What is written down afterwards, for a day before the last
    event, ends it on the day of that event.
    """
    held = clock_of(kind, subject_id, name)
    if held is not None and held.ended_on is None:
        add_to_clocks(kind, {subject_id: [End(on)]}, name=name, actor=actor)
