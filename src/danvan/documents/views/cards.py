"""One document: its card and its original file."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.commitments.selectors import lines_of
from danvan.documents import selectors
from danvan.documents.enums import RelationKind
from danvan.documents.models import Document
from danvan.documents.selectors.roll_out import received as reads
from danvan.foundation import clock
from danvan.foundation.downloads import stored_file


@require_GET
@requires("documents.view")
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the register says of a document, what was made of it, and who did what with it.

    Whoever reads it as a recipient only goes to what was sent to them.
    """
    documents = selectors.allowed_documents(request.user, "documents.view")
    document = get_object_or_404(documents.select_related("file", "registered_by"), pk=pk)
    if not selectors.kept_documents(request.user, "documents.view").filter(pk=pk).exists():
        sent = selectors.allowed_distributions(request.user, "documents.view")
        here = sent.filter(document=document, recalled_at=None).first()
        return redirect("documents:sent", here.pk) if here else _given(request, document)
    context = {
        "document": document,
        "card": selectors.card_of(request.user, document),
        "standing": selectors.standing_of(request.user, document),
        "kinds": RelationKind.choices,
        "reviews": may(request.user, "documents.review"),
    }
    return render(request, "documents/card.html", context)


def _given(request: SignedInRequest, document: Document) -> HttpResponse:
    """The page of a document for a unit that nobody sent it to but that leads work it gave."""
    work = reads.work_for(request.user, document)
    context = {
        "document": document,
        "work": lines_of(work, on=clock.today()),
        "opens_work": may(request.user, "commitments.view"),
        "may_plan": may(request.user, "documents.register"),
    }
    return render(request, "documents/given.html", context)


@require_GET
@requires("documents.view")
def original(request: SignedInRequest, pk: int) -> HttpResponse:
    """The original file, to be saved, never shown inside a page."""
    documents = selectors.allowed_documents(request.user, "documents.view").defer("text")
    document = get_object_or_404(documents.select_related("file"), pk=pk)
    if document.file is None:
        raise Http404("Văn bản này vào sổ không kèm tệp.")
    return stored_file(document.file, document.file_name, gone="Tệp gốc không còn trên máy chủ.")
