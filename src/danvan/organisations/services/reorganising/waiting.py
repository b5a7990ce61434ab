"""Reorganisations that were applied ahead of their day: what is open changes hands on the day itself."""

import logging

from django.db import transaction

from danvan.foundation import audit, clock
from danvan.foundation.errors import RuleError
from danvan.foundation.locks import alone
from danvan.organisations.enums import EventState
from danvan.organisations.models import Reorganisation
from danvan.organisations.selectors.reorganising.order import traces
from danvan.organisations.services.reorganising.applying import REGISTER, hand_over

logger = logging.getLogger(__name__)


def hand_over_due() -> int:
    """Have every holder pass what is open by the reorganisations whose day has come; returns how many did.

    One that a holder refuses is logged and tried again; the others are not held up by it.
    """
    due = Reorganisation.objects.filter(
        state=EventState.APPLIED, handed_over_at=None, effective_on__lte=clock.today()
    )
    keys = list(due.order_by("effective_on", "applied_order").values_list("pk", flat=True))
    return sum(_tried(key) for key in keys)


def _tried(key: int) -> bool:
    try:
        return hand_over_one(key)
    except RuleError as refused:
        logger.warning("reorganisation %s cannot be handed over yet: %s", key, refused.message)
        return False


@transaction.atomic
def hand_over_one(key: int) -> bool:
    """Have every holder pass what is open by one of them; False where it was done meanwhile, or undone."""
    alone(REGISTER, wait=True)
    row = Reorganisation.objects.select_for_update(of=("self",)).get(pk=key)
    if row.state != EventState.APPLIED or row.handed_over_at is not None:
        return False  # another worker was quicker, or it was undone
    handed = hand_over(row, traces([row.pk])[row.pk].passage(row), row.applied_by)
    row.save(update_fields=["handed_over_at"])
    audit.record(row.applied_by, "organisations.hand_over_due", row, handed_over=handed)
    return True
