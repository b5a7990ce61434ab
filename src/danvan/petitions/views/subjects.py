"""What people ask about their own data: the list, taking one in, its page and its acts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.refusals import carried_out
from danvan.petitions import selectors, services
from danvan.petitions.enums import DataRequestKind
from danvan.petitions.forms.subjects import AskForm, DayForm, MendForm, ReasonForm
from danvan.petitions.models import DataRequest, Petition
from danvan.petitions.moves import HANDLE
from danvan.petitions.selectors import allowed_data_requests, allowed_petitions

# Of each act: its address, its label, its form, what it does, what is said when it is done.
ACTS: dict[str, tuple[str, type[DayForm], Callable[..., Any], str]] = {
    "respond": ("Ghi đã phản hồi", DayForm, services.respond_to_data_request, "Đã ghi phản hồi."),
    "carry-out": (
        "Ghi đã thực hiện",
        DayForm,
        services.carry_out_data_request,
        "Đã thực hiện yêu cầu.",
    ),
    "extend": ("Gia hạn một lần", ReasonForm, services.extend_data_request, "Đã gia hạn."),
    "refuse": (
        "Không thực hiện",
        ReasonForm,
        services.refuse_data_request,
        "Đã ghi không thực hiện, kèm lý do.",
    ),
}


@require_GET
@requires(HANDLE)
def data_requests(request: SignedInRequest) -> HttpResponse:
    """The requests within reach, the newest first."""
    found = selectors.data_requests_of(request.user)
    page = page_of(found, request.GET, order=("-received_on", "-pk"))
    lines = selectors.data_request_lines(page.rows, on=clock.today())
    return render_page(
        request, "petitions/data_requests.html", "rows", {"page": page, "lines": lines}
    )


@require_GET
@requires(HANDLE)
def data_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """One request: its days, and what may be done."""
    found = _found(request, pk)
    [line] = selectors.data_request_lines([found], on=clock.today())
    acts = [(name, ACTS[name][0]) for name in selectors.data_request_acts(request.user, found)]
    context = {"line": line, "asked": found, "acts": acts}
    return render_page(request, "petitions/data_request.html", "card", context)


@require_http_methods(["GET", "POST"])
@requires(HANDLE)
def data_request_act(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """One act on it."""
    found = _found(request, pk)
    if slug not in ACTS:
        raise Http404
    label, made_of, act, done = ACTS[slug]
    if slug == "carry-out" and found.kind == DataRequestKind.MEND:
        made_of = MendForm
    first = {"seen": found.changes, "on": clock.today()}
    form: Any = made_of(request.POST or None, initial=first)
    if carried_out(form, lambda: act(found, actor=request.user, **form.said())) is not None:
        messages.success(request, done)
        return redirect("petitions:data-request", pk)
    status = 422 if request.method == "POST" else 200
    context = {
        "asked": found,
        "form": form,
        "label": label,
        "erases": slug == "carry-out" and found.kind == DataRequestKind.ERASE,
    }
    return render_page(request, "petitions/data_request_act.html", "form", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(HANDLE)
def ask_about_data(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take down what one of those behind a petition asks about their data."""
    rows = allowed_petitions(request.user, HANDLE).select_related("paper")
    petition: Petition = get_object_or_404(rows, pk=pk)
    form = AskForm(request.POST or None, petition=petition, initial={"on": clock.today()})
    made = carried_out(
        form, lambda: services.receive_data_request(petition, actor=request.user, **form.said())
    )
    if made is not None:
        messages.success(request, f"Đã nhận yêu cầu {made.number}.")
        return redirect("petitions:data-request", made.pk)
    status = 422 if request.method == "POST" else 200
    context = {
        "petition": petition,
        "form": form,
        "label": "Nhận yêu cầu về dữ liệu cá nhân",
        "asked": None,
    }
    return render_page(request, "petitions/act.html", "form", context, status=status)


def _found(request: SignedInRequest, pk: int) -> DataRequest:
    mine = allowed_data_requests(request.user, HANDLE).select_related("petition")
    return get_object_or_404(mine, pk=pk)
