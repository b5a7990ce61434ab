"""Sending documents to units here, and receiving what was sent."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may, reaches
from danvan.documents import selectors, services
from danvan.documents.errors import DuplicateError
from danvan.documents.forms.intake import show_faults
from danvan.documents.forms.sending import RecallForm, ReceiveForm, SendForm
from danvan.documents.models import Distribution, Document
from danvan.documents.selectors.distribution import NEWEST
from danvan.documents.views.page import ids_ticked, posted
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.organisations.enums import Kind
from danvan.vietnamese.numbers import format_number


@require_GET
@requires("documents.view")
def waiting(request: SignedInRequest) -> HttpResponse:
    """What was sent to the reader's registers and is not entered yet; `?tat-ca=1` all within reach."""
    everywhere = "tat-ca" in request.GET
    found = selectors.waiting_to_enter(request.user, everywhere=everywhere)
    page = page_of(found, request.GET, order=NEWEST)
    context = {"page": page, "rows": selectors.sent_lines(page.rows), "everywhere": everywhere}
    return render_page(request, "documents/to_enter.html", "rows", context)


@require_GET
@requires("documents.view")
def sent(request: SignedInRequest, pk: int) -> HttpResponse:
    """One document as it was sent to one unit. Opening it is noted, the first time."""
    distribution = _sent_to(request, pk, "documents.view")
    if distribution.opened_at is None:
        distribution = services.open_distribution(distribution, actor=request.user)
    return _sent_page(request, distribution, ReceiveForm(initial=_first(distribution)))


@require_POST
@requires("documents.register")
def receive(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter it in the unit's incoming register, or say which entry it is already."""
    distribution = _sent_to(request, pk, "documents.register")
    form = ReceiveForm(request.POST)
    known = None
    try:
        if request.POST.get("viec") == "gan":
            return _match(request, distribution)
        if form.is_valid():
            document = services.receive_document(
                distribution, actor=request.user, **form.cleaned_data
            )
            number = f"{document.entry_number}/{document.register_year}"
            messages.success(request, f"Đã vào sổ, số đến {number}.")
            return redirect("documents:card", document.pk)
    except DuplicateError as refused:
        known = refused
    except RuleError as refused:
        show_faults(form, refused)
    return _sent_page(request, distribution, form, known=known, status=422)


def _match(request: SignedInRequest, distribution: Distribution) -> HttpResponse:
    entries = selectors.allowed_documents(request.user, "documents.register")
    wanted = request.POST.get("muc", "")
    pk = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0
    entry = get_object_or_404(entries.defer("text"), pk=pk)
    services.match_received(distribution, entry, actor=request.user)
    messages.success(request, f"Đã gắn với số đến {entry.entry_number}/{entry.register_year}.")
    return redirect("documents:card", entry.pk)


def _sent_to(request: SignedInRequest, pk: int, action: str) -> Distribution:
    found = selectors.allowed_distributions(request.user, action)
    return get_object_or_404(found.select_related("document__file", "received"), pk=pk)


def _first(distribution: Distribution) -> dict[str, Any]:
    due = distribution.document.due_on
    today = clock.today()
    return {"received_on": today, "due_on": due if due and due >= today else None}


def _sent_page(
    request: SignedInRequest,
    distribution: Distribution,
    form: ReceiveForm,
    *,
    known: DuplicateError | None = None,
    status: int = 200,
) -> HttpResponse:
    [(_, unit, sender)] = selectors.sent_lines([distribution])
    context = {
        "distribution": distribution,
        "document": distribution.document,
        "unit_name": unit,
        "sender": sender,
        "form": form,
        "known": known,
        "may_plan": reaches(request.user, "documents.register", distribution.unit_id),
        "may_receive": distribution.received_at is None
        and distribution.recalled_at is None
        and reaches(request.user, "documents.register", distribution.unit_id),
    }
    return render_page(request, "documents/sent.html", "receive", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("documents.distribute")
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose to whom a document goes, by name or a whole group, and send it in one act."""
    document = _own(request, pk, "documents.distribute")
    form = SendForm(document, posted(request))
    context = {"document": document, "form": form, "kinds": Kind.values}
    if request.method != "POST" or request.POST.get("viec") != "gui":
        return render_page(request, "documents/send.html", "picker", context)
    if form.is_valid():
        try:
            made = services.distribute_document(document, form.unit_ids(), actor=request.user)
        except RuleError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, f"Đã gửi tới {format_number(len(made))} nơi nhận.")
            return redirect("documents:recipients", pk)
    return render_page(request, "documents/send.html", "picker", context, status=422)


@require_GET
@requires("documents.view")
def recipients(request: SignedInRequest, pk: int) -> HttpResponse:
    """The units a document was sent to, narrowed to those behind one of its counts."""
    return _recipients(request, _own(request, pk, "documents.view"))


@require_POST
@requires("documents.distribute")
def remind(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remind those that have not entered it: the ticked ones, else all."""
    return _on_recipients(
        request,
        pk,
        lambda document, chosen: services.remind_recipients(
            document, unit_ids=chosen, actor=request.user
        ),
        "Đã nhắc {} nơi chưa vào sổ.",
    )


@require_POST
@requires("documents.distribute")
def recall(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take it back from the ticked ones; a slip that ticks none takes it back from nobody."""
    reason = request.POST.get("reason", "")
    return _on_recipients(
        request,
        pk,
        lambda document, chosen: services.recall_document(
            document, unit_ids=chosen, reason=reason, actor=request.user
        ),
        "Đã thu hồi ở {} nơi.",
        ticks=True,
    )


def _on_recipients(
    request: SignedInRequest,
    pk: int,
    act: Callable[[Document, list[int] | None], int],
    said: str,
    *,
    ticks: bool = False,
) -> HttpResponse:
    """The act on the ticked ones; where none is ticked on all, or (`ticks`) refused."""
    document = _own(request, pk, "documents.distribute")
    ticked = ids_ticked(request, "units")
    try:
        if not ticked and (ticks or "units" in request.POST):
            raise RuleError("Đồng chí vui lòng đánh dấu ít nhất một nơi nhận.")
        count = act(document, ticked or None)
    except RuleError as refused:
        return _recipients(request, document, refused=refused)
    messages.success(request, said.format(format_number(count)))
    return redirect("documents:recipients", pk)


def _own(request: SignedInRequest, pk: int, action: str) -> Document:
    """A document of the reader's own registers: whom else it went to is no recipient's business."""
    kept = selectors.kept_documents(request.user, action).defer("text")
    return get_object_or_404(kept, pk=pk)


def _recipients(
    request: SignedInRequest, document: Document, *, refused: RuleError | None = None
) -> HttpResponse:
    state = request.GET.get("trang-thai", "")
    page = page_of(selectors.recipients(document, state), request.GET, order=("pk",), size=150)
    form = RecallForm(_sent_reason(request) if refused else None)
    if refused:
        form.is_valid()
    context = {
        "document": document,
        "counts": selectors.counts_of([document.pk]).get(document.pk, selectors.Counts()),
        "state": state,
        "page": page,
        "rows": selectors.recipient_lines(page.rows),
        "form": form,
        "refused": refused,
        "may_send": may(request.user, "documents.distribute"),
    }
    status = 422 if refused else 200
    return render_page(request, "documents/recipients.html", "rows", context, status=status)


def _sent_reason(request: HttpRequest) -> dict[str, str]:
    return {"reason": request.POST.get("reason", "")}
