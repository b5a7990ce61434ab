"""What a request of GeoReport asks, read from its parameters: an empty one is as good as none."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from django.http import HttpRequest

from danvan.exchange.errors import Refusal
from danvan.exchange.open311.dates import days_between, read
from danvan.exchange.selectors.open311 import (
    CLOSED,
    FEEDBACK,
    KIND,
    NO,
    OPEN,
    PLAIN,
    PROPOSAL,
    PUBLIC,
    YES,
    RequestsAsked,
    jurisdiction,
    topic_of,
)
from danvan.exchange.services import Posted
from danvan.foundation import clock
from danvan.organisations.enums import Level
from danvan.organisations.selectors import by_code, find_units
from danvan.petitions.enums import Kind
from danvan.petitions.services import SendDraft
from danvan.vietnamese.text import canonical

DAYS = 90  # what one question may span, by the specification
SIZE = 1_000  # and how much it is answered with at most
PAGES = 10_000
MOST_LISTED = 200
_WHOLE = re.compile(r"[0-9]{1,6}")
KINDS = {FEEDBACK: Kind.FEEDBACK, PROPOSAL: Kind.PROPOSAL}
ATTRIBUTE = re.compile(r"attribute\[([^\]]{1,40})\](?:\[\])?")


def requests_asked(told: Mapping[str, str], *, today: date) -> RequestsAsked:
    """Which requests a client asks for; Refusal (400) for what cannot be read."""
    place_id = jurisdiction(told.get("jurisdiction_id", "").strip())
    page, size = _paged(told)
    numbers = _listed(told, "service_request_id")
    if numbers:
        return RequestsAsked(place_id=place_id, numbers=numbers, page=page, size=size)
    states = frozenset(one.lower() for one in _listed(told, "status"))
    if states - {OPEN, CLOSED}:
        raise Refusal(400, "status chỉ nhận open, closed. Vui lòng xem lại.")
    start = read(told.get("start_date", ""), name="start_date")
    end = read(told.get("end_date", ""), name="end_date")
    since = read(told.get("updated_after", ""), name="updated_after")
    until = read(told.get("updated_before", ""), name="updated_before")
    # who asks what changed asks it of whatever was sent when
    whole = (since or until) and not (start or end)
    return RequestsAsked(
        place_id=place_id,
        codes=_listed(told, "service_code"),
        states=states,
        days=None if whole else days_between(start, end, today=today, most=DAYS),
        changed_since=since,
        changed_until=until,
        page=page,
        size=size,
    )


def draft_of(told: Mapping[str, str]) -> SendDraft:
    """What is sent, as the door of the portal takes it; Refusal (400, 404) for what cannot be read."""
    code = told.get("service_code", "").strip()
    if not code:
        raise Refusal(400, "Thiếu service_code. Vui lòng lấy danh sách ở services.")
    answers = _answers(told)
    kind, public, plain = (answers.get(one, "") for one in (KIND, PUBLIC, PLAIN))
    if kind not in ("", *KINDS) or public not in ("", YES, NO) or plain not in ("", YES):
        raise Refusal(
            400, "Thuộc tính gửi kèm không có trong danh sách. Vui lòng xem lại ở services."
        )
    latitude, longitude = _degrees(told, "lat"), _degrees(told, "long")
    address = told.get("address_string", "").strip()
    point = latitude is not None and longitude is not None
    if not (point or address or told.get("address_id", "").strip()):
        raise Refusal(
            400, "Thiếu nơi xảy ra việc: lat và long, hoặc address_string, hoặc address_id (mã xã)."
        )
    names = (told.get(part, "").strip() for part in ("last_name", "first_name"))
    return SendDraft(
        text=told.get("description", ""),
        kind=KINDS.get(kind, Kind.FEEDBACK),
        topic_id=topic_of(code),
        place_id=_place_of(told, address),
        spot=address,
        latitude=latitude,
        longitude=longitude,
        name=" ".join(one for one in names if one),
        phone=told.get("phone", ""),
        email=told.get("email", ""),
        wants_public=public == YES,
        plain=plain == YES,
    )


def _listed(told: Mapping[str, str], name: str) -> tuple[str, ...]:
    found = tuple(one for one in (part.strip() for part in told.get(name, "").split(",")) if one)
    if len(found) > MOST_LISTED:
        raise Refusal(400, f"{name} có quá {MOST_LISTED} giá trị. Vui lòng chia nhỏ.")
    return found


def _paged(told: Mapping[str, str]) -> tuple[int, int]:
    page, size = _whole(told, "page", 1, PAGES), _whole(told, "page_size", SIZE, SIZE)
    return page, size


def _whole(told: Mapping[str, str], name: str, usual: int, most: int) -> int:
    said = told.get(name, "").strip()
    if not said:
        return usual
    if not _WHOLE.fullmatch(said) or not 1 <= int(said) <= most:
        raise Refusal(400, f"{name} là số từ 1 đến {most}. Vui lòng xem lại.")
    return int(said)


def _degrees(told: Mapping[str, str], name: str) -> Decimal | None:
    said = told.get(name, "").strip()
    if not said:
        return None
    try:
        found = Decimal(said) if len(said) <= 24 else None
        if found is None or not found.is_finite() or abs(found) > 180:
            raise InvalidOperation
    except InvalidOperation:
        raise Refusal(
            400, f"{name} phải là số độ theo WGS84, ví dụ 19.0512. Vui lòng xem lại."
        ) from None
    return round(found, 6)


def _place_of(told: Mapping[str, str], address: str) -> int | None:
    """By the code of a place, by the jurisdiction, or by the one commune that the last parts of the address name."""
    today = clock.today()
    code = told.get("address_id", "").strip()
    if code:
        found = by_code(code, on=today) if len(code) <= 20 else None
        if found is None:
            raise Refusal(400, "address_id không phải mã xã, phường, tỉnh nào. Vui lòng xem lại.")
        return int(found.pk)
    named = jurisdiction(told.get("jurisdiction_id", "").strip())
    if named is not None:
        return named
    for part in reversed([one.strip() for one in canonical(address).split(",")][-4:]):
        rows = (
            find_units(part, on=today, levels=[Level.COMMUNE], kinds=[""], limit=2) if part else []
        )
        if len(rows) == 1 and rows[0].ended_on is None:
            return rows[0].id
    return None


def _answers(told: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name, value in told.items():
        if (met := ATTRIBUTE.fullmatch(name)) is not None and value.strip():
            found[met[1]] = value.strip()
    return found


def updates_asked(
    told: Mapping[str, str], *, now: datetime
) -> tuple[RequestsAsked, datetime, datetime]:
    """Of which requests the updates are asked for, from when and until when: of the last 90 days where nothing is said."""
    page, size = _paged(told)
    start = read(told.get("start_date", ""), name="start_date")
    end = read(told.get("end_date", ""), name="end_date")
    until = end or (min(now, start + timedelta(days=DAYS)) if start else now)
    since = start or until - timedelta(days=DAYS)
    if since > until:
        raise Refusal(400, "start_date phải trước end_date, vui lòng xem lại.")
    if until - since > timedelta(days=DAYS):
        raise Refusal(
            400, f"Khoảng từ start_date đến end_date dài nhất {DAYS} ngày, vui lòng chia nhỏ."
        )
    asked = RequestsAsked(
        place_id=jurisdiction(told.get("jurisdiction_id", "").strip()),
        numbers=_listed(told, "service_request_id"),
        page=page,
        size=size,
    )
    return asked, since, until


def added_of(told: Mapping[str, str]) -> tuple[str, str, bool]:
    """What an update is about, what it says, whether its sender says that it is no denunciation; Refusal (400) for what is missing of what the extension asks."""
    for name in ("update_id", "service_request_id", "status", "updated_datetime", "description"):
        if not told.get(name, "").strip():
            raise Refusal(400, f"Thiếu {name}. Vui lòng gửi đủ.")
    if told["status"].strip().lower() not in (OPEN, CLOSED):
        raise Refusal(400, "status chỉ nhận OPEN, CLOSED. Vui lòng xem lại.")
    read(told["updated_datetime"], name="updated_datetime")
    plain = _answers(told).get(PLAIN, "") == YES
    return told["service_request_id"].strip(), told["description"], plain


def posted_of(request: HttpRequest, *, name: str = "") -> Posted:
    """The whole of a form without its key, and what its sender calls it by."""
    told = [
        (one, value)
        for sent in (request.GET, request.POST)
        for one, values in sent.lists()
        for value in values
        if one != "api_key"
    ]
    called = name.strip() or request.headers.get("Idempotency-Key", "").strip()
    return Posted(body=urlencode(sorted(told)), name=called)
