"""The commitments behind one figure of the board, one by one: exactly those that the figure counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from danvan.commitments.facts import DueRow, due_rows
from danvan.foundation.periods import Period
from danvan.foundation.workbook import write_table
from danvan.organisations.selectors import last_names
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.desk.board.scope import Scope

# What each figure is called in the address, in words, and which of the rows it counts on a day.
FIGURES: dict[str, tuple[str, Callable[[DueRow, date], bool]]] = {
    "den-han": ("Việc đến hạn", lambda row, day: True),
    "bao-xong": ("Việc đơn vị báo đã xong", lambda row, day: row.claimed_on is not None),
    "da-kiem-tra": ("Việc đã kiểm tra, xác nhận", lambda row, day: row.verified_on is not None),
    "chua-kiem-tra": (
        "Việc báo xong mà chưa ai kiểm tra",
        lambda row, day: row.claimed_on is not None and row.verified_on is None,
    ),
    "qua-han": ("Việc quá hạn", lambda row, day: row.claimed_on is None and row.due_on < day),
}


@dataclass(frozen=True, slots=True)
class DueList:
    """The rows of one figure with the names of their leads, the earliest day first."""

    title: str
    day: date
    rows: list[tuple[DueRow, str]]

    def workbook(self) -> bytes:
        """The same as Excel."""
        headings = ("Số", "Việc", "Chủ trì", "Hạn", "Báo xong", "Kiểm tra xong")
        rows = [
            [row.number, row.title, lead, row.due_on, row.claimed_on, row.verified_on]
            for row, lead in self.rows
        ]
        notes = [f"{self.title}, tính đến {format_date(self.day)}"]
        return write_table("Việc", headings, rows, notes=notes, widths=(16, 60, 40, 12, 12, 12))


def read_due(scope: "Scope", period: Period, figure: str, today: date) -> DueList | None:
    """The commitments that a figure of the board counts; None where there is no such figure. Two queries."""
    if figure not in FIGURES:
        return None
    title, counted = FIGURES[figure]
    day = min(today, period.last)
    rows = [row for row in due_rows(scope.within_then, period, day) if counted(row, day)]
    rows.sort(key=lambda row: (row.due_on, row.pk))
    names = last_names({row.lead_id for row in rows}, day)
    return DueList(
        f"{title} {period.label}, {scope.name}",
        day,
        [(row, names.get(row.lead_id, "")) for row in rows],
    )
