"""Which hand-overs a reader may take over: those of the own units, rights only where the reader may give rights."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from danvan.accounts.selectors import units_granted
from danvan.organisations.enums import HandOverState
from danvan.organisations.selectors.reorganising.lists import hand_overs_within

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import HandOver

ACCEPT = "handovers.accept"
# Matters of these holders ask for another right at the unit that takes over.
ASKING = {"accounts.grants": "accounts.grant"}


def takers_within(user: "User") -> QuerySet[Any, Any]:
    """The units for which the reader takes over."""
    return units_granted(user, ACCEPT)


def own_hand_overs(user: "User", *, state: str = HandOverState.WAITING) -> QuerySet["HandOver"]:
    """What the reader may take over, or did."""
    return hand_overs_within(takers_within(user), state=state).exclude(_for_others(user))


def left_to_others(user: "User") -> int:
    """How much waits for the reader's units that somebody with another right takes over."""
    return hand_overs_within(takers_within(user)).filter(_for_others(user)).count()


def _for_others(user: "User") -> Q:
    found = Q(pk__in=[])
    for holder, action in ASKING.items():
        found |= Q(holder=holder) & ~Q(taker_id__in=units_granted(user, action))
    return found
