"""Receiving a paper at the desk."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.caching import kept_nowhere
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out
from danvan.foundation.scanning import picture_of, public_address
from danvan.petitions import selectors, services
from danvan.petitions.enums import Language
from danvan.petitions.forms import PaperForm, SecondForm
from danvan.petitions.models import Paper, Petition
from danvan.petitions.selectors import allowed_petitions
from danvan.petitions.selectors.zalo_words import words_for_sender

LONGEST = 100_000  # letters that are compared


@require_http_methods(["GET", "POST"])
@requires("petitions.receive")
def receive(request: SignedInRequest) -> HttpResponse:
    """Nhận đơn: the paper, who sent it, its first matter; the clocks begin with it."""
    first = {"received_on": clock.today(), "language": Language.VIETNAMESE, "people": 1}
    form = PaperForm(request.POST or None, request.FILES or None, user=request.user, initial=first)
    if "tim_trung" in request.POST:
        found = _similar(request, form)
        if getattr(request, "htmx", None):  # as it is written, beside the form
            return render(request, "petitions/similar.html", {"similar": found})
        return _page(request, form, similar=found)
    made = carried_out(form, lambda: _received(form, request), also=form.faults_beside)
    if made is None:
        return _page(request, form)
    petition = made.petitions.get()
    messages.success(
        request,
        f"Đã nhận đơn {petition.number}. Còn nội dung khác thì đồng chí tách đơn ở trang này.",
    )
    return redirect("petitions:card", petition.pk)


@require_http_methods(["GET", "POST"])
@requires("petitions.receive")
def receive_second(request: SignedInRequest) -> HttpResponse:
    """Nhận khiếu nại lần hai at who settles it, by the number of the first."""
    first = {"received_on": clock.today(), "number": request.GET.get("so", "")[:20]}
    form = SecondForm(request.POST or None, user=request.user, initial=first)
    made = carried_out(
        form, lambda: services.appeal_petition(form.first, form.draft(), actor=request.user)
    )
    if made is None:
        status = 422 if request.method == "POST" else 200
        return render_page(
            request, "petitions/receive_second.html", "form", {"form": form}, status=status
        )
    messages.success(request, f"Đã nhận khiếu nại lần hai, số {made.number}.")
    return redirect("petitions:card", made.pk)


@transaction.atomic
def _received(form: PaperForm, request: SignedInRequest) -> Paper:
    """The paper with its files, all of it or nothing."""
    paper = services.receive_paper(form.draft(), actor=request.user)
    services.keep_held_files(paper, form.held_ids(), actor=request.user)
    why = form.cleaned_data["not_identity"]
    for name, content in form.uploads():
        services.add_paper_file(paper, content, name=name, actor=request.user, not_identity=why)
    return paper


def _page(request: SignedInRequest, form: PaperForm, **more: object) -> HttpResponse:
    status = 422 if request.method == "POST" and "tim_trung" not in request.POST else 200
    context = {"form": form, "held": len(form.held_ids()), **more}
    return render_page(request, "petitions/receive.html", "form", context, status=status)


def _similar(request: SignedInRequest, form: PaperForm) -> selectors.SimilarFound:
    """What was written so far, beside the open petitions; nothing is kept, and nothing said of what is still missing."""
    form.is_valid()
    said = form.cleaned_data
    text = f"{request.POST.get('title', '')}\n{request.POST.get('text', '')}"[:LONGEST]
    found = selectors.similar_petitions(
        text,
        place_id=getattr(form, "place_id", None),
        on=said.get("received_on") or clock.today(),
        user=request.user,
    )
    form.errors.clear()
    return found


@require_POST
@kept_nowhere
@requires("petitions.receive")
def give_code(request: SignedInRequest, pk: int) -> HttpResponse:
    """A code for whoever petitioned: shown this once, to be printed or said; one given before opens nothing any more."""
    mine = allowed_petitions(request.user, "petitions.receive")
    petition: Petition = get_object_or_404(mine, pk=pk)
    slip = services.give_code(petition, actor=request.user)
    where = public_address(reverse("portal:follow"), root=request.build_absolute_uri("/"))
    context = {
        "petition": petition,
        "slip": slip,
        "where": where.partition("://")[2],
        "picture": picture_of(f"{where}?ma={slip.code}"),
    }
    return render(request, "petitions/code.html", context)


@require_GET
@requires("petitions.handle")
def zalo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Words to copy to the sender, and a picture of the page of codes; nothing in them tells what the petition is about."""
    petition = get_object_or_404(allowed_petitions(request.user, "petitions.handle"), pk=pk)
    where = public_address(reverse("portal:follow"), root=request.build_absolute_uri("/"))
    context = {
        "text": words_for_sender(petition, address=where),
        "picture": picture_of(where),
        "address": reverse("petitions:card", args=[petition.pk]),
        "title": f"Đơn {petition.number}",
    }
    return render(request, "petitions/zalo.html", context)
