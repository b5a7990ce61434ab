"""Which reorganisations a reader reaches: fetching from here is the permission check."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from danvan.accounts.access import SignedInRequest
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


class MovedOnError(Exception):
    """A reorganisation is no longer in the state that a page is for: it was applied, undone or dropped meanwhile."""

    def __init__(self, found: "Reorganisation") -> None:
        super().__init__(str(found))
        self.found = found


def draft_for(user: "User", pk: int) -> "Reorganisation":
    """The draft of this id; 404 out of reach, MovedOnError where it is none any more."""
    found = reorganisation_for(user, pk)
    if found.state != EventState.DRAFT:
        raise MovedOnError(found)
    return found


View = Callable[[SignedInRequest, int], HttpResponse]


def or_where_it_stands(view: View) -> View:
    """From a page of a state that is over (a second tab, the way back) lead to the page of the reorganisation."""

    @wraps(view)
    def wrapper(request: SignedInRequest, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except MovedOnError as moved:
            state = moved.found.get_state_display().lower()
            messages.info(
                request, f"{moved.found.number} {state}; trang vừa mở không còn dùng nữa."
            )
            return redirect("desk:reorganisation", pk)

    return wrapper


def as_seen(found: "Reorganisation", seen: object) -> "Reorganisation":
    """The same as the page showed it: an act on what somebody changed since is refused."""
    counted = whole_number(seen)
    if counted is not None:
        found.changes = counted
    return found
