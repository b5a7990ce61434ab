"""The same figures in three readings: as it was then, on the day of the reorganisation, and on the day before it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from danvan.desk.numbers.wording import is_ratio, number_url, original_text
from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.indicators.enums import AcrossBreak, OverTime
from danvan.indicators.facts import is_added
from danvan.indicators.selectors import Rolled, is_derived, roll_up
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import lower_first

if TYPE_CHECKING:
    from danvan.indicators.models import IndicatorVersion

NBSP, UNKNOWN = "\u00a0", "–"


@dataclass(frozen=True, slots=True)
class Sides:
    """The units before and after, each in the order shown. One that goes on stands on both."""

    on: date
    before: Sequence[int]
    after: Sequence[int]
    names: Mapping[int, str]

    @property
    def everybody(self) -> list[int]:
        """Every unit once."""
        return list(dict.fromkeys([*self.before, *self.after]))

    @property
    def eve(self) -> date:
        """The last day before."""
        return self.on - timedelta(days=1)

    @property
    def then_on(self) -> date:
        """The day on which the new tree is read: today, or the day itself where it is still to come."""
        return max(self.on, clock.today())


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one unit in one reading."""

    unit: str
    text: str
    rebased: bool = False
    original: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """The sums of a figure under two readings that must agree."""

    before: str
    after: str
    agree: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator in one period. `since` are the figures of the new units in the reading as it was then."""

    name: str
    period: str
    rule: str
    note: str
    then: list[Cell]
    since: list[Cell]
    now: list[Cell]
    back: list[Cell]
    total: Total | None

    @property
    def known(self) -> bool:
        """Whether any unit has a figure in any reading."""
        cells = (*self.then, *self.since, *self.now, *self.back)
        return any(cell.text != UNKNOWN for cell in cells)


@dataclass(frozen=True, slots=True)
class Figures:
    """The table: its columns and its lines."""

    sides: Sides
    before: list[str]
    after: list[str]
    lines: list[Line]
    empty: list[str]  # what has no figure at all, by period, in words

    @property
    def agree(self) -> bool:
        """Whether every total before is the total after."""
        return all(line.total.agree for line in self.lines if line.total)

    @property
    def summed(self) -> int:
        """How many lines have a total to compare."""
        return sum(line.total is not None for line in self.lines)


Found = Mapping[tuple[int, int], Rolled]


def read_figures(
    sides: Sides,
    versions: Sequence["IndicatorVersion"],
    periods: Sequence[Period],
    *,
    linked: Collection[int] = (),
    measure: str = "",
) -> Figures:
    """The figures of the units in all three readings; the register must hold the reorganisation.

    `linked` are the units whose figures open on a page. Three roll-ups a period, however many units and indicators.
    """
    ids = [one.indicator_id for one in versions]
    units = sides.everybody
    lines = []
    for period in periods:
        then, now, back = (
            roll_up(ids, units, period, reading=reading)
            for reading in (THEN, Reading(sides.then_on), Reading(sides.eve))
        )
        for version in versions:
            one = _Reader(sides, version, period, set(linked), measure)
            lines.append(one.line(then, now, back))
    order = [one.name for one in versions]
    lines.sort(key=lambda line: order.index(line.name))
    before, after = (
        [_bare(sides.names[one]) for one in side] for side in (sides.before, sides.after)
    )
    shown = [line for line in lines if line.known]
    lacking: dict[str, list[str]] = {}
    for line in lines:
        if not line.known:
            lacking.setdefault(line.period, []).append(line.name)
    empty = [f"{period}: {', '.join(names)}" for period, names in lacking.items()]
    return Figures(sides, before, after, shown, empty)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Writes the line of one indicator in one period."""

    sides: Sides
    version: "IndicatorVersion"
    period: Period
    linked: set[int]
    measure: str

    def line(self, then: Found, now: Found, back: Found) -> Line:
        begins_before = self.period.first < self.sides.on
        ends_after = self.period.last >= self.sides.on
        before = self.sides.before if begins_before else []
        gone = [one for one in self.sides.after if one not in self.sides.before]
        later = self.sides.after if not begins_before else gone
        backwards = [back[self._key(one)] for one in self.sides.before]
        return Line(
            name=self.version.name,
            period=self.period.label,
            rule=_rule(self.version),
            note=self._note(then, now, backwards),
            then=self._cells(before, then, link=True),
            since=self._cells(later, then, link=True) if ends_after else [],
            now=self._cells(self.sides.after, now),
            back=self._cells(self.sides.before, back),
            total=self._total(then, now, back, straddles=begins_before and ends_after),
        )

    def _key(self, unit: int) -> tuple[int, int]:
        return self.version.indicator_id, unit

    def _cells(self, units: Iterable[int], found: Found, *, link: bool = False) -> list[Cell]:
        return [self._cell(one, found[self._key(one)], link=link) for one in units]

    def _cell(self, unit: int, rolled: Rolled, *, link: bool) -> Cell:
        opens = link and unit in self.linked and rolled.amount is not None
        return Cell(
            unit=_bare(self.sides.names[unit]),
            text=_text(self.version, rolled),
            rebased=rolled.rebased,
            original=original_text(self.version, rolled),
            url=number_url(self.version.indicator.code, unit, self.period) if opens else "",
        )

    def _note(self, then: Found, now: Found, backwards: Sequence[Rolled]) -> str:
        if is_ratio(self.version):
            whole = [now[self._key(one)] for one in self.sides.after]
            parts = [one for one in whole if one.numerator is not None and one.denominator]
            if len(parts) == 1 and parts[0].numerator is not None and parts[0].denominator:
                shown = f"{_short(parts[0].numerator)}/{_short(parts[0].denominator)}"
                return f"{shown}; không lấy trung bình các đơn vị"
            return "không lấy trung bình các đơn vị"
        if behind := self._behind(then, now):
            return behind
        if any(one.rebased for one in backwards):
            return (
                f"đọc ngược: chia theo {self.measure}"
                if self.measure
                else "đọc ngược: chia theo tỷ trọng"
            )
        if any(now[self._key(one)].rebased for one in self.sides.after):
            return "chia theo tỷ trọng"
        return ""

    def _behind(self, then: Found, now: Found) -> str:
        """Where a stock is of a last month that not all have given yet, how many have: no sum to compare."""
        if self.version.over_time != OverTime.LAST:
            return ""
        given, whole = (
            sum(found[self._key(one)].units for one in units)
            for found, units in ((now, self.sides.after), (then, self.sides.everybody))
        )
        if given >= whole:
            return ""
        return f"tháng cuối mới có số của {given} trong {whole} đơn vị; chưa so được tổng"

    def _total(self, then: Found, now: Found, back: Found, *, straddles: bool) -> Total | None:
        """The sums before and after, where sums are what this figure is made of."""
        plain = not is_derived(self.version) and is_added(self.version)
        last = self.version.over_time == OverTime.LAST
        if not plain or (last and (straddles or self._behind(then, now))):
            return None
        sums = [
            _sum(found[self._key(one)].amount for one in units)
            for found, units in (
                (then, self.sides.everybody),
                (now, self.sides.after),
                (back, self.sides.before),
            )
        ]
        known = [one for one in sums if one is not None]
        whole = self.version.at_break == AcrossBreak.WHOLE
        if not known or (whole and len(known) < len(sums)):
            return None
        agree = len(known) == len(sums) and all(one == known[0] for one in known)
        first, second = (_exact(one) for one in (sums[0], sums[1]))
        return Total(first, second, agree)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    # What is cut off beyond the millionths that values have is no difference.
    return sum(known, Decimal(0)).quantize(Decimal("0.000001")) if known else None


