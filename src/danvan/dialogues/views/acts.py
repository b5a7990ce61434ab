"""The acts on a dialogue. The page shows what was refused, each sentence beside its field."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.dialogues import selectors, services
from danvan.dialogues.forms import FileForm, OwnForm, PlanForm, SettleForm, planned_from
from danvan.dialogues.models import Dialogue, DialogueConclusion
from danvan.dialogues.selectors import allowed_dialogues
from danvan.dialogues.views.page import FORMS, render_card
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import RefusableForm, carried_out

if TYPE_CHECKING:
    from danvan.accounts.models import User

# What each act does with its form, and what is said when it is done.
ACTS: dict[str, tuple[Callable[[Dialogue, Any, Any], Any], str]] = {
    "announce": (
        lambda one, said, by: services.announce_dialogue(one, actor=by, **said.cleaned_data),
        "Đã ghi thông báo đối thoại.",
    ),
    "move": (
        lambda one, said, by: services.move_dialogue(one, actor=by, **said.cleaned_data),
        "Đã đổi ngày; đồng chí nhớ thông báo lại cho Nhân dân.",
    ),
    "cancel": (
        lambda one, said, by: services.cancel_dialogue(one, actor=by, **said.cleaned_data),
        "Đã hủy cuộc đối thoại.",
    ),
    "held": (
        lambda one, said, by: services.record_held(
            one,
            attendance=said.attendance(),
            **{name: said.cleaned_data[name] for name in ("households", "led", "led_why")},
            seen=said.cleaned_data["seen"],
            actor=by,
        ),
        "Đã ghi kết quả đối thoại.",
    ),
    "rate": (
        lambda one, said, by: services.record_ratings(
            one, grades=said.grades(), seen=said.cleaned_data["seen"], actor=by
        ),
        "Đã ghi kết quả đánh giá.",
    ),
    "opinion": (
        lambda one, said, by: services.add_opinion(one, actor=by, **said.cleaned_data),
        "Đã ghi ý kiến.",
    ),
    "none_above": (
        lambda one, said, by: services.note_none_above(one, actor=by, **said.cleaned_data),
        "Đã ghi: không có ý kiến vượt thẩm quyền.",
    ),
    "write": (
        lambda one, said, by: services.write_conclusion(one, actor=by, **said.cleaned_data),
        "Đã ghi kết luận; đồng chí tách từng câu thành việc.",
    ),
    "issue": (
        lambda one, said, by: services.issue_conclusions(
            one,
            on=said.cleaned_data["on"],
            signer=said.cleaned_data["signer"],
            file=said.upload(),
            seen=said.cleaned_data["seen"],
            actor=by,
        ),
        "Đã ra thông báo kết luận và vào sổ văn bản đi.",
    ),
    "close": (
        lambda one, said, by: services.close_dialogue(one, actor=by, **said.cleaned_data),
        "Đã khép lại cuộc đối thoại.",
    ),
    "file": (
        lambda one, said, by: services.file_dialogue(one, actor=by, **said.cleaned_data),
        "Đã ghi lĩnh vực.",
    ),
    "open_questions": (
        lambda one, said, by: services.open_questions(one, actor=by, **said.cleaned_data),
        "Đã mở nhận câu hỏi, đăng ký dự; đồng chí in tờ niêm yết có mã quét.",
    ),
}


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
def plan(request: SignedInRequest) -> HttpResponse:
    """Lập cuộc đối thoại."""
    first = planned_from(request.user, request.GET.get("muc", ""))
    form = PlanForm(request.POST or None, user=request.user, initial=first)
    made = carried_out(form, lambda: services.plan_dialogue(form.plan(), actor=request.user))
    if made is not None:
        messages.success(request, f"Đã lập cuộc đối thoại {made.number}.")
        return redirect("dialogues:card", made.pk)
    status = 422 if request.method == "POST" else 200
    return render_page(request, "dialogues/plan.html", "form", {"form": form}, status=status)


@require_POST
@requires("dialogues.hold")
def act(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """One act from the page of a dialogue."""
    dialogue = get_object_or_404(allowed_dialogues(request.user, "dialogues.hold"), pk=pk)
    form = FORMS[name](request.POST, request.FILES, auto_id=f"id_{name}_%s")
    carry_out, done = ACTS[name]

    def also() -> list[Fault]:
        return services.notice_faults(dialogue, form.cleaned_data.get("on"))

    beside = also if name == "issue" else list
    if carried_out(form, lambda: carry_out(dialogue, form, request.user), also=beside) is None:
        return render_card(request, pk, refused={name: form})
    messages.success(request, done)
    return redirect("dialogues:card", pk)


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
def opinion(request: SignedInRequest, pk: int, opinion: int) -> HttpResponse:
    """What becomes of one opinion; who gave it is read here alone, by who handles it in the host unit."""
    dialogue = get_object_or_404(allowed_dialogues(request.user, "dialogues.hold"), pk=pk)
    row = get_object_or_404(dialogue.opinions, pk=opinion)
    card = selectors.card_of(request.user, dialogue)
    line = next(one for one in card.opinions if one.row.pk == row.pk)
    names = ("way", "answer", "due_on", "above")
    first = {name: getattr(row, name) for name in names}
    first |= {"conclusion": row.conclusion_id, "unit": line.unit_name, "unit_id": row.unit_id}
    form = SettleForm(request.POST or None, dialogue=dialogue, initial=first)
    if carried_out(form, lambda: services.settle_opinion(row, actor=request.user, **form.said())):
        messages.success(request, "Đã ghi hướng xử lý.")
        return redirect(f"{redirect('dialogues:card', pk).url}#y-kien")
    context: dict[str, Any] = {"dialogue": dialogue, "card": card, "line": line, "form": form}
    context["filing"] = FileForm(initial={"topic_id": row.topic_id}, auto_id="id_file_%s")
    status = 422 if request.method == "POST" else 200
    return render_page(request, "dialogues/opinion.html", "form", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("dialogues.hold")
def own(request: SignedInRequest, pk: int, conclusion: int) -> HttpResponse:
    """Give one conclusion to who carries it out."""
    dialogue = get_object_or_404(allowed_dialogues(request.user, "dialogues.hold"), pk=pk)
    row = get_object_or_404(dialogue.conclusions, pk=conclusion)
    form = OwnForm(request.POST or None, initial={"title": row.sentence[:400]})
    if carried_out(
        form,
        lambda: _own(row, form, request.user),
        also=lambda: services.owning_faults(
            row, form.assignment(), form.rule(), reason=form.late_reason(), actor=request.user
        ),
    ):
        messages.success(request, "Đã giao việc theo kết luận.")
        return redirect(f"{redirect('dialogues:card', pk).url}#kl-{row.pk}")
    context: dict[str, Any] = {"dialogue": dialogue, "row": row, "form": form}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "dialogues/own.html", "form", context, status=status)


def _own(row: DialogueConclusion, form: OwnForm, actor: "User") -> object:
    """Give it as it was typed: once, or again and again."""
    if form.cleaned_data["every"]:
        return services.own_conclusion_again(row, form.assignment(), form.rule(), actor=actor)
    return services.own_conclusion(row, form.assignment(), reason=form.late_reason(), actor=actor)


@require_POST
@requires("dialogues.hold")
def take_sentence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one sentence out of the head's words."""
    dialogue = get_object_or_404(allowed_dialogues(request.user, "dialogues.hold"), pk=pk)
    start = _start(request)
    return _from_the_page(
        request, pk, lambda: services.add_conclusion(dialogue, start=start, actor=request.user),
        "Đã tách câu này thành kết luận; đồng chí giao đơn vị chủ trì.",
    )  # fmt: skip


