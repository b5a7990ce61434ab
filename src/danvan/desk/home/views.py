"""Việc hôm nay: what waits for the reader, across the modules."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.desk.home.reading import read_home


@require_GET
@requires("accounts.own")
def home(request: SignedInRequest) -> HttpResponse:
    """What waits for me, each count a link to its list."""
    return render(request, "desk/home/home.html", {"home": read_home(request.user)})
