"""The reading engine: a text in, proposals out, each with its span, confidence and reason.

Plain Python: it knows nothing of the database. What the register knows is handed in as a `Gazetteer`.
"""

from danvan.reading.doers import doers_of
from danvan.reading.engine import read
from danvan.reading.extraction import KINDS, Extracted, extract
from danvan.reading.gazetteer import Gazetteer
from danvan.reading.measures import KINDS as POPULATION_KINDS
from danvan.reading.measures import MEASURES
from danvan.reading.proposals import (
    Citation,
    Condition,
    Doer,
    Figure,
    Happening,
    Head,
    Mentioned,
    NamedLaw,
    Note,
    OrganisationNamed,
    Part,
    Period,
    Person,
    PlaceNamed,
    Population,
    Post,
    Proposal,
    Reading,
    ReadingError,
    Relation,
    Request,
    Span,
    Statement,
    Table,
    Target,
    Task,
)
from danvan.reading.readable import why_unreadable
from danvan.reading.rendering import as_json, as_lines
from danvan.reading.structure import where
from danvan.reading.symbols import normalise, symbol_key

__all__ = [
    "KINDS",
    "MEASURES",
    "POPULATION_KINDS",
    "Citation",
    "Condition",
    "Doer",
    "Extracted",
    "Figure",
    "Gazetteer",
    "Happening",
    "Head",
    "Mentioned",
    "NamedLaw",
    "Note",
    "OrganisationNamed",
    "Part",
    "Period",
    "Person",
    "PlaceNamed",
    "Population",
    "Post",
    "Proposal",
    "Reading",
    "ReadingError",
    "Relation",
    "Request",
    "Span",
    "Statement",
    "Table",
    "Target",
    "Task",
    "as_json",
    "as_lines",
    "doers_of",
    "extract",
    "normalise",
    "read",
    "symbol_key",
    "where",
    "why_unreadable",
]
