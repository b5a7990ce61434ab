"""The checks of a form: set while it is written, changed once it is published, tried on what was sent already."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation.htmx import render_page
from danvan.reporting.models import Form, FormDraft
from danvan.reporting.rule_forms import TrialForm
from danvan.reporting.rule_page import Desk, DraftDesk, FormDesk, RulesPage
from danvan.reporting.selectors import allowed_forms
from danvan.reporting.selectors.designing import allowed_drafts
from danvan.reporting.selectors.trying import try_rules


@require_http_methods(["GET", "POST"])
@requires("forms.manage")
def draft_rules(request: SignedInRequest, pk: int) -> HttpResponse:
    """The checks of a form being written."""
    return _rules(request, _draft_desk(request, pk))


@require_http_methods(["GET", "POST"])
@requires("forms.manage")
def form_rules(request: SignedInRequest, pk: int) -> HttpResponse:
    """The checks of a published form, and who set them when."""
    return _rules(request, _form_desk(request, pk))


@require_GET
@requires("forms.manage")
def draft_trial(request: SignedInRequest, pk: int) -> HttpResponse:
    """The checks of a form being written, tried on the reports of the version before."""
    return _trial(request, _draft_desk(request, pk))


@require_GET
@requires("forms.manage")
def form_trial(request: SignedInRequest, pk: int) -> HttpResponse:
    """The checks of a published form, tried on its reports."""
    return _trial(request, _form_desk(request, pk))


def _draft_desk(request: SignedInRequest, pk: int) -> DraftDesk:
    draft: FormDraft = get_object_or_404(allowed_drafts(request.user), pk=pk)
    return DraftDesk(draft, request.user)


def _form_desk(request: SignedInRequest, pk: int) -> FormDesk:
    form: Form = get_object_or_404(allowed_forms(request.user, "forms.manage"), pk=pk)
    return FormDesk(form, request.user, request.GET)


def _rules(request: SignedInRequest, desk: Desk) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    page = RulesPage(desk, request.GET, posted)
    if posted is not None and (onward := page.carry_out()):
        messages.success(request, "Đã lưu các kiểm tra.")
        return redirect(onward)
    status = 422 if posted is not None else 200
    return render_page(request, "reporting/rules.html", "page", page.context(), status=status)


def _trial(request: SignedInRequest, desk: DraftDesk | FormDesk) -> HttpResponse:
    chosen = TrialForm(request.GET)
    trial = try_rules(
        desk.rules,
        desk.ground,
        code=desk.form.code,
        unit_id=desk.form.unit_id,
        months=chosen.months,
        user=request.user,
    )
    context = {"desk": desk, "chosen": chosen, "trial": trial, **desk.context()}
    return render_page(request, "reporting/rules_tried.html", "rows", context)
