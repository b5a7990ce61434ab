"""Reads of citizen reception, shaped for a page, a paper or a module above. Nothing here writes."""

from danvan.petitions.selectors.reception.cards import DayCard, SentenceLine, card_of
from danvan.petitions.selectors.reception.counting import Tally, tally_of
from danvan.petitions.selectors.reception.figures import (
    RECEPTION_MEASURES,
    ReceptionMeasure,
    crowds_known,
    reception_by_unit,
)
from danvan.petitions.selectors.reception.following import MatterTold, VisitTold, visit_behind
from danvan.petitions.selectors.reception.register import (
    ORDER,
    RegisterAsked,
    opened_among,
    register_of,
    register_rows,
)
from danvan.petitions.selectors.reception.rules import (
    Check,
    bases_of,
    checks_of,
    least_of,
    online_checks_of,
    owed_in,
    post_by,
)
from danvan.petitions.selectors.reception.schedule import (
    DayLine,
    HeadGroup,
    HeadLine,
    PublicDay,
    allowed_days,
    allowed_visits,
    answers_promised,
    days_coming,
    days_in,
    days_open_to_all,
    days_to_conclude,
    days_to_post,
    days_unsaid,
    head_groups,
    heads_in,
    lines_of,
    planning_units,
    public_day,
    readable_days,
    refusals_to_tell,
)

__all__ = [
    "ORDER", "RECEPTION_MEASURES", "Check", "DayCard", "DayLine", "HeadGroup", "HeadLine", "MatterTold", "PublicDay",
    "ReceptionMeasure", "RegisterAsked", "SentenceLine", "Tally", "VisitTold", "allowed_days", "allowed_visits", "answers_promised", "bases_of", "card_of", "checks_of", "crowds_known",
    "days_coming", "days_in", "days_open_to_all", "days_to_conclude", "days_to_post", "days_unsaid", "head_groups", "heads_in", "least_of", "lines_of",
    "online_checks_of", "opened_among", "owed_in", "planning_units", "post_by", "public_day", "readable_days",
    "reception_by_unit",    "refusals_to_tell", "register_of", "register_rows", "tally_of", "visit_behind",
]  # fmt: skip
