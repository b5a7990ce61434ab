"""What opinions are about: how many of each topic, the opinions of one, and filing one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.dialogues import selectors, services
from danvan.dialogues.forms import FileForm, OpinionFilter
from danvan.dialogues.selectors import allowed_dialogues
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.refusals import carried_out


@require_GET
@requires("dialogues.view")
def opinions(request: SignedInRequest) -> HttpResponse:
    """The opinions of a year by topic, as counts that hide the few; those of one topic as a list."""
    form, today = OpinionFilter(request.GET or None), clock.today()
    year = form.year()
    topic_id = form.cleaned_data.get("linh_vuc") if form.is_bound and form.is_valid() else None
    context: dict[str, object] = {
        "form": form,
        "year": year,
        "lines": selectors.opinions_by_topic(request.user, year, on=today),
        "least": selectors.least_shown(today),
    }
    if topic_id is not None:
        found = selectors.opinions_about(request.user, topic_id, on=today)
        context["page"] = page_of(found, request.GET, order=("-dialogue__held_on", "-pk"))
    status = 422 if form.errors else 200
    return render_page(request, "dialogues/opinions.html", "rows", context, status=status)


@require_POST
@requires("dialogues.hold")
def file_opinion(request: SignedInRequest, pk: int, opinion: int) -> HttpResponse:
    """File one opinion under a topic."""
    dialogue = get_object_or_404(allowed_dialogues(request.user, "dialogues.hold"), pk=pk)
    row = get_object_or_404(dialogue.opinions, pk=opinion)
    form = FileForm(request.POST)
    if carried_out(
        form,
        lambda: services.file_opinion(
            row, topic_id=form.cleaned_data["topic_id"], actor=request.user
        ),
    ):
        messages.success(request, "Đã ghi lĩnh vực của ý kiến.")
    else:
        said = [str(fault) for faults in form.errors.values() for fault in faults]
        messages.error(request, " ".join(said))
    return redirect("dialogues:settle", pk, opinion)
