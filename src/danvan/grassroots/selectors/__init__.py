"""Reads of grassroots democracy, shaped for a page, a paper or a module above. Nothing here writes."""

from danvan.grassroots.selectors.cards import Card, CommentTold, RoundLine, card_of
from danvan.grassroots.selectors.overview import CommuneLine, Overview, overview
from danvan.grassroots.selectors.reading import (
    Asked,
    CommentLine,
    Line,
    allowed_matters,
    comment_lines,
    commented,
    due_matters,
    keeping_units,
    kinds_on,
    lines_of,
    listed,
    readable_matters,
    villages_of_unit,
    with_due,
)
from danvan.grassroots.selectors.rules import Check, checks_of

__all__ = [
    "Asked",
    "Card",
    "Check",
    "CommentLine",
    "CommentTold",
    "CommuneLine",
    "Line",
    "Overview",
    "RoundLine",
    "allowed_matters",
    "card_of",
    "checks_of",
    "comment_lines",
    "commented",
    "due_matters",
    "keeping_units",
    "kinds_on",
    "lines_of",
    "listed",
    "overview",
    "readable_matters",
    "villages_of_unit",
    "with_due",
]
