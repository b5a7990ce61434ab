"""Everything that changes a dialogue. Each function is one business act in one transaction."""

from danvan.dialogues.services.asking import (
    group_questions,
    mark_raised,
    open_questions,
    place_opinion,
    send_question,
    set_aside,
)
from danvan.dialogues.services.concluding import (
    add_conclusion,
    close_dialogue,
    drop_conclusion,
    issue_conclusions,
    notice_faults,
    own_conclusion,
    own_conclusion_again,
    owning_faults,
    write_conclusion,
)
from danvan.dialogues.services.filing import file_dialogue, file_opinion
from danvan.dialogues.services.holding import record_held, record_ratings
from danvan.dialogues.services.opinions import add_opinion, note_none_above, settle_opinion
from danvan.dialogues.services.planning import (
    Plan,
    announce_dialogue,
    cancel_dialogue,
    move_dialogue,
    plan_dialogue,
)
from danvan.dialogues.services.publishing import publish_dialogue
from danvan.dialogues.services.registering import change_registration, withdraw_registration
from danvan.dialogues.services.sentences import say_no_work, take_up_again
from danvan.dialogues.services.slips import issue_slips, rate_by_slip

__all__ = [
    "Plan",
    "add_conclusion",
    "add_opinion",
    "announce_dialogue",
    "cancel_dialogue",
    "change_registration",
    "close_dialogue",
    "drop_conclusion",
    "file_dialogue",
    "file_opinion",
    "group_questions",
    "issue_conclusions",
    "issue_slips",
    "mark_raised",
    "move_dialogue",
    "note_none_above",
    "notice_faults",
    "open_questions",
    "own_conclusion",
    "own_conclusion_again",
    "owning_faults",
    "place_opinion",
    "plan_dialogue",
    "publish_dialogue",
    "rate_by_slip",
    "record_held",
    "record_ratings",
    "say_no_work",
    "send_question",
    "set_aside",
    "settle_opinion",
    "take_up_again",
    "withdraw_registration",
    "write_conclusion",
]
