"""Reads of documents, their proposals and their history. Nothing here writes."""

from danvan.documents.selectors.cards import (
    Card,
    Surroundings,
    card_of,
    stub_rows,
    surroundings,
)
from danvan.documents.selectors.history import Moment, timeline
from danvan.documents.selectors.marking import Line, Segment, marked_lines
from danvan.documents.selectors.registers import (
    RegisterFilter,
    allowed_documents,
    allowed_stubs,
    incoming,
    issued,
    kept_registers,
    known_issuer,
    own_register,
    register_named,
    to_review,
    unit_names,
)
from danvan.documents.selectors.review import (
    Progress,
    Row,
    allowed_proposals,
    followers,
    progress_in,
    progress_of,
    proposal_rows,
)

__all__ = [
    "Card",
    "Line",
    "Moment",
    "Progress",
    "RegisterFilter",
    "Row",
    "Segment",
    "Surroundings",
    "allowed_documents",
    "allowed_proposals",
    "allowed_stubs",
    "card_of",
    "followers",
    "incoming",
    "issued",
    "kept_registers",
    "known_issuer",
    "marked_lines",
    "own_register",
    "progress_in",
    "progress_of",
    "proposal_rows",
    "register_named",
    "stub_rows",
    "surroundings",
    "timeline",
    "to_review",
    "unit_names",
]
