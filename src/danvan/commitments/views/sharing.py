"""A short plain text with a link and a picture to scan, for a Zalo group. Whoever opens the link signs in first."""

from urllib.parse import urlencode

import segno
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.commitments import zalo_words
from danvan.commitments.forms import CommitmentFilter
from danvan.commitments.selectors import allowed_commitments, allowed_follow_ups
from danvan.commitments.views.page import known_params
from danvan.foundation import clock


@require_GET
@requires("commitments.view")
def share(request: SignedInRequest, pk: int) -> HttpResponse:
    """One commitment."""
    found = get_object_or_404(allowed_commitments(request.user, "commitments.view"), pk=pk)
    words = zalo_words.commitment_words(found, on=clock.today())
    return shared_page(request, words, reverse("commitments:card", args=[pk]), found.number)


@require_GET
@requires("commitments.view")
def share_list(request: SignedInRequest) -> HttpResponse:
    """The list as it was narrowed: how many, of which units, since when."""
    asked = CommitmentFilter(request.GET, user=request.user).asked()
    if asked is None:
        return redirect("commitments:list")
    words = zalo_words.list_words(request.user, asked, on=clock.today())
    query = urlencode(known_params(request.GET))
    address = f"{reverse('commitments:list')}?{query}" if query else reverse("commitments:list")
    return shared_page(request, words, address, "Danh sách việc")


@require_GET
@requires("commitments.view")
def share_follow_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """One act of following up."""
    found = get_object_or_404(allowed_follow_ups(request.user, "commitments.view"), pk=pk)
    words = zalo_words.follow_up_words(request.user, found, on=clock.today())
    called = str(found.get_kind_display())
    return shared_page(request, words, reverse("commitments:follow-up", args=[pk]), called)


def shared_page(request: SignedInRequest, words: str, address: str, title: str) -> HttpResponse:
    """The page with the text to copy and the picture to download; `address` is a path of ours."""
    url = request.build_absolute_uri(address)
    picture = segno.make(url, error="m", micro=False).png_data_uri(scale=8, border=4)
    context = {"text": f"{words}\n{url}", "picture": picture, "address": address, "title": title}
    return render(request, "commitments/share.html", context)
