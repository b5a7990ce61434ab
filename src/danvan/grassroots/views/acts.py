"""The acts on a matter. The page shows what was refused, each sentence beside its field."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out
from danvan.grassroots import selectors, services
from danvan.grassroots.enums import State
from danvan.grassroots.forms import EnterForm, ReplyForm, UntilForm, VoteForm
from danvan.grassroots.models import Matter, PublicationItem
from danvan.grassroots.selectors import allowed_matters
from danvan.grassroots.views.page import FORMS, render_card
from danvan.grassroots.views.planning import planned_item

# What each act does with what was typed, and what is said when it is done.
ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "publish": (services.publish_matter, "Đã ghi công khai."),
    "files": (services.add_files, "Đã thêm tệp."),
    "send": (services.send_decision, "Đã ghi ngày gửi quyết định."),
    "recognise": (services.recognise_decision, "Đã ghi công nhận."),
    "comment": (services.add_comments, "Đã ghi nội dung góp ý."),
    "close": (services.close_comments, "Đã tổng hợp ý kiến; đồng chí trả lời từng nội dung."),
    "answer": (services.answer_matter, "Đã ghi trả lời, giải trình."),
    "end": (services.end_matter, "Đã kết thúc việc này."),
    "withdraw": (services.withdraw_matter, "Đã rút việc này."),
}


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
def enter(request: SignedInRequest) -> HttpResponse:
    """Ghi việc dân chủ ở cơ sở."""
    item = planned_item(request)
    first = {
        "began_on": clock.today(),
        "unit": item.plan.unit_id if item else request.GET.get("xa"),
        "kind": item.kind_id if item else request.GET.get("noi-dung"),
        "title": item.title if item else "",
        "item": item.pk if item else None,
    }
    form = EnterForm(request.POST or None, user=request.user, initial=first)
    made = carried_out(form, lambda: _entered(request, form, item))
    if made is not None:
        messages.success(request, f"Đã ghi việc {made.number}.")
        return redirect("grassroots:card", made.pk)
    status = 422 if request.method == "POST" else 200
    return render_page(request, "grassroots/enter.html", "form", {"form": form}, status=status)


def _entered(request: SignedInRequest, form: EnterForm, item: PublicationItem | None) -> Matter:
    """The matter, and the line of the plan that it carries out, where the reader came from one."""
    if item is None:
        return services.enter_matter(form.draft(), actor=request.user)
    return services.enter_planned(item, form.draft(), actor=request.user)


@require_POST
@requires("dialogues.hold")
def act(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """One act from the page of a matter."""
    matter = get_object_or_404(allowed_matters(request.user, "dialogues.hold"), pk=pk)
    form: Any = FORMS[name](request.POST, request.FILES, auto_id=f"id_{name}_%s")
    carry_out, done = ACTS[name]
    if carried_out(form, lambda: (carry_out(matter, actor=request.user, **form.said()),)) is None:
        return render_card(request, pk, refused={name: form})
    messages.success(request, done)
    return redirect("grassroots:card", pk)


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
def vote(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ghi kết quả biểu quyết: counts of households, village by village; the outcome is computed."""
    matter = get_object_or_404(
        allowed_matters(request.user, "dialogues.hold").select_related("kind"), pk=pk
    )
    card = selectors.card_of(request.user, matter)
    first = {"seen": matter.changes, "held_on": clock.today()}
    form = VoteForm(request.POST or None, villages=card.asked_villages, initial=first)
    made = carried_out(
        form, lambda: services.record_round(matter, actor=request.user, **form.said())
    )
    if made is not None:
        messages.success(request, f"Đã ghi biểu quyết: {made.get_outcome_display().lower()}.")
        return redirect("grassroots:card", pk)
    context = {"matter": matter, "card": card, "form": form, "may": card.may_become(State.PASSED)}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "grassroots/vote.html", "form", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
def posting_end(request: SignedInRequest, pk: int, posting: int) -> HttpResponse:
    """Until when one posting hung."""
    matter = get_object_or_404(allowed_matters(request.user, "dialogues.hold"), pk=pk)
    row = get_object_or_404(matter.postings, pk=posting)
    form = UntilForm(request.POST or None, initial={"until_on": row.until_on or clock.today()})
    if carried_out(
        form, lambda: services.set_posting_end(row, actor=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Đã ghi ngày thôi niêm yết.")
        return redirect(f"{redirect('grassroots:card', pk).url}#cong-khai")
    context = {"matter": matter, "row": row, "form": form}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "grassroots/until.html", "form", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
def answer_comment(request: SignedInRequest, pk: int, comment: int) -> HttpResponse:
    """The answer to what several people said alike."""
    matter = get_object_or_404(allowed_matters(request.user, "dialogues.hold"), pk=pk)
    row = get_object_or_404(matter.comments, pk=comment)
    first = {"taken_up": row.taken_up, "answer": row.answer}
    form = ReplyForm(request.POST or None, initial=first)
    if carried_out(
        form, lambda: services.answer_comments(row, actor=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Đã ghi trả lời.")
        return redirect(f"{redirect('grassroots:card', pk).url}#gop-y")
    context = {"matter": matter, "row": row, "form": form}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "grassroots/reply.html", "form", context, status=status)
