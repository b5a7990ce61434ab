"""The calendar of a year as twelve tables."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from danvan.law.selectors import calendar_days


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month as its table shows it."""

    day: date
    working: bool
    reason: str
    citation: str
    estimated: bool
    corrected: bool

    @property
    def named(self) -> bool:
        """Whether the calendar says more of it than the week does."""
        return bool(self.reason)

    @property
    def classes(self) -> str:
        """How the cell looks; its words say the same."""
        marks = ["is-off"] if not self.working else []
        marks += ["is-named"] if self.named else []
        return " ".join(marks)


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its weeks from Monday to Sunday; a day of another month is left empty."""

    number: int
    weeks: list[list[Cell | None]]
    worked: int


def months_of(year: int) -> tuple[list[Month], list[Cell]]:
    """The twelve months, and the named days in order."""
    named = {one.day: one for one in calendar_days(year)}

    def cell(day: date) -> Cell:
        row = named.get(day)
        if row is None:
            return Cell(day, day.weekday() < 5, "", "", estimated=False, corrected=False)
        return Cell(day, row.working, row.reason, row.citation, row.estimated, row.corrected)

    months = []
    for number in range(1, 13):
        weeks = [
            [cell(day) if day.month == number else None for day in week]
            for week in Calendar().monthdatescalendar(year, number)
        ]
        worked = sum(one.working for week in weeks for one in week if one)
        months.append(Month(number, weeks, worked))
    return months, [cell(day) for day in sorted(named)]
