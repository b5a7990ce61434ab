"""Officers: found by name, one whole record, the name and the account, courses."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import allowed_users
from danvan.desk.posts.forms import OfficerFilter, OfficerForm, TrainingForm
from danvan.desk.posts.reading import officer_lines
from danvan.desk.posts.views import asking
from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.refusals import carried_out
from danvan.organisations.selectors.officers.holding import (
    find_officers,
    officer_record,
    officers_within,
)
from danvan.organisations.services import officers as services

SUGGESTED = 8


@require_GET
@requires("register.view")
def officers(request: SignedInRequest) -> HttpResponse:
    """Officers by name, in the order of given names: a page, or JSON for the combobox."""
    form = OfficerFilter(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = find_officers(words)
    if "application/json" in request.headers.get("Accept", ""):
        response: HttpResponse = JsonResponse({"results": _suggested(found)})
    else:
        page = page_of(found, request.GET, order=("name_key", "pk"), size=50)
        lines = officer_lines(page.rows, clock.today())
        context = {"form": form, "page": page, "lines": lines, "words": words}
        status = 422 if form.errors else 200
        response = render_page(request, "desk/posts/officers.html", "rows", context, status=status)
    patch_vary_headers(response, ["Accept"])
    return response


def _suggested(found: Any) -> list[dict[str, Any]]:
    lines = officer_lines(list(found[:SUGGESTED]), clock.today())
    return [
        {
            "id": one.officer.pk,
            "name": one.officer.full_name,
            "context": "; ".join(f"{title}, {unit}" for title, unit, _ in one.held[:2]),
            "note": f"mã {one.officer.pk}",
            "url": reverse("desk:officer", args=[one.officer.pk]),
        }
        for one in lines
    ]


@require_GET
@requires("register.view")
def officer(request: SignedInRequest, pk: int) -> HttpResponse:
    """One officer: posts through time, rotation, assignments, training."""
    record = officer_record(pk, clock.today())
    if record is None:
        raise Http404
    may_edit = officers_within(asking.writable(request)).filter(pk=pk).exists()
    context = {"record": record, "may_edit": may_edit}
    return render_page(request, "desk/posts/officer.html", "record", context)


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct an officer's name or account."""
    one = asking.row_to_write(officers_within(asking.writable(request)), pk)
    known = {"full_name": one.full_name, "user_id": one.user.username if one.user else ""}
    form = OfficerForm(request.POST or None, initial=known)
    if carried_out(form, lambda: _edit(request, form, one)):
        messages.success(request, "Đã sửa cán bộ.")
        return redirect("desk:officer", pk)
    return asking.form_page(
        request, form, title="Sửa cán bộ", lead=one.full_name, button="Ghi",
        back=reverse("desk:officer", args=[pk]),
    )  # fmt: skip


def _edit(request: SignedInRequest, form: OfficerForm, one: Any) -> Any:
    """The account is one that the reader may see; the one that stands may stay."""
    said = form.cleaned_data
    username, user_id = said["user_id"], None
    if username and one.user and one.user.username == username:
        user_id = one.user_id
    elif username:
        seen = allowed_users(request.user, "accounts.view").filter(username=username)
        user_id = seen.values_list("pk", flat=True).first()
        if user_id is None:
            words = (
                "Không có tài khoản này trong phạm vi của đồng chí. Đồng chí vui lòng kiểm tra lại."
            )
            raise RuleError(words, faults=[Fault(words, column="user_id")])
    return services.edit_officer(
        one, full_name=said["full_name"], user_id=user_id, actor=request.user
    )


@require_http_methods(["GET", "POST"])
@requires("register.manage")
def training(request: SignedInRequest, pk: int) -> HttpResponse:
    """Record a course that an officer finished."""
    one = asking.row_to_write(officers_within(asking.writable(request)), pk)
    form = TrainingForm(request.POST or None)
    if carried_out(
        form, lambda: services.record_training(one, actor=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Đã ghi lớp.")
        return redirect("desk:officer", pk)
    return asking.form_page(
        request, form, title="Ghi đào tạo, bồi dưỡng", lead=one.full_name, button="Ghi",
        back=reverse("desk:officer", args=[pk]),
    )  # fmt: skip
