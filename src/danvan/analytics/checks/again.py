"""The figures of a summary counted a second time, each by the part of the report it belongs to."""

from collections.abc import Callable

from danvan.analytics.checks.activities import ActivitiesAgain
from danvan.analytics.checks.before import BeforeAgain
from danvan.analytics.checks.commitments import CommitmentsAgain
from danvan.analytics.checks.counting import CountedAgain
from danvan.analytics.checks.gaps import Check, Gap
from danvan.analytics.checks.marks import MarksAgain
from danvan.analytics.checks.reports import IndicatorsAgain, ReportsAgain
from danvan.analytics.checks.targets import TargetsAgain
from danvan.analytics.figures import Figure, Number
from danvan.analytics.mark_part import MARK
from danvan.analytics.report_part import BEFORE
from danvan.analytics.summary import Summary

PARTS: dict[str, Callable[[Summary, bool], CountedAgain]] = {
    "target": TargetsAgain,
    MARK: MarksAgain,
    "activities": ActivitiesAgain,
    "commitments": CommitmentsAgain,
    "reports": ReportsAgain,
    "indicator": IndicatorsAgain,
    BEFORE: BeforeAgain,
}


class Again:
    """A summary counted again: a figure is asked of the part that its key names."""

    def __init__(self, summary: Summary, *, thorough: bool) -> None:
        self._parts = {name: part(summary, thorough) for name, part in PARTS.items()}

    def sums(self) -> Check:
        """Every total equals its parts."""
        found = [one for part in self._parts.values() for one in part.sums()]
        failed = tuple(
            one.gap(whose=self._part(one.key).whose(one)) for one in found if not one.agrees
        )
        return Check("Tổng bằng các phần", len(found), failed, f"{len(found)} phép cộng")

    def within_wholes(self) -> Check:
        """Every "trong đó" stays within its whole, in the sum and in each unit's report."""
        tried, failed = 0, []
        for part in self._parts.values():
            number, gaps = part.within_wholes()
            tried += number
            failed += gaps
        return Check("“Trong đó” không vượt tổng", tried, tuple(failed))

    def population_of(self, figure: Figure) -> Number | None:
        """The denominator of a figure counted from the register; None where it has none of that kind."""
        return self._part(figure.key).population_of(figure)

    def unbacked(self, figure: Figure) -> list[Gap]:
        """What is wrong with the records behind a figure."""
        return self._part(figure.key).unbacked(figure)

    def _part(self, key: str) -> CountedAgain:
        return self._parts[key.partition(":")[0]]
