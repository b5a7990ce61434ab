"""The shapes of rolled-up figures, and how months become the figure of a longer period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from danvan.indicators.enums import AcrossBreak, OverTime
from danvan.indicators.exact import exactly
from danvan.indicators.models import IndicatorVersion
from danvan.indicators.selectors.definitions import computed


@dataclass(frozen=True, slots=True)
class Rolled:
    """One figure: the amount of an indicator for a unit in a period.

    `amount` None with `asked` above 0 is "asked, not known"; with `asked` 0 nobody gave anything. A ratio
    has its `numerator` and `denominator`, and its amount in percent, unrounded. `units` is how many units
    gave a known amount and `asked` how many gave anything, in the month of the period with the most;
    `gaps` is how often, over all months, a unit was asked and did not know. `months` is how many months
    have a known amount (for a ratio: its numerator). `rebased` (quy đổi) is whether any known amount entered
    by a share other than the whole; then `original` is the same figure from the amounts as they were given, and
    a ratio has the originals of its parts, where those were rebased.
    """

    amount: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    units: int = 0
    asked: int = 0
    months: int = 0
    gaps: int = 0
    rebased: bool = False
    original: Decimal | None = None
    numerator_original: Decimal | None = None
    denominator_original: Decimal | None = None

    @property
    def before(self) -> Decimal | None:
        """The figure from the amounts as they were given: the original, or what needed no share."""
        return self.original if self.rebased else self.amount


@dataclass(slots=True)
class MonthSum:
    """One month of one indicator under one unit, in millionths: what is wholly the unit's, and what is in part.

    `units` and `amount` are of the known amounts that enter whole, `parted` and `part` of those that enter by a
    share; `given` sums the latter as they were given.
    """

    first: date
    asked: int = 0
    units: int = 0
    amount: int = 0
    parted: int = 0
    part: Fraction = Fraction(0)
    given: int = 0

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

    def known(self, version: IndicatorVersion) -> int:
        """How many units gave an amount that counts as known under a definition."""
        return self.units + (0 if version.at_break == AcrossBreak.WHOLE else self.parted)


def last_known(months: Sequence[MonthSum], version: IndicatorVersion) -> list[MonthSum]:
    """The last month with a known amount; where none is known, the last month asked."""
    known = [one for one in months if one.known(version)] or months
    return list(known[-1:])


def over_time(months: Sequence[MonthSum], version: IndicatorVersion) -> Rolled:
    """The figure of a period from its months, by the definition's rule."""
    if version.over_time == OverTime.LAST:
        months = last_known(months, version)
    known = [one for one in months if one.known(version)]
    amount: Fraction | int = sum(one.amount for one in known)
    shared = [one for one in known if one.parted and version.at_break != AcrossBreak.WHOLE]
    original = exactly(amount + sum(one.given for one in shared)) if shared else None
    amount += sum(one.part for one in shared)
    return Rolled(
        amount=exactly(amount) if known else None,
        units=max((one.known(version) for one in months), default=0),
        asked=max((one.asked for one in months), default=0),
        months=len(known),
        gaps=sum(one.asked - one.known(version) for one in months),
        rebased=bool(shared),
        original=original,
    )


def percent(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """A part of a whole in percent; unknown without a known whole above or below zero."""
    if numerator is None or not denominator:
        return None
    share = Fraction(numerator) * 100 / Fraction(denominator)
    return Decimal(share.numerator) / Decimal(share.denominator)


def ratio(numerator: Rolled, denominator: Rolled) -> Rolled:
    """A ratio divides its parts as they are rolled up, and never averages."""
    rebased = numerator.rebased or denominator.rebased
    return Rolled(
        amount=percent(numerator.amount, denominator.amount),
        numerator=numerator.amount,
        denominator=denominator.amount,
        units=numerator.units,
        asked=numerator.asked,
        months=numerator.months,
        gaps=numerator.gaps,
        rebased=rebased,
        original=percent(numerator.before, denominator.before) if rebased else None,
        numerator_original=numerator.original,
        denominator_original=denominator.original,
    )


def worked_out(version: IndicatorVersion, parts: dict[str, Rolled]) -> Rolled:
    """A formula of its parts, unknown where one of them is."""
    rebased = any(part.rebased for part in parts.values())
    before = {code: part.before for code, part in parts.items()}
    return Rolled(
        amount=computed(version.formula, {code: part.amount for code, part in parts.items()}),
        units=min(part.units for part in parts.values()),
        asked=max(part.asked for part in parts.values()),
        months=min(part.months for part in parts.values()),
        gaps=sum(part.gaps for part in parts.values()),
        rebased=rebased,
        original=computed(version.formula, before) if rebased else None,
    )
