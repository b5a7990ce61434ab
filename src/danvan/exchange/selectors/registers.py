"""What the API reads: topics, places through time, public matters, and what the holder of a code sees, as plain values."""

from datetime import date
from typing import TYPE_CHECKING, Any

from danvan.exchange.errors import Refusal
from danvan.exchange.selectors.open311 import topic_of
from danvan.foundation import clock
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import Card, by_code, card, find_units, units_under
from danvan.petitions.selectors import (
    PetitionTold,
    PublicMatter,
    public_matters,
    public_steps,
    published_petitions,
    told_steps,
)
from danvan.topics.selectors import growth, reading_under

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from danvan.organisations.selectors import Kin
    from danvan.petitions.models import PublicPetition

NO_PLACE = "Không có địa bàn này. Vui lòng tìm ở units."
NO_MATTER = "Không có việc công khai nào mang mã này. Vui lòng xem lại mã."
OPEN, CLOSED = "open", "closed"


def topics_told() -> list[dict[str, Any]]:
    """Every topic that stands today. Four queries."""
    grown = growth()
    return [
        {"code": one.code, "name": one.name, "path": one.path, "aliases": list(grown.topics[one.id].aliases)}
        for one in grown.tree_on(clock.today())
    ]  # fmt: skip


def topic_meant(code: str) -> int | None:
    """The topic that a code names; None for an empty one. Refusal (404) for none."""
    return topic_of(code) if code else None


def places_found(words: str, *, limit: int) -> list[dict[str, Any]]:
    """The places that people mean by these words, the best first."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "context": one.context,
            "level": one.level,
            "code": one.code,
            "ended_on": one.ended_on,
            "successors": [{"id": pk, "name": name} for pk, name in one.successors],
        }
        for one in find_units(words, on=clock.today(), kinds=[""], limit=limit)
    ]


def place_meant(code: str) -> int:
    """The place that carries a code today. Refusal (404) for none."""
    found = by_code(code, on=clock.today())
    if found is None:
        raise Refusal(404, NO_PLACE)
    return int(found.pk)


def place_of_code(code: str, *, on: date) -> dict[str, Any]:
    """The place that carried a code on a day, through time. Refusal (404) for none."""
    found = by_code(code, on=on)
    if found is None:
        raise Refusal(404, NO_PLACE)
    return place_told(found.pk)


def place_told(unit_id: int) -> dict[str, Any]:
    """A place through time. Refusal (404) where there is none, or it is an organisation. A fixed number of queries."""
    found = card(unit_id, on=clock.today())
    if found is None or not found.is_place:
        raise Refusal(404, NO_PLACE)
    return {
        "id": found.id,
        "name": found.name,
        "code": _code_now(found),
        "founded_on": found.founded_on,
        "ended_on": found.ended_on,
        "names": [
            {
                "name": one.name,
                "level": one.level,
                "above_id": one.parent_id,
                "above": one.parent_name,
                "decision": one.decision,
                "valid_from": one.valid_from,
                "valid_to": one.valid_to,
            }
            for one in found.spans
        ],
        "codes": [
            {"system": one.system, "code": one.code, "valid_from": one.valid_from, "valid_to": one.valid_to}
            for one in found.codes
        ],
        "came_from": [_kin(one) for one in found.predecessors],
        "went_to": [_kin(one) for one in found.successors],
    }  # fmt: skip


def matters_found(
    *, topic: str | None, place: str | None, state: str | None, page: int, size: int
) -> dict[str, Any]:
    """Public matters, the latest received first: at or under a topic and a place. Refusal (404) for what is none of them."""
    today, rows = clock.today(), published_petitions()
    if topic and (topic_id := topic_of(topic)) is not None:
        rows = rows.filter(petition__topic_id__in=reading_under(topic_id, today))
    elif topic:
        rows = rows.filter(petition__topic__isnull=True)
    if place:
        under = units_under([place_meant(place)], on=today, follows=Follows.PLACE, heirs=True)
        rows = rows.filter(petition__unit_id__in=under)
    if state:
        rows = rows.filter(petition__closed_on__isnull=state == OPEN)
    first = (page - 1) * size
    latest = list(rows.order_by("-petition__received_on", "-pk")[first : first + size + 1])
    items = [_matter(one) for one in public_matters(latest[:size])]
    return {"items": items, "next_page": page + 1 if len(latest) > size else None}


def matter_told(number: str) -> dict[str, Any]:
    """A public matter and what happened to it. Refusal (404) where there is none, or it is public no longer."""
    rows: QuerySet[PublicPetition] = published_petitions().filter(number=number)
    [*found] = public_matters(rows[:1])
    if not found:
        raise Refusal(404, NO_MATTER)
    steps = told_steps(public_steps(rows, since=found[0].received_on, until=clock.today()))
    return _matter(found[0]) | {"steps": [{"on": one.on, "words": one.words} for one in steps]}


def followed(told: PetitionTold) -> dict[str, Any]:
    """What the holder of a code reads of a petition. No query of its own."""
    return {
        "title": told.petition.title,
        "unit": told.unit_name,
        "standing": told.standing,
        "received_on": told.petition.received_on,
        "promised": told.due_label,
        "due_on": told.due_on,
        "why_closed": told.why_closed,
        "requests": [{"words": one.words, "reply": one.reply} for one in told.requests],
        "answers": [{"on": one.on, "text": one.text} for one in told.answers],
    }


def _matter(one: PublicMatter) -> dict[str, Any]:
    return {
        "number": one.number,
        "kind": one.kind,
        "title": one.title,
        "text": one.text,
        "topic": one.topic,
        "place": one.place,
        "unit": one.unit,
        "state": OPEN if one.open else CLOSED,
        "standing": one.standing,
        "received_on": one.received_on,
        "shown_on": one.shown_on,
        "changed_on": one.changed_on,
        "due_on": one.due_on,
        "answer": one.answer,
        "answered_on": one.answered_on,
    }


def _kin(one: "Kin") -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "code": one.code,
        "parts_per_million": one.weight,
        "estimated": one.estimated,
        "happened_on": one.happened_on,
        "decision": one.decision,
    }


def _code_now(found: Card) -> str:
    """The last code of the state's statistics."""
    codes = [one for one in found.codes if one.system == "gso"]
    return codes[-1].code if codes else ""
