"""The units under a figure, one line each, in the tree that the page reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Aggregate, Max, Min

from danvan.desk.board.scope import BELOW, places_below
from danvan.desk.numbers.wording import SHORT, figure_text, number_url, original_text
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Approval, OverTime
from danvan.indicators.selectors import Rolled, is_derived, ranked, roll_up
from danvan.organisations.enums import Level
from danvan.organisations.selectors import UnitOnDay, last_names
from danvan.organisations.selectors.readings import Reading
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.desk.numbers.gathering import Contribution
    from danvan.desk.numbers.sheet import Sheet
    from danvan.indicators.models import IndicatorVersion

WITHOUT, WITH, OF_NOTHING = range(3)
BY_AMOUNT = "so"  # an order of the lines; else by name


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit under the figure. `level` is the lowest approval of its values; None where that is not said."""

    unit_id: int
    name: str
    rolled: Rolled
    text: str
    level: Approval | None
    vintage: int
    url: str
    original: str = ""  # of a re-based figure: what the units gave before the break
    origins: Sequence[
        "Contribution"
    ] = ()  # where units were reorganised: whose values it is made of

    @property
    def known(self) -> bool:
        """Whether it has a figure."""
        return self.rolled.amount is not None

    @property
    def group(self) -> int:
        """Where it stands: without a figure, with one, or a share of nothing (nothing happened there)."""
        if self.known:
            return WITH
        return OF_NOTHING if self.rolled.denominator == 0 else WITHOUT

    @property
    def level_words(self) -> str:
        """How far its values are approved, in a word or two."""
        return SHORT[self.level] if self.level else ""

    @property
    def rebased(self) -> bool:
        """Whether it was brought over from other units by shares."""
        return self.rolled.rebased

    @property
    def rough(self) -> bool:
        """Whether it holds a share or an estimate, and is marked as such."""
        return self.rolled.rebased or self.rolled.estimated


def lines_under(
    version: "IndicatorVersion",
    unit: UnitOnDay,
    behind: Any,
    period: Period,
    level: int,
    day: date,
    reading: Reading,
) -> list[UnitLine]:
    """The places under a place on the tree's day with their figures, and whoever else gave a value in the period.

    Those without a figure first, then by name. Queries do not grow with them.
    """
    below = BELOW.get(Level(unit.level)) if unit.is_place else None
    if below is None:
        return []
    period = _summed_over(version, behind, period)
    standing = below == Level.COMMUNE
    gave = {
        row["unit_id"]: row
        for row in behind.order_by().values("unit_id").annotate(low=Min("level"), last=Max("vintage"))
    } if standing else {}  # fmt: skip
    names = dict(places_below(unit.id, below, day))
    if reading.on is None:  # on a day's tree the values of other units have come to these
        names |= last_names([pk for pk in gave if pk not in names], day)
    rolled = roll_up([version.indicator_id], list(names), period, level=level, reading=reading)
    lines = [
        UnitLine(
            unit_id=pk,
            name=name,
            rolled=rolled[version.indicator_id, pk],
            text=figure_text(version, rolled[version.indicator_id, pk]),
            level=Approval(gave[pk]["low"]) if pk in gave else None,
            vintage=gave[pk]["last"] if pk in gave else 0,
            url=number_url(version.indicator.code, pk, period, level, reading),
            original=original_text(version, rolled[version.indicator_id, pk]),
        )
        for pk, name in names.items()
    ]
    by_name = {line.unit_id: sort_key(line.name.partition(" ")[2]) for line in lines}
    lines.sort(key=lambda line: (line.group, by_name[line.unit_id], line.unit_id))
    return lines


TAKEN: dict[str, type[Aggregate]] = {OverTime.LAST: Max, OverTime.LATEST: Max, OverTime.FIRST: Min}


def order_of(sheet: "Sheet", order: str) -> tuple[list[UnitLine], str]:
    """The lines by amount where that is asked for (the highest first), and a sentence where it is refused.

    Across a break the amounts of different units are not compared, unless they are re-based to one tree.
    """
    lines = sheet.lines
    if order != BY_AMOUNT:
        return lines, ""
    by_id = {line.unit_id: line for line in lines}
    try:
        rows = ranked(
            sheet.version.indicator_id, list(by_id), sheet.period, sheet.reading, sheet.level
        )
    except RuleError as refused:
        return lines, f"{refused.message} Danh sách vẫn xếp theo tên."
    return sorted((by_id[pk] for pk, _ in rows), key=lambda line: line.group), ""


def _summed_over(version: "IndicatorVersion", behind: Any, period: Period) -> Period:
    """The period the units are summed over: of what takes one month, the month that was taken."""
    if is_derived(version) or version.over_time not in TAKEN:
        return period
    if period.every == Every.MONTH and version.over_time != OverTime.LATEST:
        return period
    taken = behind.aggregate(month=TAKEN[version.over_time]("first"))["month"]
    return Period.containing(taken, Every.MONTH) if taken else period
