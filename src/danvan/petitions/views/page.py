"""The page of one petition. Nothing of it is kept by a browser or a proxy: it may show who petitions."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from danvan.accounts.access import SignedInRequest
from danvan.foundation.caching import keep_nowhere
from danvan.foundation.htmx import render_page
from danvan.petitions import selectors
from danvan.petitions.enums import ANSWERED_KINDS
from danvan.petitions.forms import OpenForm
from danvan.petitions.models import Petition
from danvan.petitions.papers import papers_of
from danvan.petitions.selectors import allowed_petitions
from danvan.petitions.selectors.together import followers


def render_card(
    request: SignedInRequest, pk: int, *, opening: OpenForm | None = None
) -> HttpResponse:
    """The page; `opening` is the form that was refused."""
    seen = allowed_petitions(request.user, "petitions.view")
    rows = seen.select_related(
        "paper__entered_by", "verifier", "first_round", "cluster", "verified_by"
    )
    petition: Petition = get_object_or_404(rows, pk=pk)
    card = selectors.card_of(request.user, petition)
    publication = selectors.publication_of(petition)
    context = {
        "petition": petition,
        "card": card,
        "papers": papers_of(card) if card.may_handle else [],
        "opening": opening or OpenForm(),
        "publication": publication,
        "followers": followers(publication.pk) if publication else 0,
        "publishable": petition.kind in ANSWERED_KINDS,
    }
    status = 422 if opening else 200
    return keep_nowhere(render_page(request, "petitions/card.html", "card", context, status=status))
