"""The commitments behind one figure of the board, one by one: exactly those that the figure counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from danvan.commitments.facts import FIELDS, DueRow, due_rows
from danvan.commitments.selectors import waiting_for_verification
from danvan.foundation.periods import Period
from danvan.foundation.workbook import write_table
from danvan.organisations.selectors import last_names
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from danvan.accounts.models import User
    from danvan.commitments.models import Commitment
    from danvan.desk.board.scope import Scope

LONG = "bao-lau"  # in the address: claims that wait for long
PATIENCE = 5  # days a claim may wait before it is the leader's business
# What each figure is called in the address, in words, and which of the rows it counts on a day.
FIGURES: dict[str, tuple[str, Callable[[DueRow, date], bool]]] = {
    "den-han": ("Việc đến hạn", lambda row, day: True),
    "bao-xong": ("Việc đơn vị báo đã xong", lambda row, day: row.claimed_on is not None),
    "da-kiem-tra": ("Việc đã kiểm tra, xác nhận", lambda row, day: row.verified_on is not None),
    "chua-kiem-tra": (
        "Việc báo xong mà chưa ai kiểm tra",
        lambda row, day: row.claimed_on is not None and row.verified_on is None,
    ),
    "co-nguoi-hoi": ("Việc có người hỏi theo dõi", lambda row, day: row.asked_on is not None),
    "dong-y": ("Việc người hỏi đồng ý là xong", lambda row, day: row.agreed_on is not None),
    "chua-dong-y": ("Việc người hỏi nói chưa xong", lambda row, day: row.disputed_on is not None),
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
        headings = ("Số", "Việc", "Chủ trì", "Hạn", "Báo xong", "Kiểm tra xong", "Người hỏi đồng ý")
        rows = [
            [
                row.number,
                row.title,
                lead,
                row.due_on,
                row.claimed_on,
                row.verified_on,
                row.agreed_on if row.asked_on else "–",
            ]
            for row, lead in self.rows
        ]
        notes = [f"{self.title}, tính đến {format_date(self.day)}"]
        return write_table("Việc", headings, rows, notes=notes, widths=(16, 60, 40, 12, 12, 12, 12))


def long_claims(user: "User", scope: "Scope", today: date) -> "QuerySet[Commitment]":
    """What is said to be done and has waited too long for `user` to check it, the longest first."""
    found = waiting_for_verification(user).filter(claimed_on__lt=today - timedelta(days=PATIENCE))
    return found.filter(lead_id__in=scope.within) if scope.narrowed else found


def read_claims(user: "User", scope: "Scope", today: date) -> DueList:
    """The claims that have waited too long, one by one. Two queries."""
    rows = [DueRow(*row) for row in long_claims(user, scope, today).values_list(*FIELDS)]
    names = last_names({row.lead_id for row in rows}, today)
    title = f"Việc báo xong quá {PATIENCE} ngày chưa kiểm tra, {scope.name}"
    return DueList(title, today, [(row, names.get(row.lead_id, "")) for row in rows])


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
