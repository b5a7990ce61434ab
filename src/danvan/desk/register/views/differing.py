"""What became different between two days, and the register as Excel."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.desk.register.differences import Differences, read_differences
from danvan.desk.register.forms import DifferenceForm
from danvan.desk.register.views.tree import day_of, number_of
from danvan.desk.register.workbooks import difference_sheets, register_sheets
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.organisations.selectors import top_unit, unit_on


@require_GET
@requires("register.view")
def differing(request: SignedInRequest) -> HttpResponse:
    """Founded, ended, renamed, moved, re-levelled and re-coded between two days: counts, and one list at a time."""
    form, found = _read(request)
    context = {"form": form, "found": found}
    status = 422 if form.errors else 200
    return render_page(request, "desk/register/differing.html", "lists", context, status=status)


@require_GET
@requires("register.view")
def differing_workbook(request: SignedInRequest) -> HttpResponse:
    """The same as Excel, every list on a sheet of its own."""
    _, found = _read(request)
    if found is None:
        return redirect(f"{request.path}../?{request.GET.urlencode()}")
    asked = found.asked
    name = f"khac-nhau-{asked.first:%Y%m%d}-{asked.last:%Y%m%d}.xlsx"
    return made_file(difference_sheets(asked, found.name), name)


def _read(request: HttpRequest) -> tuple[DifferenceForm, Differences | None]:
    form = DifferenceForm(request.GET)
    under = number_of(request.GET.get("duoi", ""))
    if not form.is_valid():
        return form, None
    found = read_differences(form.cleaned_data, under, request.GET)
    if found is None:
        raise Http404
    return form, found


@require_GET
@requires("register.view")
def register_workbook(request: SignedInRequest) -> HttpResponse:
    """The register at or below a place on a day as Excel: places, organisations, codes, superiors, lineage."""
    _, day = day_of(request)
    on = day or clock.today()
    under = number_of(request.GET.get("duoi", ""))
    try:
        top = unit_on(under, on) if under else top_unit(on=on)
    except RuleError as empty:
        raise Http404(empty.message) from empty
    if top is None or not top.is_place:
        raise Http404
    return made_file(register_sheets(top.id, on, top.name), f"so-don-vi-{top.id}-{on:%Y%m%d}.xlsx")
