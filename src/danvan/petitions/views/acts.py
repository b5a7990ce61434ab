"""The acts on a petition: one page an act, each behind the right that its move asks for."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.foundation import clock
from danvan.foundation.htmx import render_page
from danvan.foundation.refusals import carried_out
from danvan.organisations.selectors import last_names
from danvan.petitions import services
from danvan.petitions.forms import GiveForm, ReplyForm, form_of
from danvan.petitions.models import Petition, PetitionRequest
from danvan.petitions.moves import BY_SLUG, DECIDE, HANDLE, MOVES, RECEIVE
from danvan.petitions.selectors import allowed_petitions
from danvan.petitions.selectors.slips import allowed_slips

# What each act does with what was typed, and what is said when it is done.
ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "split": (services.split_petition, "Đã tách thành đơn riêng."),
    "reclassify": (services.reclassify_petition, "Đã phân loại lại; hạn tính theo loại mới."),
    "transfer": (
        services.transfer_petition,
        "Đã chuyển đơn đến {unit}; ngày nhận đầu tiên giữ nguyên.",
    ),
    "hand_out": (
        services.hand_out_petition,
        "Đã ghi chuyển đơn ra ngoài hệ thống; đơn chờ kết quả.",
    ),
    "report_result": (services.report_result, "Đã ghi kết quả và trả lời người gửi."),
    "guide": (services.guide_petition, "Đã ghi hướng dẫn."),
    "file": (services.file_petition, "Đã lưu đơn."),
    "refuse": (services.refuse_petition, "Đã ghi không thụ lý."),
    "accept": (services.accept_petition, "Đã thụ lý; hạn giải quyết bắt đầu tính."),
    "need_time": (services.tell_more_time, "Đã ghi báo người gửi cần thêm thời gian."),
    "assign": (services.assign_verifier, "Đã giao xác minh."),
    "find": (services.record_finding, "Đã ghi kết quả xác minh."),
    "mark_complex": (services.mark_complex, "Đã ghi vụ việc phức tạp; hạn tính lại."),
    "invite": (services.invite_to_dialogue, "Đã ghi mời đối thoại."),
    "hold": (services.hold_dialogue, "Đã ghi biên bản đối thoại."),
    "suspend": (services.suspend_petition, "Đã tạm đình chỉ; hạn giải quyết dừng lại."),
    "resume": (services.resume_petition, "Tiếp tục giải quyết; hạn chạy tiếp."),
    "terminate": (services.terminate_petition, "Đã đình chỉ."),
    "request": (services.add_request, "Đã ghi yêu cầu."),
    "withdraw_part": (services.withdraw_requests, "Đã ghi rút một phần."),
    "withdraw": (services.withdraw_petition, "Đã ghi rút đơn."),
    "end_withdrawn": (
        services.end_withdrawn_complaint,
        "Đã ghi rút và quyết định đình chỉ; đồng chí gửi quyết định đúng hạn.",
    ),
    "decide": (
        services.decide_petition,
        "Đã ghi quyết định giải quyết; đồng chí gửi quyết định đúng hạn.",
    ),
    "send": (services.send_decision, "Đã ghi gửi quyết định."),
    "publish": (services.publish_decision, "Đã ghi công khai."),
    "enforce": (services.enforce_decision, "Bắt đầu theo dõi thi hành."),
    "appeal": (services.appeal_petition, "Đã nhận khiếu nại lần hai."),
    "answer": (services.answer_petition, "Đã trả lời người gửi."),
    "rate": (services.rate_answer, "Đã ghi đánh giá của người gửi."),
    "dispute": (services.dispute_answer, "Đã mở lại để xem xét một lần nữa."),
    "check": (services.check_done, "Đã ghi kiểm tra."),
    "notice": (services.send_notice, "Đã ghi gửi văn bản."),
    "report_back": (services.report_back, "Đã ghi báo kết quả cho nơi chuyển đơn."),
    "group": (services.add_representatives, "Đã ghi người đại diện."),
    "bar": (services.bar_user, "Đã ghi; người này không thấy và không xử lý đơn."),
    "finish": (services.finish_petition, "Đã kết thúc đơn."),
}


@require_http_methods(["GET", "POST"])
@requires(HANDLE)
def act(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """An act of who works on it."""
    return _act(request, pk, slug, HANDLE)


@require_http_methods(["GET", "POST"])
@requires(RECEIVE)
def act_receiving(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """An act of who receives papers."""
    return _act(request, pk, slug, RECEIVE)


@require_http_methods(["GET", "POST"])
@requires(DECIDE)
def act_deciding(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """An act of who decides."""
    return _act(request, pk, slug, DECIDE)


@require_http_methods(["GET", "POST"])
@requires(HANDLE)
def reply(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Trả lời một yêu cầu."""
    found = _request(request, pk, number)
    first = {"reply": found.reply, "basis": found.basis, "on": clock.today()}
    form = ReplyForm(request.POST or None, initial=first)
    made = carried_out(
        form, lambda: services.reply_to_request(found, actor=request.user, **form.cleaned_data)
    )
    if made is None:
        return _page(request, found.petition, form, f"Trả lời yêu cầu {number}", asked=found)
    messages.success(request, f"Đã trả lời yêu cầu {number}.")
    return redirect(f"{redirect('petitions:card', pk).url}#yc-{number}")


