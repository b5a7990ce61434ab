"""Keys of other systems: the list, a new one shown once, taking one back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.exchange.forms import KeyForm, RevokeForm
from danvan.exchange.selectors.keys import allowed_keys, key_lines
from danvan.exchange.services import make_key, revoke_key
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.refusals import carried_out


@require_GET
@requires("keys.manage", reading=True)
def keys(request: SignedInRequest) -> HttpResponse:
    """Keys within reach, the latest first."""
    page = page_of(allowed_keys(request.user), request.GET, order=("-valid_from", "-pk"))
    context = {"page": page, "lines": key_lines(page.rows)}
    return render_page(request, "exchange/keys.html", "rows", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("keys.manage")
def make(request: SignedInRequest) -> HttpResponse:
    """Make a key; the page that answers is the only one that ever holds it."""
    form = KeyForm(request.POST if request.method == "POST" else None)
    made = carried_out(form, lambda: make_key(**form.asked(), actor=request.user))
    if made is not None:
        return render(request, "exchange/made.html", {"made": made})
    status = 422 if form.errors else 200
    return render_page(request, "exchange/make.html", "form", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires("keys.manage")
def revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a key back."""
    key = get_object_or_404(allowed_keys(request.user), pk=pk)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    done = carried_out(
        form, lambda: revoke_key(key, reason=form.cleaned_data["reason"], actor=request.user)
    )
    if done is not None:
        messages.success(request, f"Đã thu hồi khóa {done.prefix} của {done.name}.")
        return redirect("exchange:keys")
    [line] = key_lines([key])
    context = {"form": form, "line": line}
    status = 422 if form.errors else 200
    return render_page(request, "exchange/revoke.html", "form", context, status=status)
