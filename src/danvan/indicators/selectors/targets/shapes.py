"""The shapes of what is read of targets."""

from dataclasses import dataclass, field
from datetime import date

from danvan.foundation.periods import Period
from danvan.indicators.counting import CountedRecord
from danvan.indicators.enums import Standing
from danvan.indicators.models import Target
from danvan.indicators.selectors.targets.marks import Mark


@dataclass(frozen=True, slots=True)
class Lack:
    """What one unit lacks of one rule in one part of the period."""

    rule: int  # its place among the target's rules
    part: Period
    count: int
    minimum: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a target stands in a period: who is asked, who fulfils it, who does not, as counted from records.

    `numerator` of `denominator` units fulfil every rule in every part counted. `per_rule` gives, by unit,
    the count of each rule over the parts counted; `lacking` says what each missing unit lacks. `before` gives,
    by unit, those that do not stand on the day and whose records count for it (see `counted_for`); `divided`
    the units for which such a one counts whole although a part of it went elsewhere. A qualitative target has
    no numbers: `counted` is False and the numbers are 0.

    A target of a figure has `marks`: by unit, what it needs and what there is. Of a place's own figure `counted` is
    False and the one mark is `mark`; of a population `met` keeps to it, `missing` is behind, and `unknown` has no
    figure and is neither.
    """

    target: Target
    period: Period
    as_of: date
    counted: bool
    population: list[int]
    met: list[int]
    missing: list[int]
    numerator: int
    denominator: int
    standing: Standing
    parts: tuple[Period, ...] = ()  # the parts counted
    ended: bool = False
    per_rule: dict[int, list[int]] = field(default_factory=dict)
    lacking: dict[int, list[Lack]] = field(default_factory=dict)
    standing_on: date | None = (
        None  # the day whose units are the population, where that is not `as_of`
    )
    before: dict[int, list[int]] = field(default_factory=dict)
    divided: set[int] = field(default_factory=set)
    marks: dict[int, Mark] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)

    @property
    def mark(self) -> Mark | None:
        """What a target of the place's own figure needs and has; None for every other."""
        return self.marks.get(self.target.unit_id) if self.target.of_place else None

    @property
    def judged(self) -> bool:
        """Numbers say how it stands, and not evidence alone."""
        return self.counted or self.target.of_place

    @property
    def counted_units(self) -> list[int]:
        """All whose records count: the population, and those whose records count for one of it."""
        return [*self.population, *(unit for kin in self.before.values() for unit in kin)]

    @property
    def population_day(self) -> date:
        """The day on which the population stood."""
        return self.standing_on or self.as_of

    @property
    def standing_label(self) -> str:
        """The word for the standing; a target that was missed when its period ended is "Không đạt"."""
        if self.standing == Standing.AT_RISK and self.ended:
            return "Không đạt"
        return str(self.standing.label)


@dataclass(frozen=True, slots=True)
class RuleRecords:
    """The records behind one rule's count of one unit."""

    counter: str
    minimum: int
    records: list[CountedRecord]


@dataclass(frozen=True, slots=True)
class Seen:
    """An evaluation as one reader may read it; `whole` where that is all of the population."""

    evaluation: Evaluation
    whole: bool
