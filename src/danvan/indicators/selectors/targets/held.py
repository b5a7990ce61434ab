"""How a target of figures stands as a whole, from the marks of its units."""

from collections.abc import Mapping, Sequence
from datetime import date

from danvan.foundation.periods import Period
from danvan.indicators import standing
from danvan.indicators.enums import Aim, Standing
from danvan.indicators.models import Target
from danvan.indicators.selectors.targets.marks import Mark
from danvan.indicators.selectors.targets.shapes import Evaluation


def held_against_figures(
    target: Target,
    period: Period,
    asked: standing.Asked,
    units: Sequence[int],
    marks: Mapping[int, Mark],
    *,
    day: date,
    standing_on: date | None,
) -> Evaluation:
    """The evaluation of a target of figures: of the place itself, or of each unit of a population."""
    of_path = target.aim == Aim.PATH
    ended = asked.ended
    if of_path:
        ended = bool(marks) and day > target.milestones.all()[len(target.milestones.all()) - 1].day
    complete = of_path or asked.complete
    if target.of_place:
        judged = marks[target.unit_id].standing if marks else Standing.NOT_ASSESSABLE
        met, missing, unknown = [], [], []
    else:
        met = [unit for unit in units if unit in marks and marks[unit].keeps]
        missing = [unit for unit in units if unit in marks and marks[unit].behind]
        unknown = [
            unit
            for unit in units
            if unit not in marks or not (marks[unit].keeps or marks[unit].behind)
        ]
        judged = _of_many(
            target, [marks[unit] for unit in units if unit in marks], len(met), len(units)
        )
    if judged == Standing.REACHED and not complete:
        judged = Standing.ON_COURSE
    return Evaluation(
        target=target,
        period=period,
        as_of=asked.as_of,
        counted=not target.of_place,
        population=list(units),
        met=met,
        missing=missing,
        numerator=len(met),
        denominator=0 if target.of_place else len(units),
        standing=judged,
        parts=asked.counted,
        ended=ended,
        per_rule={unit: [] for unit in units},
        standing_on=standing_on,
        marks=dict(marks),
        unknown=unknown,
    )


def _of_many(target: Target, marks: Sequence[Mark], met: int, units: int) -> Standing:
    """Where enough units keep to it, as they do; where those without a figure could decide it, nothing is said."""
    known = [one.standing for one in marks if one.keeps or one.behind]
    if not known:
        return Standing.NOT_ASSESSABLE
    if standing.fulfils(met, units, target.share, target.comparator):
        reached = sum(one == Standing.REACHED for one in known)
        done = standing.fulfils(reached, units, target.share, target.comparator)
        return Standing.REACHED if done else Standing.ON_COURSE
    if standing.fulfils(met + units - len(known), units, target.share, target.comparator):
        return Standing.NOT_ASSESSABLE
    return Standing.AT_RISK if Standing.AT_RISK in known else Standing.WATCHED
