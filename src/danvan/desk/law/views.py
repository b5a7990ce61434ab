"""The law as the clocks read it: parameters with their citations, the calendar, a term counted aloud."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires, whom_to_ask
from danvan.accounts.selectors import may_at_root
from danvan.desk.law.changes import may_save, preview_of, refusal
from danvan.desk.law.forms import (
    DayCorrection,
    DeadlineForm,
    ParameterFilter,
    ParameterForm,
    first_values,
    year_of,
)
from danvan.desk.law.months import months_of
from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
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
    may = may_at_root(request.user, "law.manage")
    context = {
        "row": row,
        "ask": "" if may else whom_to_ask("law.manage"),
        "rows": selectors.history_of(row.key),
        "today": clock.today(),
        "may_change": row.replaced_on is None and may,
    }
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
        "may_correct": (may := may_at_root(request.user, "law.manage")),
        "ask": "" if may else whom_to_ask("law.manage"),
        "today": clock.today(),
    }
    return render_page(request, "desk/law/calendar.html", "year", context)


@require_http_methods(["GET", "POST"])
@requires("law.manage", everywhere=True)
def correct_day(request: SignedInRequest) -> HttpResponse:
    """Set one day of the calendar worked or off, as a notice says, once it was seen what that moves."""
    form = DayCorrection(request.POST or None, initial={"day": request.GET.get("ngay", "")})
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def save(*, passed_agreed: bool) -> Any:
            return services.correct_calendar_day(
                **said, passed_agreed=passed_agreed, actor=request.user
            )

        made = _changed(
            request, context, selectors.day_faults(**said),
            lambda: selectors.foresee_days([form.read()]), save,
        )  # fmt: skip
        if made:
            return redirect("desk:law-year", year=made.day.year)
    context["year"] = year_of(form.cleaned_data.get("day") if form.is_bound else None)
    status = 422 if form.errors else 200
    return render_page(request, "desk/law/correct_day.html", "form", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("law.manage", everywhere=True)
def set_parameter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct a row of the law, or add a period of its key, once it was seen what that moves."""
    row = get_object_or_404(selectors.current_parameters(), pk=pk)
    form = ParameterForm(request.POST or None, initial=first_values(row))
    context: dict[str, Any] = {"form": form, "row": row}
    if request.method == "POST" and form.is_valid():
        new, ends = form.read(row.key), form.cleaned_data["end_former"]

        def save(*, passed_agreed: bool) -> Any:
            return services.set_parameter(
                new, end_former=ends, passed_agreed=passed_agreed, actor=request.user
            )

        faults = selectors.faults_of(new, end_former=ends)
        made = _changed(request, context, faults, lambda: selectors.foresee_parameter(new), save)
        if made:
            return redirect("desk:law-parameter", pk=made.pk)
    status = 422 if form.errors else 200
    return render_page(request, "desk/law/set_parameter.html", "form", context, status=status)


def _changed(
    request: SignedInRequest, context: dict[str, Any], faults: Iterable[Fault],
    foresee: Callable[[], Any], save: Callable[..., Any],
) -> Any:  # fmt: skip
    """What was saved; None where the form is to be shown again, with its faults or with what would move."""
    form, found = context["form"], list(faults)
    if not found:
        context["preview"] = preview = preview_of(foresee())
        agreed = bool(request.POST.get("dong_y"))
        try:
            if may_save(preview, request.POST):
                return save(passed_agreed=agreed)
        except RuleError as refused:
            found = list(refused.faults)
        if "xem" not in request.POST and (sentence := refusal(preview, request.POST)):
            form.add_error(None, sentence)
    for fault in found:
        form.add_error(fault.column or None, fault.message)
    return None
