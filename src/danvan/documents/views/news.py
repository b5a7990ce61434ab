"""What is new for the reader's units, and what they ask the issuer of a document."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import reaches
from danvan.documents import selectors, services
from danvan.documents.forms.rolling_out import AnswerForm, QuestionForm
from danvan.documents.models import Distribution, Document
from danvan.documents.selectors import roll_out as reads
from danvan.documents.selectors.roll_out.questions import ANSWERED_LAST
from danvan.documents.selectors.roll_out.received import work_for
from danvan.documents.views.page import posted
from danvan.documents.views.rolling_out import about, kept
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of


@require_GET
@requires("documents.view")
def news(request: SignedInRequest) -> HttpResponse:
    """What came since the last look or in the last 30 days: what to do first, then what to know."""
    return render(
        request,
        "documents/roll_out/news.html",
        {"news": reads.news_of(request.user), "today": clock.today()},
    )


@require_POST
@requires("documents.view")
def seen(request: SignedInRequest) -> HttpResponse:
    """Everything new up to now was seen."""
    services.mark_news_seen(actor=request.user)
    return redirect("documents:news")


@require_http_methods(["GET", "POST"])
@requires("documents.view")
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """The questions about a document that was sent to one unit, and a further one."""
    sent = selectors.allowed_distributions(request.user, "documents.view")
    distribution = get_object_or_404(sent.select_related("document").defer("document__text"), pk=pk)
    form = QuestionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            words = form.cleaned_data["words"]
            services.ask_issuer(distribution, words=words, actor=request.user)
        except RuleError as refused:
            form.add_error("words", refused.message)
        else:
            messages.success(request, "Đã gửi câu hỏi tới cơ quan ban hành.")
            return redirect("documents:ask", pk)
    return _asked_page(request, distribution.document, distribution.unit_id, form, distribution)


@require_http_methods(["GET", "POST"])
@requires("documents.view")
def ask_about_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """The questions about a document that gave the reader's unit work, and a further one."""
    readable = selectors.allowed_documents(request.user, "documents.view")
    document = get_object_or_404(readable.defer("text"), pk=pk)
    work = work_for(request.user, document)
    if not work:
        raise Http404("Văn bản này không giao việc cho đơn vị của đồng chí.")
    unit_id = work[0].lead_id
    form = QuestionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_about_work(
                document, unit_id=unit_id, actor=request.user, **form.cleaned_data
            )
        except RuleError as refused:
            form.add_error("words", refused.message)
        else:
            messages.success(request, "Đã gửi câu hỏi tới cơ quan ban hành.")
            return redirect("documents:ask-about-work", pk)
    return _asked_page(request, document, unit_id, form, None)


def _asked_page(
    request: SignedInRequest,
    document: Document,
    unit_id: int,
    form: QuestionForm,
    distribution: Distribution | None,
) -> HttpResponse:
    found = reads.questions_read_by(document, unit_id)
    page = page_of(found, request.GET, order=ANSWERED_LAST)
    context: dict[str, Any] = {
        "distribution": distribution,
        "document": document,
        "form": form,
        "page": page,
    }
    context |= {"lines": reads.asked_lines(page.rows), "own": unit_id}
    status = 422 if form.errors else 200
    return render_page(request, "documents/roll_out/ask.html", "rows", context, status=status)


@require_GET
@requires("documents.view")
def questions(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every question about a document, for whoever keeps it."""
    document = kept(request, pk, "documents.view")
    page = page_of(reads.questions_of(document), request.GET, order=ANSWERED_LAST)
    context = about(request, document, "hoi") | {
        "page": page,
        "lines": reads.asked_lines(page.rows),
    }
    return render_page(request, "documents/roll_out/questions.html", "rows", context)


@require_http_methods(["GET", "POST"])
@requires("documents.view")
def question(request: SignedInRequest, pk: int) -> HttpResponse:
    """One question, and its answer where the reader keeps the register of the document."""
    allowed = reads.allowed_questions(request.user, "documents.view")
    row = get_object_or_404(allowed.select_related("document", "answered_by"), pk=pk)
    may_answer = reaches(request.user, "documents.register", row.document.answering_id)
    form = AnswerForm(posted(request))
    if request.method == "POST" and may_answer and form.is_valid():
        try:
            answer = form.cleaned_data["answer"]
            services.answer_question(row, answer=answer, actor=request.user)
        except RuleError as refused:
            form.add_error("answer", refused.message)
        else:
            messages.success(request, "Đã trả lời; mọi nơi nhận đọc được.")
            return redirect("documents:question", pk)
    [line] = reads.asked_lines([row])
    context = {"line": line, "document": row.document, "form": form, "may_answer": may_answer}
    status = 422 if request.method == "POST" else 200
    return render(request, "documents/roll_out/question.html", context, status=status)
