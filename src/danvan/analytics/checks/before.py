"""Figures of the year before counted again: from the values unit by unit, each by its share."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from danvan.analytics.checks.counting import CountedAgain
from danvan.analytics.checks.gaps import Gap, Part, Sum, sum_of
from danvan.analytics.figures import Figure, Number
from danvan.analytics.report_part import BEFORE, LEVEL, ReportPart, whole_if_whole
from danvan.analytics.year_before import year_before
from danvan.indicators.enums import OverTime
from danvan.indicators.facts import amounts_again, is_added, sums_by_unit
from danvan.indicators.selectors import versions_for

if TYPE_CHECKING:
    from danvan.reporting.questions import Question


class BeforeAgain(CountedAgain):
    """What stands beside the monthly figures: the same months a year before, in the reading of the report."""

    @cached_property
    def _questions(self) -> list["Question"]:
        one = self.summary
        if not any(key.startswith(f"{BEFORE}:") for key in self.told):
            return []
        part = ReportPart(one.unit_id, one.unit_name, one.period, one.as_of, one.reading)
        return [question for _, asked in part.questions for question in asked]

    @cached_property
    def _totals(self) -> dict[int, Number]:
        """By indicator the sum of what the units gave, of every month or of the last known one."""
        period = year_before(self.summary.period)
        ids = {one.indicator_id for one in self._questions if not one.computed}
        ids |= {
            pk for one in self._questions for pk in (one.numerator_id, one.denominator_id) if pk
        }
        given = sums_by_unit(sorted(ids), self.summary.unit_id, period, LEVEL, self.summary.reading)
        versions = versions_for(ids, period.last)
        totals = {
            pk: _added(by, last_only=versions[pk].over_time == OverTime.LAST)
            for pk, by in given.items()
        }
        if others := [pk for pk, version in versions.items() if not is_added(version)]:
            again = amounts_again(others, self.summary.unit_id, period, LEVEL, self.summary.reading)
            totals |= {pk: whole_if_whole(again.get(pk, Decimal(0))) for pk in others}
        return totals

    def sums(self) -> list[Sum]:
        """Each figure is the sum of what its units gave; of a share, both its parts are."""
        found = []
        for one in self._questions:
            figure = self.told.get(f"{BEFORE}:{one.indicator_code}")
            if figure is None or (one.computed and one.formula is not None):
                continue
            sides: list[tuple[int | None, Number | None, str]] = [
                (one.indicator_id, figure.numerator, "")
            ]
            if one.computed and figure.denominator is None:
                continue  # not told by its parts
            if one.computed:
                sides = [
                    (one.numerator_id, figure.numerator, ": tử số"),
                    (one.denominator_id, figure.denominator, ": mẫu số"),
                ]
            found += [
                sum_of(
                    figure.key,
                    f"{one.label}, năm trước{word}",
                    told,
                    [Part("Cộng giá trị các đơn vị", self._totals.get(pk or 0, 0))],
                    figure.href,
                )
                for pk, told, word in sides
                if told is not None
            ]
        return found

    def unbacked(self, figure: Figure) -> list[Gap]:
        """A count above nothing has values behind it."""
        code = figure.key.split(":")[1]
        question = next(one for one in self._questions if one.indicator_code == code)
        return [] if question.computed else super().unbacked(figure)


def _added(by: dict[tuple[int, date], Decimal], *, last_only: bool) -> Number:
    last = max((first for _, first in by), default=None)
    kept = [amount for (_, first), amount in by.items() if not last_only or first == last]
    return whole_if_whole(sum(kept, Decimal(0)))
