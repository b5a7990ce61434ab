"""What of dialogues becomes public: those that wait for a person, and the page on which texts are looked through and confirmed."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.dialogues import selectors, services
from danvan.dialogues.models import Dialogue
from danvan.dialogues.selectors import allowed_dialogues
from danvan.foundation import clock
from danvan.foundation.cover_views import CoverPage
from danvan.foundation.covering import CoverForm
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.reading.covering import Covering


@require_GET
@requires("dialogues.hold")
def publications(request: SignedInRequest) -> HttpResponse:
    """The dialogues with a text of which nobody decided yet, the latest first."""
    found = selectors.dialogues_to_publish(request.user)
    page = page_of(found, request.GET, order=("-held_on", "-pk"))
    context = {"page": page, "lines": selectors.lines_of(page.rows, on=clock.today())}
    return render_page(request, "dialogues/publications.html", "rows", context)


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
def publication(request: SignedInRequest, pk: int) -> HttpResponse:
    """One dialogue: each text with what is proposed to be covered, tried out as often as wished, then confirmed."""
    dialogue = get_object_or_404(allowed_dialogues(request.user, "dialogues.hold"), pk=pk)
    page = CoverPage(
        "dialogues/publication.html",
        dialogue.changes,
        groups=partial(selectors.proposed_publication, dialogue),
        act=lambda form: _published(request, dialogue, form),
        back=reverse("dialogues:card", args=[pk]),
        context={"dialogue": dialogue},
    )
    return page.answer(request)


def _published(request: SignedInRequest, dialogue: Dialogue, form: CoverForm) -> Dialogue:
    covering, seen = Covering.of(form.chosen(), form.more()), form.cleaned_data["seen"]
    return services.publish_dialogue(
        dialogue, covering, shown=form.wanted(), seen=seen, actor=request.user
    )
