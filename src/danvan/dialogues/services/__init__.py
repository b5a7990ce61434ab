"""Everything that changes a dialogue. Each function is one business act in one transaction."""

from danvan.dialogues.services.concluding import (
    add_conclusion,
    close_dialogue,
    drop_conclusion,
    issue_conclusions,
    own_conclusion,
    write_conclusion,
)
from danvan.dialogues.services.holding import record_held, record_ratings
from danvan.dialogues.services.opinions import add_opinion, note_none_above, settle_opinion
from danvan.dialogues.services.planning import (
    Plan,
    announce_dialogue,
    cancel_dialogue,
    move_dialogue,
    plan_dialogue,
)

__all__ = [
    "Plan",
    "add_conclusion",
    "add_opinion",
    "announce_dialogue",
    "cancel_dialogue",
    "close_dialogue",
    "drop_conclusion",
    "issue_conclusions",
    "move_dialogue",
    "note_none_above",
    "own_conclusion",
    "plan_dialogue",
    "record_held",
    "record_ratings",
    "settle_opinion",
    "write_conclusion",
]
