"""Pages of dialogues: the list, the year of each host, one dialogue and the acts on it, its papers."""

from danvan.dialogues.views.acts import (
    act,
    opinion,
    own,
    plan,
    put_back,
    say_no_work,
    take_sentence,
    take_up_again,
)
from danvan.dialogues.views.asking import door, question_act, questions, slips, slips_docx
from danvan.dialogues.views.pages import (
    card,
    dialogue_list,
    hosts,
    hosts_sheet,
    list_sheet,
    of_conclusion,
    of_entry,
    paper,
    paper_docx,
)
from danvan.dialogues.views.publishing import publication, publications
from danvan.dialogues.views.topics import file_opinion, opinions

__all__ = [
    "act",
    "card",
    "dialogue_list",
    "door",
    "file_opinion",
    "hosts",
    "hosts_sheet",
    "list_sheet",
    "of_conclusion",
    "of_entry",
    "opinion",
    "opinions",
    "own",
    "paper",
    "paper_docx",
    "plan",
    "publication",
    "publications",
    "put_back",
    "question_act",
    "questions",
    "say_no_work",
    "slips",
    "slips_docx",
    "take_sentence",
    "take_up_again",
]
