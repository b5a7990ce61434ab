"""What happens to reports, for the modules above. Ids, days and plain values only."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from danvan.foundation.events import Event


@dataclass(frozen=True, kw_only=True)
class PeriodOpened(Event):
    """A month of a form was opened: who owes it is frozen."""

    name: ClassVar[str] = "reporting.period_opened"
    form_id: int
    first: date


@dataclass(frozen=True, kw_only=True)
class ReportSent(Event):
    """A unit sent a report, or sent it again."""

    name: ClassVar[str] = "reporting.sent"
    obligation_id: int
    vintage: int


@dataclass(frozen=True, kw_only=True)
class ReportsSent(Event):
    """Many units' reports of one month were sent in one act; ReportSent is not published of these."""

    name: ClassVar[str] = "reporting.sent_together"
    sent: tuple[tuple[int, int], ...]  # the obligation and the vintage of each


@dataclass(frozen=True, kw_only=True)
class ReportProposed(Event):
    """A report was laid before its unit's own head."""

    name: ClassVar[str] = "reporting.proposed"
    obligation_id: int


@dataclass(frozen=True, kw_only=True)
class ProposalGivenBack(Event):
    """The head of a unit gave a report back to be mended before it is sent."""

    name: ClassVar[str] = "reporting.given_back"
    obligation_id: int


@dataclass(frozen=True, kw_only=True)
class TurnPassed(Event):
    """A place on the way approved a report, or it came `back` to one: `turn` is whose it is now, 0 of who asked."""

    name: ClassVar[str] = "reporting.turn_passed"
    obligation_id: int
    turn: int
    back: bool


@dataclass(frozen=True, kw_only=True)
class ReportDecided(Event):
    """A report was returned or accepted: `standing` is a value of `Standing`."""

    name: ClassVar[str] = "reporting.decided"
    obligation_id: int
    standing: str


@dataclass(frozen=True, kw_only=True)
class PeriodLocked(Event):
    """The accepted reports of a month were locked."""

    name: ClassVar[str] = "reporting.period_locked"
    form_id: int
    first: date
