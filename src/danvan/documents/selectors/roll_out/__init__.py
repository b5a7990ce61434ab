"""How a directive is rolled out: its clauses and their tasks, the cascade of documents."""

from danvan.documents.selectors.roll_out.cascade import (
    Addressed,
    CascadeOfDocuments,
    cascade_of_documents,
)
from danvan.documents.selectors.roll_out.clauses import (
    SOURCE,
    ClauseLine,
    Clauses,
    ClauseState,
    clause_at,
    clauses_of,
)

__all__ = [
    "SOURCE",
    "Addressed",
    "CascadeOfDocuments",
    "ClauseLine",
    "ClauseState",
    "Clauses",
    "cascade_of_documents",
    "clause_at",
    "clauses_of",
]
