"""The acts on one commitment, each on a page of its own: a form, or a sentence that says why not now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from danvan.accounts.access import SignedInRequest, requires
from danvan.commitments import selectors, services
from danvan.commitments.forms import (
    AskExplanationForm,
    AskExtensionForm,
    CheckForm,
    ClaimForm,
    ExtendOneForm,
    FileForm,
    RuleExtensionForm,
    WithdrawForm,
)
from danvan.commitments.forms.fields import ActForm
from danvan.commitments.forms.ties import DivideForm, HeadForm, MeasureForm, PartOfForm
from danvan.commitments.models import Commitment
from danvan.commitments.selectors import Card, allowed_commitments
from danvan.commitments.selectors.parties import others_among
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.htmx import render_page

ABOUT = (
    CheckForm,
    ClaimForm,
    HeadForm,
    DivideForm,
    MeasureForm,
    PartOfForm,
)  # forms that read the commitment itself


@dataclass(frozen=True, slots=True)
class Button:
    """One way to send the form."""

    label: str
    value: str
    icon: str
    main: bool = True


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what it is called, its form, its buttons, why it may not be done now, and doing it.

    `do` answers the sentence that tells the reader what was done; `of` the unit whose act it is.
    """

    title: str
    form: type[ActForm]
    buttons: tuple[Button, ...]
    why_not: Callable[[Card], str]
    do: Callable[[Commitment, ActForm, SignedInRequest], str]
    of: Callable[[Commitment], int | None] = lambda one: (
        None
    )  # whose act it is: another's only by saying so


@require_POST
@requires("commitments.perform")
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """The lead takes the work up."""
    found = get_object_or_404(allowed_commitments(request.user, "commitments.perform"), pk=pk)
    try:
        services.start_commitment(found, actor=request.user, seen=_seen(request))
    except RuleError as broken:
        messages.error(request, broken.message)
    else:
        messages.success(request, "Đã nhận việc.")
    return redirect("commitments:card", pk)


@require_http_methods(["GET", "POST"])
@requires("commitments.perform")
def claim(request: SignedInRequest, pk: int) -> HttpResponse:
    """Báo xong, with the files that show it."""
    return act_page(request, pk, "commitments.perform", CLAIM)


@require_http_methods(["GET", "POST"])
@requires("commitments.verify")
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Kiểm tra: found done, or sent back."""
    return act_page(request, pk, "commitments.verify", CHECK)


@require_http_methods(["GET", "POST"])
@requires("commitments.perform")
def ask_extension(request: SignedInRequest, pk: int) -> HttpResponse:
    """Xin gia hạn."""
    return act_page(request, pk, "commitments.perform", ASK_EXTENSION)


@require_http_methods(["GET", "POST"])
@requires("commitments.verify")
def extend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Decide about the extension that was asked for, or give one."""
    found = get_object_or_404(allowed_commitments(request.user, "commitments.verify"), pk=pk)
    asked = selectors.card_of(request.user, found, on=clock.today()).open_extension
    ruling = asked is not None
    if (
        request.method == "POST"
    ):  # the form that was on the page: a day given is not the day asked for since
        ruling = any(button.value == request.POST.get("viec") for button in RULE_EXTENSION.buttons)
    return act_page(request, pk, "commitments.verify", RULE_EXTENSION if ruling else EXTEND)


@require_http_methods(["GET", "POST"])
@requires("commitments.verify")
def ask_explanation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Yêu cầu giải trình."""
    return act_page(request, pk, "commitments.verify", ASK_EXPLANATION)


@require_http_methods(["GET", "POST"])
@requires("commitments.assign")
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Rút việc giao nhầm."""
    return act_page(request, pk, "commitments.assign", WITHDRAW)


@require_http_methods(["GET", "POST"])
@requires("commitments.assign")
def file_under(request: SignedInRequest, pk: int) -> HttpResponse:
    """Phân lĩnh vực."""
    return act_page(request, pk, "commitments.assign", FILE)


def act_page(request: SignedInRequest, pk: int, action: str, act: Act) -> HttpResponse:
    """The page of an act: its form; the act once the form is sent; every fault in its place."""
    found = get_object_or_404(allowed_commitments(request.user, action), pk=pk)
    sent = request.method == "POST"
    initial = {"seen": found.changes, "on": clock.today(), "topic": found.topic_id}
    about: dict[str, Any] = {"commitment": found} if issubclass(act.form, ABOUT) else {}
    form = act.form(
        request.POST if sent else None, request.FILES if sent else None, initial=initial, **about
    )
    if (unit_id := act.of(found)) is not None:
        names = others_among(request.user, [unit_id])
        form.stand_in(act.title[0].lower() + act.title[1:], names)
    if sent and form.is_valid():
        try:
            done = act.do(found, form, request)
        except RuleError as broken:
            form.refuse(broken)
            form.show_again(found.changes)
        else:
            messages.success(request, done)
            return redirect("commitments:card", pk)
    card = selectors.card_of(request.user, found, on=clock.today())
    context = {
        "act": act,
        "form": form,
        "card": card,
        "commitment": found,
        "why_not": act.why_not(card),
    }
    status = 422 if sent else 200
    return render_page(request, "commitments/act.html", "form", context, status=status)


