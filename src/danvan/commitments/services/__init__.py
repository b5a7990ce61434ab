"""Everything that changes the ledger. Each function is one business act in one transaction."""

from danvan.commitments.services.answering import (
    agree_commitment,
    dispute_commitment,
    note_askers,
)
from danvan.commitments.services.assigning import (
    Assignment,
    assign_commitments,
    remind_leads,
    withdraw_commitment,
    withdraw_commitments,
)
from danvan.commitments.services.explaining import (
    answer_explanation,
    ask_about,
    ask_explanations,
    rule_explanation,
)
from danvan.commitments.services.extending import (
    ask_extension,
    extend_commitments,
    rule_extension,
)
from danvan.commitments.services.moving import (
    add_evidence,
    add_files,
    claim_done,
    return_commitment,
    start_commitment,
    verify_commitment,
)

__all__ = [
    "Assignment",
    "add_evidence",
    "add_files",
    "agree_commitment",
    "answer_explanation",
    "ask_about",
    "ask_explanations",
    "ask_extension",
    "assign_commitments",
    "claim_done",
    "dispute_commitment",
    "extend_commitments",
    "note_askers",
    "remind_leads",
    "return_commitment",
    "rule_explanation",
    "rule_extension",
    "start_commitment",
    "verify_commitment",
    "withdraw_commitment",
    "withdraw_commitments",
]
