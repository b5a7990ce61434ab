"""Plans of a year: who issued one and who has not; writing one down; its file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.commitments.forms.programmes import PlanFilter, PlanForm
from danvan.commitments.selectors.plans import allowed_plans, plans_of_year
from danvan.commitments.services import programmes
from danvan.foundation import clock
from danvan.foundation.downloads import stored_file
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out

MOST_SHOWN = 500


@require_GET
@requires("commitments.view")
def plan_list(request: SignedInRequest) -> HttpResponse:
    """Who issued a plan of the year, and who has not; every number opens its units."""
    form = PlanFilter(request.GET or None)
    year, state = form.year(), form.state()
    lines = plans_of_year(request.user, year, on=clock.today())
    shown = [one for one in lines if not state or bool(one.plans) == (state == "da")]
    context = {
        "form": form,
        "year": year,
        "issued": sum(bool(one.plans) for one in lines),
        "number": len(lines),
        "lines": shown[:MOST_SHOWN],
        "left_out": max(len(shown) - MOST_SHOWN, 0),
        "may_keep": may(request.user, "programmes.keep"),
    }
    return render_page(request, "commitments/plans.html", "rows", context)


@require_http_methods(["GET", "POST"])
@requires("programmes.keep")
def record(request: SignedInRequest) -> HttpResponse:
    """Write down a plan that was issued."""
    first = {"year": clock.today().year, "issued_on": clock.today()}
    form = PlanForm(request.POST or None, request.FILES or None, user=request.user, initial=first)
    done = carried_out(form, lambda: programmes.record_yearly_plan(form.plan(), actor=request.user))
    if done is not None:
        messages.success(request, f"Đã ghi kế hoạch số {done.symbol}.")
        return redirect(f"{redirect('commitments:plans').url}?nam={done.year}")
    status = 422 if request.method == "POST" else 200
    return render_page(request, "commitments/record_plan.html", "form", {"form": form}, status=status)  # fmt: skip


@require_GET
@requires("commitments.view")
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The plan itself, as it was sent."""
    found = get_object_or_404(allowed_plans(request.user, "commitments.view"), pk=pk)
    if found.file is None:
        raise Http404("Kế hoạch này chưa có tệp.")
    return stored_file(found.file, found.file_name, gone="Tệp kế hoạch không còn trên máy chủ.")
