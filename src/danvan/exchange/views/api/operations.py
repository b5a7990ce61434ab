"""What the API answers. Each operation reads by a selector or does one act."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header, NinjaAPI, Path, Query, Router, Status
from ninja.renderers import JSONRenderer
from ninja.security import APIKeyHeader

from danvan.exchange.errors import Refusal
from danvan.exchange.selectors import registers
from danvan.exchange.services import Posted, petition_of_token, send_by_key
from danvan.exchange.views.api.refusing import tell_refusals
from danvan.exchange.views.api.shapes import (
    PLAIN,
    Code,
    Followed,
    FollowIn,
    Id,
    MatterPage,
    MatterWithSteps,
    Number,
    PlaceCode,
    Problem,
    SendIn,
    SentOut,
    TopicOut,
    UnitFound,
    UnitOut,
)
from danvan.exchange.views.callers import Caller, caller_of, network_of
from danvan.exchange.views.denouncing import way_out_told
from danvan.foundation import clock
from danvan.petitions.selectors import petition_behind
from danvan.petitions.services import SendDraft

REFUSED: Any = dict.fromkeys((400, 403, 404, 422, 429), Problem)
TAKEN: Any = REFUSED | dict.fromkeys((409, 413, 415, 503), Problem)
ABOUT = (
    "Đọc những gì đã công khai, gửi phản ánh, kiến nghị thay người dân (cần khóa), theo dõi bằng mã. "
    "Cùng một cửa với Cổng Nhân dân và Open311."
)
router = Router()


class ByKey(APIKeyHeader):
    """A key that may send, in the header `X-Api-Key`."""

    param_name = "X-Api-Key"

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller:
        """Who sends; Refusal where the key may not."""
        return caller_of(request, sends=True)


@router.get(
    "/topics", response={200: list[TopicOut], **REFUSED}, url_name="topics", operation_id="topics"
)
def topics(request: HttpRequest) -> Any:
    """Lĩnh vực đang dùng."""
    return registers.topics_told()


@router.get(
    "/units", response={200: list[UnitFound], **REFUSED}, url_name="units", operation_id="units"
)
def units(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=1, max_length=200, pattern=PLAIN)] = "Việt Nam",
    limit: Annotated[int, Query(ge=1, le=20)] = 10,
) -> Any:
    """Địa bàn theo tên hoặc mã, kể cả tên cũ; tên cũ chỉ đến nơi kế thừa. Không cần dấu."""
    return registers.places_found(q, limit=limit)


@router.get(
    "/units/{unit_id}", response={200: UnitOut, **REFUSED}, url_name="unit", operation_id="unit"
)
def unit(request: HttpRequest, unit_id: Annotated[Id, Path()]) -> Any:
    """Một địa bàn qua thời gian: tên, mã, nguồn gốc, nơi kế thừa."""
    return registers.place_told(unit_id)


@router.get(
    "/places/{code}",
    response={200: UnitOut, **REFUSED},
    url_name="place",
    operation_id="unit_by_code",
)
def place(request: HttpRequest, code: Annotated[PlaceCode, Path()], on: date | None = None) -> Any:
    """Địa bàn mang một mã vào một ngày (hôm nay nếu để trống)."""
    return registers.place_of_code(code, on=on or clock.today())


@router.get(
    "/matters", response={200: MatterPage, **REFUSED}, url_name="matters", operation_id="matters"
)
def matters(
    request: HttpRequest,
    topic: Annotated[Code | None, Query()] = None,
    place: Annotated[PlaceCode | None, Query()] = None,
    state: Annotated[str | None, Query(pattern="^(open|closed)$")] = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Any:
    """Phản ánh, kiến nghị đã công khai, mới nhận trước."""
    return registers.matters_found(topic=topic, place=place, state=state, page=page, size=page_size)


@router.get(
    "/matters/{number}",
    response={200: MatterWithSteps, **REFUSED},
    url_name="matter",
    operation_id="matter",
)
def matter(request: HttpRequest, number: Annotated[Number, Path()]) -> Any:
    """Một việc đã công khai và những gì đã làm."""
    return registers.matter_told(number)


@router.post(
    "/matters", auth=ByKey(), response={201: SentOut, **TAKEN}, url_name="send", operation_id="send"
)
def send(
    request: HttpRequest,
    said: SendIn,
    idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key", max_length=255)] = None,
) -> Any:
    """Gửi phản ánh, kiến nghị. Gửi lại cùng Idempotency-Key và nội dung trong một ngày thì nhận đúng câu trả lời cũ.

    Không có Idempotency-Key thì chỉ trong mười phút: sau đó cùng lời là việc của người khác.
    """
    caller: Caller = request.auth  # type: ignore[attr-defined] # ninja puts it there
    assert caller.key is not None
    posted = Posted(body=said.model_dump_json(), name=idempotency_key or "")
    with way_out_told(request, "not_denunciation: true"):
        made = send_by_key(caller.key, _draft(said), posted=posted)
    slip = made.sent.slip
    return Status(201, {"code": slip.code, "slip": slip.number, "merged": made.merged})


@router.post("/follow", response={200: Followed, **TAKEN}, url_name="follow", operation_id="follow")
def follow(request: HttpRequest, said: FollowIn) -> Any:
    """Xem việc của mình bằng mã: đã hỏi gì, hứa gì, làm gì, trả lời gì."""
    petition_of_token(said.code, address=network_of(request))
    found = petition_behind(said.code)
    if found is None:  # withdrawn at this very moment
        raise Refusal(404, "Mã này không còn dùng được.")
    return registers.followed(found)


def _draft(said: SendIn) -> SendDraft:
    return SendDraft(
        text=said.text,
        title=said.title,
        kind=said.kind,
        topic_id=registers.topic_meant(said.topic),
        place_id=registers.place_meant(said.place),
        spot=said.spot,
        latitude=_degrees(said.point.latitude) if said.point else None,
        longitude=_degrees(said.point.longitude) if said.point else None,
        name=said.name,
        phone=said.phone,
        email=said.email,
        wants_public=said.wants_public,
        plain=said.not_denunciation,
    )


def _degrees(value: float) -> Decimal:
    return round(Decimal(str(value)), 5)


class Letters(JSONRenderer):
    """JSON in the letters that people write."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    renderer=Letters(),
    title="Dân Vận Số",
    version="1.0.0",
    description=ABOUT,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
tell_refusals(api)
api.add_router("", router)
