"""Everything that changes citizen reception. Each function is one business act in one transaction."""

from danvan.petitions.services.reception.concluding import (
    issue_conclusion,
    lacking_for_notice,
    own_sentence,
    put_sentence_back,
    say_no_work,
    take_sentence,
    write_conclusion,
)
from danvan.petitions.services.reception.joining import OnlineSteps, record_online_visit
from danvan.petitions.services.reception.opening import open_register
from danvan.petitions.services.reception.planning import (
    DayPlan,
    cancel_day,
    hold_day,
    plan_days,
    post_days,
    postpone_day,
    record_online,
)
from danvan.petitions.services.reception.visiting import (
    VisitDraft,
    VisitMatterDraft,
    answer_matter,
    notify_refusal,
    record_visit,
    write_receipt,
)

__all__ = [
    "DayPlan",
    "OnlineSteps",
    "VisitDraft",
    "VisitMatterDraft",
    "answer_matter",
    "cancel_day",
    "hold_day",
    "issue_conclusion",
    "lacking_for_notice",
    "notify_refusal",
    "open_register",
    "own_sentence",
    "plan_days",
    "post_days",
    "postpone_day",
    "put_sentence_back",
    "record_online",
    "record_online_visit",
    "record_visit",
    "say_no_work",
    "take_sentence",
    "write_conclusion",
    "write_receipt",
]
