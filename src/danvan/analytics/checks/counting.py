"""What each part of a report offers to the checks: its figures counted a second time, another way."""

from collections.abc import Sequence

from danvan.analytics.checks.gaps import Gap, Sum
from danvan.analytics.figures import Figure, Number
from danvan.analytics.summary import Summary
from danvan.vietnamese.numbers import format_number


class CountedAgain:
    """A part of a summary, counted again. Each part of a report overrides what it can answer."""

    def __init__(self, summary: Summary, thorough: bool) -> None:  # noqa: FBT001  one constructor for all
        self.summary, self.thorough = summary, thorough
        # As told where a reader meets it last: in a table, which is what gets altered by hand.
        self.told = {figure.key: figure for figure in summary.figures}

    def sums(self) -> list[Sum]:
        """Totals with their parts, counted apart from the composed figure."""
        return []

    def whose(self, failed: Sum) -> Sequence[str]:
        """Whose report makes the gap of a failed sum, in words."""
        return ()

    def within_wholes(self) -> tuple[int, list[Gap]]:
        """How many "trong đó" were tried, and those above their whole."""
        return 0, []

    def population_of(self, figure: Figure) -> Number | None:
        """What the denominator of a figure must be; None where nothing says."""
        return None

    def unbacked(self, figure: Figure) -> list[Gap]:
        """What is wrong with the records behind a figure: none behind a count above nothing."""
        if figure.numerator and not figure.records:
            return [gap(figure, f"{figure.text}, không có hồ sơ.")]
        return []


def gap(figure: Figure, words: str, whose: Sequence[str] = ()) -> Gap:
    """A gap of one figure that is no sum."""
    return Gap(
        figure.key,
        figure.definition,
        words,
        told=figure.numerator,
        href=figure.href,
        whose=tuple(whose),
    )


def records_differ(figure: Figure, records: int, quantity: int | None) -> list[Gap]:
    """The gap where the records behind a figure are not as many as it says, or do not make it."""
    if records != figure.records:
        told, there = format_number(figure.records or 0), format_number(records)
        return [gap(figure, f"ghi {told} hồ sơ, mở ra có {there}.")]
    if quantity is not None and quantity != figure.numerator:
        told, there = format_number(figure.numerator), format_number(quantity)
        return [gap(figure, f"ghi {told}, cộng các hồ sơ mở ra được {there}.")]
    return []