@require_http_methods(["GET", "POST"])
@requires(HANDLE)
def give(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Giao việc từ một yêu cầu."""
    found = _request(request, pk, number)
    form = GiveForm(request.POST or None, initial={"title": found.words})
    made = carried_out(
        form, lambda: services.give_work(found, form.assignment(), actor=request.user)
    )
    if made is None:
        return _page(request, found.petition, form, f"Giao việc từ yêu cầu {number}", asked=found)
    messages.success(request, f"Đã giao việc {made.number}.")
    return redirect(f"{redirect('petitions:card', pk).url}#yc-{number}")


def _act(request: SignedInRequest, pk: int, slug: str, action: str) -> HttpResponse:
    name = BY_SLUG.get(slug, "")
    if name not in ACTS or MOVES[name].action != action:
        raise Http404
    move = MOVES[name]
    rows = allowed_petitions(request.user, move.action).select_related("paper")
    petition: Petition = get_object_or_404(rows, pk=pk)
    if request.method == "GET" and not move.fits(petition.kind, petition.state, petition.round):
        messages.warning(request, services.wrong_state(petition, move).message)
        return _back(request, petition)
    form = form_of(move, petition, request.POST or None)
    carry_out, done = ACTS[name]
    made = carried_out(form, lambda: carry_out(petition, actor=request.user, **form.said()))
    if made is None:
        return _page(request, petition, form, move.label)
    messages.success(request, done.format(unit=_now_at(made) if name == "transfer" else ""))
    return _back(request, made if name == "appeal" else petition)


def _now_at(petition: Petition) -> str:
    """The unit that got it: the office, where a place was chosen."""
    return last_names([petition.unit_id], clock.today()).get(petition.unit_id, "")


def _back(request: SignedInRequest, petition: Petition) -> HttpResponse:
    """To the page of the petition, where the reader may still see it; else to the slip by which it went, or to the list."""
    if allowed_petitions(request.user, "petitions.view").filter(pk=petition.pk).exists():
        return redirect("petitions:card", petition.pk)
    slip = allowed_slips(request.user).filter(petition=petition).last()
    return redirect("petitions:slip", slip.pk) if slip else redirect("petitions:list")


def _request(request: SignedInRequest, pk: int, number: int) -> PetitionRequest:
    mine = allowed_petitions(request.user, HANDLE)
    rows = PetitionRequest.objects.select_related("petition__paper").filter(petition__in=mine)
    return get_object_or_404(rows, petition_id=pk, number=number)


def _page(
    request: SignedInRequest, petition: Petition, form: Any, label: str, *, asked: PetitionRequest | None = None
) -> HttpResponse:  # fmt: skip
    context = {"petition": petition, "form": form, "label": label, "asked": asked}
    status = 422 if request.method == "POST" else 200
    return render_page(request, "petitions/act.html", "form", context, status=status)
