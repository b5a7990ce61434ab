"""Reads of petitions, shaped for a page, a paper or a module above. Nothing here writes."""

from danvan.petitions.selectors.cards import Card, ClockLine, MoveTold, PersonTold, card_of
from danvan.petitions.selectors.reading import (
    ALL,
    LATE,
    TABS,
    Asked,
    Line,
    allowed_papers,
    allowed_petitions,
    due_petitions,
    lines_of,
    listed,
    may_work,
    readable_petitions,
    receiving_units,
    unsorted_petitions,
    waiting_for_decision,
)

__all__ = [
    "ALL",
    "LATE",
    "TABS",
    "Asked",
    "Card",
    "ClockLine",
    "Line",
    "MoveTold",
    "PersonTold",
    "allowed_papers",
    "allowed_petitions",
    "card_of",
    "due_petitions",
    "lines_of",
    "listed",
    "may_work",
    "readable_petitions",
    "receiving_units",
    "unsorted_petitions",
    "waiting_for_decision",
]
