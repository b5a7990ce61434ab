"""A text is pasted or dropped, read, and where needed entered in a register afterwards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.documents import selectors, services
from danvan.documents.enums import Direction
from danvan.documents.errors import DuplicateError
from danvan.documents.forms.intake import focus_fault, show_faults
from danvan.documents.forms.reading_texts import EnterForm, ReadTextForm
from danvan.documents.models import Document
from danvan.documents.views.intake import refused_page
from danvan.documents.views.page import posted
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page


@require_http_methods(["GET", "POST"])
@requires("documents.review")
def read_text(request: SignedInRequest) -> HttpResponse:
    """Paste a text or choose its file; its proposals stand on the next page."""
    form = ReadTextForm(request.user, posted(request), request.FILES or None)
    template, context = "documents/read_text.html", {"form": form}
    try:
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            document = services.bring_text(
                unit=given["unit"], opened=form.opened(), title=given["title"], actor=request.user
            )
            return redirect("documents:review", document.pk)
    except RuleError as refused:
        return refused_page(request, template, context, refused)
    focus_fault(form)
    return render_page(request, template, "fields", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("documents.register")
def enter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a text that was read its number in a register."""
    documents = selectors.allowed_documents(request.user, "documents.register")
    brought = documents.filter(direction=Direction.READING).select_related("unit")
    document: Document = get_object_or_404(brought, pk=pk)
    form = EnterForm(posted(request))
    context = {"document": document, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            services.enter_in_register(document, actor=request.user, **form.cleaned_data)
        except DuplicateError as known:
            context["known"] = known
        except RuleError as refused:
            show_faults(form, refused)
        else:
            messages.success(request, "Đã vào sổ; những mục đã kiểm lại được giữ nguyên.")
            return redirect("documents:card", pk)
    status = 200 if request.method == "GET" else 422
    return render_page(request, "documents/enter.html", "fields", context, status=status)
