"""What somebody asks to have in a file, read from words, and the figures that answer it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from danvan.exchange.selectors.observations import (
    Observation,
    given_observations,
    rolled_observations,
)
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval
from danvan.indicators.selectors import indicators_by_code, indicators_on, is_derived
from danvan.organisations.selectors import by_code, children, top_unit
from danvan.organisations.selectors.readings import THEN, Reading


@dataclass(frozen=True, slots=True)
class Request:
    """Which indicators, of which units, in which months, read how, from which approval level on."""

    indicator_ids: Sequence[int]
    months: Period
    under: int | None = None
    unit_ids: Sequence[int] = ()  # of a rolled one
    rolled: bool = False
    every: Every = Every.MONTH  # the periods of a rolled one
    reading: Reading = THEN
    level: int = Approval.SENT
    within: QuerySet[Any, Any] | None = None

    def observations(self) -> Iterator[Observation]:
        """The figures, month by month."""
        if not self.rolled:
            return given_observations(
                self.indicator_ids,
                self.months,
                level=self.level,
                under=self.under,
                within=self.within,
            )
        return rolled_observations(
            self.indicator_ids,
            self.unit_ids,
            self.periods(),
            reading=self.reading,
            level=self.level,
        )

    def periods(self) -> list[Period]:
        """The months, quarters, halves or years that the months lie in."""
        firsts = [month.first for month in self.months.parts(Every.MONTH)]
        return list(dict.fromkeys(Period.containing(first, self.every) for first in firsts))


def read_request(
    *,
    since: str,
    until: str,
    indicators: Sequence[str] = (),
    under: str = "",
    rolled: bool = False,
    every: str = Every.MONTH,
    reading: str = "",
    level: int = Approval.SENT,
) -> Request:
    """A request from the words of an administrator. ValueError with a whole sentence where one of them says nothing.

    Without indicators, all that are measured at the end of the months: for values, those that units give.
    """
    months = _months(since, until)
    read = Reading.parse(reading)
    day = read.on or months.last
    place = None
    if under:
        place = by_code(under, on=day)
        if place is None:
            raise ValueError(
                f"Không có đơn vị mã “{under}” vào ngày cuối kỳ. Đồng chí vui lòng kiểm tra mã, giữ số 0 ở đầu."
            )
    unit_ids: list[int] = []
    if rolled:
        top = place.pk if place else top_unit(on=day).id
        unit_ids = [top, *(branch.unit.id for branch in children(top, on=day))]
    return Request(
        indicator_ids=_indicators(indicators, months, rolled=rolled),
        months=months,
        under=place.pk if place else None,
        unit_ids=unit_ids,
        rolled=rolled,
        every=Every(every),
        reading=read,
        level=level,
    )


def _months(since: str, until: str) -> Period:
    first, last = Period.parse(since), Period.parse(until)
    if first.every is not Every.MONTH or last.every is not Every.MONTH or last < first:
        raise ValueError(
            "Đồng chí vui lòng chọn tháng đầu và tháng cuối, ví dụ 2026-01 và 2026-12."
        )
    return Period(first.first, last.end, Every.YEAR)


def _indicators(codes: Sequence[str], months: Period, *, rolled: bool) -> list[int]:
    if not codes:
        held = indicators_on(months.last)
        return [one.indicator_id for one in held if rolled or not is_derived(one)]
    known = indicators_by_code(codes)
    if missing := [code for code in codes if code not in known]:
        raise ValueError(f"Không có số liệu mã “{missing[0]}”. Đồng chí vui lòng kiểm tra mã.")
    return [known[code].pk for code in codes]
