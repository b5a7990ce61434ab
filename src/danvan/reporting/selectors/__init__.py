"""Reads of forms, of who owes a report, of what was sent. Nothing here writes."""

from danvan.reporting.selectors.filling import (
    SOURCE,
    Cell,
    FilledSection,
    Sheet,
    month_of,
    offers_for,
    previous,
    sheet_of,
)
from danvan.reporting.selectors.forms import allowed_forms, form_on, questions_of
from danvan.reporting.selectors.months import (
    FILTERS,
    FormMonth,
    months_asked,
    months_beside,
    obligations_of,
    standing_submissions,
)
from danvan.reporting.selectors.obligations import (
    LateUnit,
    PeriodStanding,
    allowed_obligations,
    due_for,
    late_reports,
    next_waiting,
    obligations_at_hand,
    standing_of_period,
)
from danvan.reporting.selectors.reports import (
    ReadCell,
    ReadSection,
    Report,
    Sent,
    answers_of,
    evidence_of,
    report_of,
)
from danvan.reporting.selectors.sources import SentWith, sent_with
from danvan.reporting.selectors.telling import obligation_told, owed_between, who_owes

__all__ = [
    "FILTERS",
    "SOURCE",
    "Cell",
    "FilledSection",
    "FormMonth",
    "LateUnit",
    "PeriodStanding",
    "ReadCell",
    "ReadSection",
    "Report",
    "Sent",
    "SentWith",
    "Sheet",
    "allowed_forms",
    "allowed_obligations",
    "answers_of",
    "due_for",
    "evidence_of",
    "form_on",
    "late_reports",
    "month_of",
    "months_asked",
    "months_beside",
    "next_waiting",
    "obligation_told",
    "obligations_at_hand",
    "obligations_of",
    "offers_for",
    "owed_between",
    "previous",
    "questions_of",
    "report_of",
    "sent_with",
    "sheet_of",
    "standing_of_period",
    "standing_submissions",
    "who_owes",
]
