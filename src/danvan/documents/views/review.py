"""The reading page: the source text beside its proposals, and the stages of its review."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from danvan.accounts.access import SignedInRequest, requires
from danvan.documents import selectors, services
from danvan.documents.enums import Stage
from danvan.documents.models import Document
from danvan.documents.views.page import reading_page
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page


def _document(request: SignedInRequest, pk: int) -> Document:
    documents = selectors.allowed_documents(request.user, "documents.review")
    return get_object_or_404(documents.select_related("file"), pk=pk)


@never_cache  # who goes back to it sees what was decided meanwhile
@require_GET
@requires("documents.review")
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """The text and its proposals, or that the software is still reading."""
    document = _document(request, pk)
    if document.stage in (Stage.TO_REVIEW, Stage.REVIEWED):
        context = reading_page(document, request.GET)
        return render_page(request, "documents/review.html", "proposals", context)
    return render(request, "documents/waiting.html", {"document": document})


@require_GET
@requires("documents.review")
def waiting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asked every few seconds while the software reads: once it has read, the whole page is loaded anew."""
    document = _document(request, pk)
    if document.stage == Stage.READING:
        return render(request, "documents/waiting.html#waiting", {"document": document})
    return HttpResponseClientRefresh() if request.htmx else redirect("documents:review", pk)  # type: ignore[attr-defined]


def _act(
    request: SignedInRequest, pk: int, service: Callable[..., Any], done: str, to: str
) -> HttpResponse:
    """Do one act on a document and go on; a refusal is told on the page it came from."""
    document = _document(request, pk)
    try:
        service(document, actor=request.user)
    except RuleError as refused:
        messages.error(request, refused.message)
        return redirect("documents:review", pk)
    messages.success(request, done)
    return redirect(to, pk)


@require_POST
@requires("documents.review")
def finish(request: SignedInRequest, pk: int) -> HttpResponse:
    """End the review."""
    return _act(request, pk, services.finish_review, "Đã kiểm lại xong văn bản.", "documents:card")


@require_POST
@requires("documents.review")
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take up the review again."""
    return _act(request, pk, services.reopen_review, "Đã mở lại để kiểm.", "documents:review")


@require_POST
@requires("documents.review")
def read_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have the document read once more."""
    return _act(
        request,
        pk,
        services.propose_again,
        "Máy đang đọc lại; những mục đã quyết định được giữ nguyên.",
        "documents:review",
    )
