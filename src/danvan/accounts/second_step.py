"""What an act asks for beyond the right to it, and the page where it is given.

Proof of a second factor stands in the session of the browser, with its time and the number of the factor: it counts
for so many minutes and only while that factor is still there. Who sends a form without it gets the page with the
form's own contents in it, hidden, so that nothing typed is lost and nothing typed is kept by us.
"""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from danvan.accounts.elevated import elevate, elevated_of
from danvan.accounts.forms.factors import SecondStepForm
from danvan.accounts.roles import ACTIONS, GUARDED, Guard
from danvan.accounts.selectors import factors_of, guard_of, has_factor
from danvan.foundation import clock

PREFIX = "buoc2-"
# To change how one proves who one is, the proof must be this new.
JUST_NOW = 5
NOT_SENT = "Nội dung đồng chí vừa gửi chưa được lưu; xác thực xong, đồng chí vui lòng gửi lại."


def is_required() -> bool:
    """Whether second factors and elevated sessions are asked for here, and not only offered."""
    return bool(settings.DANVAN_SECOND_FACTOR == "required")


def is_fresh(request: HttpRequest, minutes: int | None = None) -> bool:
    """Whether a second factor that still stands was used in this session within so many minutes. One query."""
    numbers = [one.get("id") for one in _records(request, "mfa", minutes)]
    return bool(numbers) and factors_of(request.user).filter(pk__in=numbers).exists()


def has_password_fresh(request: HttpRequest) -> bool:
    """Whether the password was given in this session just now."""
    return bool(_records(request, "password", JUST_NOW))


def _records(request: HttpRequest, method: str, minutes: int | None) -> list[dict[str, Any]]:
    since = clock.machine().timestamp() - 60 * (minutes or settings.DANVAN_FACTOR_MINUTES)
    known = get_authentication_records(request, request.user)
    return [one for one in known if one.get("method") == method and one.get("at", 0) > since]


def form_for(request: HttpRequest, action: str, told: Any = None) -> SecondStepForm | None:
    """The form of what `action` still asks for; None where nothing is missing."""
    guard = guard_of(request.user, action)
    factor = guard is not None and not is_fresh(request)
    elevated = guard is Guard.ELEVATED and elevated_of(request) is None
    if not (factor or elevated):
        return None
    return SecondStepForm(told, user=request.user, factor=factor, elevated=elevated)


def pass_through(request: HttpRequest, form: SecondStepForm) -> None:
    """Note what the form proved: the factor, and the elevated session it opens."""
    form.prove()
    if form.asks_reason:
        elevate(request, reason=form.cleaned_data["reason"], minutes=form.cleaned_data["minutes"])


def stopped(request: HttpRequest, action: str, *, back: str) -> HttpResponse | None:
    """The answer where something is still missing for `action`; None where the act may go on."""
    if action not in GUARDED or not is_required():
        return None
    sent = request.POST if request.method == "POST" else None
    answered = sent is not None and any(name.startswith(PREFIX) for name in sent)
    form = form_for(request, action, sent if answered else None)
    if form is None:
        _drop_answers(request)
        return None
    if not has_factor(request.user):
        return set_up_first(request, action)
    if answered and form.is_valid():
        pass_through(request, form)
        _drop_answers(request)
        return None
    if sent is None or request.FILES or getattr(request, "htmx", None):
        if sent is not None:
            messages.warning(request, NOT_SENT)
        asked = urlencode({"viec": action, "next": back})
        return redirect(f"{reverse('accounts:confirm')}?{asked}")
    return step_page(request, form, action=action, status=403, keeping=True)


def set_up_first(request: HttpRequest, action: str) -> HttpResponse:
    """To the page where a second factor is set up, with the sentence why."""
    lost = " Nội dung đồng chí vừa gửi chưa được lưu." if request.method == "POST" else ""
    messages.warning(
        request,
        f"Việc “{ACTIONS.get(action, action)}” cần xác thực hai bước, để người khác có mật khẩu của đồng chí"
        f" cũng không làm thay được. Đồng chí vui lòng cài một cách xác thực rồi làm lại.{lost}",
    )
    return redirect("accounts:security")


def step_page(
    request: HttpRequest,
    form: SecondStepForm,
    *,
    action: str,
    status: int,
    keeping: bool = False,
) -> HttpResponse:
    """The page that asks for what is missing; it is sent to where it stands, `keeping` with everything the form there held."""
    kept = [
        (name, value)
        for name, values in (request.POST.lists() if keeping else ())
        if not name.startswith(PREFIX) and name != "csrfmiddlewaretoken"
        for value in values
    ]
    context = {
        "form": form,
        "action": ACTIONS.get(action, ""),
        "target": request.get_full_path(),
        "kept": kept,
        "js_data": key_options(request) if form.asks_factor else {},
        "minutes": settings.DANVAN_FACTOR_MINUTES,
    }
    response = render(request, "accounts/second_step.html", context, status=status)
    add_never_cache_headers(response)
    return response


def key_options(request: HttpRequest) -> dict[str, Any]:
    """What a key of the reader is asked, as the browser wants it; empty where there is no key."""
    if not factors_of(request.user).filter(type="webauthn").exists():
        return {}
    return {"request_options": begin_authentication(request.user)}


def _drop_answers(request: HttpRequest) -> None:
    """What was said on the page of the second step is no part of the form behind it."""
    if request.method == "POST" and any(name.startswith(PREFIX) for name in request.POST):
        left = request.POST.copy()
        for name in [name for name in left if name.startswith(PREFIX)]:
            del left[name]
        request.POST = left  # type: ignore[assignment] # Django's own type of what was sent
