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
from danvan.dialogues.forms.asking import OpenQuestionsForm, QuestionsForm, SlipsForm
from danvan.dialogues.forms.filing import FileForm
from danvan.dialogues.forms.lists import DialogueFilter, OpinionFilter, YearForm

__all__ = [
    "ActForm",
    "AnnounceForm",
    "CancelForm",
    "ConclusionForm",
    "DialogueFilter",
    "FileForm",
    "HeldForm",
    "IssueForm",
    "MoveForm",
    "OpenQuestionsForm",
    "OpinionFilter",
    "OpinionForm",
    "OwnForm",
    "PlanForm",
    "QuestionsForm",
    "RatingForm",
    "SettleForm",
    "SlipsForm",
    "YearForm",
    "planned_from",
]
