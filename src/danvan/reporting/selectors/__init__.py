"""Reads of forms, of who owes a report, of what was sent. Nothing here writes."""

from danvan.reporting.selectors.forms import allowed_forms, form_on, questions_of
from danvan.reporting.selectors.obligations import (
    LateUnit,
    PeriodStanding,
    allowed_obligations,
    due_for,
    late_reports,
    standing_of_period,
)
from danvan.reporting.selectors.telling import obligation_told, obligations_of, owed_between

__all__ = [
    "LateUnit",
    "PeriodStanding",
    "allowed_forms",
    "allowed_obligations",
    "due_for",
    "form_on",
    "late_reports",
    "obligation_told",
    "obligations_of",
    "owed_between",
    "questions_of",
    "standing_of_period",
]
