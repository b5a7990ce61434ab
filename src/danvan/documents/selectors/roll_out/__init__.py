"""How a directive is rolled out: its clauses and their tasks, the cascade of documents, what is asked of its issuer."""

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
from danvan.documents.selectors.roll_out.news import News, NewsItem, news_of
from danvan.documents.selectors.roll_out.questions import (
    Asked,
    allowed_questions,
    asked_lines,
    questions_of,
    questions_read_by,
)

__all__ = [
    "SOURCE",
    "Addressed",
    "Asked",
    "CascadeOfDocuments",
    "ClauseLine",
    "ClauseState",
    "Clauses",
    "News",
    "NewsItem",
    "allowed_questions",
    "asked_lines",
    "cascade_of_documents",
    "clause_at",
    "clauses_of",
    "news_of",
    "questions_of",
    "questions_read_by",
]
