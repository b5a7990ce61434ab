"""Of whose values a figure is made where units were reorganised: what each gave, and the share that counts."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from danvan.desk.numbers.lines import UnitLine
from danvan.desk.numbers.wording import NBSP, number_url, part_text
from danvan.foundation.periods import Every
from danvan.indicators.enums import AcrossBreak, OverTime
from danvan.indicators.selectors import is_derived
from danvan.organisations.enums import Level
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.passings import Passed, passed_from, passed_to
from danvan.organisations.selectors.readings import origins
from danvan.vietnamese.collation import sort_key
from danvan.vietnamese.numbers import format_number

if TYPE_CHECKING:
    from danvan.desk.numbers.sheet import Sheet

WHOLE, NOTHING = Fraction(1), Fraction(0)
Row = tuple[int, date, Decimal]  # who gave it, the month, the amount


@dataclass(frozen=True, slots=True)
class Contribution:
    """One unit whose values are in a figure: their sum, and how much of it counts there by which share."""

    name: str
    given: Decimal
    share: Fraction
    how: str  # by what the share was worked out
    rough: bool
    url: str  # its own figure, as it was then

    @property
    def counted(self) -> Decimal:
        """What of it is in the figure."""
        part = Fraction(self.given) * self.share
        return Decimal(part.numerator) / Decimal(part.denominator)

    @property
    def given_text(self) -> str:
        """What it gave."""
        return part_text(self.given)

    @property
    def counted_text(self) -> str:
        """What of it counts."""
        return part_text(self.counted)

    @property
    def share_text(self) -> str:
        """The share in words."""
        return share_text(self.share)

    @property
    def rebased(self) -> bool:
        """Whether only a part of it counts."""
        return self.share not in (WHOLE, NOTHING)


def share_text(share: Fraction) -> str:
    """A share in words: trọn vẹn, 41,3 %, or that it is not divided."""
    if share == WHOLE:
        return "trọn vẹn"
    if share == NOTHING:
        return "không chia được"
    percent = Decimal(share.numerator * 100) / Decimal(share.denominator)
    written = format_number(percent.quantize(Decimal("0.1"), ROUND_HALF_UP))
    return f"{written}{NBSP}%" if percent >= Decimal("0.05") else f"dưới 0,1{NBSP}%"


def gathered(sheet: "Sheet", unit_ids: Collection[int]) -> dict[int, list[Contribution]]:
    """Where the figures of these units under the sheet come from, by unit; one whose values are all its own is left out.

    The parts of each add up to its figure. Only for what units give themselves, and below provinces; queries do
    not grow with units or months.
    """
    reading, version = sheet.reading, sheet.version
    if reading.on is None or is_derived(version) or sheet.unit.level == Level.COUNTRY:
        return {}
    months = {month.first: month.last for month in sheet.period.parts(Every.MONTH)}
    shares = origins(unit_ids, reading, sorted({*months.values(), reading.on}))
    strange = {
        unit: foreign
        for unit in unit_ids
        if (foreign := _foreign(unit, months, shares, reading.on))
    }
    if not strange:
        return {}
    held = {
        (unit, first): shares.get((unit, last), {})
        for unit in strange
        for first, last in months.items()
    }
    asked = {one for by_unit in held.values() for one in by_unit}
    rows: list[Row] = [
        (unit, first, amount)
        for unit, first, amount in sheet.behind.order_by("first").values_list(
            "unit_id", "first", "amount"
        )
        if amount is not None and unit in asked
    ]
    names = last_names({unit for unit, _, _ in rows}, reading.on)
    how = _how({unit for foreign in strange.values() for unit in foreign}, sheet)
    found = {}
    for unit in strange:
        sums = _sums(unit, rows, held, version)
        if any(one in strange[unit] for one, _ in sums):
            made = [
                Contribution(
                    name=names[one],
                    given=given,
                    share=share,
                    how=passed.words if (passed := how.get(one)) and share != WHOLE else "",
                    rough=bool(passed and passed.rough and share != WHOLE),
                    url=number_url(version.indicator.code, one, sheet.period, sheet.level),
                )
                for (one, share), given in sums.items()
            ]
            found[unit] = sorted(made, key=lambda one: (-one.counted, sort_key(one.name)))
    return found


def _foreign(
    unit: int, months: Mapping[date, date], shares: Mapping[tuple[int, date], Any], on: date
) -> set[int]:
    """Whose values flow to a unit from other months than those in which the same units stood under it."""
    now = set(shares.get((unit, on), {}))
    return {one for last in months.values() for one in shares.get((unit, last), {})} - now


TAKEN = {OverTime.LAST: max, OverTime.LATEST: max, OverTime.FIRST: min}


def _sums(
    unit: int,
    rows: list[Row],
    held: Mapping[tuple[int, date], Mapping[int, Fraction]],
    version: Any,
) -> dict[tuple[int, Fraction], Decimal]:
    """What each origin gave that counts for a unit by one share; of what takes one month, of that month."""
    found: dict[tuple[int, Fraction], Decimal] = defaultdict(Decimal)
    mine = [(one, first, amount) for one, first, amount in rows if one in held[unit, first]]
    if version.over_time in TAKEN and mine:
        taken = TAKEN[version.over_time](first for _, first, _ in mine)
        mine = [row for row in mine if row[1] == taken]
    for one, first, amount in mine:
        share = held[unit, first][one]
        if share != WHOLE and version.at_break == AcrossBreak.WHOLE:
            share = NOTHING
        found[one, share] += amount
    return found


def _how(units: Collection[int], sheet: "Sheet") -> dict[int, Passed]:
    """By what the share of each unit was worked out: at its first event towards the day of the reading."""
    on = sheet.reading.on
    assert on is not None
    first, last = sheet.period.first, sheet.as_of
    forward = passed_from(units, since=first, until=on) if on > first else []
    back = passed_to(units, since=on, until=last) if last > on else []
    return {one.predecessor_id: one for one in reversed(forward)} | {
        one.successor_id: one for one in back
    }


def with_origins(sheet: "Sheet", lines: list[UnitLine]) -> list[UnitLine]:
    """The lines, each with the origins of its figure where it has others than itself."""
    found = gathered(sheet, [line.unit_id for line in lines])
    return [replace(line, origins=found.get(line.unit_id, [])) for line in lines]
