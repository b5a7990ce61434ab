"""Opening and closing one's elevated session; taking away somebody's lost factors."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from danvan.accounts import second_step, selectors, services
from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.elevated import elevated_of, lower
from danvan.accounts.forms.factors import ReasonForm, SecondStepForm
from danvan.accounts.views.security import safe_way
from danvan.foundation.errors import RuleError
from danvan.foundation.refusals import carried_out


@never_cache
@require_http_methods(["GET", "POST"])
@requires("accounts.own")
def elevate(request: SignedInRequest) -> HttpResponse:
    """Open an elevated session ahead of the work."""
    back = safe_way(request)
    if elevated_of(request) is not None:
        return redirect(back)
    if not selectors.has_factor(request.user):
        return second_step.set_up_first(request, "accounts.grant")
    told = request.POST if request.method == "POST" else None
    asks = not second_step.is_fresh(request)
    form = SecondStepForm(told, user=request.user, factor=asks, elevated=True)
    if form.is_bound and form.is_valid():
        try:
            second_step.pass_through(request, form)
        except RuleError as refused:
            messages.error(request, refused.message)
        return redirect(back)
    status = 422 if form.errors else 200
    return second_step.step_page(request, form, action="", status=status)


@require_POST
@requires("accounts.own")
def close_elevated(request: SignedInRequest) -> HttpResponse:
    """Close my elevated session."""
    lower(request)
    messages.success(request, "Đã đóng phiên quản trị.")
    return redirect(safe_way(request))


@require_http_methods(["GET", "POST"])
@requires("accounts.grant")
def take_factors(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take away the lost factors of a person."""
    subject = get_object_or_404(selectors.allowed_users(request.user, "accounts.grant"), pk=pk)
    form = ReasonForm(request.POST or None)

    def take() -> object:
        return services.take_factors(subject, actor=request.user, **form.cleaned_data)

    if carried_out(form, take):
        messages.success(
            request, f"Đã gỡ xác thực hai bước của {subject}. Đồng chí ấy phải cài lại."
        )
        return redirect("accounts:user", pk=pk)
    context = {"form": form, "subject": subject}
    return render(
        request, "accounts/take_factors.html", context, status=422 if form.errors else 200
    )
