"""What may be held against what: breaks of the register and of definitions, and rankings that do not cross them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval
from danvan.indicators.selectors.definitions import Definitions
from danvan.indicators.selectors.rolled import Rolled
from danvan.indicators.selectors.rolling import roll_up
from danvan.organisations.selectors.breaking import breaks_of
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.vietnamese.dates import format_date


@dataclass(frozen=True, slots=True)
class Break:
    """A day from which a series is not comparable with what was before: units, or the definition, changed."""

    day: date
    of_units: bool
    of_definition: bool

    @property
    def words(self) -> str:
        """What happened, for a chart."""
        if self.of_units and self.of_definition:
            return "sắp xếp đơn vị, đổi định nghĩa"
        return "sắp xếp đơn vị" if self.of_units else "đổi định nghĩa"


def breaks_in(
    indicator_id: int, unit_id: int, period: Period, reading: Reading = THEN
) -> list[Break]:
    """The breaks between the months of a period in the figures of an indicator under a unit, in order.

    Read as on a day, units do not break the series: it is re-based. A break lies between two months when it comes
    after the last day of one and not after that of the next.
    """
    return breaks_by_unit(indicator_id, [unit_id], period, reading)[unit_id]


def breaks_by_unit(
    indicator_id: int, unit_ids: Collection[int], period: Period, reading: Reading = THEN
) -> dict[int, list[Break]]:
    """`breaks_in` for many units."""
    after, until = _ends(period)
    meanings = _meanings(indicator_id, after, until)
    units = breaks_of(unit_ids, after=after, until=until) if reading.on is None else {}
    found = {}
    for unit in unit_ids:
        days = set(units.get(unit, ()))
        found[unit] = [Break(day, day in days, day in meanings) for day in sorted(days | meanings)]
    return found


def comparable(
    indicator_id: int, unit_ids: Collection[int], periods: Sequence[Period], reading: Reading = THEN
) -> bool:
    """Whether the figures of these units in these periods may be held against each other: no break in between."""
    whole = Period.spanning(sorted(periods))
    return not any(breaks_by_unit(indicator_id, unit_ids, whole, reading).values())


def ranked(
    indicator_id: int,
    unit_ids: Sequence[int],
    period: Period,
    reading: Reading = THEN,
    level: int = Approval.SENT,
) -> list[tuple[int, Rolled]]:
    """The units with their figures, the largest first; of equal ones in the order given, unknown ones last.

    Refused as it was then where units were reorganised within the period: some would be compared by months that
    others were not there for.
    """
    if reading.on is None:
        after, until = _ends(period)
        broken = breaks_of(unit_ids, after=after, until=until)
        if days := sorted({day for found in broken.values() for day in found}):
            told = ", ".join(format_date(day) for day in days)
            raise RuleError(
                f"Kỳ này có sắp xếp đơn vị ngày {told}; xếp theo số chỉ khi đọc như hôm nay hoặc tại một ngày."
                " Đồng chí vui lòng đổi cách đọc số liệu, hoặc chọn kỳ không có sắp xếp."
            )
    figures = roll_up([indicator_id], unit_ids, period, level=level, reading=reading)
    rows = [(unit, figures[indicator_id, unit]) for unit in unit_ids]
    known = [(unit, figure) for unit, figure in rows if figure.amount is not None]
    unknown = [(unit, figure) for unit, figure in rows if figure.amount is None]
    return sorted(known, key=lambda row: row[1].amount or 0, reverse=True) + unknown


def _ends(period: Period) -> tuple[date, date]:
    """The last days of the first and of the last month: what happens between them falls between two months."""
    return Period.starting(period.first, Every.MONTH).last, period.last


def _meanings(indicator_id: int, after: date, until: date) -> set[date]:
    """The days on which the indicator, or anything it is worked out from, came to mean something else."""
    book = Definitions.of([indicator_id])
    return {
        version.valid_from
        for versions in book.versions.values()
        for version in versions
        if version.number > 1 and after < version.valid_from <= until
    }
