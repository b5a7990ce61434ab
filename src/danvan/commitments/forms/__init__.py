"""What people type about the ledger. The rules themselves are the services'; forms only read."""

from danvan.commitments.forms.acts import (
    AnswerForm,
    AskExplanationForm,
    AskExtensionForm,
    CheckForm,
    ClaimForm,
    EvidenceForm,
    ExtendForm,
    ExtendOneForm,
    FileForm,
    RuleExtensionForm,
    RuleForm,
    WithdrawForm,
)
from danvan.commitments.forms.assigning import AssignForm
from danvan.commitments.forms.lists import CommitmentFilter

__all__ = [
    "AnswerForm",
    "AskExplanationForm",
    "AskExtensionForm",
    "AssignForm",
    "CheckForm",
    "ClaimForm",
    "CommitmentFilter",
    "EvidenceForm",
    "ExtendForm",
    "ExtendOneForm",
    "FileForm",
    "RuleExtensionForm",
    "RuleForm",
    "WithdrawForm",
]
