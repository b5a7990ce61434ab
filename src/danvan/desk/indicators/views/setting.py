"""Indicators defined, given a new meaning from a day on, ended, broken down; with a look at what changes before."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may_at_root
from danvan.desk.indicators.changes import as_defined, changes_of, owners_for
from danvan.desk.indicators.forms import (
    CODES,
    BreakDownForm,
    BreakdownForm,
    DefinitionForm,
    EndForm,
    NewIndicatorForm,
    OptionForm,
)
from danvan.desk.indicators.wording import formula_words
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import RefusableForm, carried_out
from danvan.indicators.selectors import (
    breakdowns,
    codes_known,
    every_breakdown,
    indicators_for,
    uses_of,
    versions_told,
)
from danvan.indicators.services import (
    add_option,
    break_down_indicator,
    define_breakdown,
    define_indicator,
    end_indicator,
    redefine_indicator,
)
from danvan.organisations.selectors import identities
from danvan.reporting.selectors import forms_asking

if TYPE_CHECKING:
    from danvan.indicators.models import Indicator

MANAGE = "forms.manage"
LOOK = "xem"  # the button that only looks at what would change


def _own(request: SignedInRequest, pk: int) -> "Indicator":
    """An indicator whose definition the reader answers for; else 404."""
    return get_object_or_404(indicators_for(request.user, MANAGE), pk=pk)


def _page(
    request: SignedInRequest, template: str, form: RefusableForm, **words: Any
) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, **words}
    return render_page(request, f"desk/indicators/{template}.html", "form", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(MANAGE)
def add(request: SignedInRequest) -> HttpResponse:
    """Begin to measure something."""
    today = clock.today()
    initial = {"valid_from": today.replace(month=1, day=1), "kind": "flow"}
    choices = owners_for(request.user, MANAGE, on=today)
    form = NewIndicatorForm(request.POST or None, owners=choices, initial=initial)
    made = carried_out(form, lambda: _add(form, request.user))
    if made:
        messages.success(request, f"Đã lập chỉ số {made.code}.")
        return redirect("desk:indicator", made.pk)
    return _page(
        request, "define", form, title="Lập chỉ số", back=reverse("desk:indicators"),
        known=codes_known(today, CODES),
    )  # fmt: skip


def _add(form: NewIndicatorForm, actor: Any) -> "Indicator":
    owner = form.cleaned_data["owner"]
    unit = identities([owner])[owner] if owner else None
    code = form.cleaned_data["code"]
    return define_indicator(code=code, owner=unit, actor=actor, **form.said)


@require_http_methods(["GET", "POST"])
@requires(MANAGE)
def redefine(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new version from a day on; what it would change is shown before."""
    indicator, today = _own(request, pk), clock.today()
    newest = versions_told(pk)[0]
    form = DefinitionForm(request.POST or None, initial=as_defined(newest, today))
    changes = None
    if request.POST.get("viec") == LOOK:
        changes = carried_out(form, lambda: changes_of(indicator, newest, form.told()))
    elif made := carried_out(
        form, lambda: redefine_indicator(indicator, actor=request.user, **form.told())
    ):
        messages.success(request, f"Đã ban hành phiên bản {made.number} của {indicator.code}.")
        return redirect("desk:indicator", pk)
    return _page(
        request, "define", form, title=f"Phiên bản mới của {indicator.code}", lead=newest.name,
        back=reverse("desk:indicator", args=[pk]), known=codes_known(today, CODES),
        changes=changes, looking=True, strange=formula_words(newest.formula) if form.strange else "",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires(MANAGE)
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Measure an indicator no longer, unless something still needs it."""
    indicator, today = _own(request, pk), clock.today()
    form = EndForm(request.POST or None, initial={"on": today})
    if carried_out(form, lambda: _end(indicator, form.cleaned_data["on"], request.user)):
        messages.success(request, f"Đã ghi ngày chỉ số {indicator.code} hết hiệu lực.")
        return redirect("desk:indicator", pk)
    return _page(
        request, "ask", form, title=f"Cho chỉ số {indicator.code} hết hiệu lực", button="Ghi",
        lead=versions_told(pk)[0].name, back=reverse("desk:indicator", args=[pk]),
        used=uses_of(indicator, on=today), asking=forms_asking(pk, on=today),
    )  # fmt: skip


def _end(indicator: "Indicator", on: Any, actor: Any) -> Any:
    asking = forms_asking(indicator.pk, on=on)
    names = {f"{one.section.form.code} {one.section.form.name}" for one in asking}
    return end_indicator(indicator, on=on, actor=actor, asked_by=names)


@require_http_methods(["GET", "POST"])
@requires(MANAGE)
def break_down(request: SignedInRequest, pk: int) -> HttpResponse:
    """Measure each part of an indicator from a day on."""
    indicator, known = _own(request, pk), {one.pk: one for one in breakdowns()}
    choices = [(one.pk, f"{one.name}: {_options(one)}") for one in known.values()]
    form = BreakDownForm(
        request.POST or None, choices=choices, initial={"valid_from": clock.today()}
    )
    made = carried_out(
        form,
        lambda: break_down_indicator(
            indicator, known[form.cleaned_data["breakdown"]], actor=request.user,
            valid_from=form.cleaned_data["valid_from"], computed=form.cleaned_data["computed"],
        ),
    )  # fmt: skip
    if made:
        messages.success(request, f"Đã chia {indicator.code} thành {len(made)} phần.")
        return redirect("desk:indicator", pk)
    return _page(
        request, "ask", form, title=f"Chia nhỏ chỉ số {indicator.code}", button="Chia nhỏ",
        lead=versions_told(pk)[0].name, back=reverse("desk:indicator", args=[pk]),
    )  # fmt: skip


def _options(breakdown: Any) -> str:
    return ", ".join(one.name.lower() for one in breakdown.options.all())


@require_http_methods(["GET", "POST"])
@requires(MANAGE)
def breakdown_list(request: SignedInRequest) -> HttpResponse:
    """The breakdowns there are, and a new one."""
    form = BreakdownForm(request.POST or None)
    made = carried_out(
        form,
        lambda: define_breakdown(
            name=form.cleaned_data["name"], options=form.cleaned_data["options"], actor=request.user
        ),
    )
    if made:
        messages.success(request, f"Đã lập cách chia “{made.name}”.")
        return redirect("desk:breakdowns")
    may_add = may_at_root(request.user, MANAGE)
    return _page(request, "breakdowns", form, known=breakdowns(), may_add=may_add)


@require_http_methods(["GET", "POST"])
@requires(MANAGE, everywhere=True)
def option(request: SignedInRequest, pk: int) -> HttpResponse:
    """One more part of a breakdown, measured wherever it is used from a day on."""
    breakdown = get_object_or_404(every_breakdown(), pk=pk)
    form = OptionForm(request.POST or None, initial={"valid_from": clock.today()})
    made = carried_out(form, lambda: add_option(breakdown, actor=request.user, **form.cleaned_data))
    if made:
        messages.success(request, f"Đã thêm “{made.name}” vào cách chia “{breakdown.name}”.")
        return redirect("desk:breakdowns")
    return _page(
        request, "ask", form, title="Thêm phần vào cách chia", button="Thêm",
        lead=f"{breakdown.name}: {_options(breakdown)}", back=reverse("desk:breakdowns"),
    )  # fmt: skip
