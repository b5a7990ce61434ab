"""Khó khăn, vướng mắc: the lists, raising one, and the page where it is passed on, joined and answered."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.accounts.selectors import actions_of
from danvan.commitments import selectors, services, zalo_words
from danvan.commitments.enums import SubjectKind
from danvan.commitments.forms.difficulties import (
    AnswerDifficultyForm,
    DifficultyFilter,
    PaperForm,
    PassUpForm,
    RaiseForm,
)
from danvan.commitments.forms.fields import ActForm
from danvan.commitments.models import Difficulty
from danvan.commitments.selectors import allowed_difficulties
from danvan.commitments.views.sharing import shared_page
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.lists import page_of
from danvan.foundation.refusals import carried_out

TABS = (
    ("", "Tất cả"),
    ("cho-toi", "Chờ đơn vị tôi trả lời"),
    ("da-neu", "Đơn vị tôi đã nêu"),
    ("qua-han", "Quá hạn trả lời"),
    ("da-tra-loi", "Đã trả lời"),
)


@require_GET
@requires("commitments.view")
def difficulty_list(request: SignedInRequest) -> HttpResponse:
    """What was raised by the reader's units, to them, or through them; how many of each topic."""
    form, here, today = DifficultyFilter(request.GET), request.GET.get("muc", ""), clock.today()
    topic_id = form.cleaned_data["linh_vuc"] if form.is_valid() else None
    found = selectors.difficulties_listed(request.user, here, topic_id, on=today)
    page = page_of(found, request.GET, order=("-raised_at", "-pk"))
    context = {
        "page": page,
        "lines": selectors.difficulty_lines(list(page.rows), on=today),
        "topics": selectors.difficulties_by_topic(found, on=today),
        "form": form,
        "tabs": TABS,
        "here": here,
        "may_raise": "commitments.perform" in actions_of(request.user),
    }
    status = 422 if form.errors else 200
    return render_page(request, "commitments/difficulties.html", "rows", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("commitments.perform")
def raise_difficulty(request: SignedInRequest) -> HttpResponse:
    """Nêu khó khăn, vướng mắc; `?viec=` names the commitment it is about, `?ve=` anything else by its key."""
    number = request.GET.get("viec", "")[:20]
    first = {"subject_kind": SubjectKind.COMMITMENT, "subject": number} if number else {}
    first |= {"about": request.GET.get("ve", "")[:60]}
    sent = request.POST if request.method == "POST" else None
    form = RaiseForm(sent, user=request.user, initial=first)
    found = carried_out(
        form,
        lambda: services.raise_difficulty(
            form.raised(), unit_id=form.cleaned_data["unit"], actor=request.user
        ),
    )
    if found is not None:
        messages.success(request, "Đã gửi lên cấp trên; câu trả lời sẽ hiện tại đây.")
        return redirect("commitments:difficulty", found.pk)
    status = 422 if form.is_bound else 200
    return render(request, "commitments/raise_difficulty.html", {"form": form}, status=status)


@require_GET
@requires("commitments.view")
def difficulty(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is difficult, where it waits, what was said on the way."""
    return _card(request, pk)


@require_POST
@requires("commitments.verify")
def answer_difficulty(request: SignedInRequest, pk: int) -> HttpResponse:
    """Trả lời."""
    form = AnswerDifficultyForm(request.POST)
    return _acted(
        request, pk, form, "Đã trả lời; mọi đơn vị trên đường đi đều nhận được.",
        lambda found: services.answer_difficulty(
            found, answer=form.cleaned_data["answer"], actor=request.user
        ),
    )  # fmt: skip


@require_POST
@requires("commitments.verify")
def pass_difficulty_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """Chuyển lên cấp trên."""
    form = PassUpForm(request.POST)
    return _acted(
        request, pk, form, "Đã chuyển lên cấp trên.",
        lambda found: services.pass_difficulty_up(
            found, words=form.cleaned_data["words"], actor=request.user
        ),
    )  # fmt: skip


@require_POST
@requires("commitments.verify")
def send_difficulty_on_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Gửi cấp trên bằng văn bản, where nobody above works here."""
    form = PaperForm(request.POST)
    names = ("organ", "symbol", "on", "words")
    return _acted(
        request, pk, form, "Đã ghi gửi cấp trên bằng văn bản.",
        lambda found: services.send_difficulty_on_paper(
            found, actor=request.user, **{name: form.cleaned_data[name] for name in names}
        ),
    )  # fmt: skip


@require_POST
@requires("commitments.verify")
def join_difficulties(request: SignedInRequest, pk: int) -> HttpResponse:
    """Gộp: the ticked ones get the answer of this one."""
    mine = allowed_difficulties(request.user, "commitments.verify")
    found = get_object_or_404(mine, pk=pk)
    sent = request.POST.getlist("chon")[:200]
    ids = {int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 18}
    try:
        joined = services.join_difficulties(found, mine.filter(pk__in=ids), actor=request.user)
    except RuleError as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, f"Đã gộp {len(joined)} khó khăn để trả lời một lần.")
    return redirect("commitments:difficulty", pk)


@require_GET
@requires("commitments.view")
def share_difficulty(request: SignedInRequest, pk: int) -> HttpResponse:
    """A short text for a Zalo group."""
    found = get_object_or_404(allowed_difficulties(request.user, "commitments.view"), pk=pk)
    words = zalo_words.difficulty_words(found, on=clock.today())
    address = reverse("commitments:difficulty", args=[pk])
    return shared_page(request, words, address, "Khó khăn, vướng mắc")


def _acted(
    request: SignedInRequest,
    pk: int,
    form: ActForm,
    done: str,
    act: Callable[[Difficulty], Difficulty],
) -> HttpResponse:
    found = get_object_or_404(allowed_difficulties(request.user, "commitments.verify"), pk=pk)
    if carried_out(form, lambda: act(found)):
        messages.success(request, done)
        return redirect("commitments:difficulty", pk)
    return _card(request, pk, form)


def _card(request: SignedInRequest, pk: int, form: ActForm | None = None) -> HttpResponse:
    rows = allowed_difficulties(request.user, "commitments.view")
    people = ("raised_by", "answered_by", "joined_to")
    found: Difficulty = get_object_or_404(rows.select_related(*people), pk=pk)
    context = {
        "card": selectors.difficulty_card_of(request.user, found, on=clock.today()),
        "difficulty": found,
        "answer_form": form if isinstance(form, AnswerDifficultyForm) else AnswerDifficultyForm(),
        "paper_form": form if isinstance(form, PaperForm) else PaperForm(),
        "pass_form": form if isinstance(form, PassUpForm) else PassUpForm(),
    }
    status = 422 if form else 200
    return render_page(request, "commitments/difficulty.html", "card", context, status=status)
