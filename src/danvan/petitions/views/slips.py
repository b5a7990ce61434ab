"""The slips of what was passed on: who passed it on prints them, though the petition is not theirs any more."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.caching import keep_nowhere
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.papers import WORD, to_docx
from danvan.petitions.moves import HANDLE
from danvan.petitions.papers import slip_paper
from danvan.petitions.selectors.slips import SlipTold, allowed_slips, slip_lines, slip_of


@require_GET
@requires(HANDLE)
def slips(request: SignedInRequest) -> HttpResponse:
    """Đơn đã chuyển đi: each with its slip, the newest first."""
    found = allowed_slips(request.user).select_related("petition")
    page = page_of(found, request.GET, order=("-on", "-pk"))
    context = {"page": page, "lines": slip_lines(page.rows, on=clock.today())}
    return render_page(request, "petitions/slips.html", "rows", context)


@require_GET
@requires(HANDLE)
def slip(request: SignedInRequest, pk: int) -> HttpResponse:
    """One slip, to read and to print; the name stands in it while the reader has the identity open."""
    told = _told(request, pk)
    context = {"slip": told, "paper": slip_paper(told)}
    response = render_page(request, "petitions/slip.html", "paper", context)
    keep_nowhere(response)
    return response


@require_GET
@requires(HANDLE)
def slip_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same slip as a Word file."""
    told = _told(request, pk)
    name = f"phieu-chuyen-{told.transfer.petition.number}.docx"
    response = made_file(to_docx(slip_paper(told)), name, WORD)
    keep_nowhere(response)
    return response


def _told(request: SignedInRequest, pk: int) -> SlipTold:
    rows = allowed_slips(request.user).select_related("petition__paper")
    return slip_of(request.user, get_object_or_404(rows, pk=pk))
