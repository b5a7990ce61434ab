"""What a commitment is tied to, on pages of their own: who supervises it, its parts, the figure that measures it."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from danvan.accounts.access import SignedInRequest, requires
from danvan.commitments import services
from danvan.commitments.enums import UNDONE
from danvan.commitments.forms.fields import ActForm
from danvan.commitments.forms.ties import DivideForm, HeadForm, MeasureForm, PartOfForm
from danvan.commitments.models import Commitment
from danvan.commitments.selectors import Card, allowed_commitments
from danvan.commitments.services import rows
from danvan.commitments.services.heading import OPEN
from danvan.commitments.views.acts import Act, Button, act_page
from danvan.vietnamese.numbers import format_number


@require_http_methods(["GET", "POST"])
@requires("commitments.verify")
def head(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lãnh đạo theo dõi."""
    return act_page(request, pk, "commitments.verify", HEAD)


@require_http_methods(["GET", "POST"])
@requires("commitments.perform")
def divide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Chia việc cho đơn vị dưới."""
    return act_page(request, pk, "commitments.perform", DIVIDE)


@require_http_methods(["GET", "POST"])
@requires("commitments.verify")
def measure(request: SignedInRequest, pk: int) -> HttpResponse:
    """Đo bằng chỉ số."""
    return act_page(request, pk, "commitments.verify", MEASURE)


@require_http_methods(["GET", "POST"])
@requires("commitments.verify")
def part_of(request: SignedInRequest, pk: int) -> HttpResponse:
    """Là một phần của việc khác."""
    return act_page(request, pk, "commitments.verify", PART_OF)


def _head(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    services.set_head(found, post_id=said["post"], seen=said["seen"], actor=request.user)
    return "Đã ghi lãnh đạo theo dõi." if said["post"] else "Đã bỏ lãnh đạo theo dõi riêng."


def _part_of(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    number, seen = form.cleaned_data["whole"].strip(), form.cleaned_data["seen"]
    if not number:
        services.untie_part(found, actor=request.user, seen=seen)
        return "Việc này không còn là một phần của việc khác."
    whole = allowed_commitments(request.user, "commitments.view").filter(number=number).first()
    if whole is None:
        raise rows.refuse(
            f"Không thấy việc số {number}. Đồng chí vui lòng xem lại số ở trang của việc chung.", column="whole"
        )  # fmt: skip
    services.tie_part(whole, found, actor=request.user, seen=seen)
    return f"Đã ghi là một phần của việc {whole.number}."


def _divide(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    assert isinstance(form, DivideForm)
    seen = form.cleaned_data["seen"]
    given = services.divide_commitment(found, form.assignments(), seen=seen, actor=request.user)
    return f"Đã chia thành {format_number(len(given))} việc con."


def _measure(found: Commitment, form: ActForm, request: SignedInRequest) -> str:
    said = form.cleaned_data
    services.measure_commitment(
        found,
        code=said["code"],
        period=said["period"],
        bound=said["bound"],
        level=said["level"],
        seen=said["seen"],
        actor=request.user,
    )
    return "Đã đặt chỉ số đo; con số đứng cạnh lời báo xong."


def _over(card: Card) -> str:
    ended = "Việc đã kết thúc nên không cần lãnh đạo theo dõi nữa."
    return "" if card.commitment.state in OPEN else ended


def _claimed(card: Card) -> str:
    return "" if card.commitment.state in UNDONE else "Việc không còn trong giai đoạn thực hiện."


HEAD = Act("Lãnh đạo theo dõi", HeadForm, (Button("Ghi lại", "", "id-badge-2"),), _over, _head)
PART_OF = Act(
    "Là một phần của việc khác", PartOfForm, (Button("Ghi lại", "", "arrows-split"),), lambda card: "", _part_of,
)  # fmt: skip
DIVIDE = Act(
    "Chia việc cho đơn vị dưới", DivideForm, (Button("Chia việc", "", "arrows-split"),), _claimed, _divide,
)  # fmt: skip
MEASURE = Act(
    "Đo bằng chỉ số", MeasureForm, (Button("Đặt chỉ số đo", "", "target-arrow"),), _claimed, _measure,
)  # fmt: skip
