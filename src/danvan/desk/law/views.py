"""The law as the clocks read it: parameters with their citations, the calendar, a term counted aloud."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may_at_root
from danvan.desk.law.forms import DayCorrection, DeadlineForm, ParameterFilter, year_of
from danvan.desk.law.months import months_of
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.law import selectors, services
from danvan.law.enums import MEANING, Confidence


@require_GET
@requires("law.view")
def parameters(request: SignedInRequest) -> HttpResponse:
    """Every number of the law in force on a day, with where it comes from and how sure it is."""
    asked = request.GET if "q" in request.GET or "ngay" in request.GET else None
    form = ParameterFilter(asked, initial={"ngay": clock.today()})
    day, words = clock.today(), ""
    if form.is_valid():
        day, words = form.cleaned_data["ngay"], form.cleaned_data["q"]
    found = selectors.find_parameters(words, on=day)
    context = {
        "form": form,
        "day": day,
        "page": page_of(found, request.GET, order=("key", "valid_from"), size=50),
        "marks": [(label, MEANING[mark]) for mark, label in Confidence.choices],
    }
    status = 422 if form.errors else 200
    return render_page(request, "desk/law/parameters.html", "rows", context, status=status)


@require_GET
@requires("law.view")
def parameter(request: SignedInRequest, pk: int) -> HttpResponse:
    """One parameter through time: every row there ever was of it."""
    row = get_object_or_404(selectors.every_parameter(), pk=pk)
    context = {"row": row, "rows": selectors.history_of(row.key), "today": clock.today()}
    return render_page(request, "desk/law/parameter.html", "history", context)


@require_GET
@requires("law.view")
def deadline(request: SignedInRequest) -> HttpResponse:
    """When a term ends, and how that was counted."""
    form = DeadlineForm(request.GET or None, initial={"start": clock.today(), "unit": "WD"})
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        said = form.cleaned_data
        try:
            context["found"] = (
                selectors.deadline_by(said["key"], said["start"])
                if said["key"]
                else selectors.deadline(said["start"], said["n"], said["unit"])
            )
        except RuleError as refused:
            form.add_error(None, refused.message)
    status = 422 if form.errors else 200
    return render_page(request, "desk/law/deadline.html", "counted", context, status=status)


@require_GET
@requires("law.view")
def calendar(request: SignedInRequest, year: int | None = None) -> HttpResponse:
    """The working days of a year, month by month, and why the named ones are off or worked."""
    shown, years = year or clock.today().year, selectors.calendar_years()
    if year is not None and year not in years:
        raise Http404
    months, named = months_of(shown)
    context = {
        "year": shown,
        "years": years,
        "months": months,
        "named": named,
        "worked": sum(month.worked for month in months),
        "version": selectors.calendar_on().version,
        "versions": selectors.versions(5),
        "may_correct": may_at_root(request.user, "law.manage"),
        "today": clock.today(),
    }
    return render_page(request, "desk/law/calendar.html", "year", context)


@require_http_methods(["GET", "POST"])
@requires("law.manage", everywhere=True)
def correct_day(request: SignedInRequest) -> HttpResponse:
    """Set one day of the calendar worked or off, as a notice says."""
    form = DayCorrection(request.POST or None, initial={"day": request.GET.get("ngay", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.correct_calendar_day(**form.cleaned_data, actor=request.user)
        except RuleError as refused:
            for fault in refused.faults:
                form.add_error(fault.column, fault.message)
        else:
            return redirect("desk:law-year", year=made.day.year)
    said = form.cleaned_data.get("day") if form.is_bound and not form.errors.get("day") else None
    context = {"form": form, "year": year_of(said)}
    status = 422 if form.errors else 200
    return render_page(request, "desk/law/correct_day.html", "form", context, status=status)
