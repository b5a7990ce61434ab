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
    waiting_questions,
)
from danvan.documents.selectors.roll_out.reach import (
    Reach,
    SessionLine,
    allowed_sessions,
    opens_roll_out,
    reach_of,
    session_day,
    session_lines,
    sessions_of,
    units_of_session,
    units_to_invite,
)
from danvan.documents.selectors.roll_out.reviews import (
    ReviewLine,
    reports_of_reviews,
    review_counts,
    review_days,
    review_lines,
    review_marks,
    reviews_of,
)
from danvan.documents.selectors.roll_out.session_days import (
    session_acts,
    session_marks,
    sessions_to_record,
    told_at_sessions,
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
    "Reach",
    "ReviewLine",
    "SessionLine",
    "allowed_questions",
    "allowed_sessions",
    "asked_lines",
    "cascade_of_documents",
    "clause_at",
    "clauses_of",
    "news_of",
    "opens_roll_out",
    "questions_of",
    "questions_read_by",
    "reach_of",
    "reports_of_reviews",
    "review_counts",
    "review_days",
    "review_lines",
    "review_marks",
    "reviews_of",
    "session_acts",
    "session_day",
    "session_lines",
    "session_marks",
    "sessions_of",
    "sessions_to_record",
    "told_at_sessions",
    "units_of_session",
    "units_to_invite",
    "waiting_questions",
]
