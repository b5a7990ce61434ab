"""The reviews (sơ kết, tổng kết) of a document: set, taken back, given at once."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.documents import services
from danvan.documents.forms.reviewing import ReviewForm
from danvan.documents.models import Document
from danvan.documents.selectors import roll_out as reads
from danvan.documents.selectors.roll_out.reviews import SOONEST, STATES
from danvan.documents.views.page import ids_ticked
from danvan.documents.views.rolling_out import about, kept
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.refusals import carried_out
from danvan.vietnamese.numbers import format_number


@require_GET
@requires("documents.view")
def reviews(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who owes which review by when, and what became of it."""
    return _page(request, kept(request, pk, "documents.view"), None)


@require_POST
@requires("documents.register")
def schedule_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đặt lịch một lần sơ kết, tổng kết cho các đơn vị."""
    document = kept(request, pk, "documents.register")
    form = _form(request, document)
    made = carried_out(
        form, lambda: services.schedule_review(document, form.term(), actor=request.user)
    )
    if made is None:
        return _page(request, document, form)
    messages.success(request, f"Đã đặt lịch cho {format_number(len(made))} đơn vị.")
    return redirect("documents:roll-out-reviews", pk)


@require_POST
@requires("documents.register")
def drop_reviews(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bỏ những lần đã đánh dấu, khi chưa giao."""
    document = kept(request, pk, "documents.register")
    return _on_ticked(request, document, services.drop_reviews, "Đã bỏ {} lần.")


@require_POST
@requires("documents.review")
def give_reviews(request: SignedInRequest, pk: int) -> HttpResponse:
    """Giao ngay những lần đã đánh dấu thành việc phải làm."""
    document = kept(request, pk, "documents.review")
    return _on_ticked(request, document, services.give_reviews, "Đã giao {} việc.")


def _on_ticked(
    request: SignedInRequest, document: Document, act: Callable[..., int], said: str
) -> HttpResponse:
    try:
        number = act(document, ids_ticked(request, "chon"), actor=request.user)
    except RuleError as refused:
        return _page(request, document, None, refused=refused)
    messages.success(request, said.format(format_number(number)))
    return redirect("documents:roll-out-reviews", document.pk)


def _form(request: SignedInRequest, document: Document) -> ReviewForm:
    offered = reads.units_to_invite(request.user, document, [document.answering_id])
    return ReviewForm(
        request.POST if request.method == "POST" else None,
        addressed=offered,
        issued_on=document.issued_on,
    )


def _page(
    request: SignedInRequest,
    document: Document,
    form: ReviewForm | None,
    *,
    refused: RuleError | None = None,
) -> HttpResponse:
    asked = request.GET.get("trang-thai", "")
    state = asked if asked in STATES else ""
    rows = reads.reviews_of(document, state).select_related("commitment")
    page = page_of(rows, request.GET, order=SOONEST, size=100)
    counts = reads.review_counts(document)
    shown = about(request, document, "so-ket")
    if form is None and shown["may_register"]:
        offered = reads.units_to_invite(request.user, document, [document.answering_id])
        form = ReviewForm(addressed=offered, issued_on=document.issued_on)
    context = shown | {
        "form": form,
        "refused": refused,
        "state": state,
        "whole": counts[""],
        "states": [(key, label, counts[key]) for key, label in STATES.items()],
        "page": page,
        "lines": reads.review_lines(page.rows),
        "reports": reads.reports_of_reviews(request.user, document),
        "opens_work": may(request.user, "commitments.view"),
        "days": reads.review_days(),
    }
    status = 422 if refused or (form is not None and form.is_bound) else 200
    return render_page(request, "documents/roll_out/reviews.html", "rows", context, status=status)
