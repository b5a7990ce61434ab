"""Reads of clocks: where one stands and what it says, which warn, and which a change of the calendar would move."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from danvan.foundation.clock import today
from danvan.law.clock_marks import (
    Marked,
    Standing,
    WarningRule,
    marks,
    span_state,
    standing_on,
    state_on,
)  # fmt: skip
from danvan.law.clock_rows import event_of, result_of
from danvan.law.clock_words import event_words, explain, explain_span
from danvan.law.clockwork import Clock, fold
from danvan.law.courses import Term
from danvan.law.enums import ClockState, Mark
from danvan.law.holding import holder_of
from danvan.law.models import ClockHeld, ClockMove
from danvan.law.selectors.reads import Calendar, calendar_on, parameter
from danvan.law.terms import Working
from danvan.law.tracing import DayRead

SHARES = ((Mark.HALF, "clock.warn.half"), (Mark.MOST, "clock.warn.most"))
READ_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class SpanTold:
    """The part of one unit, beside the whole: when it received the matter and how its own clock stands."""

    unit_id: int | None
    received_on: date
    left_on: date | None
    due_on: date
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class StepTold:
    """One event in words, and the due day it led to."""

    on: date
    kind: str
    words: str
    due_on: date


@dataclass(frozen=True, slots=True)
class ClockTold:
    """A clock on a day: the result, how it was counted, what it warns of, unit by unit and step by step."""

    held: ClockHeld
    clock: Clock
    standing: Standing
    words: str
    marks: list[Marked]
    spans: list[SpanTold]
    steps: list[StepTold]

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(ClockState(self.standing.state).label)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A clock that a change would move. `passed`: its day is over already, or would be."""

    held: ClockHeld
    title: str
    old_due_on: date
    new_due_on: date
    passed: bool
    result: dict[str, Any]


def clocks() -> QuerySet[ClockHeld]:
    """Every clock; modules read only those of their own matters."""
    return ClockHeld.objects.all()


def clocks_of(kind: str, subject_ids: Collection[int], name: str = "due") -> dict[int, ClockHeld]:
    """The clocks of these matters, by matter. One query."""
    rows = ClockHeld.objects.filter(subject_kind=kind, subject_id__in=subject_ids, name=name)
    return {one.subject_id: one for one in rows}


def clock_of(kind: str, subject_id: int, name: str = "due") -> ClockHeld | None:
    """The clock of one matter; None where it has none."""
    return clocks_of(kind, [subject_id], name).get(subject_id)


def folded(held: ClockHeld, working: Working) -> Clock:
    """The clock that its events come to by a calendar."""
    return fold((event_of(row) for row in held.events.all()), working)


def state_of_clock(held: ClockHeld, *, on: date) -> str:
    """What a clock is on a day, by its events."""
    return state_on(folded(held, calendar_on().works), on)


def warning_rule(*, on: date) -> WarningRule:
    """When clocks warn, by the parameters in force on a day."""
    rows = [(mark, parameter(key, on=on)) for mark, key in SHARES]
    before, silence = (parameter(key, on=on) for key in ("clock.warn.before", "clock.silence"))
    return WarningRule(
        shares=tuple((mark, Fraction(row.numerator, row.denominator)) for mark, row in rows),
        before=before.numerator,
        silence=Term(silence.numerator, silence.unit),
    )


def tell_clock(held: ClockHeld, *, on: date | None = None) -> ClockTold:
    """All that a page says of one clock on a day: today unless said."""
    day, calendar = on or today(), calendar_on()
    clock, working = folded(held, calendar.works), calendar.works
    return ClockTold(
        held=held,
        clock=clock,
        standing=standing_on(clock, day, working),
        words=explain(clock, working),
        marks=marks(clock, warning_rule(on=day), working),
        spans=[
            SpanTold(
                one.unit, one.received_on, one.left_on, one.due_on,
                span_state(clock, one, day), explain_span(clock, one, working),
            )
            for one in clock.spans
        ],
        steps=_steps(held, clock),
    )  # fmt: skip