def kept_once(kept: int, sent: int) -> str:
    """What is told where files of the same content came several times."""
    return " Có tệp trùng nội dung nên chỉ giữ một." if kept < sent else ""


def _seen(request: SignedInRequest) -> int | None:
    sent = request.POST.get("seen", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None


def _claim(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    before, uploads = found.evidence.count(), form.uploads()
    services.claim_done(
        found,
        result=said["result"],
        on=said["on"],
        evidence=uploads,
        seen=said["seen"],
        reason=said.get("reason", ""),
        instead=form.instead,
        actor=request.user,
    )
    kept = kept_once(found.evidence.count() - before, len(uploads))
    own = found.lead_id == found.assigner_id
    return f"Đã báo xong; {'đơn vị cấp trên' if own else 'đơn vị giao việc'} sẽ kiểm tra.{kept}"


def _check(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    if request.POST.get("viec") == "tra-lai":
        services.return_commitment(
            found, words=said["finding"], seen=said["seen"], actor=request.user
        )
        return "Đã trả lại việc để đơn vị làm tiếp."
    if request.POST.get("viec") != "xac-nhan":
        raise RuleError("Đồng chí vui lòng chọn xác nhận đã xong hoặc trả lại.")
    services.verify_commitment(
        found,
        finding=said["finding"],
        on=said["on"],
        day_confirmed=said.get("day_confirmed", False),
        seen=said["seen"],
        actor=request.user,
    )
    return "Đã xác nhận việc hoàn thành."


def _ask_extension(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    services.ask_extension(found, until=said["until"], reason=said["reason"], actor=request.user)
    return "Đã gửi đơn xin gia hạn; hạn hiện tại giữ nguyên đến khi có quyết định."


def _rule_extension(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    asked = found.extensions.order_by("pk").last()
    granted = request.POST.get("viec") == "dong-y"
    if asked is None:
        raise RuleError("Việc này không có đơn xin gia hạn nào. Đồng chí vui lòng mở lại trang.")
    said = form.cleaned_data
    services.rule_extension(
        asked,
        granted=granted,
        words=said["words"],
        document=said["document"],
        actor=request.user,
        instead=form.instead,
    )
    return "Đã cho gia hạn; hạn gốc giữ nguyên trong sổ." if granted else "Đã từ chối gia hạn."


def _extend(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    services.extend_commitments(
        [found],
        until=said["until"],
        words=said["words"],
        document=said["document"],
        actor=request.user,
        instead=form.instead,
    )
    return "Đã gia hạn; hạn gốc giữ nguyên trong sổ."


def _ask_explanation(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    services.ask_about(
        [found], question=said["question"], due_on=said["due_on"], actor=request.user
    )
    return "Đã gửi yêu cầu giải trình tới đơn vị chủ trì."


def _withdraw(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    services.withdraw_commitment(found, words=said["words"], seen=said["seen"], actor=request.user)
    return "Đã rút việc; số của việc vẫn đọc được kèm lý do."


def _file(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    services.file_commitment(found, topic_id=said["topic"], seen=said["seen"], actor=request.user)
    return "Đã ghi lĩnh vực của việc."


def _nothing(card: Card) -> str:
    return ""


CLAIM = Act(
    "Báo xong", ClaimForm, (Button("Báo xong", "", "flag-check"),),
    lambda card: card.why_not_claim, _claim, of=lambda one: one.lead_id,
)  # fmt: skip
CHECK = Act(
    "Kiểm tra việc đã báo xong", CheckForm,
    (Button("Xác nhận đã xong", "xac-nhan", "circle-check"), Button("Trả lại", "tra-lai", "arrow-back-up", main=False)),
    lambda card: card.why_not_verify, _check,
)  # fmt: skip
ASK_EXTENSION = Act(
    "Xin gia hạn", AskExtensionForm, (Button("Gửi đơn xin gia hạn", "", "calendar-plus"),),
    lambda card: card.why_not_ask_extension, _ask_extension,
)  # fmt: skip
RULE_EXTENSION = Act(
    "Quyết định gia hạn", RuleExtensionForm,
    (Button("Đồng ý gia hạn", "dong-y", "circle-check"), Button("Không đồng ý", "tu-choi", "x", main=False)),
    lambda card: card.why_not_extend, _rule_extension, of=lambda one: one.assigner_id,
)  # fmt: skip
EXTEND = Act(
    "Gia hạn", ExtendOneForm, (Button("Gia hạn", "", "calendar-plus"),),
    lambda card: card.why_not_extend, _extend, of=lambda one: one.assigner_id,
)  # fmt: skip
ASK_EXPLANATION = Act(
    "Yêu cầu giải trình", AskExplanationForm,
    (Button("Gửi yêu cầu", "", "message-exclamation"),), _nothing, _ask_explanation,
)  # fmt: skip
WITHDRAW = Act(
    "Rút việc giao nhầm", WithdrawForm, (Button("Rút việc", "", "ban"),),
    lambda card: card.why_not_withdraw, _withdraw,
)  # fmt: skip
FILE = Act(
    "Phân lĩnh vực", FileForm, (Button("Ghi lĩnh vực", "", "tag"),), _nothing, _file,
)  # fmt: skip
