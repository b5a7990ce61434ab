"""The workbooks of a month for who asks for it: templates for all units, many handed in at once, how far that is."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.foundation.downloads import made_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.periods import Period
from danvan.organisations.selectors import last_names
from danvan.reporting import services, templating
from danvan.reporting.enums import Outcome
from danvan.reporting.models import Form
from danvan.reporting.selectors.sheets import drops_of, progress_of, sheets_of
from danvan.reporting.sheet_forms import DropForm
from danvan.reporting.sheets.unpacking import MEDIA_TYPE
from danvan.reporting.views.finding import form_and_month_or_404
from danvan.reporting.views.sheets import marked_file

PAGE = 50
EARLIER = 20


@require_GET
@requires("submissions.approve", reading=True)
def templates(request: SignedInRequest, pk: int, month: str) -> HttpResponse:
    """The templates of all units that owe a month, in one package."""
    form, period = form_and_month_or_404(request, pk, month, "submissions.approve")
    name = f"mau-{period.code}-{form.pk}.zip"
    return StreamingHttpResponse(  # type: ignore[return-value] # a sibling class, as in foundation/downloads.py
        templating.templates(form, period),
        content_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "POST"])
@requires("submissions.approve")
def drop(request: SignedInRequest, pk: int, month: str) -> HttpResponse:
    """Hand in many workbooks of a month at once."""
    form, period = form_and_month_or_404(request, pk, month, "submissions.approve")
    if request.method == "GET":
        return _drop(request, form, period, DropForm())
    typed = DropForm(request.POST, request.FILES)
    if typed.is_valid():
        try:
            dropped = services.drop_sheets(
                form, period, typed.sent(), sends=typed.cleaned_data["gui"], actor=request.user
            )
        except RuleError as broken:
            typed.add_error("sheets", broken.message)
        else:
            return redirect("reporting:dropped", pk, month, dropped.pk)
    return _drop(request, form, period, typed, status=422)


@require_GET
@requires("submissions.approve", reading=True)
def dropped(request: SignedInRequest, pk: int, month: str, drop: int) -> HttpResponse:
    """How far the reading of a drop is, and what became of each workbook."""
    form, period = form_and_month_or_404(request, pk, month, "submissions.approve")
    found = get_object_or_404(drops_of(form, period), pk=drop)
    asked = request.GET.get("ket_qua", "")
    asked = asked if asked in Outcome.values else ""
    page = page_of(sheets_of(found, outcome=asked), request.GET, order=("place", "pk"), size=PAGE)
    units = {one.obligation_id: one.obligation.unit_id for one in page if one.obligation}
    names = last_names(units.values(), period.last)
    context = {
        "form": form, "period": period, "drop": found, "progress": progress_of(found), "asked": asked, "page": page,
        "lines": [(one, names.get(units.get(one.obligation_id, 0), "")) for one in page],
    }  # fmt: skip
    return render_page(request, "reporting/dropped.html", "reading", context)


@require_GET
@requires("submissions.approve", reading=True)
def dropped_marked(
    request: SignedInRequest, pk: int, month: str, drop: int, file: int
) -> HttpResponse:
    """One workbook of a drop as it came, with its faults marked."""
    form, period = form_and_month_or_404(request, pk, month, "submissions.approve")
    found = get_object_or_404(drops_of(form, period), pk=drop)
    return marked_file(get_object_or_404(sheets_of(found), pk=file))


@require_GET
@requires("submissions.view")
def period_csv(request: SignedInRequest, pk: int, month: str) -> HttpResponse:
    """What was sent for a month as CSV, one line an answer."""
    form, period = form_and_month_or_404(request, pk, month, "submissions.view")
    content = templating.month_csv(form, period)
    return made_file(content, f"so-lieu-{period.code}-{form.pk}.csv", templating.CSV)


def _drop(
    request: SignedInRequest, form: Form, period: Period, typed: DropForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "period": period,
        "typed": typed,
        "may_send": may(request.user, "submissions.enter"),
        "drops": list(drops_of(form, period)[:EARLIER]),
    }
    return render_page(request, "reporting/drop.html", "outcome", context, status=status)
