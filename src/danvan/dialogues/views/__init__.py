"""Pages of dialogues: the list, the year of each host, one dialogue and the acts on it, its papers."""

from danvan.dialogues.views.acts import act, opinion, own, plan, put_back, take_sentence
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

__all__ = [
    "act",
    "card",
    "dialogue_list",
    "hosts",
    "hosts_sheet",
    "list_sheet",
    "of_conclusion",
    "of_entry",
    "opinion",
    "own",
    "paper",
    "paper_docx",
    "plan",
    "put_back",
    "take_sentence",
]
