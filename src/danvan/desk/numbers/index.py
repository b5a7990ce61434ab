"""All the figures of one place in a period: where to begin."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from danvan.desk.board.scope import Scope, scope_of
from danvan.desk.numbers.sheet import ACTION
from danvan.desk.numbers.wording import figure_text, is_ratio, number_url
from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.foundation.workbook import write_table
from danvan.indicators.selectors import Rolled, indicators_on, roll_up

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import IndicatorVersion


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the place."""

    version: "IndicatorVersion"
    rolled: Rolled
    text: str
    url: str

    @property
    def unit_label(self) -> str:
        """What it counts; a share says it by its sign."""
        return "" if is_ratio(self.version) else self.version.unit_label


@dataclass(frozen=True, slots=True)
class Index:
    """The figures; none where the reader reads no place whole."""

    scope: Scope | None
    period: Period
    figures: list[Figure] = field(default_factory=list)

    def workbook(self) -> bytes:
        """The same as Excel."""
        rows = [
            [
                one.version.indicator.code,
                one.version.name,
                one.text,
                one.unit_label,
                one.rolled.units,
            ]
            for one in self.figures
        ]
        headings = ("Mã", "Số liệu", "Giá trị", "Đơn vị tính", "Số đơn vị có số")
        place = self.scope.name if self.scope else ""
        notes = [f"Số liệu {self.period.label}, {place}"]
        return write_table("Số liệu", headings, rows, notes=notes, widths=(14, 60, 24, 16, 14))


def read_index(user: "User", unit_id: int | None, period: Period) -> Index:
    """Everything that is measured, at a place of the reader's. A constant number of queries."""
    scope = scope_of(user, unit_id, action=ACTION)
    if scope is None or not scope.whole:
        return Index(scope, period)
    versions = indicators_on(min(clock.today(), period.last))
    rolled = roll_up([one.indicator_id for one in versions], [scope.place_id], period)
    figures = [
        Figure(
            one,
            found := rolled[one.indicator_id, scope.place_id],
            figure_text(one, found),
            number_url(one.indicator.code, scope.place_id, period),
        )
        for one in versions
    ]
    return Index(scope, period, figures)