@require_POST
@requires("dialogues.hold")
def say_no_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say of one sentence that it is no work."""
    dialogue = get_object_or_404(allowed_dialogues(request.user, "dialogues.hold"), pk=pk)
    start = _start(request)
    return _from_the_page(
        request, pk, lambda: services.say_no_work(dialogue, start=start, actor=request.user),
        "Đã ghi: câu này không phải việc.",
    )  # fmt: skip


@require_POST
@requires("dialogues.hold")
def take_up_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look again at a sentence that was said to be no work."""
    dialogue = get_object_or_404(allowed_dialogues(request.user, "dialogues.hold"), pk=pk)
    start = _start(request)
    return _from_the_page(
        request, pk, lambda: services.take_up_again(dialogue, start=start, actor=request.user),
        "Đã đưa câu này trở lại để chọn.",
    )  # fmt: skip


def _start(request: SignedInRequest) -> int:
    written = request.POST.get("start", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else -1


@require_POST
@requires("dialogues.hold")
def put_back(request: SignedInRequest, pk: int, conclusion: int) -> HttpResponse:
    """Put back a sentence that was taken out by mistake."""
    dialogue = get_object_or_404(allowed_dialogues(request.user, "dialogues.hold"), pk=pk)
    row = get_object_or_404(dialogue.conclusions, pk=conclusion)
    return _from_the_page(
        request, pk, lambda: services.drop_conclusion(row, actor=request.user), "Đã bỏ kết luận."
    )


def _from_the_page(
    request: SignedInRequest, pk: int, act: Callable[[], Any], done: str
) -> HttpResponse:
    """An act of one button: back to the page, with what was refused above it."""
    try:
        act()
    except RuleError as broken:
        form = RefusableForm({})
        form.full_clean()
        form.refuse(broken)
        return render_card(request, pk, refused={"button": form})
    messages.success(request, done)
    return redirect(f"{redirect('dialogues:card', pk).url}#ket-luan")
