"""Everything that changes a document, its proposals and what is made of them."""

from danvan.documents.services.amending import (
    amend_entry,
    attach_file,
    forward_documents,
    mark_handled,
)
from danvan.documents.services.asking import (
    answer_question,
    ask_about_work,
    ask_issuer,
    mark_news_seen,
)
from danvan.documents.services.deciding import (
    Sweep,
    accept_all_sure,
    accept_proposal,
    correct_proposal,
    reject_open,
    reject_proposal,
    reopen_proposal,
)
from danvan.documents.services.distributing import (
    distribute_document,
    match_received,
    open_distribution,
    recall_document,
    receive_document,
    remind_recipients,
)
from danvan.documents.services.entry import entry_mark
from danvan.documents.services.reading import (
    finish_review,
    propose_again,
    read_document,
    read_later,
    reopen_review,
)
from danvan.documents.services.reading_texts import bring_text, enter_in_register
from danvan.documents.services.registering import (
    leave_numbers,
    note_secret_document,
    register_document,
    register_issued_document,
)
from danvan.documents.services.relating import add_relation, decide_relation
from danvan.documents.services.reviewing import (
    ReviewTerm,
    drop_reviews,
    give_due_reviews,
    give_reviews,
    schedule_review,
    years_after,
)
from danvan.documents.services.rolling_out import (
    propose_task,
    set_roll_out,
    take_back_waiver,
    waive_clause,
)
from danvan.documents.services.sessions import (
    SessionOutcome,
    SessionPlan,
    cancel_session,
    change_session,
    plan_session,
    record_session,
)

__all__ = [
    "ReviewTerm",
    "SessionOutcome",
    "SessionPlan",
    "Sweep",
    "accept_all_sure",
    "accept_proposal",
    "add_relation",
    "amend_entry",
    "answer_question",
    "ask_about_work",
    "ask_issuer",
    "attach_file",
    "bring_text",
    "cancel_session",
    "change_session",
    "correct_proposal",
    "decide_relation",
    "distribute_document",
    "drop_reviews",
    "enter_in_register",
    "entry_mark",
    "finish_review",
    "forward_documents",
    "give_due_reviews",
    "give_reviews",
    "leave_numbers",
    "mark_handled",
    "mark_news_seen",
    "match_received",
    "note_secret_document",
    "open_distribution",
    "plan_session",
    "propose_again",
    "propose_task",
    "read_document",
    "read_later",
    "recall_document",
    "receive_document",
    "record_session",
    "register_document",
    "register_issued_document",
    "reject_open",
    "reject_proposal",
    "remind_recipients",
    "reopen_proposal",
    "reopen_review",
    "schedule_review",
    "set_roll_out",
    "take_back_waiver",
    "waive_clause",
    "years_after",
]
