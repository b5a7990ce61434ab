"""What GeoReport reads here: topics as services, public petitions as service requests, their steps as updates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from danvan.exchange.errors import Refusal
from danvan.exchange.open311.dates import day_of, written
from danvan.foundation import clock
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import by_code, codes_on, positions, top_unit, units_under
from danvan.petitions.selectors import (
    PublicMatter,
    PublicStep,
    public_matters,
    public_steps,
    published_petitions,
    told_steps,
)
from danvan.topics.selectors import Growth, growth

if TYPE_CHECKING:
    from danvan.petitions.models import PublicPetition

NONE = "chua-phan"  # the service of what is filed under no topic
OPEN, CLOSED = "open", "closed"
KIND, PUBLIC, PLAIN = "loai", "cong-khai", "khong-to-cao"  # what a sender is asked besides
FEEDBACK, PROPOSAL, YES, NO = "phan-anh", "kien-nghi", "co", "khong"
ATTRIBUTES: list[dict[str, Any]] = [
    {
        "variable": True,
        "code": KIND,
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": "Chọn một; để trống là phản ánh.",
        "order": 1,
        "description": "Đây là phản ánh hay kiến nghị?",
        "values": [
            {"key": FEEDBACK, "name": "Phản ánh một việc đang xảy ra"},
            {"key": PROPOSAL, "name": "Kiến nghị một việc nên làm"},
        ],
    },
    {
        "variable": True,
        "code": PUBLIC,
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": "Chọn một; để trống là không công khai.",
        "order": 2,
        "description": "Người gửi có đồng ý công khai nội dung, sau khi cán bộ che tên và thông tin cá nhân?",
        "values": [{"key": NO, "name": "Không công khai"}, {"key": YES, "name": "Đồng ý công khai"}],
    },
    {
        "variable": True,
        "code": PLAIN,
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": "Để trống; chỉ chọn khi bị từ chối vì lời giống tố cáo.",
        "order": 3,
        "description": "Người gửi xác nhận đây không phải tố cáo?",
        "values": [{"key": YES, "name": "Không phải tố cáo, gửi như thường"}],
    },
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class RequestsAsked:
    """Which requests are asked for; an empty part asks for all. `numbers` overrides every other part."""

    place_id: int | None = None
    numbers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    days: tuple[date, date] | None = None
    changed_since: datetime | None = None
    changed_until: datetime | None = None
    page: int = 1
    size: int = 1_000


def jurisdiction(code: str) -> int | None:
    """The place that a jurisdiction_id names by its code; None for the whole installation. Refusal (404) for none."""
    if not code:
        return None
    found = by_code(code, on=clock.today()) if len(code) <= 20 else None
    if found is None:
        raise Refusal(
            404, "Không có jurisdiction_id này. Vui lòng dùng mã tỉnh hoặc mã xã, hoặc để trống."
        )
    return None if found.pk == top_unit().id else int(found.pk)


def services_offered() -> list[dict[str, Any]]:
    """Every topic that stands today, and the one for what is filed under none. Four queries."""
    grown = growth()
    found = [
        {
            "service_code": node.code,
            "service_name": node.name,
            "description": node.path,
            "metadata": True,
            "type": "batch",
            "keywords": ", ".join(grown.topics[node.id].aliases),
            "group": node.names[0],
        }
        for node in grown.tree_on(clock.today())
    ]
    other = {
        "service_code": NONE,
        "service_name": "Việc khác",
        "description": "Việc chưa rõ thuộc lĩnh vực nào; cán bộ xếp sau.",
        "metadata": True,
        "type": "batch",
        "keywords": "",
        "group": "Việc khác",
    }
    return [*found, other]


def service_definition(code: str) -> dict[str, Any]:
    """What is asked of whoever sends under a service. Refusal (404) where there is none."""
    topic_of(code)
    return {"service_code": code, "attributes": ATTRIBUTES}


def topic_of(code: str) -> int | None:
    """The topic that a service code names; None for what is filed under none. Refusal (404) where there is none."""
    if code == NONE:
        return None
    found = [node.id for node in growth().tree_on(clock.today()) if node.code == code]
    if not found:
        raise Refusal(404, "Không có service_code này. Vui lòng lấy danh sách ở services.")
    return found[0]


def requests_found(asked: RequestsAsked) -> list[dict[str, Any]]:
    """The public petitions that are asked for, the latest first, as service requests. A fixed number of queries."""
    grown = growth()
    rows = _in_place(published_petitions(), asked.place_id)
    rows = _narrowed(rows, asked, grown)
    first = (asked.page - 1) * asked.size
    latest = rows.order_by("-petition__received_on", "-pk")[first : first + asked.size]
    return _as_requests(public_matters(latest), grown)


def updates_found(asked: RequestsAsked, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """What happened to public petitions on the days from an instant to another, whole days, the latest first: told is the day
    alone, so asking by the second finds no second either. A fixed number of queries.
    """
    rows = _in_place(published_petitions(), asked.place_id)
    if asked.numbers:
        rows = rows.filter(number__in=asked.numbers)
    first = (asked.page - 1) * asked.size
    within = public_steps(rows, since=day_of(since), until=day_of(until))
    steps = told_steps(within[first : first + asked.size])
    shown = list(rows.filter(petition__in={one.petition_id for one in steps})) if steps else []
    matters = dict(zip((one.petition_id for one in shown), public_matters(shown), strict=True))
    return [
        {
            "update_id": str(one.id),
            "service_request_id": matters[one.petition_id].number,
            "status": OPEN if one.open else CLOSED,
            "updated_datetime": written(one.noted_on),
            "description": _step_words(one, matters[one.petition_id]),
            "media_url": None,
        }
        for one in steps
        if one.petition_id in matters  # taken down meanwhile
    ]


def _in_place(rows: "QuerySet[PublicPetition]", place_id: int | None) -> "QuerySet[PublicPetition]":
    if place_id is None:
        return rows
    under = units_under([place_id], on=clock.today(), follows=Follows.PLACE, heirs=True)
    return rows.filter(petition__unit_id__in=under)


def _narrowed(
    rows: "QuerySet[PublicPetition]", asked: RequestsAsked, grown: Growth
) -> "QuerySet[PublicPetition]":
    if asked.numbers:
        return rows.filter(number__in=asked.numbers)
    if asked.codes:
        rows = rows.filter(_under_codes(asked.codes, grown))
    if len(asked.states) == 1:
        rows = rows.filter(petition__closed_on__isnull=OPEN in asked.states)
    if asked.days is not None:
        rows = rows.filter(petition__received_on__range=asked.days)
    if asked.changed_since is not None or asked.changed_until is not None:
        rows = rows.filter(_changed(asked.changed_since, asked.changed_until))
    return rows


def _under_codes(codes: Iterable[str], grown: Growth) -> Q:
    """Petitions whose topic is read today under one of these services, each by itself."""
    today, wanted = clock.today(), set(codes)
    ids = {node.id for node in grown.tree_on(today) if node.code in wanted}
    topics = [one for one in grown.topics if grown.read_on(one, today) in ids]
    found = Q(petition__topic_id__in=topics)
    if NONE in wanted:
        lost = [one for one in grown.topics if grown.read_on(one, today) is None]
        found |= Q(petition__topic_id=None) | Q(petition__topic_id__in=lost)
    return found


def _changed(since: datetime | None, until: datetime | None) -> Q:
    """Shown, looked through, answered or closed on one of these days: what is kept of it is a day."""
    first = day_of(since) if since else None
    last = day_of(until) if until else None
    found = Q()
    for column in ("shown_on", "decided_on", "petition__answered_on", "petition__closed_on"):
        within = Q(**{f"{column}__isnull": False})
        if first:
            within &= Q(**{f"{column}__gte": first})
        if last:
            within &= Q(**{f"{column}__lte": last})
        found |= within
    return found


def _as_requests(matters: list[PublicMatter], grown: Growth) -> list[dict[str, Any]]:
    today = clock.today()
    tree = grown.tree_on(today)
    places = {one.place_id for one in matters if one.place_id}
    points = positions(places, today) if places else {}
    codes = codes_on(places, today) if places else {}
    found = []
    for one in matters:
        node = tree.by_id.get(grown.read_on(one.topic_id, today) or 0) if one.topic_id else None
        point = points.get(one.place_id or 0)
        found.append(
            {
                "service_request_id": one.number,
                "status": OPEN if one.open else CLOSED,
                "status_notes": one.standing,
                "service_name": node.name if node else "Việc khác",
                "service_code": node.code if node else NONE,
                "description": f"{one.title}\n\n{one.text}".strip(),
                "agency_responsible": one.unit,
                "service_notice": one.answer or None,
                "requested_datetime": written(one.received_on),
                "updated_datetime": written(one.changed_on),
                "expected_datetime": written(one.due_on),
                "address": one.place or None,
                "address_id": codes.get(one.place_id or 0),
                "zipcode": None,
                # the middle of the place: where the sender stood may be somebody's home
                "lat": float(point.latitude) if point else None,
                "long": float(point.longitude) if point else None,
                "media_url": None,
            }
        )
    return found


def _step_words(step: PublicStep, matter: PublicMatter) -> str:
    """With the answer where this step gave the one that stands."""
    answers = step.answers and step.on == matter.answered_on
    return f"{step.words}: {matter.answer}" if answers and matter.answer else step.words
