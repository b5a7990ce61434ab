"""What documents do to each other: confirming, changing, rejecting, adding."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.documents import selectors, services
from danvan.documents.forms.intake import show_faults
from danvan.documents.forms.sending import RelationForm
from danvan.documents.views.page import posted
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page


@require_POST
@requires("documents.register")
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm a relation, with another kind where one was chosen, or reject it."""
    relation = get_object_or_404(
        selectors.allowed_relations(request.user, "documents.register"), pk=pk
    )
    accept = request.POST.get("viec") == "nhan"
    try:
        services.decide_relation(
            relation, accept=accept, kind=request.POST.get("kind", ""), actor=request.user
        )
    except RuleError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "Đã xác nhận quan hệ." if accept else "Đã bỏ quan hệ đề xuất.")
    to = redirect("documents:card", relation.document_id)
    to["Location"] += "#quan-he"
    return to


@require_http_methods(["GET", "POST"])
@requires("documents.register")
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """State by hand what a document does to another."""
    documents = selectors.allowed_documents(request.user, "documents.register").defer("text")
    document = get_object_or_404(documents, pk=pk)
    form = RelationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_relation(document, actor=request.user, **form.cleaned_data)
        except RuleError as refused:
            show_faults(form, refused)
        else:
            messages.success(request, "Đã ghi quan hệ.")
            return redirect("documents:card", pk)
    context = {"document": document, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "documents/relate.html", "fields", context, status=status)
