"""Giving a role and ending it."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts import selectors, services
from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.forms import EndForm, GrantForm, today_first
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.organisations.selectors import find_units


@require_GET
@requires("accounts.grant", reading=True)
def units(request: SignedInRequest) -> JsonResponse:
    """Units within the reader's reach by what is typed, for the combobox of the form."""
    within = selectors.units_granted(request.user, "accounts.grant")
    rows = find_units(request.GET.get("q", ""), on=clock.today(), within=within, limit=9)
    results = [{"id": row.id, "name": row.name, "context": row.context} for row in rows]
    return JsonResponse({"results": results})


@require_http_methods(["GET", "POST"])
@requires("accounts.grant")
def grant(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a person a role at a unit for a period."""
    subject = get_object_or_404(selectors.allowed_users(request.user, "accounts.grant"), pk=pk)
    form = GrantForm(request.POST or None, giver=request.user, initial=today_first())
    if request.method == "POST" and form.is_valid():
        try:
            made = services.grant_role(subject, **form.asked(), actor=request.user)
        except RuleError as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Đã cấp vai trò {made.role_label} cho {subject.full_name}.")
            return redirect("accounts:user", pk=pk)
    status = 422 if form.errors else 200
    context = {"form": form, "subject": subject}
    return render_page(request, "accounts/grant.html", "form", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("accounts.grant")
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a grant today or on a later day."""
    held = get_object_or_404(selectors.allowed_grants(request.user, "accounts.grant"), pk=pk)
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.end_grant(held, actor=request.user, on=form.cleaned_data["on"])
        except RuleError as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Đã ghi ngày kết thúc vai trò {held.role_label}.")
            return redirect("accounts:user", pk=held.user_id)
    [line] = selectors.grant_lines([held])
    status = 422 if form.errors else 200
    context = {"form": form, "line": line}
    return render_page(request, "accounts/end.html", "form", context, status=status)
