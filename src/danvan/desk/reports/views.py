"""Summary reports: composed on demand from the records, read on the page or taken away as Word."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import units_granted
from danvan.analytics.checks import check_summary
from danvan.analytics.docx_review import to_docx
from danvan.analytics.summary import Summary, compose_summary
from danvan.desk.reports.forms import SummaryForm
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.organisations.selectors import places_among

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _asked(request: SignedInRequest) -> tuple[SummaryForm, Summary | None]:
    """The form as filled in, and the summary it asks for; what is refused stands in the form's errors."""
    places = places_among(units_granted(request.user, "reports.compose"))
    form = SummaryForm(request.GET or None, places=places)
    if not form.is_valid():
        return form, None
    try:
        return form, compose_summary(form.cleaned_data["don_vi"], form.cleaned_data["ky"])
    except RuleError as refused:
        form.add_error(None, refused.message)
        return form, None


@require_GET
@requires("reports.compose")
def summary(request: SignedInRequest) -> HttpResponse:
    """The review on a page: every figure opens, every figure has its note."""
    form, composed = _asked(request)
    context: dict[str, object] = {"form": form, "summary": composed}
    if composed is not None:
        numbered = [(place, one.note_text, one) for place, one in enumerate(composed.notes, 1)]
        context |= {"notes": numbered, "checks": check_summary(composed)}
    status = 422 if form.errors else 200
    return render_page(request, "desk/reports/summary.html", "review", context, status=status)


@require_GET
@requires("reports.compose")
def summary_docx(request: SignedInRequest) -> HttpResponse:
    """The same review as a Word file."""
    form, composed = _asked(request)
    if composed is None:
        context = {"form": form, "summary": None}
        return render_page(request, "desk/reports/summary.html", "review", context, status=422)
    response = HttpResponse(to_docx(composed), content_type=DOCX)
    name = f"bao-cao-{composed.unit_id}-{composed.period.code}.docx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
