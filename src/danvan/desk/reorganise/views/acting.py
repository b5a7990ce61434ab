"""Applying a draft, the page of what was applied, and undoing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.desk.reorganise.forms.acting import ApplyForm, UndoForm
from danvan.desk.reorganise.reading.applied import changes_written, hand_overs
from danvan.desk.reorganise.reading.checks import checks_of
from danvan.desk.reorganise.reading.drafts import changes_of, head_of, tone_of
from danvan.desk.reorganise.reading.names import moments_written
from danvan.desk.reorganise.views.reach import (
    MovedOnError,
    as_seen,
    draft_for,
    or_where_it_stands,
    reorganisation_for,
)
from danvan.desk.reorganise.views.sent import sent
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.organisations.enums import EventState
from danvan.organisations.selectors.reorganising.lists import hand_overs_of
from danvan.organisations.selectors.reorganising.order import order_of_undoing
from danvan.organisations.selectors.reorganising.planning import plan_of
from danvan.organisations.services.reorganising import apply_reorganisation, undo_reorganisation


@require_http_methods(["GET", "POST"])
@requires("register.reorganise")
@or_where_it_stands
def apply(request: SignedInRequest, pk: int) -> HttpResponse:
    """The last step: what will change, and doing it."""
    draft = draft_for(request.user, pk)
    form = ApplyForm(sent(request), initial={"seen": draft.changes})
    if request.method == "POST" and form.is_valid():
        try:
            apply_reorganisation(as_seen(draft, form.cleaned_data["seen"]), actor=request.user)
        except RuleError as broken:
            form.refuse(broken)
        else:
            messages.success(request, f"Đã áp dụng {draft.number}.")
            return redirect("desk:reorganisation", pk)
    plan = plan_of(draft)
    context = {
        "draft": draft,
        "head": head_of(request.user, draft, "apply"),
        "step": {"label": "Áp dụng"},
        "form": form,
        "checks": checks_of(draft, plan),
        "changes": changes_of(plan),
    }
    status = 422 if form.errors else 200
    return render_page(request, "desk/reorganise/apply.html", "form", context, status=status)


@require_GET
@requires("register.reorganise", reading=True)
def reorganisation(request: SignedInRequest, pk: int) -> HttpResponse:
    """One reorganisation: a draft goes to its steps, others show what they changed."""
    one = reorganisation_for(request.user, pk)
    if one.state == EventState.DRAFT:
        return redirect("desk:reorganise-units", pk)
    context = {
        "one": one,
        "state": tone_of(one.state),
        "head": head_of(request.user, one),
        "changes": changes_written(one),
        "moments": moments_written(one),
        "hand_overs": hand_overs(one, request.GET),
        "order": _order(one),
        "may_accept": may(request.user, "handovers.accept"),
    }
    return render_page(request, "desk/reorganise/applied.html", "hand-overs", context)


def _order(one: Any) -> list[Any]:
    """What must be undone before this one, the newest first."""
    if one.state != EventState.APPLIED:
        return []
    return [other for other in order_of_undoing(one) if other.pk != one.pk]


@require_http_methods(["GET", "POST"])
@requires("register.reorganise")
@or_where_it_stands
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """What undoing gives back, what stands in its way, and doing it."""
    one = reorganisation_for(request.user, pk)
    if one.state != EventState.APPLIED:
        raise MovedOnError(one)
    form = UndoForm(sent(request), initial={"seen": one.changes})
    if request.method == "POST" and form.is_valid():
        try:
            seen = as_seen(one, form.cleaned_data["seen"])
            undo_reorganisation(seen, why=form.cleaned_data["why"], actor=request.user)
        except RuleError as broken:
            form.refuse(broken)
        else:
            messages.success(request, f"Đã hoàn tác {one.number}, sổ đơn vị trở lại như trước.")
            return redirect("desk:reorganisation", pk)
    context: dict[str, Any] = {
        "one": one,
        "form": form,
        "back": changes_written(one, back=True),
        "returned": hand_overs_of(one).count(),
        "order": _order(one),
    }
    status = 422 if form.errors else 200
    return render_page(request, "desk/reorganise/undo.html", "form", context, status=status)
