"""Everything that changes a document, its proposals and what is made of them."""

from danvan.documents.services.deciding import (
    Sweep,
    accept_all_sure,
    accept_proposal,
    correct_proposal,
    reject_open,
    reject_proposal,
    reopen_proposal,
)
from danvan.documents.services.reading import (
    finish_review,
    propose_again,
    read_document,
    read_later,
    reopen_review,
)
from danvan.documents.services.registering import (
    note_secret_document,
    register_document,
    register_issued_document,
)

__all__ = [
    "Sweep",
    "accept_all_sure",
    "accept_proposal",
    "correct_proposal",
    "finish_review",
    "note_secret_document",
    "propose_again",
    "read_document",
    "read_later",
    "register_document",
    "register_issued_document",
    "reject_open",
    "reject_proposal",
    "reopen_proposal",
    "reopen_review",
]
