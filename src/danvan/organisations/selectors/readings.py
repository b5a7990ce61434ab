"""In which tree a figure is read, and whose values flow into it there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from danvan.foundation import clock
from danvan.vietnamese.dates import format_date, parse_date

THEN_CODE, TODAY_CODE = "khi-do", "hom-nay"


@dataclass(frozen=True, slots=True)
class Reading:
    """The tree of each figure's own time (`on` None), or that of one day: *as it was then*, *as on day D*.

    *As it is today* is the reading of today's day.
    """

    on: date | None = None

    @classmethod
    def present(cls) -> "Reading":
        """As it is today."""
        return cls(clock.today())

    @classmethod
    def parse(cls, code: str) -> "Reading":
        """From an address: khi-do, hom-nay, or a day (30/06/2025 or 2025-06-30). ValueError in words."""
        if not code or code == THEN_CODE:
            return cls()
        if code == TODAY_CODE:
            return cls.present()
        try:
            return cls(date.fromisoformat(code))
        except ValueError:
            return cls(parse_date(code))

    @property
    def code(self) -> str:
        """For an address."""
        if self.on is None:
            return THEN_CODE
        return TODAY_CODE if self.on == clock.today() else self.on.isoformat()

    @property
    def words(self) -> str:
        """For people."""
        if self.on is None:
            return "như khi đó"
        return "như hôm nay" if self.on == clock.today() else f"tại ngày {format_date(self.on)}"


THEN = Reading()


def origins(
    unit_ids: Collection[int], reading: Reading, days: Collection[date]
) -> dict[tuple[int, date], dict[int, Fraction]]:
    """Whose values of which days flow to a unit, or to any unit at or under it by place on the reading's day.

    {(unit id, day): {unit id on that day: share above 0 and at most 1}}.
    """
    raise NotImplementedError
