"""The days on which clocks warn, and after which they are told one level up and one more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from danvan.law.clock_events import Start
from danvan.law.clock_marks import Marked, WarningRule, marks
from danvan.law.clockwork import Clock, append
from danvan.law.courses import Course, Term
from danvan.law.enums import Mark, Measure
from danvan.law.errors import UnknownParameter
from danvan.law.models import ClockEvent, ClockHeld
from danvan.law.selectors.clocks import SHARES, folded, warning_rule
from danvan.law.selectors.reads import calendar_on, parameter
from danvan.law.terms import Working, count_working, nominal

ESCALATIONS = (
    (Mark.ESCALATED, "clock.escalate.first"),
    (Mark.ESCALATED_HIGHER, "clock.escalate.second"),
)


# Every parameter by which marks fall on their days.
WARNING_KEYS = frozenset(
    (*(key for _, key in (*SHARES, *ESCALATIONS)), "clock.warn.before", "clock.silence")
)


@dataclass(frozen=True, slots=True)
class _Rules:
    """When to warn, and when to tell upwards."""

    warning: WarningRule
    after: tuple[tuple[str, Term], ...]

    def of(self, clock: Clock, working: Working) -> list[Marked]:
        """Every day of one clock, in order."""
        found = [one for one in marks(clock, self.warning, working) if one.mark != Mark.SILENCE]
        if clock.open_stop is None or clock.open_stop.until is not None:
            found += [
                Marked(mark, Course(clock.due_on, (term.leg(),)).due(working))
                for mark, term in self.after
            ]
        return found


def marks_of_clocks(
    kind: str, subject_ids: Collection[int], *, on: date, name: str = "due"
) -> dict[int, list[Marked]]:
    """The marks of the open clocks of these matters, by matter; none at all where no rule of warning is loaded.

    Queries do not grow with the number of matters.
    """
    rules, working = _rules(on), calendar_on().works
    if rules is None:
        return {}
    rows = ClockHeld.objects.filter(
        subject_kind=kind, subject_id__in=subject_ids, name=name, ended_on=None
    )
    return {
        held.subject_id: rules.of(folded(held, working), working)
        for held in rows.prefetch_related("events")
    }


def written_on(kind: str, subject_ids: Collection[int], *, name: str = "due") -> dict[int, date]:
    """The day on which each clock came to be known, by matter: what fell before it could not be told. One query."""
    first = ClockEvent.objects.filter(
        number=1, clock__subject_kind=kind, clock__subject_id__in=subject_ids, clock__name=name
    )
    return {pk: timezone.localdate(at) for pk, at in first.values_list("clock__subject_id", "at")}


def marks_at_start(starts: Sequence[Start], *, on: date) -> list[list[Marked]]:
    """The marks of clocks that begin so; those that begin alike are counted once."""
    rules, working = _rules(on), calendar_on().works
    if rules is None:
        return [[] for _ in starts]
    known: dict[Start, list[Marked]] = {}
    for start in starts:
        alike = replace(start, unit=None)
        if alike not in known:
            known[alike] = rules.of(append(None, alike, working), working)
    return [known[replace(start, unit=None)] for start in starts]


def warns(*, on: date) -> bool:
    """Whether the rules of warning are loaded: clocks tell of their days themselves."""
    return _rules(on) is not None


def silent_before(*, on: date) -> date | None:
    """Who was last heard of on this day or earlier is silent on a day; None where the rule is not loaded."""
    try:
        row = parameter("clock.silence", on=on)
    except UnknownParameter:
        return None
    leg = Term(row.numerator, row.unit).leg()
    if leg.counted == Measure.WORKING_DAYS:
        return count_working(on, leg.n, calendar_on().works, back=True)
    return nominal(on, leg.n, leg.counted, back=True)


def _rules(on: date) -> _Rules | None:
    try:
        after = [(mark, parameter(key, on=on)) for mark, key in ESCALATIONS]
        warning = warning_rule(on=on)
    except UnknownParameter:
        return None
    return _Rules(warning, tuple((mark, Term(row.numerator, row.unit)) for mark, row in after))
