"""Receiving a paper at the desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out
from danvan.foundation.scanning import picture_of, public_address
from danvan.petitions import services
from danvan.petitions.enums import Language
from danvan.petitions.forms import PaperForm
from danvan.petitions.models import Petition
from danvan.petitions.selectors import allowed_petitions


@require_http_methods(["GET", "POST"])
@requires("petitions.receive")
def receive(request: SignedInRequest) -> HttpResponse:
    """Nhận đơn: the paper, who sent it, its first matter; the clocks begin with it."""
    first = {"received_on": clock.today(), "language": Language.VIETNAMESE, "people": 1}
    form = PaperForm(request.POST or None, user=request.user, initial=first)
    made = carried_out(form, lambda: services.receive_paper(form.draft(), actor=request.user))
    if made is not None:
        petition = made.petitions.get()
        messages.success(
            request,
            f"Đã nhận đơn {petition.number}. Còn nội dung khác thì đồng chí tách đơn ở trang này.",
        )
        return redirect("petitions:card", petition.pk)
    status = 422 if request.method == "POST" else 200
    return render_page(request, "petitions/receive.html", "form", {"form": form}, status=status)


@require_POST
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
    response = render(request, "petitions/code.html", context)
    response["Cache-Control"] = "no-store"
    return response
