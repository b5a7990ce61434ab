"""Forms and their drafts, who owes which for which month, what was sent, returned, accepted and locked."""

from danvan.reporting.models.asking import (
    Decision,
    DraftEvidence,
    Form,
    FormItem,
    FormQuerySet,
    FormRule,
    FormSection,
    Obligation,
    ObligationQuerySet,
    Submission,
    SubmissionEvidence,
)
from danvan.reporting.models.designing import FormDraft, FormDraftQuerySet
from danvan.reporting.models.exempting import Exemption
from danvan.reporting.models.sheets import SheetDrop, SheetFile

__all__ = [
    "Decision",
    "DraftEvidence",
    "Exemption",
    "Form",
    "FormDraft",
    "FormDraftQuerySet",
    "FormItem",
    "FormQuerySet",
    "FormRule",
    "FormSection",
    "Obligation",
    "ObligationQuerySet",
    "SheetDrop",
    "SheetFile",
    "Submission",
    "SubmissionEvidence",
]
