"""Targets set by hand, amended from a day on, ended, divided among the places below, and answered there."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import units_granted
from danvan.desk.board.scope import scope_of
from danvan.desk.targets.forms import AmendForm, DivideForm, EndForm, RefusalForm, TargetForm
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import RefusableForm, carried_out
from danvan.indicators.selectors import allowed_targets, cascade_of, indicators_on, targets_on
from danvan.indicators.services import (
    amend_target,
    cover_share,
    create_target,
    decline_share,
    divide_target,
    end_target,
)
from danvan.organisations.selectors import children, identities, last_names, path_to

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.indicators.models import Target

MANAGE = "targets.manage"


def _own(request: SignedInRequest, pk: int) -> "Target":
    """A target that the reader may set; else 404."""
    return get_object_or_404(allowed_targets(request.user, MANAGE), pk=pk)


def _page(
    request: SignedInRequest, template: str, form: RefusableForm, **words: Any
) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, **words}
    return render_page(request, f"desk/targets/{template}.html", "form", context, status=status)


def _above(place_id: int, user: "User") -> list["Target"]:
    """The targets of the places above one that the reader may see, of figures of a place."""
    seen = set(allowed_targets(user, "targets.view").values_list("pk", flat=True))
    day = clock.today()
    return [
        one
        for place in path_to(place_id, on=day)
        for one in targets_on(place.id, day)
        if one.of_place and one.pk in seen
    ]


@require_http_methods(["GET", "POST"])
@requires(MANAGE)
def add(request: SignedInRequest) -> HttpResponse:
    """Set a target for a place of the reader's own."""
    scope = scope_of(request.user, action=MANAGE)
    if scope is None:
        raise Http404
    today = clock.today()
    form = TargetForm(
        request.POST or None, places=_places(request.user, scope.choices),
        versions=indicators_on(today), above=_above(scope.place_id, request.user),
        initial={"valid_from": today.replace(month=1, day=1), "unit": scope.place_id},
    )  # fmt: skip
    done = carried_out(form, lambda: _add(form, request.user))
    if done:
        messages.success(request, "Đã lập chỉ tiêu.")
        return redirect("desk:target", done.pk)
    return _page(request, "set", form, title="Lập chỉ tiêu", back=reverse("desk:targets"))


def _places(user: "User", choices: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Of the places in reach those for which the reader may set targets."""
    granted = units_granted(user, MANAGE).filter(unit_id__in=[pk for pk, _ in choices])
    known = set(granted.values_list("unit_id", flat=True))
    return [(pk, name) for pk, name in choices if pk in known]


def _add(form: TargetForm, actor: "User") -> "Target":
    unit = form.cleaned_data["unit"]
    first = form.cleaned_data["valid_from"]
    return create_target(unit=identities([unit])[unit], valid_from=first, actor=actor, **form.said)


@require_http_methods(["GET", "POST"])
@requires(MANAGE)
def amend(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a target says from a day on; what it said before stays."""
    target = _own(request, pk)
    today = clock.today()
    form = AmendForm(
        request.POST or None, places=[], versions=indicators_on(today),
        above=_above(target.unit_id, request.user), initial=_as_set(target, today),
    )  # fmt: skip
    done = carried_out(form, lambda: _amend(form, target, request.user))
    if done:
        messages.success(request, "Đã sửa đổi chỉ tiêu; bản cũ được giữ nguyên.")
        return redirect("desk:target", done.pk)
    back = reverse("desk:target", args=[pk])
    return _page(request, "set", form, title="Sửa đổi chỉ tiêu", lead=target.title, back=back)


def _amend(form: AmendForm, target: "Target", actor: "User") -> "Target":
    said = form.said
    return amend_target(
        target, on=form.cleaned_data["on"], decision=said.pop("decision"), actor=actor, **said
    )


def _as_set(target: "Target", today: date) -> dict[str, Any]:
    """What the form shows of a target."""
    columns = ("title", "quality", "every", "valid_to", "aim", "bound", "goal", "change_by", "base_period",
               "population_kind", "population_levels", "comparator", "measured_by", "evidence")  # fmt: skip
    found = {name: getattr(target, name) for name in columns}
    numerator, denominator = target.share
    found |= {"on": today, "indicator": target.indicator_id, "covers": target.covers_id}
    found["share"] = "" if numerator == denominator else f"{numerator}/{denominator}"
    found["milestones"] = [(one.day, one.amount) for one in target.milestones.all()]
    for place, rule in enumerate(target.rules.all()):
        found |= {f"counter_{place}": rule.counter, f"minimum_{place}": rule.minimum}
    return found


@require_http_methods(["GET", "POST"])
@requires(MANAGE)
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a target hold no longer from a day on."""
    target = _own(request, pk)
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if carried_out(
        form, lambda: end_target(target, on=form.cleaned_data["on"], actor=request.user)
    ):
        messages.success(request, "Đã ghi ngày chỉ tiêu hết hiệu lực.")
        return redirect("desk:target", pk)
    return _page(
        request, "ask", form, title="Cho chỉ tiêu hết hiệu lực", lead=target.title, button="Ghi",
        back=reverse("desk:target", args=[pk]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires(MANAGE)
def divide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the places below their shares of a target, with a reserve."""
    target, today = _own(request, pk), clock.today()
    below = [(branch.unit.id, branch.unit.name) for branch in children(target.unit_id, on=today)]
    cascade = cascade_of(target, on=today)
    given = {line.unit_id: line.amount for line in cascade.lines} if cascade else {}
    form = DivideForm(
        request.POST or None, below=below, given=given, day=max(today, target.valid_from)
    )
    if carried_out(form, lambda: _divide(form, target, request.user)):
        messages.success(request, "Đã phân bổ chỉ tiêu.")
        return redirect(f"{reverse('desk:target', args=[pk])}#phan-bo")
    back = reverse("desk:target", args=[pk])
    return _page(request, "divide", form, title="Phân bổ chỉ tiêu", target=target, back=back)


def _divide(form: DivideForm, target: "Target", actor: "User") -> Any:
    said = form.cleaned_data
    return divide_target(
        target, form.shares, reserve=said["reserve"] or Decimal(0), actor=actor,
        valid_from=said["valid_from"], decision=said["decision"],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires(MANAGE)
def share(request: SignedInRequest, pk: int, unit: int) -> HttpResponse:
    """Put one unit's share of a target into its plan, or say why not."""
    target = get_object_or_404(allowed_targets(request.user, "targets.view"), pk=pk)
    cascade = cascade_of(target, on=clock.today())
    line = cascade.line_of(unit) if cascade else None
    if line is None or not units_granted(request.user, MANAGE).filter(unit_id=unit).exists():
        raise Http404
    covering = request.POST.get("viec") == "nhan"
    form = RefusalForm(request.POST or None)
    if covering:
        form.fields["reason"].required = False
    done = carried_out(form, lambda: _answer(form, target, unit, request.user, covering=covering))
    if done:
        messages.success(request, "Đã đưa vào kế hoạch." if covering else "Đã ghi lý do.")
        return redirect("desk:target", done.pk if covering else pk)
    name = last_names([unit], clock.today()).get(unit, "")
    back = reverse("desk:target", args=[pk])
    return _page(request, "share", form, line=line, target=target, name=name, back=back)


def _answer(
    form: RefusalForm, target: "Target", unit: int, actor: "User", *, covering: bool
) -> Any:
    if covering:
        return cover_share(target, unit, actor=actor)
    return decline_share(target, unit, reason=form.cleaned_data["reason"], actor=actor)
