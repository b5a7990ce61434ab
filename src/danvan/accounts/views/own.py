"""What a signed-in person holds themselves, and lending it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts import selectors, services
from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.forms import LendForm, today_first
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page


@require_GET
@requires("accounts.own")
def own(request: SignedInRequest) -> HttpResponse:
    """My roles: where and until when; what I lent, and what was lent to me."""
    grants = selectors.own_grants(request.user).select_related("delegated_from__user", "granted_by")
    context = {
        "lines": selectors.grant_lines(grants),
        "lent": selectors.grant_lines(selectors.lent_by(request.user)),
    }
    return render_page(request, "accounts/own.html", "grants", context)


@require_http_methods(["GET", "POST"])
@requires("accounts.own")
def lend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lend one of my roles for a while."""
    held = get_object_or_404(selectors.own_grants(request.user), pk=pk)
    [line] = selectors.grant_lines([held])
    start = {**today_first(), "unit": line.unit_name, "unit_id": held.unit_id}
    form = LendForm(request.POST or None, grant=held, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            lent = services.delegate_grant(held, **form.asked(), actor=request.user)
        except RuleError as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Đã ủy quyền cho {lent.user.full_name}.")
            return redirect("accounts:own")
    status = 422 if form.errors else 200
    context = {"form": form, "line": line}
    return render_page(request, "accounts/lend.html", "form", context, status=status)


@require_POST
@requires("accounts.own")
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back what I lent."""
    lent = get_object_or_404(selectors.lent_by(request.user), pk=pk)
    try:
        services.withdraw_delegation(lent, actor=request.user)
    except RuleError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"Đã thu hồi quyền ủy cho {lent.user.full_name}.")
    return redirect("accounts:own")
