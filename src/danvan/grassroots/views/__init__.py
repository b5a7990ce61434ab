"""Pages of grassroots democracy: the list, the year of each commune, one matter and the acts on it, its papers."""

from danvan.grassroots.views.acts import act, answer_comment, enter, posting_end, vote
from danvan.grassroots.views.pages import (
    card,
    comments,
    communes,
    communes_sheet,
    file,
    list_sheet,
    matter_list,
    paper,
)

__all__ = [
    "act",
    "answer_comment",
    "card",
    "comments",
    "communes",
    "communes_sheet",
    "enter",
    "file",
    "list_sheet",
    "matter_list",
    "paper",
    "posting_end",
    "vote",
]
