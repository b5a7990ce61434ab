"""All the figures of one place in a period: where to begin."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from danvan.desk.board.scope import Scope, scope_of
from danvan.desk.numbers.sheet import ACTION
from danvan.desk.numbers.wording import (
    figure_text,
    nature_text,
    number_url,
    original_text,
    unit_beside,
)
from danvan.desk.readings import Gone, gone_of
from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.foundation.workbook import write_table
from danvan.indicators.selectors import Rolled, indicators_on, roll_up
from danvan.organisations.selectors.readings import THEN, Reading

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
    original: str = ""  # of a re-based figure: what the units gave before the break

    @property
    def rebased(self) -> bool:
        """Whether it was brought over from other units by shares."""
        return self.rolled.rebased

    @property
    def rough(self) -> bool:
        """Whether it holds a share or an estimate, and is marked as such."""
        return self.rolled.rebased or self.rolled.estimated

    @property
    def nature(self) -> str:
        """How exact it is, where that is to be told."""
        return nature_text(self.rolled)

    @property
    def unit_label(self) -> str:
        """What it counts; a share says it by its sign."""
        return unit_beside(self.version)


@dataclass(frozen=True, slots=True)
class Index:
    """The figures; none where the reader reads no place whole."""

    scope: Scope | None
    period: Period
    figures: list[Figure] = field(default_factory=list)
    reading: Reading = THEN
    gone: Gone | None = None

    def workbook(self) -> bytes:
        """The same as Excel."""
        rows = [
            [
                one.version.indicator.code,
                one.version.name,
                one.text,
                one.unit_label,
                one.rolled.units,
                one.nature,
                one.original,
            ]
            for one in self.figures
        ]
        headings = (
            "Mã",
            "Số liệu",
            "Giá trị",
            "Đơn vị tính",
            "Số đơn vị có số",
            "Quy đổi, ước",
            "Trước quy đổi",
        )
        place = self.scope.name if self.scope else ""
        notes = [f"Số liệu {self.period.label}, {place}", self.reading.tree]
        if self.gone:
            notes.append(self.gone.text)
        widths = (14, 60, 24, 16, 14, 12, 16)
        return write_table("Số liệu", headings, rows, notes=notes, widths=widths)


def read_index(user: "User", unit_id: int | None, period: Period, reading: Reading = THEN) -> Index:
    """Everything that is measured, at a place of the reader's. A constant number of queries."""
    scope = scope_of(user, unit_id, action=ACTION, reading=reading, until=period.last)
    if scope is None or not scope.whole:
        return Index(scope, period, reading=reading)
    gone = None if scope.stands else gone_of(scope.place_id, scope.name, scope.day)
    if not scope.has_figures:
        return Index(scope, period, reading=reading, gone=gone)
    versions = indicators_on(min(clock.today(), period.last))
    ids = [one.indicator_id for one in versions]
    rolled = roll_up(ids, [scope.place_id], period, reading=reading)
    figures = [
        Figure(
            one,
            found := rolled[one.indicator_id, scope.place_id],
            figure_text(one, found),
            number_url(one.indicator.code, scope.place_id, period, reading=reading),
            original_text(one, found),
        )
        for one in versions
    ]
    return Index(scope, period, figures, reading, gone)
