"""Proposals and feedback as everybody may read them: the words that a person confirmed, never those of the register."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from danvan.foundation import clock
from danvan.organisations.selectors import last_names
from danvan.petitions.enums import State
from danvan.petitions.models import PublicPetition
from danvan.petitions.selectors.following import LOOKS, PLAIN
from danvan.topics.selectors import told_topics

STANDING: dict[str, str] = {**PLAIN, State.WITHDRAWN: "Người gửi đã rút"}


@dataclass(frozen=True, slots=True)
class PublicMatter:
    """One of them as a page, a feed or a list shows it. `number` leads to its page and tells nothing of the register."""

    number: str
    kind: str  # a value of Kind
    kind_label: str
    title: str
    text: str
    answer: str
    answered_on: date | None
    received_on: date
    shown_on: date
    changed_on: date
    due_on: date | None
    state: str  # a value of State
    standing: str
    look: str  # good, watch or none
    open: bool
    topic_id: int | None
    topic: str
    place_id: int | None
    place: str
    unit_id: int
    unit: str


def published_petitions() -> QuerySet[PublicPetition]:
    """What everybody may read, the latest first. The only public queryset of petitions."""
    return PublicPetition.objects.shown().select_related("petition").order_by("-shown_on", "-pk")


def public_matters(rows: Iterable[PublicPetition]) -> list[PublicMatter]:
    """These as they are shown; rows of `published_petitions()`. Three queries, however many there are."""
    found, today = list(rows), clock.today()
    units = {pk for one in found for pk in (one.petition.unit_id, one.petition.place_id) if pk}
    names = last_names(units, today)
    topics = told_topics({one.petition.topic_id for one in found} - {None}, on=today)
    return [_matter(one, names, {pk: told.path for pk, told in topics.items()}) for one in found]


def public_matter(number: str) -> PublicMatter | None:
    """The one behind a public number; None where there is none or it is public no longer: nothing tells which."""
    return next(iter(public_matters(published_petitions().filter(number=number)[:1])), None)


def _matter(row: PublicPetition, names: dict[int, str], topics: dict[int, str]) -> PublicMatter:
    petition = row.petition
    shown_on = row.shown_on or row.asked_on
    days = (shown_on, row.decided_on, petition.answered_on, petition.closed_on)
    return PublicMatter(
        number=row.number or "",
        kind=petition.kind,
        kind_label=petition.get_kind_display(),
        title=row.title,
        text=row.text,
        answer=row.answer,
        answered_on=row.answer_on,
        received_on=petition.received_on,
        shown_on=shown_on,
        changed_on=max(day for day in days if day),
        due_on=petition.due_on if petition.open else None,
        state=petition.state,
        standing=STANDING[petition.state],
        look=LOOKS.get(petition.state, "watch"),
        open=petition.open,
        topic_id=petition.topic_id,
        topic=topics.get(petition.topic_id or 0, ""),
        place_id=petition.place_id,
        place=names.get(petition.place_id or 0, ""),
        unit_id=petition.unit_id,
        unit=names.get(petition.unit_id, ""),
    )
