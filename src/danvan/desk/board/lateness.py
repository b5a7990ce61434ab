"""What is late and whose it is: commitments by the unit that leads, and the reports of the month."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, QuerySet

from danvan.commitments.facts import DueTotals, totals
from danvan.commitments.selectors import allowed_commitments
from danvan.desk.board.due import FIGURES
from danvan.desk.board.scope import report_month
from danvan.desk.links import way
from danvan.desk.readings import code_of
from danvan.foundation.periods import Period
from danvan.organisations.selectors import last_names
from danvan.organisations.selectors.officers.holding import head_of
from danvan.reporting.facts import Completeness, completeness
from danvan.reporting.selectors import allowed_forms, allowed_obligations
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.desk.board.scope import Scope

SHOWN = 6


@dataclass(frozen=True, slots=True)
class LateUnit:
    """One unit with what it has not done in time. `days` since the earliest was due."""

    unit_id: int
    name: str
    count: int
    days: int
    url: str
    head: str = ""  # who leads it today, where the register knows


@dataclass(frozen=True, slots=True)
class Overdue:
    """The units with overdue commitments: the first few, and all in two numbers."""

    lines: list[LateUnit] = field(default_factory=list)
    count: int = 0
    units: int = 0
    url: str = ""  # all of them

    @property
    def more(self) -> int:
        """How many units are not shown."""
        return self.units - len(self.lines)


@dataclass(frozen=True, slots=True)
class Facts:
    """Said to be done and found to be done, of what was due; and agreed to be done, of what somebody asked for."""

    totals: DueTotals
    urls: dict[str, str]  # of the list behind each figure

    @property
    def unchecked(self) -> int:
        """Said to be done and checked by nobody yet."""
        return self.totals.claimed - self.totals.verified


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports of one month: how many are owed, sent, in time; and who has not sent."""

    month: Period
    figures: Completeness
    missing: list[tuple[int, str]]  # (unit, name), past their day
    due_on: date | None  # the last day to send
    sent_url: str
    on_time_url: str

    @property
    def named(self) -> list[str]:
        """The first few of the missing."""
        return [name for _, name in self.missing[:SHOWN]]

    @property
    def more(self) -> int:
        """How many of the missing are not named."""
        return len(self.missing) - len(self.named)


def ledger_url(tab: str, *, unit: tuple[int, str] | None = None) -> str:
    """The list of commitments on one of its tabs, of one unit or place where one is meant."""
    if unit is None:
        return way("commitments:list", muc=tab)
    return way("commitments:list", muc=tab, don_vi=unit[1], don_vi_id=unit[0])


def place_meant(scope: "Scope") -> tuple[int, str] | None:
    """The place that a list must be narrowed to, where it is not everything of the reader's."""
    return (scope.place_id, scope.name) if scope.narrowed else None


def late_commitments(user: "User", scope: "Scope", today: date) -> QuerySet[Any]:
    """What the units of the board lead and have not done in time, as far as `user` may see it."""
    late: QuerySet[Any] = allowed_commitments(user, "commitments.view").overdue(today)
    return late.filter(lead_id__in=scope.within)


def read_overdue(user: "User", scope: "Scope", today: date) -> Overdue:
    """Who is late with how much, the most first, and who leads them. Three queries."""
    groups = list(
        late_commitments(user, scope, today)
        .order_by()
        .values("lead_id")
        .annotate(number=Count("pk"), since=Min("due_on"))
        .order_by("-number", "since", "lead_id")
        .values_list("lead_id", "number", "since")
    )
    shown = [lead for lead, _, _ in groups[:SHOWN]]
    names, heads = last_names(shown, today), head_of(shown, today)
    lines = [
        LateUnit(
            unit_id=lead,
            name=names.get(lead, ""),
            count=number,
            days=(today - since).days,
            url=ledger_url("qua-han", unit=(lead, names.get(lead, ""))),
            head=heads[lead].name if lead in heads else "",
        )
        for lead, number, since in groups[:SHOWN]
    ]
    return Overdue(
        lines,
        sum(number for _, number, _ in groups),
        len(groups),
        ledger_url("qua-han", unit=place_meant(scope)),
    )


def read_facts(scope: "Scope", period: Period, today: date) -> Facts:
    """Of what was due in the period so far. One query."""
    urls = {
        key.replace("-", "_"): way(
            "desk:board-due",
            so=key,
            don_vi=scope.place_id,
            ky=period.code,
            doc=code_of(scope.reading),
        )
        for key in FIGURES
    }
    return Facts(totals(scope.within_then, period, min(today, period.last)), urls)


def missing_reports(user: "User", scope: "Scope", month: Period, today: date) -> QuerySet[Any]:
    """The reports of a month that are past their day and were never sent."""
    owed = allowed_obligations(user, "submissions.view").select_related(None)
    owed = owed.filter(first=month.first, first_sent_on=None, due_on__lt=today)
    return owed.answered_by(scope.within) if scope.narrowed else owed


def read_reports(user: "User", scope: "Scope", period: Period, today: date) -> Reports | None:
    """How the month stands; None where nobody of the board owes a report for it. Five queries at most."""
    month = report_month(period, today)
    figures = completeness(scope.within_then, month)
    if not figures.owed:
        return None
    rows = missing_reports(user, scope, month, today).values_list("unit_id", "due_on")
    late = list(rows.order_by("unit_id").distinct())
    names = last_names({unit for unit, _ in late}, today)
    missing = sorted(names.items(), key=lambda one: (sort_key(one[1].partition(" ")[2]), one[0]))
    due_on = max((due for _, due in late), default=None)
    sent_url, on_time_url = (
        _reports_url(user, scope, month, standing) for standing in ("da-gui", "dung-han")
    )
    return Reports(month, figures, missing, due_on, sent_url, on_time_url)


def _reports_url(user: "User", scope: "Scope", month: Period, standing: str) -> str:
    """The month of the form where the reader may read all of it and it is the only one, else the list of months."""
    owed = allowed_obligations(user, "submissions.view").filter(first=month.first)
    read = owed.filter(form__in=allowed_forms(user, "submissions.view"))
    forms = list(read.order_by().values_list("form_id", flat=True).distinct()[:2])
    if len(forms) != 1:  # what is counted over two forms stands in no list of one
        return way("reporting:home")
    words = scope.name if scope.narrowed and not scope.below else ""
    return way("reporting:period", forms[0], month.code, tinh_trang=standing, q=words)
