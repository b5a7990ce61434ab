"""What people type about dialogues. The rules themselves are the services'; forms only read."""

from danvan.dialogues.forms.acts import (
    ActForm,
    AnnounceForm,
    CancelForm,
    ConclusionForm,
    HeldForm,
    IssueForm,
    MoveForm,
    OpinionForm,
    OwnForm,
    PlanForm,
    RatingForm,
    SettleForm,
    planned_from,
)
from danvan.dialogues.forms.lists import DialogueFilter, YearForm

__all__ = [
    "ActForm",
    "AnnounceForm",
    "CancelForm",
    "ConclusionForm",
    "DialogueFilter",
    "HeldForm",
    "IssueForm",
    "MoveForm",
    "OpinionForm",
    "OwnForm",
    "PlanForm",
    "RatingForm",
    "SettleForm",
    "YearForm",
    "planned_from",
]
