"""The shapes of rolled-up figures: one figure, and one month of what makes it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from danvan.indicators.enums import AcrossBreak
from danvan.indicators.exact import MILLION, decimal_of
from danvan.indicators.models import IndicatorVersion


@dataclass(frozen=True, slots=True)
class Rolled:
    """One figure: the amount of an indicator for a unit in a period.

    `amount` None with `asked` above 0 is "asked, not known"; with `asked` 0 nobody gave anything. A ratio
    has its `numerator` and `denominator`, and its amount in so many as it is told in, unrounded. `units` is how
    many units gave a known amount and `asked` how many gave anything, in the month of the period with the most;
    `gaps` is how often, over all months, a unit was asked and did not know. `months` is how many months
    have a known amount (for a ratio: its numerator). `estimated` is whether any value in it is an estimate (ước),
    told of what is known. `rebased` (quy đổi) is whether any known amount entered
    by a share other than the whole; then `original` is the same figure from the amounts as they were given, and
    a ratio has the originals of its parts, where those were rebased. `why` says in words why there is no figure
    though amounts are known: the indicator is not summed; of distinct persons there are then `at_least` so many.
    `exact` and `exact_before` are the amount and the original where a decimal would not hold them.
    """

    amount: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    units: int = 0
    asked: int = 0
    months: int = 0
    gaps: int = 0
    rebased: bool = False
    estimated: bool = False
    original: Decimal | None = None
    numerator_original: Decimal | None = None
    denominator_original: Decimal | None = None
    why: str = ""
    at_least: Decimal | None = None
    exact: Fraction | None = field(default=None, compare=False, repr=False)
    exact_before: Fraction | None = field(default=None, compare=False, repr=False)

    @property
    def before(self) -> Decimal | None:
        """The figure from the amounts as they were given: the original, or what needed no share."""
        return self.original if self.rebased else self.amount


def decimal_or_none(amount: Fraction | None) -> Decimal | None:
    """The decimal of a figure, where it is known."""
    return None if amount is None else decimal_of(amount)


def in_units(millionths: Fraction | int | None) -> Fraction | None:
    """An amount in millionths as it is told."""
    return None if millionths is None else Fraction(millionths, MILLION)


@dataclass(slots=True)
class MonthSum:
    """One month of one indicator under one unit, in millionths: what is wholly the unit's, and what is in part.

    `units` and `amount` are of the known amounts that enter whole, `parted` and `part` of those that enter by a
    share; `given` sums the latter as they were given, `weight` their shares. Only where the values were read one by
    one are there the `least` and `most` of either, and what the unit gave of its `own` (in a list, where it did).
    """

    first: date
    asked: int = 0
    units: int = 0
    amount: int = 0
    parted: int = 0
    part: Fraction = Fraction(0)
    given: int = 0
    weight: Fraction = Fraction(0)
    whole_ones: list[int] = field(default_factory=list)
    parted_ones: list[int] = field(default_factory=list)
    own: list[int | None] = field(default_factory=list)
    estimated: bool = False  # whether any of the values that enter whole is an estimate
    part_estimated: bool = False  # the same of those that enter by a share

    def is_estimated(self, version: IndicatorVersion) -> bool:
        """Whether any of the values that count under a definition is an estimate."""
        return self.estimated or (self.part_estimated and version.at_break != AcrossBreak.WHOLE)

    def add(self, amount: int, units: int, asked: int) -> None:
        """Add (or with negative numbers take away) what so many units gave whole."""
        self.amount += amount
        self.units += units
        self.asked += asked

    def take(self, amount: int | None, share: Fraction | int = 1) -> None:
        """Add what one unit gave; an amount that is not known adds nothing to what is known."""
        if amount is None:
            self.asked += 1
        elif share == 1:
            self.add(amount, 1, 1)
        else:
            self.asked += 1
            self.parted += 1
            self.part += amount * share
            self.given += amount
            self.weight += share

    def known(self, version: IndicatorVersion) -> int:
        """How many units gave an amount that counts as known under a definition."""
        return self.units + (0 if version.at_break == AcrossBreak.WHOLE else self.parted)
