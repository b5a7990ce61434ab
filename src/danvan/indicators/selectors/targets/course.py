"""The course of a place's figure beside its path: what there was at the end of each month or part, what was needed."""

from dataclasses import dataclass, replace
from fractions import Fraction

from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Aim
from danvan.indicators.models import Target
from danvan.indicators.selectors.rolled import Rolled
from danvan.indicators.selectors.rolling import series
from danvan.indicators.selectors.targets.marks import (
    Mark,
    Wanted,
    added_up,
    have_of,
    need_of,
)
from danvan.organisations.selectors.readings import THEN, Reading

MOST_MONTHS = 24  # of a longer path only the ends of its parts are drawn


@dataclass(frozen=True, slots=True)
class Step:
    """One end of a month, or of a part of a long path: what is needed by then and what there was."""

    period: Period
    need: Fraction
    have: Fraction | None
    rebased: bool = False


def course_of(target: Target, mark: Mark, reading: Reading = THEN) -> list[Step]:
    """The steps of one mark, in order; none where it has no goal. A constant number of queries."""
    if mark.goal is None:
        return []
    months = mark.part.parts(Every.MONTH)
    if len(months) > MOST_MONTHS:
        months = [
            one
            for one in months
            if Period.containing(one.first, Every(target.every)).last == one.last
            or one is months[-1]
        ]
    over = [one for one in months if one.last <= mark.until]
    read = [_read(target, mark, one) for one in over]
    figures: list[Rolled] = (
        series(mark.version.indicator_id, mark.unit_id, read, reading=reading) if read else []
    )
    found = []
    for number, month in enumerate(months):
        rolled = figures[number] if number < len(figures) else Rolled()
        have = have_of(target, mark.version, rolled)
        found.append(Step(month, _need(target, mark, month), have, rolled.rebased))
    return found


def _read(target: Target, mark: Mark, month: Period) -> Period:
    """The months whose figure is the one at the end of `month`."""
    if added_up(mark.version):
        return Period(mark.part.first, month.end, mark.part.every)
    own = Period.containing(month.last, Every(target.every))
    first = max(own.first, mark.part.first) if target.aim != Aim.PATH else own.first
    return Period(first, month.end, own.every)


def _need(target: Target, mark: Mark, month: Period) -> Fraction:
    """What is needed at the end of `month`, all months up to it being known."""
    assert mark.goal is not None
    upto = Period(mark.part.first, month.end, mark.part.every)
    wanted = Wanted(mark.part, upto, over=False, late=False)
    known = replace(Rolled(), months=len(upto.parts(Every.MONTH)))
    return need_of(target, mark.version, wanted, known, mark.goal, mark.base)
