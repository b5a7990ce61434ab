"""Is the clock right? Histories on generated calendars against a day counter with no shortcut; then a helpdesk's escalation.

200 calendars of 2024 to 2027 (weeks of five days with days turned over at random: holidays, worked Saturdays) x
1,000 histories each (days, working days, months; pauses; extensions). The counter walks a ledger of days
one by one. Each clock is also held against one more holiday: it must not end earlier. 2,000 histories that
django-helpdesk can express (a number of days, no pauses, no months) go through its own escalation command,
run at the end of every day in an environment of its own; it is right where it raises a ticket on the last day
or on the next working day.
"""

import json
import os
import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from danvan.law.clock_events import Event, Extend, Pause, Resume, Start
from danvan.law.clockwork import append, fold
from danvan.law.courses import Term
from danvan.law.enums import Measure
from danvan.law.errors import ClockRefused
from danvan.law.terms import next_working

CALENDARS, HISTORIES, PEER_CALENDARS, PEER_HISTORIES = 200, 1_000, 20, 100
FIRST, LAST, ONE = date(2024, 1, 1), date(2027, 12, 31), timedelta(days=1)
HERE = Path(__file__).resolve().parent
LOCK = HERE.parent / "requirements-helpdesk.lock"
Days = set[date]


def _calendar(dice: random.Random) -> Days:
    """The days off: every weekend, and forty days turned over."""
    span = [FIRST + k * ONE for k in range((LAST - FIRST).days + 400)]
    turned = set(dice.sample(span, dice.randrange(0, 80)))
    return {day for day in span if (day.weekday() >= 5) != (day in turned)}


def _history(dice: random.Random, working: Callable[[date], bool]) -> list[Event]:
    """A start and up to six events that the clock accepts; a pause is always resumed."""
    counted = dice.choice(
        [Measure.WORKING_DAYS, Measure.WORKING_DAYS, Measure.DAYS, Measure.MONTHS]
    )
    day = FIRST + dice.randrange(0, 900) * ONE
    most = 4 if counted == Measure.MONTHS else 60
    events: list[Event] = [Start(day, Term(dice.randint(1, most), counted))]
    clock = append(None, events[0], working)
    for _ in range(dice.randrange(0, 7)):
        day += dice.randrange(0, 12) * ONE
        event: Event
        if clock.open_stop:
            event = Resume(day)
        elif counted == Measure.MONTHS or dice.random() < 0.6:
            event = Pause(day, "Chờ giám định")
        else:
            event = Extend(day, "QĐ 1", Term(dice.randint(1, 20), counted))
        try:
            clock = append(clock, event, working)
        except ClockRefused:  # the deadline is over: it can no more be paused
            continue
        events.append(event)
    return [*events, Resume(day + ONE)] if clock.open_stop else events


def count_by_hand(events: list[Event], off: Days) -> date:
    """The due day, walked day by day."""
    start = events[0]
    assert isinstance(start, Start)
    held: Days = set()
    stops: list[tuple[date, date]] = []
    for event in events:
        if isinstance(event, Pause):
            stops.append((event.on, event.on))
        elif isinstance(event, Resume):
            stops[-1] = (stops[-1][0], event.on)
            held |= {stops[-1][0] + k * ONE for k in range(1, (event.on - stops[-1][0]).days + 1)}
    goal = start.term.n + sum(one.more.n for one in events if isinstance(one, Extend) and one.more)
    if start.term.counted == Measure.MONTHS:
        goal = _days_of_months(start.on, goal)
    stopped, resumed = {a for a, b in stops if b > a}, {b for _, b in stops}
    day, done = start.on, 0
    while not (
        done >= goal
        and day not in off
        and day not in stopped
        and (day not in held or day in resumed)
    ):
        day += ONE
        if day not in held and (start.term.counted != Measure.WORKING_DAYS or day not in off):
            done += 1
    return day


def _days_of_months(start: date, n: int) -> int:
    """How many days to the same date so many months on, or to the last day of a month that has none."""
    day, crossed = start, 0
    while crossed < n:
        day += ONE
        crossed += day.day == 1
    while day.day < start.day and (day + ONE).month == day.month:
        day += ONE
    return (day - start).days


