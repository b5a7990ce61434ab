"""A clock counted day by day with no shortcut, to hold the fold against: and histories to hold it with."""

import calendar as months
from datetime import date, timedelta

from hypothesis import strategies as st

from danvan.law.clock_events import Extend, Pause, Resume, Start
from danvan.law.clockwork import append
from danvan.law.courses import Term
from danvan.law.errors import ClockRefused

ONE = timedelta(days=1)
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
DAYS = st.dates(FIRST, LAST)


def turned_over(turned):
    """A week of five days with these days turned over: what an administrator may make of a calendar."""
    return lambda day: (day.weekday() < 5) != (day in turned)


def counted_by_hand(events, working):
    """The due day of a history of one kind: a ledger of days, walked one by one from the start."""
    start = events[0]
    held, since = set(), None
    for event in events:
        if isinstance(event, Pause):
            since = event.on
        elif isinstance(event, Resume):
            day = since
            while day < event.on:
                day += ONE
                held.add(day)
            since = None
    goal = start.term.n + sum(one.more.n for one in events if isinstance(one, Extend))
    pausing = {one.on for one in events if isinstance(one, Pause)}
    resuming = {one.on for one in events if isinstance(one, Resume)}
    day, done = start.on, 0
    by_month = start.term.counted == "M"
    nominal = month_by_hand(start.on, goal) if by_month else None
    steps = (nominal - start.on).days if by_month else goal
    while True:
        stands = day in pausing and (day + ONE) in held
        if done >= steps and working(day) and not stands and (day not in held or day in resuming):
            return day
        day += ONE
        if day not in held and (start.term.counted != "WD" or working(day)):
            done += 1


def month_by_hand(start, n):
    """The same date so many months on, found by walking the days; else the last day of that month."""
    wanted = (start.year * 12 + start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1
    day = start
    while (day.year, day.month) != wanted:
        day += ONE
    last = months.monthrange(*wanted)[1]
    while day.day != min(start.day, last):
        day += ONE
    return day


@st.composite
def histories(draw):
    """A calendar and a history that it allows: a start, then pauses, resumings and extensions in order."""
    working = turned_over(draw(st.sets(DAYS, max_size=40)))
    measure = draw(st.sampled_from(["WD", "D", "M"]))
    start = Start(
        draw(st.dates(FIRST, date(2026, 3, 1))),
        Term(draw(st.integers(1, 4 if measure == "M" else 40)), measure),
    )
    events, clock, day = [start], append(None, start, working), start.on
    for gap, act, n in draw(
        st.lists(st.tuples(st.integers(0, 12), st.integers(0, 2), st.integers(1, 20)), max_size=8)
    ):
        day += gap * ONE
        if clock.open_stop:
            event = Resume(day)
        elif act or measure == "M":
            event = Pause(day, "Chờ giám định")
        else:
            event = Extend(day, "Quyết định 12/QĐ-UBND", Term(n, measure))
        try:
            clock = append(clock, event, working)
        except ClockRefused:
            continue
        events.append(event)
    if clock.open_stop:
        events.append(Resume(day + ONE))
    return events, working
