"""Nhật ký công việc: one's own month, the text of it, what is offered from the record, and what a head is shown."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import actions_of
from danvan.commitments import selectors, services
from danvan.commitments.forms.worklog import WorkForm
from danvan.commitments.selectors import allowed_work_entries
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every, Period
from danvan.foundation.refusals import carried_out


@require_http_methods(["GET", "POST"])
@requires("accounts.own")
def work_log(request: SignedInRequest) -> HttpResponse:
    """One's own month, with a form for one line more and what may be taken from the record."""
    month = _month(request)
    form = WorkForm(request.POST if request.method == "POST" else None, user=request.user)
    if carried_out(form, lambda: services.write_work(form.work(), actor=request.user)):
        messages.success(request, "Đã ghi vào nhật ký.")
        return _back(Period.containing(form.cleaned_data["on"], Every.MONTH))
    context = {
        "form": form,
        "month": month,
        "entries": selectors.work_of(request.user, month),
        "offers": selectors.work_offered(request.user, month),
        "before": Period.containing(month.first - timedelta(days=1), Every.MONTH),
        "after": Period.starting(month.end, Every.MONTH) if month.end <= clock.today() else None,
        "may_read": selectors.HEAD in actions_of(request.user),
    }
    status = 422 if form.is_bound else 200
    return render(request, "commitments/work_log.html", context, status=status)


@require_POST
@requires("accounts.own")
def take_work(request: SignedInRequest) -> HttpResponse:
    """Take the ticked acts into the log."""
    month, keys = _month(request), set(request.POST.getlist("chon")[:500])
    try:
        shown = "shown" in request.POST
        taken = services.take_work(keys, month, actor=request.user, shown=shown)
    except RuleError as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, f"Đã đưa {len(taken)} việc vào nhật ký.")
    return _back(month)


@require_POST
@requires("accounts.own")
def show_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one line to the head, or no longer."""
    found = get_object_or_404(allowed_work_entries(request.user, "accounts.own"), pk=pk)
    kept = services.show_work(found, shown="hien" in request.POST, actor=request.user)
    told = "Lãnh đạo đơn vị đọc được dòng này." if kept.shown else "Dòng này chỉ mình đồng chí đọc."
    messages.success(request, told)
    return _back(Period.containing(found.on, Every.MONTH))


@require_POST
@requires("accounts.own")
def drop_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one line out."""
    found = get_object_or_404(allowed_work_entries(request.user, "accounts.own"), pk=pk)
    services.drop_work(found, actor=request.user)
    messages.success(request, "Đã bỏ dòng này khỏi nhật ký.")
    return _back(Period.containing(found.on, Every.MONTH))


@require_GET
@requires("accounts.own")
def work_text(request: SignedInRequest) -> HttpResponse:
    """The month as text for one's own report."""
    month = _month(request)
    entries = selectors.work_of(request.user, month)
    words = selectors.month_text(str(request.user), month, entries)
    return render(request, "commitments/work_text.html", {"text": words, "month": month})


@require_GET
@requires("reports.sign", reading=True)
def work_shown(request: SignedInRequest) -> HttpResponse:
    """What people of the head's own units chose to show."""
    month = _month(request)
    context = {"month": month, "entries": selectors.work_shown(request.user, month)}
    return render(request, "commitments/work_shown.html", context)


def _month(request: HttpRequest) -> Period:
    """The month in the address; this one where it names none."""
    today = Period.containing(clock.today(), Every.MONTH)
    try:
        asked = Period.parse(request.GET.get("thang", ""))
    except ValueError:
        return today
    return asked if asked.every == Every.MONTH and asked.first <= today.first else today


def _back(month: Period) -> HttpResponse:
    return redirect(f"{reverse('commitments:work-log')}?thang={month.code}")
