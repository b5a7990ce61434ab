"""Deciding on reports: one at a time, many at once, locking a month, opening a report again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation.errors import RuleError
from danvan.reporting import forms, selectors, services
from danvan.reporting.views.finding import (
    form_and_month_or_404,
    form_on_its_way_or_404,
    obligation_or_404,
)
from danvan.reporting.views.periods import period_page
from danvan.reporting.views.reading import report_page
from danvan.vietnamese.numbers import format_number


@require_POST
@requires("submissions.approve")
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept a report, or return it with reasons."""
    obligation = obligation_or_404(request, pk, "submissions.approve")
    seen = forms.whole(request.POST.get("seen"))
    words, comments = request.POST.get("words", ""), forms.comments(request.POST)
    returning = request.POST.get("viec") != "duyet"
    try:
        if returning:
            services.return_report(
                obligation,
                words=words,
                comments=comments,
                actor=request.user,
                seen=seen,
                below=request.POST.get("viec") == "tra-cap-duoi",
            )
        else:
            services.accept_report(obligation, actor=request.user, seen=seen)
    except RuleError as broken:
        faults = forms.faults_by_item(broken)
        return report_page(
            request, pk, faults=faults, typed={"words": words, **comments}, returning=returning
        )
    messages.success(request, "Đã trả lại báo cáo." if returning else "Đã duyệt báo cáo.")
    return redirect("reporting:report", pk)


@require_POST
@requires("submissions.lock")
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a locked report again: it goes back to its unit."""
    obligation = obligation_or_404(request, pk, "submissions.lock")
    words, seen = request.POST.get("words", ""), forms.whole(request.POST.get("seen"))
    try:
        services.reopen_report(obligation, words=words, actor=request.user, seen=seen)
    except RuleError as broken:
        faults = forms.faults_by_item(broken)
        return report_page(request, pk, faults=faults, typed={"words": words})
    messages.success(request, "Đã mở lại báo cáo để đơn vị sửa.")
    return redirect("reporting:report", pk)


@require_POST
@requires("submissions.approve")
def accept_many(request: SignedInRequest, pk: int, month: str) -> HttpResponse:
    """Approve the ticked reports of a month in one's own turn, all or none."""
    form, period = form_on_its_way_or_404(request, pk, month, "submissions.approve")
    pairs = [one.partition(":") for one in request.POST.getlist("chon")]
    seen = {
        key: changes
        for first, _, second in pairs
        if (key := forms.whole(first)) is not None and (changes := forms.whole(second)) is not None
    }
    within = selectors.passing_units(request.user, form, period)
    chosen = selectors.obligations_of(form, period, within=within).filter(pk__in=seen)
    try:
        done = services.accept_reports(chosen, actor=request.user, seen=seen)
    except RuleError as broken:
        return period_page(request, form, period, refused=broken)
    messages.success(request, f"Đã duyệt {format_number(len(done))} báo cáo.")
    return redirect(f"{reverse('reporting:period', args=[pk, month])}?{request.GET.urlencode()}")


@require_POST
@requires("submissions.lock")
def lock(request: SignedInRequest, pk: int, month: str) -> HttpResponse:
    """Lock the accepted reports of a month."""
    form, period = form_and_month_or_404(request, pk, month, "submissions.lock")
    try:
        many = services.lock_period(form, period, actor=request.user)
    except RuleError as broken:
        return period_page(request, form, period, refused=broken)
    messages.success(request, f"Đã chốt số liệu {format_number(many)} báo cáo {period.label}.")
    return redirect("reporting:period", pk, month)
