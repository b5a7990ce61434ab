"""A unit's report as a workbook: its template, the workbook handed in, what was read there, its faults marked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation.downloads import made_file
from danvan.foundation.errors import RuleError
from danvan.foundation.files import FileLostError
from danvan.foundation.htmx import render_page
from danvan.foundation.uploads import read_sent
from danvan.organisations.selectors import last_names
from danvan.reporting import selectors, services, templating
from danvan.reporting.models import Obligation, SheetFile
from danvan.reporting.selectors.sheets import sheet_by
from danvan.reporting.sheet_forms import SheetForm
from danvan.reporting.views.finding import obligation_or_404


@require_GET
@requires("submissions.enter")
def template(request: SignedInRequest, pk: int) -> HttpResponse:
    """The template of a report, to be filled in outside."""
    obligation = obligation_or_404(request, pk, "submissions.enter")
    name = f"mau-{selectors.month_of(obligation).code}-{pk}.xlsx"
    return made_file(templating.template(obligation), name)


@require_http_methods(["GET", "POST"])
@requires("submissions.enter")
def hand_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand in the workbook of a report: into the draft as a whole, or not at all with every fault at its cell."""
    obligation = obligation_or_404(request, pk, "submissions.enter")
    if request.method == "GET":
        return _hand_in(request, obligation, SheetForm())
    form = SheetForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["sheet"]
        try:
            file = services.hand_in_sheet(
                obligation, name=sent.name, content=read_sent(sent), actor=request.user
            )
        except RuleError as broken:
            form.add_error("sheet", broken.message)
        else:
            if file.faults:
                return _handed_in(request, obligation, file, status=422)
            messages.success(request, "Đã đọc tệp vào bản nháp; chưa gửi gì cho cấp trên.")
            return redirect("reporting:handed-in", pk, file.pk)
    return _hand_in(request, obligation, form, status=422)


@require_GET
@requires("submissions.enter")
def handed_in(request: SignedInRequest, pk: int, file: int) -> HttpResponse:
    """What was read in a workbook, cell by cell, and what is wrong in it."""
    obligation = obligation_or_404(request, pk, "submissions.enter")
    found = get_object_or_404(sheet_by(obligation, file))
    return _handed_in(request, obligation, found)


@require_GET
@requires("submissions.enter")
def marked(request: SignedInRequest, pk: int, file: int) -> HttpResponse:
    """The workbook as it came, with its faults marked."""
    obligation = obligation_or_404(request, pk, "submissions.enter")
    return marked_file(get_object_or_404(sheet_by(obligation, file)))


def marked_file(file: SheetFile) -> HttpResponse:
    """A workbook with its faults marked, to be saved; 404 with a sentence where it cannot be opened."""
    try:
        content = templating.marked(file)
    except FileLostError:
        raise Http404("Tệp này không còn trên máy chủ.") from None
    except RuleError as broken:
        raise Http404(broken.message) from None
    return made_file(content, f"can-sua-{file.pk}.xlsx")


def _hand_in(
    request: SignedInRequest, obligation: Obligation, form: SheetForm, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, **_about(obligation)}
    return render_page(request, "reporting/hand_in.html", "outcome", context, status=status)


def _handed_in(
    request: SignedInRequest, obligation: Obligation, file: SheetFile, *, status: int = 200
) -> HttpResponse:
    context = {"file": file, **_about(obligation)}
    return render_page(request, "reporting/handed_in.html", "outcome", context, status=status)


def _about(obligation: Obligation) -> dict[str, object]:
    period = selectors.month_of(obligation)
    names = last_names([obligation.unit_id], period.last)
    return {
        "obligation": obligation,
        "period": period,
        "unit_name": names.get(obligation.unit_id, ""),
    }
