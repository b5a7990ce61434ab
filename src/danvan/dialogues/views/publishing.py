"""What of dialogues becomes public: those that wait for a person, and the page on which texts are looked through and confirmed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.dialogues import selectors, services
from danvan.dialogues.models import Dialogue
from danvan.dialogues.selectors import allowed_dialogues
from danvan.foundation import clock
from danvan.foundation.covering import CoverForm
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.refusals import carried_out
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
    form = CoverForm(request.POST or None, initial={"seen": dialogue.changes})
    trying = "xem-thu" in request.POST
    if not trying and carried_out(form, lambda: _published(request, dialogue, form)) is not None:
        messages.success(request, "Đã ghi phần người dân đọc được trên Cổng Nhân dân.")
        return redirect("dialogues:card", pk)
    sent = (form.chosen(), form.more(), form.wanted()) if form.is_bound else (None, (), None)
    context = {
        "dialogue": dialogue,
        "form": form,
        "groups": selectors.proposed_publication(dialogue, *sent),
        "tried": form.is_bound,
        "back": reverse("dialogues:card", args=[pk]),
    }
    status = 422 if form.is_bound and not trying else 200
    return render_page(request, "dialogues/publication.html", "form", context, status=status)


def _published(request: SignedInRequest, dialogue: Dialogue, form: CoverForm) -> Dialogue:
    covering, seen = Covering.of(form.chosen(), form.more()), form.cleaned_data["seen"]
    return services.publish_dialogue(
        dialogue, covering, shown=form.wanted(), seen=seen, actor=request.user
    )
