"""The first two steps of a draft: its units, and what each passes to whom."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.desk.reorganise.asking import children_form, shares_form, sizes_form
from danvan.desk.reorganise.forms.shares import SharesForm, SizesForm
from danvan.desk.reorganise.forms.units import FOUNDS, GIVES, TAKES, UnitsForm
from danvan.desk.reorganise.keeping import keep_children, keep_shares, keep_units
from danvan.desk.reorganise.reading.drafts import chosen_of, head_of
from danvan.desk.reorganise.reading.shares import shares_page
from danvan.desk.reorganise.views.reach import as_seen, draft_for, or_where_it_stands
from danvan.desk.reorganise.views.sent import sent
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.organisations.selectors.reorganising.ground import read_draft
from danvan.organisations.selectors.reorganising.planning import plan_of
from danvan.organisations.services.sizing import Counted, record_sizes


@require_http_methods(["GET", "POST"])
@requires("register.reorganise")
@or_where_it_stands
def units(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which units: those that give, those that take, those to be founded."""
    draft = draft_for(request.user, pk)
    asked = request.POST.get("viec", "")
    more = asked if asked in (GIVES, TAKES, FOUNDS) else ""
    chosen = chosen_of(draft, read_draft(draft))
    form = UnitsForm(request.user, draft, chosen, sent(request), more=more)
    if request.method == "POST" and not more and form.is_valid():
        try:
            keep_units(as_seen(draft, request.POST.get("seen")), form.chosen, actor=request.user)
        except RuleError as broken:
            form.refuse(broken)
        else:
            return redirect(head_of(request.user, draft, "units").following.url)
    return _units_page(request, form)


def _units_page(request: SignedInRequest, form: UnitsForm) -> HttpResponse:
    draft, shape = form.draft, form.shape
    head = head_of(request.user, draft, "units")
    context: dict[str, Any] = {
        "draft": draft,
        "head": head,
        "step": head.steps[0],
        "shape": shape,
        "form": form,
        "right": bool(shape.founds or shape.takes or shape.changes),
        "children": children_form(draft, read_draft(draft)),
        **{f"add_{sort}": form.may_add(sort) for sort in form.counts},
    }
    status = 422 if form.errors else 200
    return render_page(request, "desk/reorganise/units.html", "form", context, status=status)


@require_POST
@requires("register.reorganise")
@or_where_it_stands
def below(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where the units below those that give go."""
    draft = draft_for(request.user, pk)
    form = children_form(draft, read_draft(draft), request.POST)
    back = redirect("desk:reorganise-units", pk)
    if form is None or not form.is_valid():
        messages.error(request, "Chưa ghi được nơi về. Đồng chí vui lòng mở lại trang rồi chọn.")
        return back
    try:
        keep_children(as_seen(draft, request.POST.get("seen")), form.told(), actor=request.user)
    except RuleError as broken:
        messages.error(request, broken.message)
        return back
    messages.success(request, "Đã ghi nơi về của các đơn vị trực thuộc.")
    return redirect("desk:reorganise-check", pk)


@require_http_methods(["GET", "POST"])
@requires("register.reorganise")
@or_where_it_stands
def shares(request: SignedInRequest, pk: int) -> HttpResponse:
    """What each unit passes to whom, by what measure, and who takes over what is open."""
    draft = draft_for(request.user, pk)
    drafted, plan = read_draft(draft), plan_of(draft)
    form = shares_form(draft, drafted, plan, sent(request))
    if request.method == "POST" and form.is_valid():
        measure = form.cleaned_data["measure"]
        try:
            seen = as_seen(draft, request.POST.get("seen"))
            keep_shares(seen, form.told(), measure, actor=request.user)
        except RuleError as broken:
            form.refuse(broken)
        else:
            return redirect(head_of(request.user, draft, "shares").following.url)
    sizes = sizes_form(draft, plan)
    return _shares_page(request, draft, form, sizes)


@require_POST
@requires("register.reorganise")
@or_where_it_stands
def sizes(request: SignedInRequest, pk: int) -> HttpResponse:
    """How many people and households the units had, with the source."""
    draft = draft_for(request.user, pk)
    plan = plan_of(draft)
    form = sizes_form(draft, plan, request.POST)
    if form is None:
        return redirect("desk:reorganise-shares", pk)
    if form.is_valid():
        said, counted = form.cleaned_data, [Counted(*one) for one in form.told()]
        try:
            record_sizes(
                counted, counted_on=said["counted_on"], source=said["source"], actor=request.user
            )
        except RuleError as broken:
            form.refuse_sizes(broken)
        else:
            messages.success(request, "Đã ghi dân số, số hộ vào sổ đơn vị.")
            return redirect("desk:reorganise-shares", pk)
    return _shares_page(request, draft, shares_form(draft, read_draft(draft), plan), form)


def _shares_page(
    request: SignedInRequest, draft: Any, form: SharesForm, sizes: SizesForm | None
) -> HttpResponse:
    head = head_of(request.user, draft, "shares")
    plan = plan_of(draft)
    context = {
        "draft": draft,
        "head": head,
        "step": {"label": "Tỷ trọng"},
        "form": form,
        "sizes": sizes,
        "page": shares_page(draft, read_draft(draft), plan, form),
    }
    refused = form.errors or (sizes is not None and sizes.errors)
    status = 422 if refused else 200
    return render_page(request, "desk/reorganise/shares.html", "form", context, status=status)
