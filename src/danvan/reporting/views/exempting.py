"""Letting a unit off one report, and taking that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.periods import Every, Period
from danvan.foundation.refusals import carried_out
from danvan.organisations.selectors import last_names
from danvan.reporting import services
from danvan.reporting.enums import Standing
from danvan.reporting.forms import ExemptForm, whole
from danvan.reporting.views.finding import obligation_or_404


@require_http_methods(["GET", "POST"])
@requires("submissions.lock")
def exempt(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a unit off a report with the reason, or take that back; who did so stays to be read."""
    owed = obligation_or_404(request, pk, "submissions.lock")
    is_exempt, seen = owed.standing == Standing.EXEMPT, whole(request.POST.get("seen"))
    form = ExemptForm(request.POST if request.method == "POST" else None, ending=is_exempt)
    act = services.end_exemption if is_exempt else services.exempt_report
    done = carried_out(form, lambda: act(owed, **form.cleaned_data, seen=seen, actor=request.user))
    month = Period.starting(owed.first, Every.MONTH)
    if done is not None:
        messages.success(request, "Đã bỏ miễn báo cáo." if is_exempt else "Đã miễn báo cáo.")
        return redirect("reporting:period", owed.form_id, month.code)
    name = last_names([owed.unit_id], clock.today()).get(owed.unit_id, "")
    past = owed.exemptions.select_related("by", "ended_by")
    context = {
        "form": form,
        "owed": owed,
        "unit": name,
        "period": month,
        "past": past,
        "is_exempt": is_exempt,
    }
    status = 422 if form.errors else 200
    return render_page(request, "reporting/exempt.html", "form", context, status=status)
