"""Reads of documents, their proposals and their history. Nothing here writes."""

from danvan.documents.selectors.history import Moment, timeline
from danvan.documents.selectors.marking import Line, Segment, marked_lines
from danvan.documents.selectors.registers import (
    RegisterFilter,
    allowed_documents,
    allowed_stubs,
    incoming,
    issued,
    kept_registers,
    register_named,
    to_review,
    unit_names,
)
from danvan.documents.selectors.review import (
    Progress,
    Row,
    allowed_proposals,
    followers,
    progress_of,
    proposal_rows,
)

__all__ = [
    "Line",
    "Moment",
    "Progress",
    "RegisterFilter",
    "Row",
    "Segment",
    "allowed_documents",
    "allowed_proposals",
    "allowed_stubs",
    "followers",
    "incoming",
    "issued",
    "kept_registers",
    "marked_lines",
    "progress_of",
    "proposal_rows",
    "register_named",
    "timeline",
    "to_review",
    "unit_names",
]