def against_the_counter(calendars: int, histories: int) -> dict[str, Any]:
    """Differences from the counter, deadlines that a holiday made earlier, and how many clocks are folded a second."""
    dice, differ, earlier, spent, events_folded = random.Random(6), [], 0, 0.0, 0
    for _ in range(calendars):
        off = _calendar(dice)

        def working(day: date, off: Days = off) -> bool:
            return day not in off

        for _ in range(histories):
            events = _history(dice, working)
            began = time.perf_counter()
            due = fold(events, working).due_on
            spent += time.perf_counter() - began
            events_folded += len(events)
            if due != count_by_hand(events, off):
                differ.append([str(event) for event in events])
            fewer = off | {events[0].on + dice.randrange(0, 120) * ONE}
            earlier += fold(events, lambda day, fewer=fewer: day not in fewer).due_on < due
    return {
        "calendars": calendars,
        "histories": calendars * histories,
        "events": events_folded,
        "differences": len(differ),
        "first_differences": differ[:3],
        "made_earlier_by_a_holiday": earlier,
        "clocks_per_s": round(calendars * histories / spent),
    }


def against_the_helpdesk(calendars: int, histories: int) -> dict[str, Any]:
    """How often django-helpdesk raises a ticket on the wrong day, beside ours; in words where it cannot be had."""
    dice = random.Random(61)
    cases, due, nexts = [], [], []
    for _ in range(calendars):
        off = _calendar(dice)

        def working(day: date, off: Days = off) -> bool:
            return day not in off

        starts = []
        for _ in range(histories):
            on = date(2026, 1, 5) + dice.randrange(0, 60) * ONE
            start = Start(on, Term(dice.randint(1, 15), Measure.WORKING_DAYS))
            last = fold([start], working).due_on
            starts.append({"on": on.isoformat(), "n": start.term.n})
            due.append((last, count_by_hand([start], off)))
            nexts.append(next_working(last + ONE, working))
        cases.append({"off": sorted(day.isoformat() for day in off), "cases": starts})
    try:
        answers: list[list[str | None]] = ask_helpdesk("_helpdesk_peer.py", cases)
        raised = [day for found in answers for day in found]
    except (OSError, subprocess.SubprocessError, ValueError) as fault:
        return {"skipped": f"django-helpdesk 2.6.1 không chạy được ở đây: {str(fault)[:200]}"}
    verdicts = Counter(
        "early" if day and date.fromisoformat(day) < last
        else "right" if day and date.fromisoformat(day) <= after
        else "late"
        for day, (last, _), after in zip(raised, due, nexts, strict=True)
    )  # fmt: skip
    return {
        "histories": len(raised),
        "ours_wrong": sum(last != by_hand for last, by_hand in due),
        "django_helpdesk": "2.6.1",
        "django_helpdesk_wrong": len(raised) - verdicts["right"],
        "of_them_early": verdicts["early"],
        "of_them_late": verdicts["late"],
    }


def ask_helpdesk(script: str, said: Any) -> Any:
    """What a script of ours answers in django-helpdesk's environment, which is made of its own lock where there is none yet."""
    home = Path(os.environ.get("DANVAN_HOME", ".bench")).resolve() / "helpdesk"
    python, uv = home / "bin" / "python", HERE.parent / ".venv" / "bin" / "uv"
    ready = home / ".ready"
    if not ready.exists():
        for command in (
            [uv, "venv", "--quiet", "--clear", home],
            [uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes", LOCK],
        ):
            subprocess.run(command, check=True, capture_output=True, timeout=600)
        ready.touch()
    ran = subprocess.run(
        [python, HERE / script],
        input=json.dumps(said), capture_output=True, text=True, check=True, timeout=3_000,
    )  # fmt: skip
    return json.loads(ran.stdout)


def run() -> dict[str, Any]:
    """Differences, throughput, and the helpdesk's errors beside ours."""
    return {
        "counter": against_the_counter(CALENDARS, HISTORIES),
        "helpdesk": against_the_helpdesk(PEER_CALENDARS, PEER_HISTORIES),
    }
