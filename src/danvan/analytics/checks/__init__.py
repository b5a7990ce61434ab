"""What a composed summary is held against before anybody signs it: its sums and shares, computed anew."""

from danvan.analytics.checks.again import Again
from danvan.analytics.checks.agreeing import backed, clear_wholes, same, shares
from danvan.analytics.checks.gaps import Check, Gap, Part
from danvan.analytics.summary import Summary

__all__ = ["Check", "Gap", "Part", "check_summary", "gaps_of"]


def check_summary(summary: Summary, *, thorough: bool = False) -> list[Check]:
    """The checks of a summary, each counted apart from the path that composed it.

    Sums equal their parts, shares follow from numerator and denominator, a part stays within its whole,
    every denominator is the population of that day, a figure told twice is the same, records stand behind
    every figure. `thorough` also counts every target again and reads every record: before signing.
    """
    again = Again(summary, thorough=thorough)
    return [
        again.sums(),
        shares(summary),
        again.within_wholes(),
        clear_wholes(summary, again),
        same(summary),
        backed(summary, again),
    ]


def gaps_of(checks: list[Check]) -> list[Gap]:
    """Everything that failed, in order."""
    return [gap for check in checks for gap in check.failed]
