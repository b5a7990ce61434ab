"""What of the register itself closes with a unit: its posts and who holds them, marks, terms, links."""

from typing import Any

from django.db.models import Q

from danvan.organisations.models import (
    Appointment,
    Assignment,
    CommitteeTerm,
    Post,
    UnitFlag,
    UnitLink,
    UnitMark,
)
from danvan.organisations.selectors.reorganising.plan import Plan
from danvan.organisations.services.reorganising.journal import Journal


def close_rows(journal: Journal, plan: Plan) -> None:
    """End on the day every dated row of the units that end; what would have begun on it or later never does.

    Of people nothing is left that begins so late: the plan is refused while there is.
    """
    living = Q(valid_to=None) | Q(valid_to__gt=plan.on)
    why = f"Đơn vị kết thúc theo {plan.decision}"[:200]
    for row in Appointment.objects.filter(living, post__unit_id__in=plan.ended).order_by("pk"):
        journal.update(row, valid_to=plan.on, ended_why=why)
    closing: list[tuple[Any, Q]] = [
        (Post, Q(unit_id__in=plan.ended)),
        (Assignment, Q(unit_id__in=plan.ended) | Q(place_id__in=plan.ended)),
        (UnitMark, Q(unit_id__in=plan.ended)),
        (CommitteeTerm, Q(unit_id__in=plan.ended)),
        (UnitFlag, Q(unit_id__in=plan.ended)),
        (UnitLink, Q(unit_id__in=plan.ended) | Q(other_id__in=plan.ended)),
    ]
    for model, whose in closing:
        rows = list(model.objects.filter(living & whose).order_by("pk"))
        for row in rows:
            if row.valid_from < plan.on:
                journal.update(row, valid_to=plan.on)
        journal.delete([row for row in rows if row.valid_from >= plan.on])
