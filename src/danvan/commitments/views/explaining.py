"""Explanations: the list, and one card where it is asked, answered and decided."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.commitments import selectors, services
from danvan.commitments.forms import AnswerForm, RuleForm
from danvan.commitments.models import Explanation
from danvan.commitments.selectors import allowed_explanations
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.organisations.selectors import last_names

TABS = (
    ("", "Tất cả"),
    ("cho-tra-loi", "Chờ đơn vị trả lời"),
    ("cho-y-kien", "Chờ ý kiến"),
    ("da-tiep-nhan", "Đã tiếp nhận"),
)


@require_GET
@requires("commitments.view")
def explanation_list(request: SignedInRequest) -> HttpResponse:
    """What was asked of the units of the reader, and by them; the latest first."""
    here, today = request.GET.get("muc", ""), clock.today()
    found = selectors.explanations_listed(request.user, here)
    page = page_of(found, request.GET, order=("-asked_at", "-pk"))
    units = {one.unit_id for one in page.rows} | {one.asker_id for one in page.rows}
    names = last_names(units, today)
    lines = [(one, names.get(one.unit_id, ""), names.get(one.asker_id, "")) for one in page.rows]
    context = {"page": page, "lines": lines, "tabs": TABS, "here": here, "today": today}
    return render_page(request, "commitments/explanations.html", "rows", context)


@require_GET
@requires("commitments.view")
def explanation(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was asked, what was answered, what was decided."""
    return _card(request, pk)


@require_POST
@requires("commitments.perform")
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The unit explains."""
    found = get_object_or_404(allowed_explanations(request.user, "commitments.perform"), pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            services.answer_explanation(
                found, answer=form.cleaned_data["answer"], actor=request.user
            )
        except RuleError as broken:
            form.refuse(broken)
        else:
            messages.success(request, "Đã gửi giải trình.")
            return redirect("commitments:explanation", pk)
    return _card(request, pk, answer_form=form)


@require_POST
@requires("commitments.verify")
def rule(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who asked takes the answer, or sends it back."""
    found = get_object_or_404(allowed_explanations(request.user, "commitments.verify"), pk=pk)
    form, granted = RuleForm(request.POST), request.POST.get("viec") == "tiep-nhan"
    if form.is_valid():
        try:
            words = form.cleaned_data["words"]
            services.rule_explanation(found, granted=granted, words=words, actor=request.user)
        except RuleError as broken:
            form.refuse(broken)
        else:
            messages.success(request, "Đã tiếp nhận." if granted else "Đã yêu cầu giải trình lại.")
            return redirect("commitments:explanation", pk)
    return _card(request, pk, rule_form=form)


def _card(
    request: SignedInRequest,
    pk: int,
    *,
    answer_form: AnswerForm | None = None,
    rule_form: RuleForm | None = None,
) -> HttpResponse:
    rows = allowed_explanations(request.user, "commitments.view")
    found: Explanation = get_object_or_404(rows, pk=pk)
    context = {
        "card": selectors.explanation_card_of(request.user, found, on=clock.today()),
        "explanation": found,
        "answer_form": answer_form or AnswerForm(),
        "rule_form": rule_form or RuleForm(),
    }
    status = 422 if answer_form or rule_form else 200
    return render_page(request, "commitments/explanation.html", "card", context, status=status)
