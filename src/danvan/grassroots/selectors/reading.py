"""Which matters a reader may see, which fit a list, until when each is due, and which wait for somebody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from danvan.accounts.selectors import grants_today, units_granted
from danvan.foundation import search
from danvan.foundation.periods import Period
from danvan.grassroots.enums import SUBJECT
from danvan.grassroots.models import Matter, MatterComment, MatterKind, MatterQuerySet
from danvan.law.selectors import clocks
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors import names_on, place_of, population
from danvan.organisations.selectors.following import found_under, told_names
from danvan.organisations.selectors.spans import ids_among
from danvan.organisations.selectors.villages import VillageOnDay, villages_of
from danvan.topics.selectors import reading_under, told_topics
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of matters is asked for; empty parts ask for all."""

    words: str = ""
    pillar: str = ""
    state: str = ""
    period: Period | None = None
    unit_id: int | None = None
    waiting: bool = False  # only what is due and not done


@dataclass(frozen=True, slots=True)
class Line:
    """One matter of a list: whose, the village, until when something is due, how many files show it."""

    matter: Matter
    unit_name: str
    village_name: str
    due_on: date | None
    late: bool
    files: int


@dataclass(frozen=True, slots=True)
class CommentLine:
    """What was said of one matter, as a list of comments by topic shows it."""

    comment: MatterComment
    unit_name: str
    topic: str


def allowed_matters(user: "User", action: str) -> MatterQuerySet:
    """Where every view starts: fetching from here is the permission check."""
    return Matter.objects.allowed(user, action)


def kinds_on(day: date) -> list[MatterKind]:
    """The kinds of matters in force on a day, by their codes."""
    found = MatterKind.objects.filter(valid_from__lte=day)
    return list(found.filter(Q(valid_to=None) | Q(valid_to__gt=day)).order_by("code"))


def with_due(found: QuerySet[Matter]) -> QuerySet[Any]:
    """Beside each matter the day until which its open clock runs (`due_on`); none where none runs."""
    running = clocks().filter(subject_kind=SUBJECT, subject_id=OuterRef("pk"), ended_on=None)
    return found.annotate(due_on=Subquery(running.order_by("due_on").values("due_on")[:1]))


def listed(user: "User", asked: Asked, *, on: date) -> QuerySet[Any]:
    """The matters that `user` may see and that fit what is asked."""
    found: QuerySet[Any] = allowed_matters(user, "dialogues.view").select_related("kind")
    if asked.pillar:
        found = found.filter(kind__pillar=asked.pillar)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.period is not None:
        found = found.filter(began_on__gte=asked.period.first, began_on__lt=asked.period.end)
    if asked.unit_id is not None:
        found = found.filter(unit_id__in=found_under(asked.unit_id, on=on))
    found = with_due(found)
    if asked.waiting:
        found = found.filter(due_on__lt=on)
    if asked.words:
        found = search.find(found, asked.words)
    return found


def lines_of(matters: Collection[Any], *, on: date) -> list[Line]:
    """What a list shows beside each matter of `with_due`. Four queries, however many there are."""
    pks = [one.pk for one in matters]
    names = told_names({one.unit_id for one in matters}, on=on)
    villages = told_names({one.village_id for one in matters if one.village_id}, on=on)
    counted = Matter.objects.filter(pk__in=pks).order_by().annotate(n=Count("files"))
    files = dict(counted.values_list("pk", "n"))
    return [
        Line(
            matter=one,
            unit_name=names.get(one.unit_id, ""),
            village_name=villages.get(one.village_id, ""),
            due_on=one.due_on,
            late=one.due_on is not None and one.due_on < on,
            files=files.get(one.pk, 0),
        )
        for one in matters
    ]


def due_matters(user: "User") -> QuerySet[Any]:
    """The matters of which a clock runs, the nearest first."""
    mine = with_due(allowed_matters(user, "dialogues.hold").unfinished().select_related("kind"))
    return mine.filter(due_on__isnull=False).order_by("due_on", "pk")


def readable_matters(user: "User", pks: list[int]) -> set[int]:
    """Those of the matters that `user` may open. One query."""
    seen = allowed_matters(user, "dialogues.view").filter(pk__in=pks)
    return set(seen.values_list("pk", flat=True))


def villages_of_unit(unit_id: int, *, on: date) -> list[VillageOnDay]:
    """The villages of the commune in which a unit stands, on a day, by name."""
    place = place_of(unit_id, on)
    return villages_of([place], on=on) if place is not None else []


def committees_of(user: "User", action: str, *, on: date) -> set[int]:
    """The People's Committees of communes where `user` may do `action`."""
    granted = units_granted(user, action)
    found: set[int] = set()
    for place in {place_of(one.unit_id, on) for one in grants_today(user)} - {None}:
        committees = population(Kind.PEOPLES_COMMITTEE, (Level.COMMUNE,), place or 0, on=on)
        found |= ids_among(committees, granted)
    return found


def keeping_units(user: "User", *, on: date) -> list[tuple[int, str]]:
    """The People's Committees of communes for which `user` may keep matters, by name."""
    found = names_on(committees_of(user, "dialogues.hold", on=on), on)
    return sorted(found.items(), key=lambda pair: sort_key(pair[1]))


def commented(user: "User", *, topic_id: int | None, on: date) -> QuerySet[MatterComment]:
    """What was said of matters that `user` may see, at or under a topic where one is asked for."""
    seen = allowed_matters(user, "dialogues.view")
    found = MatterComment.objects.filter(matter__in=seen.values("pk"))
    if topic_id is not None:
        found = found.filter(topic_id__in=reading_under(topic_id, on))
    return found.select_related("matter__kind")


def comment_lines(comments: Collection[MatterComment], *, on: date) -> list[CommentLine]:
    """What a list of comments shows beside each. A fixed number of queries."""
    names = told_names({one.matter.unit_id for one in comments}, on=on)
    topics = told_topics({one.topic_id for one in comments if one.topic_id}, on=on)
    return [
        CommentLine(
            one,
            names.get(one.matter.unit_id, ""),
            topics[one.topic_id].path if one.topic_id in topics else "",
        )
        for one in comments
    ]
