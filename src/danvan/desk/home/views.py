"""Việc hôm nay: what waits for the reader, across the modules."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import actions_of
from danvan.desk.home.reading import read_home, start_of


@require_safe
@requires("accounts.own")
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for me, each count a link to its list; whoever only reads starts where they read."""
    start = start_of(actions_of(request.user))
    if start != "desk:home":
        return redirect(start)
    return render(request, "desk/home/home.html", {"home": read_home(request.user)})
