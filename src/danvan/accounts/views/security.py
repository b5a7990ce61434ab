"""How one proves who one is: what is set up, an app, passkeys, recovery codes; and the page before weighty acts."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

import segno
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts import second_step, selectors, services
from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.factor_adapter import FactorAdapter
from danvan.accounts.forms.factors import (
    NameForm,
    NewPasskeyForm,
    SecondStepForm,
    TotpForm,
    checked_limit,
)
from danvan.accounts.roles import GUARDED
from danvan.accounts.services import Kept
from danvan.foundation.errors import RuleError, SealingError
from danvan.foundation.refusals import carried_out

PENDING = "totp_pending"
KIND = Authenticator.Type
View = Callable[..., HttpResponse]


def proved(view: View) -> View:
    """Let on only who proved a moment ago who they are: by a second factor where they have one, else by the password."""

    @wraps(view)
    def wrapper(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        has = selectors.has_factor(request.user)
        fresh = second_step.is_fresh(request, second_step.JUST_NOW)
        if fresh or (not has and second_step.has_password_fresh(request)):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else reverse("accounts:security")
        if request.method == "POST":
            messages.warning(request, "Xác nhận xong, đồng chí vui lòng làm lại việc vừa rồi.")
        page = reverse("accounts:confirm" if has else "account_reauthenticate")
        return redirect(f"{page}?{urlencode({'next': back})}")

    return wrapper


@require_GET
@requires("accounts.own")
def security(request: SignedInRequest) -> HttpResponse:
    """What I have set up."""
    held = list(selectors.factors_of(request.user))
    codes = [one for one in held if one.type == KIND.RECOVERY_CODES]
    context = {
        "totp": next((one for one in held if one.type == KIND.TOTP), None),
        "passkeys": [one for one in held if one.type == KIND.WEBAUTHN],
        "codes_left": selectors.codes_left(codes[0]) if codes else None,
        "required": second_step.is_required(),
        "administers": selectors.administers(request.user),
        "guarded": selectors.guarded_of(request.user),
        "minutes": settings.DANVAN_FACTOR_MINUTES,
    }
    return render(request, "accounts/security.html", context)


def _shown(request: SignedInRequest, kept: Kept, done: str) -> HttpResponse:
    """After a change: this session goes on, a new factor counts as just used, new codes are shown this once."""
    update_session_auth_hash(request, kept.user)
    if kept.factor is not None:
        told = {"id": kept.factor.pk, "type": kept.factor.type}
        record_authentication(request, kept.user, "mfa", **told)
    if not kept.codes:
        messages.success(request, done)
        return redirect("accounts:security")
    return render(request, "accounts/recovery_codes.html", {"codes": kept.codes, "done": done})


@never_cache
@require_http_methods(["GET", "POST"])
@requires("accounts.own")
@proved
def totp(request: SignedInRequest) -> HttpResponse:
    """Set up an authenticator app: the secret waits, sealed, in the session until a code of it is right."""
    form = TotpForm(request.POST or None)
    waiting = request.session.get(PENDING) if request.method == "POST" else None
    try:
        secret, sealed = _secret(waiting)
    except SealingError as closed:
        messages.error(request, closed.message)
        return redirect("accounts:security")

    def keep() -> Kept:
        checked_limit(request.user)
        return services.keep_totp(request.user, secret=secret, code=form.cleaned_data["code"])

    kept = carried_out(form, keep) if waiting else None
    if kept is not None:
        del request.session[PENDING]
        return _shown(request, kept, "Đã cài ứng dụng xác thực.")
    if not waiting:
        if form.is_bound:  # the session that the picture belonged to is over
            form.add_error(
                "code", "Hình cũ hết dùng. Đồng chí vui lòng quét hình này rồi nhập mã mới."
            )
        request.session[PENDING] = sealed
    context = {"form": form} | _as_shown(request, secret)
    return render(request, "accounts/totp.html", context, status=422 if form.errors else 200)


def _secret(waiting: str | None) -> tuple[str, str]:
    """The secret that waits in the session, or a new one; and how it waits there."""
    adapter = FactorAdapter()
    if waiting:
        return adapter.decrypt(waiting), waiting
    new = generate_totp_secret()
    return new, adapter.encrypt(new)


def _as_shown(request: SignedInRequest, secret: str) -> dict[str, str]:
    """A secret as a picture, as letters to type, and as a link for the very phone."""
    url = FactorAdapter().build_totp_url(request.user, secret)
    return {
        "picture": segno.make(url, error="m").svg_data_uri(scale=5, border=3, light="#fff"),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "link": url,
    }


@require_POST
@requires("accounts.own")
@proved
def factor_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove the app or one passkey."""
    factor = get_object_or_404(
        selectors.factors_of(request.user), pk=pk, type__in=[KIND.TOTP, KIND.WEBAUTHN]
    )
    user = services.remove_factor(request.user, factor)
    return _shown(
        request, Kept(user, []), "Đã gỡ. Các phiên đăng nhập khác của đồng chí đã kết thúc."
    )


