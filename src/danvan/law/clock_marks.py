"""What a clock says on a day: its state, the days used and left, and when it warns. Plain functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from danvan.law.clockwork import Clock, Span, Stop
from danvan.law.courses import Term, worked_between
from danvan.law.enums import DURATIONS, ClockState, Mark, Measure
from danvan.law.terms import DAY, Working, count_working, nominal


@dataclass(frozen=True, slots=True)
class WarningRule:
    """When to warn: at these shares of the term, so many working days before the due day; and when silence is shown."""

    shares: tuple[tuple[str, Fraction], ...]
    before: int
    silence: Term


@dataclass(frozen=True, slots=True)
class Marked:
    """One warning and the day on which it falls."""

    mark: str
    on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A clock as it stands on a day. `left` is below none once the due day has passed."""

    state: str
    used: int
    left: int
    late: bool


def stops_until(clock: Clock, day: date) -> list[Stop]:
    """The pauses, each closed by what was known on a day, and by the day itself where it runs on."""
    end = clock.ended_on if clock.ended_on is not None and clock.ended_on < day else day
    found = [stop for stop in clock.all_stops if stop.on < end]
    return [
        Stop(stop.on, stop.reason, end if stop.until is None or stop.until > end else stop.until)
        for stop in found
    ]


def state_on(clock: Clock, day: date) -> str:
    """Running, paused, ended or overdue, on a day."""
    if clock.ended_on is not None and day >= clock.ended_on:
        return ClockState.ENDED
    stop = clock.open_stop
    if stop is not None and stop.on <= day and (stop.until is None or day < stop.until):
        return ClockState.PAUSED
    return ClockState.OVERDUE if day > clock.due_on else ClockState.RUNNING


def standing_on(clock: Clock, day: date, working: Working) -> Standing:
    """The state of the clock with the days used and left, in the measure of its term."""
    state = state_on(clock, day)
    at = min(day, clock.ended_on) if clock.ended_on else day
    return Standing(
        state=state,
        used=_used(clock, at, working),
        left=_left(clock, at, working),
        late=at > clock.due_on and state != ClockState.PAUSED,
    )


def span_state(clock: Clock, span: Span, day: date) -> str:
    """The same for the part of one unit."""
    if span.left_on is not None and day >= span.left_on:
        return ClockState.ENDED
    state = state_on(clock, day)
    if state == ClockState.PAUSED:
        return state
    return ClockState.OVERDUE if day > span.due_on else ClockState.RUNNING


def _between(clock: Clock, after: date, last: date, working: Working) -> int:
    """Days after one day up to and with another, as the term counts them."""
    if DURATIONS[clock.term.counted][0] == Measure.WORKING_DAYS:
        return worked_between(after, last, working)
    return max((last - after).days, 0)


def _used(clock: Clock, day: date, working: Working) -> int:
    if day <= clock.started_on:
        return 0
    paused = sum(
        _between(clock, one.on, one.until or day, working) for one in stops_until(clock, day)
    )
    return _between(clock, clock.started_on, day, working) - paused


def _left(clock: Clock, day: date, working: Working) -> int:
    """Days to the due day, those of a pause not counted; of an overdue clock, how many it is late."""
    if day > clock.due_on and state_on(clock, day) != ClockState.PAUSED:
        return -_between(clock, clock.due_on, day, working)
    stop = clock.open_stop
    if stop is not None and stop.until is None:
        return _between(clock, min(day, stop.on), clock.due_on, working)
    pauses = [one for one in clock.all_stops if one.until and one.until > day]
    paused = sum(
        _between(clock, max(one.on, day), one.until, working) for one in pauses if one.until
    )
    return _between(clock, day, clock.due_on, working) - paused


def marks(clock: Clock, rule: WarningRule, working: Working) -> list[Marked]:
    """The day of each warning, in order; what falls into a pause that nobody knows the end of is left out."""
    total = _whole(clock, working)
    found = [
        Marked(mark, _reached(clock, -(-total * share.numerator // share.denominator), working))
        for mark, share in rule.shares
    ]
    before = count_working(clock.due_on, rule.before, working, back=True)
    found.append(Marked(Mark.BEFORE, max(before, clock.started_on)))
    found.append(Marked(Mark.DUE, clock.due_on))
    silent = _silent_on(clock, rule.silence, working)
    if clock.ended_on is None or clock.ended_on > silent:
        found.append(Marked(Mark.SILENCE, silent))
    stop = clock.open_stop
    if stop is not None and stop.until is None:
        found = [one for one in found if one.on <= stop.on or one.mark == Mark.SILENCE]
    return sorted(found, key=lambda one: (one.on, list(Mark).index(Mark(one.mark))))


def marks_of(found: Sequence[Marked], day: date) -> list[Marked]:
    """Those that have come by a day."""
    return [one for one in found if one.on <= day]


def _whole(clock: Clock, working: Working) -> int:
    paused = sum(
        _between(clock, one.on, one.until, working) for one in clock.all_stops if one.until
    )
    return _between(clock, clock.started_on, clock.due_on, working) - paused


def _reached(clock: Clock, wanted: int, working: Working) -> date:
    """The first day on which so many days are used."""
    stops = [one for one in clock.all_stops if one.until is not None]
    by_work = DURATIONS[clock.term.counted][0] == Measure.WORKING_DAYS
    day = clock.started_on
    while wanted > 0 and day < clock.due_on:
        day += DAY
        held = any(one.on < day <= one.until for one in stops if one.until)
        wanted -= not held and (working(day) or not by_work)
    return day


def _silent_on(clock: Clock, silence: Term, working: Working) -> date:
    leg = silence.leg()
    if leg.counted == Measure.WORKING_DAYS:
        return count_working(clock.started_on, leg.n, working)
    return nominal(clock.started_on, leg.n, leg.counted)
