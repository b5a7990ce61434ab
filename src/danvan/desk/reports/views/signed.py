"""Signed reviews: which there are, what each said when it was signed, and what the records say now."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.analytics.pdf import PdfUnavailableError, to_pdf
from danvan.analytics.selectors import (
    Change,
    allowed_reviews,
    changes_since,
    reviews_of,
    summary_of,
)
from danvan.desk.numbers.changes import FROM
from danvan.desk.reports.sending import PDF
from danvan.foundation import clock
from danvan.foundation.downloads import made_file, stored_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.periods import Period
from danvan.organisations.selectors import last_names


@require_GET
@requires("reports.compose")
def reviews(request: SignedInRequest) -> HttpResponse:
    """The signed reviews of the reader's places, the last first."""
    signed = allowed_reviews(request.user, "reports.compose").defer("content", "checks")
    page = page_of(signed, request.GET, order=("-signed_at", "-pk"))
    names = last_names({one.unit_id for one in page.rows}, clock.today())
    rows = [(one, Period.parse(one.period), names.get(one.unit_id, "")) for one in page.rows]
    context = {"page": page, "rows": rows}
    return render_page(request, "desk/reports/reviews.html", "rows", context)


@require_GET
@requires("reports.compose")
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """One signed review with its own numbers, and beside it what has changed since."""
    return _shown(request, pk)


@require_GET
@requires("reports.compose")
def review_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """The file that was signed."""
    found = get_object_or_404(allowed_reviews(request.user, "reports.compose"), pk=pk)
    return stored_file(
        found.file, found.document.file_name, gone="Tệp báo cáo không còn trên máy chủ."
    )


@require_GET
@requires("reports.compose")
def review_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The signed review as PDF, from the figures that were kept."""
    found = get_object_or_404(allowed_reviews(request.user, "reports.compose"), pk=pk)
    try:
        content = to_pdf(summary_of(found))
    except PdfUnavailableError as missing:
        return _shown(request, pk, refused=missing, status=503)
    name = f"bao-cao-{found.unit_id}-{found.period}-ban-{found.number}.pdf"
    return made_file(content, name, PDF)


def _shown(
    request: SignedInRequest, pk: int, *, refused: RuleError | None = None, status: int = 200
) -> HttpResponse:
    found = get_object_or_404(allowed_reviews(request.user, "reports.compose"), pk=pk)
    summary = summary_of(found)
    context = {
        "review": found,
        "summary": summary,
        "changes": [
            (one, _who(one, summary.read_at or found.signed_at)) for one in changes_since(found)
        ],
        "editions": reviews_of(found.unit_id, summary.period),
        "refused": refused,
    }
    return render_page(request, "desk/reports/review.html", "review", context, status=status)


def _who(change: Change, at: datetime) -> str:
    """Where it opens whose values changed a figure since the report was signed; empty of what units do not report."""
    path, _, asked = (change.then.href if change.then else "").partition("?")
    if path != reverse("desk:number"):
        return ""
    return f"{reverse('desk:number-changes')}?{asked}&{urlencode({FROM: at.isoformat()})}"
