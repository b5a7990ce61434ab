"""What people type about grassroots democracy. The rules themselves are the services'; forms only read."""

from danvan.grassroots.forms.acts import (
    ActForm,
    AnswerForm,
    CommentForm,
    DayForm,
    EnterForm,
    FilesForm,
    PublishForm,
    RecogniseForm,
    ReplyForm,
    UntilForm,
    WithdrawForm,
)
from danvan.grassroots.forms.lists import CommentFilter, MatterFilter, YearForm
from danvan.grassroots.forms.voting import VoteForm

__all__ = [
    "ActForm",
    "AnswerForm",
    "CommentFilter",
    "CommentForm",
    "DayForm",
    "EnterForm",
    "FilesForm",
    "MatterFilter",
    "PublishForm",
    "RecogniseForm",
    "ReplyForm",
    "UntilForm",
    "VoteForm",
    "WithdrawForm",
    "YearForm",
]
