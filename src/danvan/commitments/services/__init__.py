"""Everything that changes the ledger. Each function is one business act in one transaction."""

from danvan.commitments.services.answering import (
    agree_commitment,
    dispute_commitment,
    note_askers,
)
from danvan.commitments.services.assigning import (
    assign_commitments,
    withdraw_commitment,
    withdraw_commitments,
)
from danvan.commitments.services.assignments import Assignment, assigning_faults
from danvan.commitments.services.deciding import (
    accept_risk,
    close_commitment,
    decline_commitment,
    give_on,
    resume_commitment,
    supersede_commitment,
    uphold_commitment,
)
from danvan.commitments.services.difficulties import (
    Raised,
    answer_difficulty,
    join_difficulties,
    pass_difficulty_up,
    raise_difficulty,
    send_difficulty_on_paper,
)
from danvan.commitments.services.dividing import divide_commitment, tie_part, untie_part
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
from danvan.commitments.services.filing import file_commitment, file_commitments
from danvan.commitments.services.following import (
    Asking,
    Slip,
    issue_follow_code,
    issue_follow_codes,
    try_code,
    withdraw_follow_code,
)
from danvan.commitments.services.following_up import (
    Found,
    answer_follow_up,
    follow_up,
    remind_leads,
)
from danvan.commitments.services.heading import pass_heads, set_head, set_heads
from danvan.commitments.services.measuring import measure_commitment
from danvan.commitments.services.moving import (
    add_evidence,
    add_files,
    claim_done,
    return_commitment,
    start_commitment,
    verify_commitment,
)
from danvan.commitments.services.opening import (
    count_send,
    erase_codes,
    follow_also,
    hold_followed,
    loose_code,
    open_follow_codes,
    open_own_code,
    sends_are_left,
    standing_own_code,
)
from danvan.commitments.services.replying import confirm_done, say_not_yet
from danvan.commitments.services.rewording import reword
from danvan.commitments.services.series import (
    begin_series,
    change_series,
    end_series,
    series_faults,
    take_back_series,
)
from danvan.commitments.services.series.rules import Rule
from danvan.commitments.services.series.turns import open_turns
from danvan.commitments.services.showing import hide_publicly, show_publicly
from danvan.commitments.services.warning import begin_missing_clocks, warn_due
from danvan.commitments.services.worklog import (
    Work,
    drop_work,
    show_work,
    take_work,
    write_work,
)

__all__ = [
    "Asking",
    "Assignment",
    "Found",
    "Raised",
    "Rule",
    "Slip",
    "Work",
    "accept_risk",
    "add_evidence",
    "add_files",
    "agree_commitment",
    "answer_difficulty",
    "answer_explanation",
    "answer_follow_up",
    "ask_about",
    "ask_explanations",
    "ask_extension",
    "assign_commitments",
    "assigning_faults",
    "begin_missing_clocks",
    "begin_series",
    "change_series",
    "claim_done",
    "close_commitment",
    "confirm_done",
    "count_send",
    "decline_commitment",
    "dispute_commitment",
    "divide_commitment",
    "drop_work",
    "end_series",
    "erase_codes",
    "extend_commitments",
    "file_commitment",
    "file_commitments",
    "follow_also",
    "follow_up",
    "give_on",
    "hide_publicly",
    "hold_followed",
    "issue_follow_code",
    "issue_follow_codes",
    "join_difficulties",
    "loose_code",
    "measure_commitment",
    "note_askers",
    "open_follow_codes",
    "open_own_code",
    "open_turns",
    "pass_difficulty_up",
    "pass_heads",
    "raise_difficulty",
    "remind_leads",
    "resume_commitment",
    "return_commitment",
    "reword",
    "rule_explanation",
    "rule_extension",
    "say_not_yet",
    "send_difficulty_on_paper",
    "sends_are_left",
    "series_faults",
    "set_head",
    "set_heads",
    "show_publicly",
    "show_work",
    "standing_own_code",
    "start_commitment",
    "supersede_commitment",
    "take_back_series",
    "take_work",
    "tie_part",
    "try_code",
    "untie_part",
    "uphold_commitment",
    "verify_commitment",
    "warn_due",
    "withdraw_commitment",
    "withdraw_commitments",
    "withdraw_follow_code",
    "write_work",
]
