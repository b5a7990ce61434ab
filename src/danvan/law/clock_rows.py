"""Events of a clock as rows, and rows as events; and what a clock came to as columns."""

from typing import Any

from danvan.law.clock_events import (
    Bounds,
    ChangeKind,
    End,
    Event,
    Extend,
    Pause,
    Resume,
    Start,
    Transfer,
)
from danvan.law.clock_words import explain
from danvan.law.clockwork import Clock
from danvan.law.courses import Term
from danvan.law.enums import EventKind
from danvan.law.models import ClockEvent
from danvan.law.terms import Working

KINDS: dict[type[Any], str] = {
    Start: EventKind.START,
    Pause: EventKind.PAUSE,
    Resume: EventKind.RESUME,
    Transfer: EventKind.TRANSFER,
    Extend: EventKind.EXTEND,
    ChangeKind: EventKind.CHANGE,
    End: EventKind.END,
}


def columns_of(event: Event) -> dict[str, Any]:
    """The columns in which an event is kept."""
    found: dict[str, Any] = {"kind": KINDS[type(event)], "on": event.on}
    match event:
        case Start():
            found |= {**_term(event.term), **_bounds(event.bounds), "unit_id": event.unit}
            found["until"] = event.until
        case Pause():
            found |= {"words": event.reason, "cap": event.cap, "until": event.until}
        case Resume():
            found |= {"words": event.document}
        case Transfer():
            found |= {**_term(event.term), "unit_id": event.unit}
        case Extend():
            found |= {**_term(event.more), "words": event.document, "until": event.until}
        case ChangeKind():
            found |= {**_term(event.term), **_bounds(event.bounds), "words": event.reason}
    return found


def event_of(row: ClockEvent) -> Event:
    """The event that a row keeps."""
    term = Term(row.n, row.counted) if row.n is not None else None
    most = Term(row.most_n, row.most_counted) if row.most_n is not None else None
    match row.kind, term:
        case EventKind.START, Term():
            return Start(row.on, term, row.unit_id, Bounds(row.times, most), row.until)
        case EventKind.PAUSE, _:
            return Pause(row.on, row.words, row.cap, row.until)
        case EventKind.RESUME, _:
            return Resume(row.on, row.words)
        case EventKind.TRANSFER, _:
            return Transfer(row.on, row.unit_id or 0, term)
        case EventKind.EXTEND, _:
            return Extend(row.on, row.words, term, row.until)
        case EventKind.CHANGE, Term():
            return ChangeKind(row.on, term, row.words, Bounds(row.times, most))
        case _:
            return End(row.on)


def result_of(clock: Clock, working: Working) -> dict[str, Any]:
    """What a clock came to, as its row keeps it: counted again, the same."""
    return {
        "unit_id": clock.span.unit,
        "started_on": clock.started_on,
        "original_due_on": clock.original_due_on,
        "due_on": clock.due_on,
        "paused_on": clock.open_stop.on if clock.open_stop else None,
        "ended_on": clock.ended_on,
        "words": explain(clock, working),
    }


def _term(term: Term | None) -> dict[str, Any]:
    return {"n": term.n, "counted": term.counted} if term else {}


def _bounds(bounds: Bounds) -> dict[str, Any]:
    most = {"most_n": bounds.most.n, "most_counted": bounds.most.counted} if bounds.most else {}
    return {"times": bounds.times, **most}
