"""People: the list, one person's grants, making and blocking them, a new one-time password."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts import selectors, services
from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.forms import NewUserForm, PeopleFilter
from danvan.accounts.models import User
from danvan.accounts.services import NewUser
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of


@require_GET
@requires("accounts.view")
def users(request: SignedInRequest) -> HttpResponse:
    """People within reach, by given name, with the roles they hold."""
    form = PeopleFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = selectors.allowed_users(request.user, "accounts.view")
    found = selectors.matching(found, asked.get("q", ""))
    if not asked.get("khoa"):
        found = found.filter(is_active=True)
    page = page_of(found, request.GET, order=("name_key", "pk"))
    held = selectors.main_grants(user.pk for user in page.rows)
    context = {
        "form": form,
        "page": page,
        "rows": [(user, held.get(user.pk, [])) for user in page.rows],
        "may_grant": selectors.may(request.user, "accounts.grant"),
    }
    return render_page(request, "accounts/users.html", "rows", context)


@require_GET
@requires("accounts.view")
def user(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person: what they hold, held and will hold."""
    subject = get_object_or_404(selectors.allowed_users(request.user, "accounts.view"), pk=pk)
    grants = selectors.own_grants(subject).select_related("delegated_from__user", "granted_by")
    endable = selectors.allowed_grants(request.user, "accounts.grant").filter(user=subject)
    context = {
        "subject": subject,
        "lines": selectors.grant_lines(grants),
        "endable": set(endable.values_list("pk", flat=True)),
        "may_grant": selectors.may(request.user, "accounts.grant") and subject != request.user,
        "secured": selectors.has_factor(subject),
        "loss": selectors.last_loss(subject),
    }
    return render_page(request, "accounts/user.html", "grants", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("accounts.grant")
def create(request: SignedInRequest) -> HttpResponse:
    """Make a person; the one-time password is shown once."""
    form = NewUserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_user(**form.cleaned_data, actor=request.user)
        except RuleError as refused:
            form.refuse(refused)
        else:
            return render(request, "accounts/password.html", {"made": made, "new": True})
    status = 422 if form.errors else 200
    return render_page(request, "accounts/create.html", "form", {"form": form}, status=status)


def _act(
    request: SignedInRequest, pk: int, act: Callable[..., User | NewUser], done: str
) -> HttpResponse:
    """Do something about a person within reach; a refusal is said on their page."""
    subject = get_object_or_404(selectors.allowed_users(request.user, "accounts.grant"), pk=pk)
    try:
        made = act(subject, actor=request.user)
    except RuleError as refused:
        messages.error(request, refused.message)
        return redirect("accounts:user", pk=pk)
    if isinstance(made, NewUser):
        return render(request, "accounts/password.html", {"made": made})
    messages.success(request, done.format(subject.full_name))
    return redirect("accounts:user", pk=pk)


@never_cache
@require_POST
@requires("accounts.grant")
def password(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new one-time password for a person who lost theirs."""
    return _act(request, pk, services.set_password, "")


@require_POST
@requires("accounts.grant")
def block(request: SignedInRequest, pk: int) -> HttpResponse:
    """Shut a person out."""
    return _act(
        request, pk, services.deactivate_user, "Đã khóa tài khoản của {} và kết thúc mọi quyền."
    )


@never_cache
@require_POST
@requires("accounts.grant")
def unblock(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a person in again."""
    return _act(request, pk, services.reactivate_user, "")
