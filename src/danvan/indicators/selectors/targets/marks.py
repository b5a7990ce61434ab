"""Targets of figures: what the figure of a unit has to be by a day, what it is, and how that stands.

Figures are those of the one read, `roll_up`, in the reading asked for. They are held as they are known: of what is
added up month by month only the months with a figure are asked their part of the path.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from danvan.foundation.periods import MONTHS, Every, Period
from danvan.indicators import standing
from danvan.indicators.enums import Aim, Bound, ChangeBy, MeasureKind, OverTime, Standing
from danvan.indicators.models import IndicatorVersion, Target
from danvan.indicators.selectors.definitions import Definitions
from danvan.indicators.selectors.rolled import Rolled
from danvan.indicators.selectors.rolling import roll_up
from danvan.organisations.selectors.readings import THEN, Reading

ADDED_UP = (MeasureKind.FLOW, MeasureKind.PERSONS)


class Why(StrEnum):
    """Why nothing can be said of a figure."""

    NONE = ""
    NOT_BEGUN = "not_begun"  # no month of it is over
    NO_FIGURE = "no_figure"
    NO_BASE = "no_base"  # the base period is not known, or its percent would be of nought
    GAPS = "gaps"  # it is over, short, and not all of it is known


@dataclass(frozen=True, slots=True)
class Mark:
    """What one unit needs by `until` (a month's last day), what it has, and what it needs in the end."""

    unit_id: int
    part: Period  # the part of the period, or the path, that is asked
    until: date
    version: IndicatorVersion
    bound: Bound
    standing: Standing
    over: bool = False
    have: Fraction | None = None
    need: Fraction | None = None
    goal: Fraction | None = None
    base: Fraction | None = None
    rolled: Rolled = field(default_factory=Rolled)
    read: Period | None = None  # the months that make the figure
    unknown: int = 0  # months without a figure, and units that did not know theirs
    why: Why = Why.NONE

    @property
    def keeps(self) -> bool:
        """It is where it should be by now."""
        return self.standing in (Standing.REACHED, Standing.ON_COURSE)

    @property
    def behind(self) -> bool:
        """It is known, and not where it should be by now."""
        return self.standing in (Standing.AT_RISK, Standing.WATCHED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One part of what a target asks of figures: which months are read, of how many, and as of when."""

    part: Period
    read: Period | None  # the months that are over by the day; None where none is
    over: bool
    late: bool
    base: Period | None = None

    @property
    def until(self) -> date:
        """The last day read."""
        return self.read.last if self.read else self.part.first


def added_up(version: IndicatorVersion) -> bool:
    """Months are added up."""
    return version.kind in ADDED_UP and version.over_time == OverTime.SUM


def lasting(version: IndicatorVersion) -> bool:
    """What is there already cannot become less; a difference of two indicators can."""
    return added_up(version) and version.formula is None


def months_over(first: date, end: date, every: Every, as_of: date) -> Period | None:
    """The whole months from `first` up to a day, not beyond `end`; None where none is over."""
    month = Period.containing(as_of, Every.MONTH)
    over = min(month.end if month.last == as_of else month.first, end)
    return Period(first, over, every) if over > first else None


def wanted_parts(target: Target, asked: standing.Asked, version: IndicatorVersion) -> list[Wanted]:
    """What a target asks in the parts that are counted; of a path, once over all of it."""
    if target.aim == Aim.PATH:
        return _wanted_of_path(target, asked.as_of, version)
    found = []
    for counted in asked.counted:
        whole = Period.containing(counted.first, counted.every)
        gone = (asked.as_of - whole.first).days + 1
        late = standing.is_late(gone, (whole.end - whole.first).days)
        read = months_over(whole.first, whole.end, whole.every, asked.as_of)
        found.append(Wanted(whole, read, whole.last <= asked.as_of, late, _base(target, whole)))
    return found


def _base(target: Target, part: Period) -> Period | None:
    """The period a change is held against: the one named, else the same one a year before."""
    if target.aim != Aim.CHANGE:
        return None
    if target.base_period:
        return Period.parse(target.base_period)
    return Period.starting(part.first.replace(year=part.first.year - 1), part.every)


def _wanted_of_path(target: Target, as_of: date, version: IndicatorVersion) -> list[Wanted]:
    """A path is read once. What is added up is added from its beginning; all else is the figure of the last part."""
    stones = list(target.milestones.all())
    first, last = stones[0].day + timedelta(days=1), stones[-1].day
    path = Period(first, last + timedelta(days=1), Every.YEAR)
    if target.valid_to is not None:
        as_of = min(as_of, target.valid_to - timedelta(days=1))
    read = months_over(first, path.end, Every.YEAR, as_of)
    if read and not added_up(version):
        own = Period.containing(read.last, Every(target.every))
        read = Period(own.first, read.end, own.every)
    year = Period.containing(as_of, Every.YEAR)
    late = standing.is_late((as_of - year.first).days + 1, (year.end - year.first).days)
    late = late or standing.is_late((as_of - path.first).days + 1, (path.end - path.first).days)
    return [Wanted(path, read, last <= as_of, late)]


def marks_of(
    asks: Iterable[tuple[Target, standing.Asked, Collection[int]]], reading: Reading = THEN
) -> list[dict[int, Mark]]:
    """By unit, the mark of each target: of several parts the worst, of equal ones the last.

    `asks` are targets of figures with what is asked of them and of which units. One roll-up a distinct period read.
    """
    asks = list(asks)
    if not asks:
        return []
    book = Definitions.of({target.indicator_id for target, _, _ in asks if target.indicator_id})
    wanted = []
    for target, asked, units in asks:
        assert target.indicator_id is not None
        version = book.version(target.indicator_id, asked.as_of)
        wanted.append((target, version, wanted_parts(target, asked, version), units))
    figures = _figures(wanted, reading)
    return [
        {
            unit: _worst([_mark(target, version, one, unit, figures) for one in parts])
            for unit in units
            if parts
        }
        for target, version, parts, units in wanted
    ]


Figures = dict[tuple[int, int, Period], Rolled]


def _figures(
    wanted: Sequence[tuple[Target, IndicatorVersion, list[Wanted], Collection[int]]],
    reading: Reading,
) -> Figures:
    ids: dict[Period, set[int]] = defaultdict(set)
    units: dict[Period, set[int]] = defaultdict(set)
    for _, version, parts, people in wanted:
        for one in parts:
            for period in (one.read, one.base):
                if period is not None:
                    ids[period].add(version.indicator_id)
                    units[period].update(people)
    return {
        (indicator, unit, period): rolled
        for period in sorted(ids)
        for (indicator, unit), rolled in roll_up(
            sorted(ids[period]), sorted(units[period]), period, reading=reading
        ).items()
    }


def _mark(
    target: Target, version: IndicatorVersion, wanted: Wanted, unit: int, figures: Figures
) -> Mark:
    bound = Bound(target.bound)
    blank = Mark(
        unit, wanted.part, wanted.until, version, bound, Standing.NOT_ASSESSABLE, wanted.over
    )
    if wanted.read is None:
        return replace(blank, why=Why.NOT_BEGUN)
    rolled = figures[version.indicator_id, unit, wanted.read]
    base = None
    if wanted.base is not None:
        base = _base_amount(version, figures[version.indicator_id, unit, wanted.base], wanted.base)
        if base is None or (target.change_by == ChangeBy.PERCENT and base == 0):
            return replace(blank, rolled=rolled, base=base, why=Why.NO_BASE)
    goal = goal_of(target, base)
    blank = replace(blank, rolled=rolled, read=wanted.read, base=base, goal=goal)
    if rolled.amount is None:
        return replace(blank, why=Why.NO_FIGURE)
    have = have_of(target, version, rolled)
    unknown = _unknown(version, rolled, wanted.read)
    need = goal if wanted.over else need_of(target, version, wanted, rolled, goal, base)
    judged = standing.judge_figure(
        have, need, goal, bound,
        over=wanted.over, late=wanted.late, lasting=lasting(version), whole=not unknown,
    )  # fmt: skip
    why = Why.GAPS if judged == Standing.NOT_ASSESSABLE else Why.NONE
    return replace(blank, standing=judged, have=have, need=need, unknown=unknown, why=why)


def have_of(target: Target, version: IndicatorVersion, rolled: Rolled) -> Fraction | None:
    """What there is; on a path of what is added up, counted from where it began."""
    if rolled.amount is None:
        return None
    start = Fraction(0)
    if target.aim == Aim.PATH and added_up(version):
        start = Fraction(target.milestones.all()[0].amount)
    return start + Fraction(rolled.amount)


def goal_of(target: Target, base: Fraction | None) -> Fraction:
    """What is needed in the end."""
    if target.aim == Aim.PATH:
        return Fraction(list(target.milestones.all())[-1].amount)
    goal = Fraction(target.goal or 0)
    if target.aim != Aim.CHANGE or base is None:
        return goal
    by = abs(base) * goal / 100 if target.change_by == ChangeBy.PERCENT else goal
    return base + by if Bound(target.bound).upward else base - by


def need_of(
    target: Target,
    version: IndicatorVersion,
    wanted: Wanted,
    rolled: Rolled,
    goal: Fraction,
    base: Fraction | None,
) -> Fraction:
    """What is needed by the last month read.

    On a path: where it stands on that day, of what is added up after as many months as are known. Added up: the part of the goal that falls to the months known. A change
    of what stands, or of a share: straight from the base to the goal. A level of such has to hold all the time.
    """
    assert wanted.read is not None
    if target.aim == Aim.PATH:
        stones = [(one.day, Fraction(one.amount)) for one in target.milestones.all()]
        known = _after(wanted.part.first, rolled.months) if added_up(version) else wanted.until
        return standing.on_path(stones, known)
    if added_up(version):
        return goal * Fraction(rolled.months, MONTHS[wanted.part.every])
    if base is None:
        return goal
    first = wanted.part.first - timedelta(days=1)
    return standing.on_path([(first, base), (wanted.part.last, goal)], wanted.until)


def _after(first: date, months: int) -> date:
    """The last day of so many months."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1) - timedelta(days=1)


def _base_amount(version: IndicatorVersion, rolled: Rolled, base: Period) -> Fraction | None:
    """The figure of the base period; unknown where a part of it is."""
    if rolled.amount is None or _unknown(version, rolled, base):
        return None
    return Fraction(rolled.amount)


def _unknown(version: IndicatorVersion, rolled: Rolled, read: Period) -> int:
    """How much of what is added up is not known."""
    if not added_up(version):
        return 0
    return rolled.gaps + len(read.parts(Every.MONTH)) - rolled.months


def _worst(marks: Sequence[Mark]) -> Mark:
    return min(reversed(marks), key=lambda one: standing.ORDER.index(one.standing))
