"""Initiatives of households: the list, writing one down, counting again, putting it to the people or not."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.refusals import RefusableForm, carried_out
from danvan.grassroots import selectors, services
from danvan.grassroots.forms.acts import DayForm
from danvan.grassroots.forms.planning import DeclineForm, InitiativeForm, SupportForm
from danvan.grassroots.models import Initiative
from danvan.grassroots.selectors import allowed_initiatives

FORMS: dict[str, type[RefusableForm]] = {
    "count": SupportForm,
    "raise": DayForm,
    "decline": DeclineForm,
}
ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "count": (services.count_initiative, "Đã ghi số hộ đồng ý."),
    "raise": (services.raise_initiative, "Đã đưa sáng kiến ra Nhân dân bàn; đồng chí ghi tiếp ở trang của việc."),
    "decline": (services.decline_initiative, "Đã ghi trả lời không đưa ra bàn."),
}  # fmt: skip


@require_GET
@requires("dialogues.view")
def initiatives(request: SignedInRequest) -> HttpResponse:
    """The initiatives within reach, the newest first."""
    found = selectors.initiatives_of(request.user)
    page = page_of(found, request.GET, order=("-entered_on", "-pk"))
    context = {
        "page": page,
        "lines": selectors.initiative_lines(page.rows, on=clock.today()),
        "may_keep": may(request.user, "dialogues.hold"),
    }
    return render_page(request, "grassroots/initiatives.html", "rows", context)


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
def enter_initiative(request: SignedInRequest) -> HttpResponse:
    """Ghi sáng kiến."""
    first = {"counted_on": clock.today(), "unit": request.GET.get("xa")}
    form = InitiativeForm(request.POST or None, user=request.user, initial=first)
    made = carried_out(form, lambda: services.enter_initiative(form.draft(), actor=request.user))
    if made is not None:
        messages.success(request, f"Đã ghi sáng kiến {made.number}.")
        return redirect("grassroots:initiative", made.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form}
    return render_page(request, "grassroots/enter_initiative.html", "form", context, status=status)


@require_GET
@requires("dialogues.view")
def initiative(request: SignedInRequest, pk: int) -> HttpResponse:
    """One initiative: how many households agree, of how many, until when that holds."""
    return _page(request, pk)


@require_POST
@requires("dialogues.hold")
def initiative_act(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """Count again, put it to the people, or decline."""
    found = get_object_or_404(allowed_initiatives(request.user, "dialogues.hold"), pk=pk)
    form: Any = FORMS[name](request.POST, auto_id=f"id_{name}_%s")
    carry_out, done = ACTS[name]
    made = carried_out(form, lambda: carry_out(found, actor=request.user, **form.said()))
    if made is None:
        return _page(request, pk, {name: form})
    messages.success(request, done)
    if name == "raise":
        return redirect("grassroots:card", made.pk)
    return redirect("grassroots:initiative", pk)


def _page(
    request: SignedInRequest, pk: int, refused: dict[str, RefusableForm] | None = None
) -> HttpResponse:
    rows = allowed_initiatives(request.user, "dialogues.view").select_related("kind", "matter")
    found: Initiative = get_object_or_404(rows, pk=pk)
    first = {"seen": found.changes, "on": clock.today(), "counted_on": clock.today()}
    forms = {name: form(initial=first, auto_id=f"id_{name}_%s") for name, form in FORMS.items()}
    context = {
        "initiative": found,
        "card": selectors.initiative_card_of(request.user, found),
        "forms": forms | (refused or {}),
        "faults": [fault for one in (refused or {}).values() for fault in one.non_field_errors()],
    }
    status = 422 if refused else 200
    return render_page(request, "grassroots/initiative.html", "card", context, status=status)
