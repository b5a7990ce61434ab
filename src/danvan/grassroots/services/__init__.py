"""Everything that changes a matter of grassroots democracy. Each function is one business act in one transaction."""

from danvan.grassroots.kind_file import KINDS
from danvan.grassroots.services.answering import (
    add_comments,
    answer_comments,
    answer_matter,
    close_comments,
    end_matter,
)
from danvan.grassroots.services.entering import Draft, enter_matter, withdraw_matter
from danvan.grassroots.services.loading import load_kinds
from danvan.grassroots.services.posting import add_files, publish_matter, set_posting_end
from danvan.grassroots.services.voting import (
    VillageCount,
    recognise_decision,
    record_round,
    send_decision,
)

__all__ = [
    "KINDS",
    "Draft",
    "VillageCount",
    "add_comments",
    "add_files",
    "answer_comments",
    "answer_matter",
    "close_comments",
    "end_matter",
    "enter_matter",
    "load_kinds",
    "publish_matter",
    "recognise_decision",
    "record_round",
    "send_decision",
    "set_posting_end",
    "withdraw_matter",
]
