"""What people ask about their own data: the list, taking one in, its page and its acts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.caching import kept_nowhere
from danvan.foundation.downloads import made_file
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.papers import WORD, to_docx
from danvan.foundation.refusals import carried_out
from danvan.petitions import selectors, services
from danvan.petitions.data_papers import answer_paper
from danvan.petitions.forms.subjects import (
    AskForm,
    CarryOutForm,
    DayForm,
    MendForm,
    ReasonForm,
    RefuseForm,
    RespondForm,
)
from danvan.petitions.models import DataRequest, Petition
from danvan.petitions.moves import HANDLE
from danvan.petitions.selectors import allowed_data_requests, allowed_petitions
from danvan.petitions.subject_enums import DataRequestKind

# Of each act: its address, its label, its form, what it does, what is said when it is done.
ACTS: dict[str, tuple[str, type[DayForm], Callable[..., Any], str]] = {
    "respond": (
        "Ghi đã phản hồi",
        RespondForm,
        services.respond_to_data_request,
        "Đã ghi phản hồi.",
    ),
    "carry-out": (
        "Ghi đã thực hiện",
        CarryOutForm,
        services.carry_out_data_request,
        "Đã thực hiện yêu cầu. Đồng chí in văn bản trả lời để gửi người yêu cầu.",
    ),
    "extend": ("Gia hạn một lần", ReasonForm, services.extend_data_request, "Đã gia hạn."),
    "refuse": (
        "Không thực hiện",
        RefuseForm,
        services.refuse_data_request,
        "Đã ghi không thực hiện, kèm lý do và căn cứ.",
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
@kept_nowhere
@requires(HANDLE)
def data_request(request: SignedInRequest, pk: int) -> HttpResponse:
    """One request: what is asked and by whom, its days, what was answered, and what may be done."""
    found = _found(request, pk)
    told = selectors.data_request_told(request.user, found)
    acts = [(name, ACTS[name][0]) for name in selectors.data_request_acts(request.user, found)]
    context = {"told": told, "asked": found, "acts": acts}
    return render_page(request, "petitions/data_request.html", "card", context)


@require_GET
@kept_nowhere
@requires(HANDLE)
def data_request_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """The answer on paper, to read and to print; the name stands in it while the identity is open."""
    told = _ended(request, pk)
    context = {"asked": told.request, "told": told, "paper": answer_paper(told)}
    return render_page(request, "petitions/data_request_paper.html", "paper", context)


@require_GET
@kept_nowhere
@requires(HANDLE)
def data_request_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same paper as a Word file."""
    told = _ended(request, pk)
    name = f"tra-loi-{told.request.number}.docx"
    return made_file(to_docx(answer_paper(told)), name, WORD)


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
    more: dict[str, Any] = {"asked": found} if issubclass(made_of, CarryOutForm) else {}
    form: Any = made_of(request.POST or None, initial=first, **more)
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
    mine = allowed_data_requests(request.user, HANDLE).select_related("petition__paper")
    return get_object_or_404(mine, pk=pk)


def _ended(request: SignedInRequest, pk: int) -> selectors.DataRequestTold:
    """A request that was answered; 404 before it was, since nothing is to be printed."""
    found = _found(request, pk)
    if found.ended_on is None:
        raise Http404
    return selectors.data_request_told(request.user, found)
