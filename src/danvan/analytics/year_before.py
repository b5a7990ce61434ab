"""The same months a year before, to stand beside a report's figures: re-based to one tree, or refused across a break."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from danvan.foundation.periods import Every, Period
from danvan.indicators.facts import Behind, behind_figures
from danvan.indicators.selectors import Rolled, roll_up, versions_for
from danvan.organisations.selectors.breaks import Break, breaks
from danvan.organisations.selectors.readings import Reading
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.indicators.models import IndicatorVersion

HEAD = "Cùng kỳ năm trước"


def year_before(period: Period) -> Period:
    """The period of the same kind a year earlier."""
    return Period.starting(date(period.first.year - 1, period.first.month, 1), period.every)


class YearBefore:
    """What a place's indicators were a year before a period that is over; nothing for one that still runs."""

    def __init__(
        self, place_id: int, period: Period, indicator_ids: list[int], level: int, reading: Reading
    ) -> None:
        self.period, self._now = year_before(period), period
        self._place_id, self._ids = place_id, indicator_ids
        self._level, self._reading = level, reading

    @cached_property
    def rolled(self) -> dict[int, Rolled]:
        """The figures that are known, by indicator."""
        found = roll_up(
            self._ids, [self._place_id], self.period, level=self._level, reading=self._reading
        )
        return {key: one for (key, _), one in found.items() if one.amount is not None}

    @cached_property
    def broke(self) -> Break | None:
        """The last break between its first month and the end of the period it stands beside, read as it was then."""
        if self._reading.on is not None:
            return None
        first = self.period.parts(Every.MONTH)[0]
        found = breaks([self._place_id], since=first.last, until=self._now.last)[self._place_id]
        return found[-1] if found else None

    @property
    def comparable(self) -> bool:
        """Whether there is something to set beside, on the same tree."""
        return bool(self.rolled) and self.broke is None

    @cached_property
    def versions(self) -> dict[int, "IndicatorVersion"]:
        """What each indicator meant then."""
        return versions_for(self._ids, self.period.last)

    @cached_property
    def behind(self) -> dict[int, list[Behind]]:
        """What stands behind each figure, month by month."""
        return behind_figures(self._ids, self._place_id, self.period, self._level, self._reading)

    def refusal(self, place: str) -> str:
        """Why nothing is set beside, in a sentence; empty where something is, or there is nothing to set."""
        if not self.rolled or self.broke is None:
            return ""
        return (
            f"Không so với {self.period.label}: các đơn vị thuộc {place} thay đổi từ ngày "
            f"{format_date(self.broke.day)} ({self.broke.title}), số của hai bên không so trực tiếp. Muốn so, lập báo "
            "cáo đọc như hôm nay để các số được quy đổi."
        )
