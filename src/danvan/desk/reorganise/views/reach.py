"""Which reorganisations a reader reaches: fetching from here is the permission check."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from danvan.accounts.selectors import units_granted
from danvan.desk.reorganise.forms.fields import ACTION, whole_number
from danvan.organisations.enums import EventState
from danvan.organisations.selectors.reorganising.lists import reorganisations

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Reorganisation


def within_reach(user: "User") -> QuerySet["Reorganisation"]:
    """Those whose place the reader may reorganise."""
    found = reorganisations(units_granted(user, ACTION))
    return found.select_related("made_by", "applied_by", "undone_by")


def reorganisation_for(user: "User", pk: int) -> "Reorganisation":
    """The one of this id; 404 out of reach."""
    return get_object_or_404(within_reach(user), pk=pk)


def draft_for(user: "User", pk: int) -> "Reorganisation":
    """The draft of this id; 404 out of reach or where it is none any more."""
    found = reorganisation_for(user, pk)
    if found.state != EventState.DRAFT:
        raise Http404
    return found


def as_seen(found: "Reorganisation", seen: object) -> "Reorganisation":
    """The same as the page showed it: an act on what somebody changed since is refused."""
    counted = whole_number(seen)
    if counted is not None:
        found.changes = counted
    return found
