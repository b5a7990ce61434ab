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
    SheetDrop,
    SheetFile,
    Submission,
    SubmissionEvidence,
)
from danvan.reporting.models.designing import FormDraft, FormDraftQuerySet

__all__ = [
    "Decision",
    "DraftEvidence",
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