def steps_of_clock(held: ClockHeld) -> list[StepTold]:
    """Each event in words and the day it led to, by the calendar in force, oldest first."""
    return _steps(held, folded(held, calendar_on().works))


def _steps(held: ClockHeld, clock: Clock) -> list[StepTold]:
    return [
        StepTold(step.event.on, row.kind, event_words(step.event), step.due_on)
        for row, step in zip(held.events.all(), clock.steps, strict=True)
    ]


def moves_of(held: ClockHeld) -> QuerySet[ClockMove]:
    """Why its day moved without an act on the matter, oldest first."""
    return ClockMove.objects.filter(clock=held).select_related("calendar", "parameter")


def clocks_that_differ() -> list[ClockHeld]:
    """Open clocks whose stored result is not what their events come to: none, ever."""
    calendar = calendar_on()
    return [
        held
        for held in _read(ClockHeld.objects.filter(ended_on=None))
        if not _is_stored(held, result_of(folded(held, calendar.works), calendar.works))
    ]


def foresee_days(changed: Sequence[DayRead]) -> list[Foreseen]:
    """Which open clocks would move were these days as said, from which day to which. Nothing is written."""
    if not changed:
        return []
    calendar = calendar_on().with_days(changed)
    days = [one.day for one in changed]
    moved = recounted(calendar, min(days), max(days))
    return named((held, result) for held, result in moved if held.due_on != result["due_on"])


def reached(first: date, last: date) -> QuerySet[ClockHeld]:
    """Open clocks that a change of days between these two can reach: begun by then, not over before."""
    return ClockHeld.objects.filter(ended_on=None, due_on__gte=first, started_on__lte=last)


def recounted(calendar: Calendar, first: date, last: date) -> Iterator[tuple[ClockHeld, dict[str, Any]]]:  # fmt: skip
    """Open clocks that a change between two days can reach and that come out otherwise by this calendar."""
    for held in _read(reached(first, last)):
        result = result_of(folded(held, calendar.works), calendar.works)
        if not _is_stored(held, result):
            yield held, result


def named(moved: Iterable[tuple[ClockHeld, dict[str, Any]]]) -> list[Foreseen]:
    """The same, with what to call each matter; those that concern a day already over come first."""
    rows, present = list(moved), today()
    by_kind: dict[str, set[int]] = {}
    for held, _ in rows:
        by_kind.setdefault(held.subject_kind, set()).add(held.subject_id)
    titles = {
        (kind, subject_id): title
        for kind, ids in by_kind.items()
        if (holder := holder_of(kind))
        for subject_id, title in holder.titles(ids).items()
    }
    found = [
        Foreseen(
            held=held,
            title=titles.get((held.subject_kind, held.subject_id), str(held)),
            old_due_on=held.due_on,
            new_due_on=result["due_on"],
            passed=min(held.due_on, result["due_on"]) < present,
            result=result,
        )
        for held, result in rows
    ]
    return sorted(found, key=lambda one: (not one.passed, one.old_due_on, one.held.pk))


def clocks_by_law(key: str, first: date, end: date | None) -> list[ClockHeld]:
    """Open clocks that were counted from this key for an event in this period, with their events."""
    rows = ClockHeld.objects.filter(ended_on=None, parameter__key=key, started_on__gte=first)
    rows = rows.select_related("parameter")
    return list(_read(rows.filter(started_on__lt=end) if end else rows))


def _read(rows: QuerySet[ClockHeld]) -> Iterator[ClockHeld]:
    yield from (rows.order_by("pk").prefetch_related("events").iterator(chunk_size=READ_AT_ONCE))


def _is_stored(held: ClockHeld, result: dict[str, Any]) -> bool:
    return all(getattr(held, name) == value for name, value in result.items())
