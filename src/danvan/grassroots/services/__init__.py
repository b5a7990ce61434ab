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
from danvan.grassroots.services.planning import (
    ItemDraft,
    PlanDraft,
    carry_out_item,
    drop_item,
    enter_planned,
    issue_plan,
    make_plan,
    set_item,
)
from danvan.grassroots.services.posting import add_files, publish_matter, set_posting_end
from danvan.grassroots.services.proposing import (
    InitiativeDraft,
    Support,
    count_initiative,
    decline_initiative,
    enter_initiative,
    raise_initiative,
)
from danvan.grassroots.services.showing import show_matter
from danvan.grassroots.services.voting import (
    VillageCount,
    recognise_decision,
    record_round,
    send_decision,
)

__all__ = [
    "KINDS",
    "Draft",
    "InitiativeDraft",
    "ItemDraft",
    "PlanDraft",
    "Support",
    "VillageCount",
    "add_comments",
    "add_files",
    "answer_comments",
    "answer_matter",
    "carry_out_item",
    "close_comments",
    "count_initiative",
    "decline_initiative",
    "drop_item",
    "end_matter",
    "enter_initiative",
    "enter_matter",
    "enter_planned",
    "issue_plan",
    "load_kinds",
    "make_plan",
    "publish_matter",
    "raise_initiative",
    "recognise_decision",
    "record_round",
    "send_decision",
    "set_item",
    "set_posting_end",
    "show_matter",
    "withdraw_matter",
]
