"""The third and fourth step of a draft: every test in words, and the same figures in three readings."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from danvan.accounts.access import SignedInRequest, requires
from danvan.desk.reorganise.forms.acting import FiguresForm
from danvan.desk.reorganise.reading.checks import checks_of
from danvan.desk.reorganise.reading.drafts import changes_of, head_of
from danvan.desk.reorganise.reading.names import moments_of, sides_of_plan
from danvan.desk.reorganise.reading.shares import shares_page
from danvan.desk.reorganise.reading.trying import try_out
from danvan.desk.reorganise.views.reach import draft_for, or_where_it_stands
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.organisations.selectors.reorganising.ground import read_draft
from danvan.organisations.selectors.reorganising.planning import plan_of


@require_GET
@requires("register.reorganise")
@or_where_it_stands
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every test with its state, every fault with where it is mended, and the open matters."""
    draft = draft_for(request.user, pk)
    plan = plan_of(draft)
    context = {
        "draft": draft,
        "head": head_of(request.user, draft, "check"),
        "step": {"label": "Kiểm tra"},
        "checks": checks_of(draft, plan),
        "changes": changes_of(plan),
    }
    return render_page(request, "desk/reorganise/check.html", "checks", context)


@require_GET
@requires("register.reorganise")
@or_where_it_stands
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The figures as they were then, as they are read afterwards, and on the day before."""
    draft = draft_for(request.user, pk)
    drafted, plan = read_draft(draft), plan_of(draft)
    checks = checks_of(draft, plan)
    chooser = FiguresForm(draft.effective_on, clock.today(), request.GET)
    sides = sides_of_plan(draft, drafted, plan)
    before, after = ([sides.names[one] for one in side] for side in (sides.before, sides.after))
    context: dict[str, Any] = {
        "draft": draft,
        "head": head_of(request.user, draft, "preview"),
        "step": {"label": "Xem trước"},
        "checks": checks,
        "changes": changes_of(plan),
        "page": shares_page(draft, drafted, plan, None),
        "chooser": chooser,
        "moments": moments_of(draft, before, after, sides.before),
    }
    try:
        context |= try_out(request.user, draft, sides, chooser)
    except RuleError as broken:
        context["refused"] = broken
    return render_page(request, "desk/reorganise/preview.html", "figures", context)
