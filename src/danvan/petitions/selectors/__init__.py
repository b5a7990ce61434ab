"""Reads of petitions, shaped for a page, a paper or a module above. Nothing here writes."""

from danvan.petitions.selectors.cards import Card, ClockLine, MoveTold, PersonTold, card_of
from danvan.petitions.selectors.following import PetitionTold, petition_behind
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
from danvan.petitions.selectors.subjects import (
    DataRequestLine,
    allowed_data_requests,
    data_request_acts,
    data_request_lines,
    data_requests_of,
)

__all__ = [
    "ALL",
    "LATE",
    "TABS",
    "Asked",
    "Card",
    "ClockLine",
    "DataRequestLine",
    "Line",
    "MoveTold",
    "PersonTold",
    "PetitionTold",
    "allowed_data_requests",
    "allowed_papers",
    "allowed_petitions",
    "card_of",
    "data_request_acts",
    "data_request_lines",
    "data_requests_of",
    "due_petitions",
    "lines_of",
    "listed",
    "may_work",
    "petition_behind",
    "readable_petitions",
    "receiving_units",
    "unsorted_petitions",
    "waiting_for_decision",
]
