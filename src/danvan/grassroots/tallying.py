"""What the people decided, counted from households: plain arithmetic over exact fractions, no database.

A village agrees where enough of all its households do, whoever came; a commune where enough of all its villages do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from danvan.grassroots.enums import Form, Outcome


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share that must be reached, or (`more`) passed."""

    share: Fraction
    more: bool = False

    def met(self, part: int, whole: int) -> bool:
        """Whether `part` of `whole` is enough. Nothing is enough of none."""
        if whole <= 0:
            return False
        said = Fraction(part, whole)
        return said > self.share if self.more else said >= self.share

    def needed(self, whole: int) -> int:
        """The smallest number that is enough of `whole`."""
        exact = self.share * whole
        least = -(-exact.numerator // exact.denominator)
        return least + 1 if self.more and least == exact else least


@dataclass(frozen=True, slots=True)
class Count:
    """One village: its households, those that took part, agreed, did not agree; by which form."""

    households: int
    present: int
    agreed: int
    against: int
    form: str = Form.MEETING


def village_outcome(count: Count, passing: Threshold, quorum: Threshold | None) -> Outcome:
    """What one village decided. A meeting without its quorum decides nothing."""
    if quorum and count.form == Form.MEETING and not quorum.met(count.present, count.households):
        return Outcome.AGAIN
    return Outcome.PASSED if passing.met(count.agreed, count.households) else Outcome.REJECTED


def commune_outcome(
    counts: Mapping[int, Sequence[Count]], villages: int, passing: Threshold,
    quorum: Threshold | None, by_villages: Threshold,
) -> Outcome:  # fmt: skip
    """What a commune decided, of each village the last round that was valid.

    Again where the villages still to be asked, or without their quorum, could yet carry it.
    """
    said = [settled([village_outcome(one, passing, quorum) for one in rows]) for rows in counts.values()]  # fmt: skip
    agreed = said.count(Outcome.PASSED)
    if by_villages.met(agreed, villages):
        return Outcome.PASSED
    still = said.count(Outcome.AGAIN) + max(villages - len(said), 0)
    return Outcome.AGAIN if by_villages.met(agreed + still, villages) else Outcome.REJECTED


def settled(outcomes: Sequence[Outcome]) -> Outcome:
    """The last of several rounds that decided something; again where none did."""
    return next((one for one in reversed(outcomes) if one != Outcome.AGAIN), Outcome.AGAIN)