@never_cache
@require_POST
@requires("accounts.own")
@proved
def codes(request: SignedInRequest) -> HttpResponse:
    """New recovery codes; the old ones end."""
    try:
        kept = services.renew_codes(request.user)
    except RuleError as refused:
        messages.error(request, refused.message)
        return redirect("accounts:security")
    return _shown(request, kept, "Đã tạo mã dự phòng mới; mã cũ không dùng được nữa.")


@never_cache
@require_http_methods(["GET", "POST"])
@requires("accounts.own")
@proved
def passkey_add(request: SignedInRequest) -> HttpResponse:
    """Have the browser make a passkey, and keep it."""
    form = NewPasskeyForm(request.POST or None, user=request.user)  # type: ignore[call-arg]

    def keep() -> Kept:
        said = form.cleaned_data
        return services.keep_passkey(request.user, name=said["name"], credential=said["credential"])

    kept = carried_out(form, keep)
    if kept is not None:
        return _shown(request, kept, "Đã thêm khóa.")
    options = begin_registration(request.user, False)  # noqa: FBT003 # allauth's own order
    context = {"form": form, "js_data": {"creation_options": options}}
    return render(request, "accounts/passkey.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("accounts.own")
@proved
def passkey_rename(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a passkey another name."""
    passkey = get_object_or_404(selectors.factors_of(request.user), pk=pk, type=KIND.WEBAUTHN)
    form = NameForm(request.POST or None, initial={"name": passkey.data["name"]})

    def rename() -> bool:
        services.rename_passkey(request.user, passkey, name=form.cleaned_data["name"])
        return True

    if carried_out(form, rename):
        messages.success(request, "Đã đổi tên khóa.")
        return redirect("accounts:security")
    context = {"form": form, "passkey": passkey}
    return render(
        request, "accounts/passkey_rename.html", context, status=422 if form.errors else 200
    )


@never_cache
@require_http_methods(["GET", "POST"])
@requires("accounts.own")
def confirm(request: SignedInRequest) -> HttpResponse:
    """Give the second factor, and open the elevated session where the act needs one; then back."""
    back, action = safe_way(request), request.GET.get("viec", "")
    form = _asked(request, action)
    if form is None:
        return redirect(back)
    if not selectors.has_factor(request.user):
        return second_step.set_up_first(request, action or "accounts.own")
    if form.is_bound and form.is_valid():
        second_step.pass_through(request, form)
        return redirect(back)
    status = 422 if form.errors else 200
    return second_step.step_page(request, form, action=action, status=status)


def _asked(request: SignedInRequest, action: str) -> SecondStepForm | None:
    """What is still missing for the act; without one, a factor of just now."""
    told = request.POST if request.method == "POST" else None
    if action in GUARDED:
        return second_step.form_for(request, action, told)
    if second_step.is_fresh(request, second_step.JUST_NOW):
        return None
    return SecondStepForm(told, user=request.user, factor=True, elevated=False)


def safe_way(request: HttpRequest) -> str:
    """Where to go on: a page of ours, else the page of one's security."""
    asked = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if ours and asked.startswith("/") else reverse("accounts:security")
