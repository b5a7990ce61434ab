"""Keeping a register: printing it, putting entries right, acts on many of its documents, numbers left free."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.documents import selectors, services
from danvan.documents.columns import COLUMNS, cells_of, free_words
from danvan.documents.enums import Direction
from danvan.documents.errors import DuplicateError, SecretError
from danvan.documents.forms.intake import AmendForm, show_faults
from danvan.documents.forms.registers import ForwardForm, FreeNumbersForm, PrintForm
from danvan.documents.intake import open_file
from danvan.documents.models import Document
from danvan.documents.selectors import RegisterFilter
from danvan.documents.views.page import ids_ticked, posted
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.uploads import read_sent
from danvan.vietnamese.numbers import format_number

# What a browser lays out on ruled pages in a moment; a larger register is printed in parts.
MOST_PRINTED = 3_000
MOST_AT_ONCE = 500
LISTS = {Direction.INCOMING: "documents:incoming", Direction.OUTGOING: "documents:issued"}


@require_GET
@requires("documents.view")
def print_register(request: SignedInRequest, direction: str) -> HttpResponse:
    """Choose a register and a range; then the ruled pages as they go into the binder."""
    asked = request.GET if "in" in request.GET else None
    first = {
        "so": request.GET.get("so") or str(selectors.own_register(request.user) or ""),
        "nam": request.GET.get("nam") or clock.today().year,
    }
    form = PrintForm(request.user, asked, initial=first)
    context: dict[str, Any] = {"form": form, "direction": Direction(direction)}
    if asked is not None and form.is_valid():
        context |= _ruled(request, Direction(direction), form.asked())
        if context["rows"] is not None:
            return render(request, "documents/ruled.html", context)
    status = 422 if form.errors or asked is not None else 200
    return render(request, "documents/print.html", context, status=status)


def _ruled(request: SignedInRequest, direction: Direction, asked: RegisterFilter) -> dict[str, Any]:
    """The rows of the ruled pages with the numbers that nobody bears in their places; None where there are too many."""
    listed = selectors.incoming if direction == Direction.INCOMING else selectors.issued
    found = selectors.in_order(listed(request.user, asked)).defer("text")[: MOST_PRINTED + 1]
    documents = list(found)
    unit_id, year = asked.unit_id or 0, asked.year or 0
    rows: list[tuple[int, str, Any]] = [(one.register_number, "", one) for one in documents]
    first, last = asked.numbers
    if not (asked.since or asked.until):  # by days alone nobody can say where a free number belongs
        rows += [
            (line.first, free_words(line), None)
            for line in selectors.free_numbers(unit_id, direction, year)
            if (not first or line.last >= first) and (not last or line.first <= last)
        ]
    rows.sort(key=lambda row: row[0])
    return {
        "too_many": len(documents) > MOST_PRINTED,
        "most": MOST_PRINTED,
        "rows": None
        if len(documents) > MOST_PRINTED
        else [(words, cells_of(one) if one else []) for _, words, one in rows],
        "columns": COLUMNS[direction],
        "asked": asked,
        "documents": documents,
        "unit_name": selectors.unit_name(unit_id),
    }


@require_http_methods(["GET", "POST"])
@requires("documents.register")
def amend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put an entry right; its number never changes."""
    documents = selectors.allowed_documents(request.user, "documents.register")
    document: Document = get_object_or_404(documents.select_related("unit"), pk=pk)
    form = AmendForm(document, posted(request), request.FILES or None)
    context = {"document": document, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            _amend(request, document, form)
        except DuplicateError as known:
            context["known"] = known
        except SecretError as secret:
            # Of a secret file nothing is said back.
            context |= {"secret": secret, "form": AmendForm(document)}
        except RuleError as refused:
            show_faults(form, refused)
        else:
            return redirect("documents:card", pk)
    status = 200 if request.method == "GET" else 422
    return render_page(request, "documents/amend.html", "fields", context, status=status)


def _amend(request: SignedInRequest, document: Document, form: AmendForm) -> None:
    """The file first: with it alone, nothing of the entry need have changed."""
    sent = form.cleaned_data.get("file")
    if sent:
        opened = open_file(read_sent(sent), name=sent.name)
        services.attach_file(document, opened=opened, actor=request.user)
        messages.success(request, "Đã gắn tệp vào văn bản.")
        if all(getattr(document, name) == value for name, value in form.changes().items()):
            return
    seen = form.cleaned_data["seen"]
    services.amend_entry(document, actor=request.user, seen=seen, **form.changes())
    messages.success(request, f"Đã sửa mục số {document.entry_number}/{document.register_year}.")


@require_POST
@requires("documents.register")
def act_on_many(request: SignedInRequest, direction: str) -> HttpResponse:
    """Pass on, or mark as done with, the documents that are ticked; then back to the list."""
    ticked = ids_ticked(request, "chon")[:MOST_AT_ONCE]
    documents = selectors.allowed_documents(request.user, "documents.register")
    chosen = list(documents.filter(pk__in=ticked, direction=direction).defer("text"))
    try:
        messages.success(request, _act(request, chosen))
    except RuleError as refused:
        messages.error(request, refused.message)
    back = QueryDict(request.POST.get("ve", "")).urlencode()  # never a line of a header of its own
    to = redirect(LISTS[Direction(direction)])
    to["Location"] += f"?{back}" if back else ""
    return to


def _act(request: SignedInRequest, chosen: list[Document]) -> str:
    act = request.POST.get("viec", "")
    if act == "chuyen":
        form = ForwardForm(request.POST)
        if not form.is_valid():
            said = " ".join(str(one) for errors in form.errors.values() for one in errors)
            raise RuleError(f"Chưa chuyển được: {said}")
        count = services.forward_documents(chosen, actor=request.user, **form.cleaned_data)
        return f"Đã chuyển {format_number(count)} văn bản cho {form.cleaned_data['kept_by']}."
    undo = act == "chua-xong"
    count = services.mark_handled(chosen, actor=request.user, undo=undo)
    said = "bỏ đánh dấu đã xử lý" if undo else "đánh dấu đã xử lý xong"
    return f"Đã {said} {format_number(count)} văn bản."


@require_http_methods(["GET", "POST"])
@requires("documents.register")
def free_numbers(request: SignedInRequest) -> HttpResponse:
    """Leave numbers of a register free, with the reason."""
    first = {"direction": request.GET.get("chieu", ""), "unit": request.GET.get("so", "")}
    first |= {"year": request.GET.get("nam") or str(clock.today().year)}
    initial = {name: value for name, value in first.items() if value}
    form = FreeNumbersForm(request.user, posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            gap = services.leave_numbers(actor=request.user, **form.cleaned_data)
        except RuleError as refused:
            show_faults(form, refused)
        else:
            messages.success(
                request, f"Đã ghi các số {gap.first}–{gap.last} năm {gap.year} bỏ trống."
            )
            to = redirect(LISTS[Direction(gap.direction)])
            to["Location"] += f"?so={gap.unit_id}&nam={gap.year}"
            return to
    status = 422 if form.errors else 200
    return render_page(
        request, "documents/free_numbers.html", "fields", {"form": form}, status=status
    )
