"""Pages of grassroots democracy: the list, the year of each commune, one matter and the acts on it, its papers."""

from danvan.grassroots.views.acts import act, answer_comment, enter, posting_end, vote
from danvan.grassroots.views.initiatives import (
    enter_initiative,
    initiative,
    initiative_act,
    initiatives,
)
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
from danvan.grassroots.views.planning import (
    add_item,
    change_item,
    drop_item,
    issue_plan,
    make_plan,
    plan,
    plan_docx,
    plans,
    take_matter,
)
from danvan.grassroots.views.publishing import publication, publications

__all__ = [
    "act",
    "add_item",
    "answer_comment",
    "card",
    "change_item",
    "comments",
    "communes",
    "communes_sheet",
    "drop_item",
    "enter",
    "enter_initiative",
    "file",
    "initiative",
    "initiative_act",
    "initiatives",
    "issue_plan",
    "list_sheet",
    "make_plan",
    "matter_list",
    "paper",
    "plan",
    "plan_docx",
    "plans",
    "posting_end",
    "publication",
    "publications",
    "take_matter",
    "vote",
]
