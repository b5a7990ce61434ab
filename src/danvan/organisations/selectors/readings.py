"""In which tree a figure is read, and whose values flow into it there."""

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from danvan.foundation import clock
from danvan.organisations.closure import FOREVER
from danvan.organisations.enums import Way
from danvan.organisations.models import Reach
from danvan.organisations.selectors.days import in_force
from danvan.organisations.selectors.flowing import (
    WHOLE,
    Shares,
    day_said,
    day_words,
    inflow,
    outflow,
    read_inflow,
    read_outflow,
)
from danvan.organisations.selectors.reaching import spans_under
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

    @property
    def tree(self) -> str:
        """Which tree it is, as a page or a report says it of itself."""
        if self.on is None:
            return "Đọc như khi đó: mỗi tháng theo các đơn vị của tháng ấy"
        return f"Đọc {self.words}: mọi tháng theo các đơn vị ngày {format_date(self.on)}"


THEN = Reading()


def origins(
    unit_ids: Collection[int], reading: Reading, days: Collection[date]
) -> dict[tuple[int, date], Shares]:
    """Whose values of which days flow to a unit, or to any unit at or under it by place on the reading's day.

    {(unit id, day): {unit id on that day: share above 0 and at most 1}}; a unit that did not stand on the
    reading's day has none. Days between which nothing happened share one mapping: not to be written to. Two
    queries a generation of lineage and two more, whatever the number of units and days.
    """
    if reading.on is None:
        return _then(unit_ids, days)
    held: dict[int, Shares] = {}
    founded: dict[int, date] = {}
    ended: dict[int, date] = {}
    under = Reach.objects.filter(in_force(reading.on), top_id__in=unit_ids, follows=Way.PLACE)
    for top, unit, first, last in under.values_list(
        "top_id", "unit_id", day_words("unit__founded_on"), day_words("unit__ended_on")
    ):
        held.setdefault(unit, {})[top] = WHOLE
        founded[unit], ended[unit] = day_said(first), day_said(last)
    found: dict[tuple[int, date], Shares] = {}
    for side in _sides(reading.on, days):
        back = side[0] > reading.on
        far, edges = (max(side), ended) if back else (min(side), founded)
        flow = read_inflow(reading.on, far, edges, under.values("unit_id"))
        turned: dict[int, dict[int, Shares]] = {}
        for day, standing in inflow(held, flow, side).items():
            by_top = turned.get(id(standing))
            if by_top is None:
                by_top = turned[id(standing)] = _turned(standing)
            for top in unit_ids:
                found[top, day] = by_top.get(top, {})
    return found


def _sides(near: date, days: Collection[date]) -> list[list[date]]:
    """The days up to the reading's day, and those after it; a side without days is left out."""
    before = [day for day in days if day <= near]
    after = [day for day in days if day > near]
    return [side for side in (before, after) if side]


def _turned(standing: dict[int, Shares]) -> dict[int, Shares]:
    """{for whom: {unit: share}} from {unit: {for whom: share}}."""
    turned: dict[int, Shares] = {}
    for unit, shares in standing.items():
        for whom, share in shares.items():
            turned.setdefault(whom, {})[unit] = share
    return turned


def _then(unit_ids: Collection[int], days: Collection[date]) -> dict[tuple[int, date], Shares]:
    """Everything at or under each unit on each day, whole. One query."""
    if not days:
        return {}
    spans: dict[int, list[tuple[int, date, date]]] = {unit: [] for unit in unit_ids}
    rows = spans_under(unit_ids, since=min(days), until=max(days) + timedelta(days=1))
    for top, unit, start, end in rows:
        spans[top].append((unit, start, end or FOREVER))
    found: dict[tuple[int, date], Shares] = {}
    for top, under in spans.items():
        edges = sorted({day for _, start, end in under for day in (start, end)})
        stretches: dict[int, Shares] = {}
        for day in days:
            stretch = bisect_right(edges, day)
            if stretch not in stretches:
                stretches[stretch] = {
                    unit: WHOLE for unit, start, end in under if start <= day < end
                }
            found[top, day] = stretches[stretch]
    return found


def destinations(unit_ids: Collection[int], day: date, reading: Reading) -> dict[int, Shares]:
    """Where the values that units gave on a day count in a reading: {unit id: {unit id on its day: share}}.

    The units must have stood on the day. Two queries a generation of lineage, whatever the number of units.
    """
    if reading.on is None or reading.on == day:
        return {unit: {unit: WHOLE} for unit in unit_ids}
    flow = read_outflow(reading.on, day, unit_ids)
    return outflow(unit_ids, flow, day)
