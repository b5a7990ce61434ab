"""Forms for what a unit carries: symbols and seals, terms, conditions, links; and the end of each."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import reaches
from danvan.desk.links import way
from danvan.desk.register.carrying import CARRIED, Carried
from danvan.desk.register.forms import EndForm
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.organisations.selectors import last_names, unit_on


def _carried(request: SignedInRequest, pk: int, what: str) -> Carried:
    """The thing that is written at a unit, where it is one and the reader may."""
    found = CARRIED.get(what)
    if found is None or not reaches(request.user, "register.manage", pk):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def record_standing(request: SignedInRequest, pk: int, what: str) -> HttpResponse:
    """Write down what a unit carries from a day."""
    carried = _carried(request, pk, what)
    unit = unit_on(pk, clock.today())
    if unit is None or not carried.fits(unit):
        raise Http404
    form = carried.form(request.POST or None, initial={"valid_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            carried.record(pk, **form.cleaned_data, actor=request.user)
        except RuleError as refused:
            form.refuse(refused)
        else:
            messages.success(request, carried.done)
            return redirect(way("desk:unit", pk, at=f"#{carried.at}"))
    context = {"form": form, "unit": unit, "carried": carried}
    status = 422 if form.errors else 200
    return render_page(
        request, "desk/register/record_standing.html", "form", context, status=status
    )


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def end_standing(request: SignedInRequest, pk: int, what: str, row: int) -> HttpResponse:
    """End one thing that a unit carries."""
    carried = _carried(request, pk, what)
    found = carried.row(pk, row) if carried.row else None
    if found is None or carried.end is None:
        raise Http404
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            carried.end(found, on=form.cleaned_data["on"], actor=request.user)
        except RuleError as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Đã ghi ngày kết thúc.")
            return redirect(way("desk:unit", pk, at=f"#{carried.at}"))
    name = last_names([pk], clock.today()).get(pk, "")
    context = {"form": form, "unit": {"id": pk, "name": name}, "carried": carried, "row": found}
    status = 422 if form.errors else 200
    return render_page(request, "desk/register/end_standing.html", "form", context, status=status)
