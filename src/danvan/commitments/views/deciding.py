"""What a lead and an assigner decide on pages of their own: not accepted, kept or given on, closed, risked, replaced."""

from collections.abc import Callable

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.commitments import services
from danvan.commitments.enums import State
from danvan.commitments.forms.deciding import (
    CloseForm,
    DeclineForm,
    RedirectForm,
    ResumeForm,
    RiskForm,
    SupersedeForm,
)
from danvan.commitments.forms.fields import ActForm
from danvan.commitments.models import Commitment
from danvan.commitments.selectors import Card, numbered
from danvan.commitments.selectors.parties import closed_by
from danvan.commitments.views.acts import Act, Button, act_page
from danvan.foundation.errors import Fault, RuleError
from danvan.vietnamese.dates import format_date


@require_http_methods(["GET", "POST"])
@requires("commitments.perform")
def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Không nhận, vì."""
    return act_page(request, pk, "commitments.perform", DECLINE)


@require_http_methods(["GET", "POST"])
@requires("commitments.assign")
def redirect_work(request: SignedInRequest, pk: int) -> HttpResponse:
    """Giữ nguyên, hoặc giao đơn vị khác."""
    return act_page(request, pk, "commitments.assign", REDIRECT)


@require_http_methods(["GET", "POST"])
@requires("commitments.verify")
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đóng việc."""
    return act_page(request, pk, "commitments.verify", CLOSE)


@require_http_methods(["GET", "POST"])
@requires("commitments.assign")
def accept_risk(request: SignedInRequest, pk: int) -> HttpResponse:
    """Chấp nhận rủi ro."""
    return act_page(request, pk, "commitments.assign", RISK)


@require_http_methods(["GET", "POST"])
@requires("commitments.assign")
def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    """Cho làm tiếp việc đã chấp nhận rủi ro."""
    return act_page(request, pk, "commitments.assign", RESUME)


@require_http_methods(["GET", "POST"])
@requires("commitments.assign")
def supersede(request: SignedInRequest, pk: int) -> HttpResponse:
    """Thay bằng việc khác."""
    return act_page(request, pk, "commitments.assign", SUPERSEDE)


def _into(state: str) -> Callable[[Card], str]:
    return lambda card: card.why_not(state)


def _decline(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    services.decline_commitment(found, words=said["words"], seen=said["seen"], actor=request.user)
    return "Đã trả lời không nhận; nơi giao sẽ quyết định. Hạn của việc vẫn tính."


def _redirect(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    rest = {"words": said["words"], "seen": said["seen"], "actor": request.user}
    if request.POST.get("viec") == "giu-nguyen":
        services.uphold_commitment(found, **rest)
        return "Đã giữ nguyên việc giao."
    if request.POST.get("viec") != "giao-khac":
        raise RuleError("Đồng chí vui lòng chọn giữ nguyên hoặc giao đơn vị khác.")
    services.give_on(found, lead_id=said["lead"] or 0, **rest)
    return "Đã giao việc cho đơn vị khác."


def _close(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    services.close_commitment(
        found,
        public_reason=said["public_reason"],
        seen=said["seen"],
        actor=request.user,
        instead=form.instead,
    )
    return "Đã đóng việc."


def _risk(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    services.accept_risk(
        found,
        until=said["until"],
        reason=said["reason"],
        document=said["document"],
        seen=said["seen"],
        actor=request.user,
    )
    before = found.due_on
    found.refresh_from_db(fields=["due_on"])
    if found.due_on is None or found.due_on == before:
        return "Đã ghi việc chấp nhận rủi ro; hạn của việc giữ nguyên."
    return (
        f"Đã ghi việc chấp nhận rủi ro. Thời hạn ngừng tính đến {format_date(said['until'])}, nên hạn hiện tại chuyển từ "
        f"{format_date(before or found.due_on)} sang {format_date(found.due_on)}; hạn gốc giữ nguyên trong sổ."
    )


def _resume(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    services.resume_commitment(found, words=said["words"], seen=said["seen"], actor=request.user)
    return "Đã yêu cầu làm tiếp."


def _supersede(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    other = numbered(request.user, said["number"])
    if other is None:
        wrong = f"Không có việc nào số {said['number']}. Đồng chí vui lòng xem lại số."
        raise RuleError(wrong, faults=[Fault(wrong, column="number")])
    services.supersede_commitment(
        found,
        by=other,
        words=said["words"],
        public_reason=said["public_reason"],
        seen=said["seen"],
        actor=request.user,
    )
    return f"Đã thay bằng việc {other.number}."


DECLINE = Act(
    "Không nhận việc", DeclineForm, (Button("Gửi trả lời không nhận", "", "message-x"),),
    _into(State.DECLINED), _decline,
)  # fmt: skip
REDIRECT = Act(
    "Quyết định việc đơn vị không nhận", RedirectForm,
    (Button("Giao đơn vị khác", "giao-khac", "send"), Button("Giữ nguyên", "giu-nguyen", "check", main=False)),
    _into(State.ASSIGNED), _redirect,
)  # fmt: skip
CLOSE = Act(
    "Đóng việc", CloseForm, (Button("Đóng việc", "", "lock"),),
    lambda card: card.why_not_close, _close, of=closed_by,
)  # fmt: skip
RISK = Act(
    "Chấp nhận rủi ro", RiskForm, (Button("Ghi chấp nhận rủi ro", "", "alert-triangle"),),
    _into(State.RISK_ACCEPTED), _risk,
)  # fmt: skip
RESUME = Act(
    "Cho làm tiếp", ResumeForm, (Button("Làm tiếp", "", "refresh"),),
    _into(State.IN_PROGRESS), _resume,
)  # fmt: skip
SUPERSEDE = Act(
    "Thay bằng việc khác", SupersedeForm, (Button("Thay việc", "", "arrows-exchange"),),
    _into(State.SUPERSEDED), _supersede,
)  # fmt: skip