def _rule(version: "IndicatorVersion") -> str:
    if is_ratio(version):
        return "Tỷ lệ: tính lại từ tử, mẫu"
    if is_derived(version):
        return "Công thức: tính lại từ các số thành phần"
    if not is_added(version):
        ways = (version.get_over_tree_display(), version.get_over_time_display())
        rule = lower_first("; ".join(str(way) for way in ways))
        return f"Không cộng: {rule}"
    last = version.over_time == OverTime.LAST
    rule = "Tồn: số cuối kỳ, cộng theo nơi" if last else "Dòng: cộng"
    return f"{rule}; không chia nhỏ" if version.at_break == AcrossBreak.WHOLE else rule


def _text(version: "IndicatorVersion", rolled: Rolled) -> str:
    """The figure as it stands in a narrow column: a share by its percentage, a re-based one to a tenth."""
    if rolled.amount is None:
        return UNKNOWN
    if is_ratio(version):
        return f"{format_number(rolled.amount, 2)}{NBSP}%"
    whole = rolled.amount == rolled.amount.to_integral_value()
    places = version.places if not rolled.rebased or whole else max(version.places, 1)
    return format_number(rolled.amount, places)


def _short(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return format_number(amount, 0 if whole else 1)


def _exact(amount: Decimal | None) -> str:
    return UNKNOWN if amount is None else _short(amount)


def _bare(name: str) -> str:
    """The name without its type word, where columns are narrow."""
    for word in ("Xã ", "Phường ", "Đặc khu ", "Thị trấn ", "Tỉnh ", "Thành phố ", "Huyện "):
        if name.startswith(word):
            return name[len(word) :]
    return name
