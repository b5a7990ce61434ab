"""Forms and their drafts, who owes which for which month, by what way, what was sent and decided."""

from danvan.reporting.models.asking import (
    DraftEvidence,
    Form,
    FormItem,
    FormQuerySet,
    FormSection,
    Obligation,
    ObligationQuerySet,
    Submission,
    SubmissionEvidence,
)
from danvan.reporting.models.designing import FormDraft, FormDraftQuerySet
from danvan.reporting.models.exempting import Exemption
from danvan.reporting.models.ruling import FormRule, FormRuleSet
from danvan.reporting.models.sheets import SheetDrop, SheetFile
from danvan.reporting.models.ways import Decision, Proposal, WayStep, WayStepQuerySet

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
    "FormRuleSet",
    "FormSection",
    "Obligation",
    "ObligationQuerySet",
    "Proposal",
    "SheetDrop",
    "SheetFile",
    "Submission",
    "SubmissionEvidence",
    "WayStep",
    "WayStepQuerySet",
]
