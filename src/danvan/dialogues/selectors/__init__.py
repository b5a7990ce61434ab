"""Reads of dialogues, shaped for a page, a paper or a module above. Nothing here writes."""

from danvan.dialogues.selectors.cards import Card, ConclusionLine, OpinionLine, card_of
from danvan.dialogues.selectors.reading import (
    SOURCE,
    Asked,
    Line,
    allowed_dialogues,
    conclusions_to_issue,
    dialogue_held,
    dialogue_of_entry,
    hosting_units,
    lines_of,
    listed,
    notices_due,
    past_unsaid,
    readable_dialogues,
    unowned,
)
from danvan.dialogues.selectors.rules import Check, Required, checks_of, required_of
from danvan.dialogues.selectors.yearly import HostLine, yearly

__all__ = [
    "SOURCE",
    "Asked",
    "Card",
    "Check",
    "ConclusionLine",
    "HostLine",
    "Line",
    "OpinionLine",
    "Required",
    "allowed_dialogues",
    "card_of",
    "checks_of",
    "conclusions_to_issue",
    "dialogue_held",
    "dialogue_of_entry",
    "hosting_units",
    "lines_of",
    "listed",
    "notices_due",
    "past_unsaid",
    "readable_dialogues",
    "required_of",
    "unowned",
    "yearly",
]
