"""Reads of forms, of who owes a report, of what was sent. Nothing here writes."""

from danvan.reporting.selectors.checking import (
    Book,
    book_for,
    book_of,
    check_answers,
    pasts,
    stops,
    with_reasons,
)
from danvan.reporting.selectors.differences import Act, Difference, Differences, differences_of
from danvan.reporting.selectors.filling import (
    Cell,
    FilledSection,
    Sheet,
    offers_for,
    sheet_of,
)
from danvan.reporting.selectors.forms import (
    allowed_forms,
    form_on,
    questions_for,
    questions_of,
)
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
from danvan.reporting.selectors.ruling import rules_of
from danvan.reporting.selectors.sources import SentWith, WhySent, sent_with, why_sent
from danvan.reporting.selectors.spans import SOURCE, month_of, previous
from danvan.reporting.selectors.telling import (
    obligation_told,
    owed_between,
    place_in_turn,
    who_owes,
)
from danvan.reporting.selectors.uses import forms_asking, units_owing
from danvan.reporting.selectors.ways import (
    Laid,
    Waiting,
    laid_before,
    laid_of,
    waiting_by_step,
    waiting_for,
)

__all__ = [
    "FILTERS",
    "SOURCE",
    "Act",
    "Book",
    "Cell",
    "Difference",
    "Differences",
    "FilledSection",
    "FormMonth",
    "Laid",
    "LateUnit",
    "PeriodStanding",
    "ReadCell",
    "ReadSection",
    "Report",
    "Sent",
    "SentWith",
    "Sheet",
    "Waiting",
    "WhySent",
    "allowed_forms",
    "allowed_obligations",
    "answers_of",
    "book_for",
    "book_of",
    "check_answers",
    "differences_of",
    "due_for",
    "evidence_of",
    "form_on",
    "forms_asking",
    "laid_before",
    "laid_of",
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
    "pasts",
    "place_in_turn",
    "previous",
    "questions_for",
    "questions_of",
    "report_of",
    "rules_of",
    "sent_with",
    "sheet_of",
    "standing_of_period",
    "standing_submissions",
    "stops",
    "units_owing",
    "waiting_by_step",
    "waiting_for",
    "who_owes",
    "why_sent",
    "with_reasons",
]
