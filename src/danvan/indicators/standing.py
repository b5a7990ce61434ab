"""Where a target stands, as integer arithmetic: shares are compared by cross multiplication, never divided.

The rule, in the order it is asked:

1. Qualitative, nobody to count, or no part of the period begun: *not assessable*.
2. The share is fulfilled and nothing of the period is still to come: *reached*; still to come: *on course*.
3. A part of the period is over and was not fulfilled (a missed month does not come back): *at risk*,
   worded "Không đạt" once the period itself has ended.
4. The part is running. Progress is the fulfilled share divided by the required one, held against the part
   of the time that has gone. From `EARLY_WARNING` of the time on (the third quarter of a year): behind
   time is *at risk*, and *on course* needs progress of at least `NEARLY_THERE`. Before: keeping up with
   time is *on course*. What is neither is *watched*.

A figure is held against its path in the same words (`judge_figure`). Over: the goal is kept, *reached*, or not,
*at risk*. Still running: what can no longer be undone is said at once; keeping to the path is *on course*; behind
it is *watched*, and from `EARLY_WARNING` of the year on *at risk*. A figure that is not known is *not assessable*.

The two constants say when the software speaks up. They are habits of follow-up, not numbers of the law,
and they foretell nothing: the counts are those of the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Bound, Comparator, Standing

EARLY_WARNING = (1, 2)  # of the time: from here on, being behind time is a risk
NEARLY_THERE = (95, 100)  # of what is required: from here on, on course late in the period too


@dataclass(frozen=True, slots=True)
class Asked:
    """Which parts of a period a target asks for, and which of them are counted on a day."""

    parts: tuple[Period, ...]  # all the target asks for in the period
    counted: tuple[Period, ...]  # those held against the rules, each no further than the day
    as_of: date
    ended: bool  # the last part asked for is over

    @property
    def complete(self) -> bool:
        """Nothing of the period is still to come."""
        return len(self.parts) == len(self.counted)


def asked_parts(
    period: Period, every: Every, valid_from: date, valid_to: date | None, *, day: date
) -> Asked:
    """The parts of `period` that a target asks for, read on `day`.

    A part is asked for when the target is in force on its last day. Parts whose last day has come are
    counted; while none has, the running one is counted so far. A period smaller than the target's own is
    read as the target's own period up to its last day.
    """
    as_of = min(day, period.last)
    own = period.parts(every)
    if own == [period]:
        own = [Period.containing(period.last, every)]
    parts = tuple(
        part
        for part in own
        if valid_from <= part.last and (valid_to is None or part.last < valid_to)
    )
    counted = tuple(part for part in parts if part.last <= as_of)
    if not counted:
        counted = tuple(part.until(as_of) for part in parts if as_of in part)
    ended = bool(parts) and counted[-1:] == parts[-1:] and day > parts[-1].last
    return Asked(parts, counted, as_of, ended)


def fulfils(met: int, population: int, share: tuple[int, int], comparator: str) -> bool:
    """Whether `met` of `population` is the required share: met/population against n/d, crosswise."""
    numerator, denominator = share
    have, need = met * denominator, population * numerator
    return have > need if comparator == Comparator.MORE_THAN else have >= need


def judge(
    met: int, population: int, share: tuple[int, int], comparator: str, asked: Asked
) -> Standing:
    """The standing by the rule above. `population` may be 0; a qualitative target is not brought here."""
    if population == 0 or not asked.counted:
        return Standing.NOT_ASSESSABLE
    if fulfils(met, population, share, comparator):
        return Standing.REACHED if asked.complete else Standing.ON_COURSE
    running = asked.counted[-1]
    whole = Period.containing(running.first, running.every)
    gone, time = (asked.as_of - whole.first).days + 1, (whole.end - whole.first).days
    if running.end == whole.end:
        return Standing.AT_RISK
    progress, required = met * share[1], population * share[0]
    late = gone * EARLY_WARNING[1] >= time * EARLY_WARNING[0]
    if progress * time < required * gone:
        return Standing.AT_RISK if late else Standing.WATCHED
    if late and progress * NEARLY_THERE[1] < required * NEARLY_THERE[0]:
        return Standing.WATCHED
    return Standing.ON_COURSE


def keeps(have: Fraction, level: Fraction, bound: Bound) -> bool:
    """Whether a figure is on the right side of a level."""
    if bound.upward:
        return have > level if bound == Bound.MORE_THAN else have >= level
    return have < level if bound == Bound.LESS_THAN else have <= level


def is_late(gone: int, time: int) -> bool:
    """So much of the time has gone that being behind is a risk."""
    return gone * EARLY_WARNING[1] >= time * EARLY_WARNING[0]


def judge_figure(
    have: Fraction | None,
    need: Fraction,
    goal: Fraction,
    bound: Bound,
    *,
    over: bool,
    late: bool,
    lasting: bool,
    whole: bool = True,
) -> Standing:
    """The standing of a figure: `need` by now, `goal` in the end.

    `lasting` is what only grows (things that happened): a goal once passed stays passed. `whole` is False where
    a part of the figure is not known: then only what the rest cannot undo is said.
    """
    if have is None:
        return Standing.NOT_ASSESSABLE
    kept = keeps(have, goal, bound)
    if lasting and kept == bound.upward:
        return Standing.REACHED if kept else Standing.AT_RISK
    if over:
        if not whole:
            return Standing.NOT_ASSESSABLE
        return Standing.REACHED if kept else Standing.AT_RISK
    if keeps(have, need, bound):
        return Standing.ON_COURSE
    return Standing.AT_RISK if late else Standing.WATCHED


def on_path(milestones: Sequence[tuple[date, Fraction]], day: date) -> Fraction:
    """Where a path stands on a day: straight between two milestones, level before the first and after the last."""
    before = [one for one in milestones if one[0] <= day]
    after = [one for one in milestones if one[0] > day]
    if not before or not after:
        return (before[-1:] or after[:1])[0][1]
    (first, low), (last, high) = before[-1], after[0]
    return low + (high - low) * Fraction((day - first).days, (last - first).days)


# From bad to good, for targets that ask the same of several parts: what is not known hides no fault.
ORDER = (
    Standing.AT_RISK,
    Standing.WATCHED,
    Standing.NOT_ASSESSABLE,
    Standing.ON_COURSE,
    Standing.REACHED,
)
