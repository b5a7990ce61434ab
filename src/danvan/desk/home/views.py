"""Việc hôm nay: what waits for the reader, across the modules."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import actions_of
from danvan.desk.home.forms import TodayFilter
from danvan.desk.home.reading import read_home, start_of
from danvan.desk.home.sheet import as_sheet
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import COUNTED_TO
from danvan.petitions.selectors.vault import waits_for

EVERY = 1_000_000  # rows of a sheet


@require_safe
@requires("accounts.own")
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for me, each count a link to its list; whoever only reads starts where they read, unless the vault waits."""
    start = start_of(actions_of(request.user))
    if start != "desk:home" and not waits_for(request.user):
        return redirect(start)
    form = TodayFilter(request.GET)
    found = read_home(request.user, form.asked())
    context = {"form": form, "home": found}
    return render_page(request, "desk/home/home.html", "things", context)


@require_safe
@requires("accounts.own")
def home_sheet(request: SignedInRequest) -> HttpResponse:
    """The same list as Excel, with the same filters."""
    today = clock.today()
    asked = TodayFilter(request.GET).asked()
    found = read_home(request.user, asked, most=COUNTED_TO, size=EVERY)
    return made_file(as_sheet(found, on=today), f"viec-hom-nay-{today:%Y%m%d}.xlsx")
