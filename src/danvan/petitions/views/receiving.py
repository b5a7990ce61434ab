"""Receiving a paper at the desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out
from danvan.petitions import services
from danvan.petitions.enums import Language
from danvan.petitions.forms import PaperForm


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
