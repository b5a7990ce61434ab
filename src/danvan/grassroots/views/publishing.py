"""What of matters everybody reads on the portal: those that wait for a person, and the page on which texts are confirmed."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.cover_views import CoverPage
from danvan.foundation.covering import CoverForm
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.grassroots import selectors, services
from danvan.grassroots.models import Matter
from danvan.grassroots.selectors import allowed_matters
from danvan.reading.covering import Covering


@require_GET
@requires("dialogues.hold")
def publications(request: SignedInRequest) -> HttpResponse:
    """The matters with a text of which nobody decided yet, the latest first."""
    found = selectors.with_due(selectors.matters_to_publish(request.user))
    page = page_of(found, request.GET, order=("-shown_on", "-pk"))
    context = {"page": page, "lines": selectors.lines_of(page.rows, on=clock.today())}
    return render_page(request, "grassroots/publications.html", "rows", context)


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
def publication(request: SignedInRequest, pk: int) -> HttpResponse:
    """One matter: each text with what is proposed to be covered, tried out as often as wished, then confirmed."""
    matter = get_object_or_404(allowed_matters(request.user, "dialogues.hold"), pk=pk)
    page = CoverPage(
        "grassroots/publication.html",
        matter.changes,
        groups=partial(selectors.proposed_publication, matter),
        act=lambda form: _shown(request, matter, form),
        back=reverse("grassroots:card", args=[pk]),
        context={"matter": matter},
    )
    return page.answer(request)


def _shown(request: SignedInRequest, matter: Matter, form: CoverForm) -> Matter:
    covering, seen = Covering.of(form.chosen(), form.more()), form.cleaned_data["seen"]
    return services.show_matter(
        matter, covering, shown=form.wanted(), seen=seen, actor=request.user
    )
