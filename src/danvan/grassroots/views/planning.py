"""The plans of publication: the year of each commune, one plan with its lines, and the acts on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import may
from danvan.foundation import clock
from danvan.foundation.downloads import made_file
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.papers import WORD, to_docx
from danvan.foundation.refusals import RefusableForm, carried_out
from danvan.grassroots import selectors, services
from danvan.grassroots.forms.planning import IssueForm, ItemForm, PlanForm, PlanYearForm, TakeForm
from danvan.grassroots.models import PublicationItem, PublicationPlan
from danvan.grassroots.papers import publication_plan
from danvan.grassroots.selectors import allowed_plans
from danvan.organisations.selectors import bare_place_of

MOST = 300  # lines of a year on its page


@require_GET
@requires("dialogues.view")
def plans(request: SignedInRequest) -> HttpResponse:
    """The plan of each commune within reach for a year."""
    form = PlanYearForm(request.GET or None)
    year = form.year()
    lines = selectors.plans_of_year(request.user, year, on=clock.today())
    context = {
        "form": form,
        "year": year,
        "lines": lines[:MOST],
        "left": max(len(lines) - MOST, 0),
        "number": len({one.unit_id for one in lines}),
        "planned": len({one.unit_id for one in lines if one.plan is not None}),
        "may_keep": may(request.user, "dialogues.hold"),
    }
    return render_page(request, "grassroots/plans.html", "rows", context)


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
def make_plan(request: SignedInRequest) -> HttpResponse:
    """Lập kế hoạch công khai: one line for each kind of the law."""
    first = {"unit": request.GET.get("xa"), "year": request.GET.get("nam")}
    form = PlanForm(request.POST or None, user=request.user, initial=first)
    made = carried_out(form, lambda: services.make_plan(form.draft(), actor=request.user))
    if made is not None:
        messages.success(request, f"Đã lập kế hoạch công khai năm {made.year}; đồng chí sửa từng nội dung rồi ghi ban hành.")  # fmt: skip
        return redirect("grassroots:plan", made.pk)
    status = 422 if request.method == "POST" else 200
    return render_page(request, "grassroots/make_plan.html", "form", {"form": form}, status=status)


@require_GET
@requires("dialogues.view")
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """One plan: its lines, what was published against them, what was published beside them."""
    found = get_object_or_404(allowed_plans(request.user, "dialogues.view"), pk=pk)
    return _page(request, found)


@require_POST
@requires("dialogues.hold")
def issue_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ghi ban hành."""
    found = get_object_or_404(allowed_plans(request.user, "dialogues.hold"), pk=pk)
    form = IssueForm(request.POST, auto_id="id_issue_%s")
    if carried_out(form, lambda: services.issue_plan(found, actor=request.user, **form.said())):
        messages.success(request, "Đã ghi ban hành kế hoạch công khai.")
        return redirect("grassroots:plan", pk)
    return _page(request, found, form)


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
def add_item(request: SignedInRequest, pk: int) -> HttpResponse:
    """A line more."""
    found = get_object_or_404(allowed_plans(request.user, "dialogues.hold"), pk=pk)
    return _item_page(request, found, None)


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
def change_item(request: SignedInRequest, pk: int, item: int) -> HttpResponse:
    """One line anew; and by which matter it was carried out."""
    found = get_object_or_404(allowed_plans(request.user, "dialogues.hold"), pk=pk)
    return _item_page(request, found, _item_of(found, item))


@require_POST
@requires("dialogues.hold")
def take_matter(request: SignedInRequest, pk: int, item: int) -> HttpResponse:
    """The line was carried out by a matter that is on record."""
    found = get_object_or_404(allowed_plans(request.user, "dialogues.hold"), pk=pk)
    row = _item_of(found, item)
    offered = list(selectors.matters_for(row)[:100])
    form = TakeForm(request.POST, offered=offered)
    by_key = {one.pk: one for one in offered}
    done = carried_out(
        form,
        lambda: services.carry_out_item(
            row, by_key.get(form.cleaned_data["matter"]), actor=request.user
        ),
    )
    if done is None:
        return _item_page(request, found, row, take=form)
    messages.success(request, "Đã ghi nội dung này được thực hiện bằng việc đã chọn.")
    return redirect("grassroots:plan", pk)


@require_POST
@requires("dialogues.hold")
def drop_item(request: SignedInRequest, pk: int, item: int) -> HttpResponse:
    """Take a line out."""
    found = get_object_or_404(allowed_plans(request.user, "dialogues.hold"), pk=pk)
    try:
        services.drop_item(_item_of(found, item), actor=request.user)
    except RuleError as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, "Đã bỏ nội dung này khỏi kế hoạch.")
    return redirect("grassroots:plan", pk)


@require_GET
@requires("dialogues.view")
def plan_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    """The plan as a Word file."""
    found = get_object_or_404(allowed_plans(request.user, "dialogues.view"), pk=pk)
    place = bare_place_of(found.unit_id, clock.today())
    made = publication_plan(selectors.plan_card_of(request.user, found), place=place)
    return made_file(to_docx(made), f"ke-hoach-cong-khai-{found.year}.docx", WORD)


def planned_item(request: SignedInRequest) -> PublicationItem | None:
    """The line of a plan that the address or the form names, where the reader keeps it."""
    asked = request.POST.get("item") or request.GET.get("muc", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 18):
        return None
    kept = allowed_plans(request.user, "dialogues.hold")
    rows = PublicationItem.objects.filter(plan__in=kept.values("pk"), pk=int(asked))
    return rows.select_related("plan", "kind").first()


def _item_of(plan: PublicationPlan, pk: int) -> PublicationItem:
    return get_object_or_404(plan.items.select_related("plan", "kind", "matter"), pk=pk)


def _page(
    request: SignedInRequest, plan: PublicationPlan, refused: RefusableForm | None = None
) -> HttpResponse:
    first = {
        "seen": plan.changes,
        "on": plan.issued_on or clock.today(),
        "symbol": plan.symbol,
        "told_on": plan.told_on,
    }
    context = {
        "card": selectors.plan_card_of(request.user, plan),
        "plan": plan,
        "issue_form": refused or IssueForm(initial=first, auto_id="id_issue_%s"),
        "today": clock.today(),
    }
    status = 422 if refused else 200
    return render_page(request, "grassroots/plan.html", "card", context, status=status)


def _item_page(
    request: SignedInRequest,
    plan: PublicationPlan,
    item: PublicationItem | None,
    *,
    take: TakeForm | None = None,
) -> HttpResponse:
    names = ("kind_id", "title", "channels", "days", "by_on", "doer")
    first: dict[str, Any] = {name: getattr(item, name) for name in names} if item else {}
    first |= {"seen": plan.changes}
    posted = request.POST if request.method == "POST" and take is None else None
    form = ItemForm(posted, plan=plan, initial=first)
    made = carried_out(
        form, lambda: services.set_item(plan, item=item, actor=request.user, **form.said())
    )
    if made is not None:
        messages.success(request, "Đã ghi nội dung của kế hoạch.")
        return redirect(f"{redirect('grassroots:plan', plan.pk).url}#muc-{made.pk}")
    offered = list(selectors.matters_for(item)[:100]) if item else []
    context = {
        "plan": plan,
        "item": item,
        "form": form,
        "offered": offered,
        "take_form": take or TakeForm(offered=offered),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "grassroots/plan_item.html", context, status=status)
