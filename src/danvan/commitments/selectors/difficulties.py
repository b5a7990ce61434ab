"""Difficulties as lists, pages, notices and the day read them; and the unit to which one goes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from danvan.commitments.models import Difficulty, DifficultyQuerySet, DifficultyStep
from danvan.commitments.models.difficulties import last_day
from danvan.commitments.selectors.ledger import own_units
from danvan.commitments.selectors.subjects import Subject, subject_at
from danvan.organisations.enums import Kind, Level
from danvan.organisations.selectors import last_names, organisations_at, top_unit, units_on
from danvan.topics.selectors import Told, reading_under, told_topics

if TYPE_CHECKING:
    from danvan.accounts.models import User

OURS, RAISED, LATE, ANSWERED = "cho-toi", "da-neu", "qua-han", "da-tra-loi"


@dataclass(frozen=True, slots=True)
class DifficultyLine:
    """One difficulty as a list shows it."""

    difficulty: Difficulty
    unit: str
    at_unit: str
    topic: Told | None
    late: bool
    joined: int


@dataclass(frozen=True, slots=True)
class DifficultyCard:
    """One difficulty with its way, and what the reader may do about it."""

    difficulty: Difficulty
    unit: str
    at_unit: str
    topic: Told | None
    steps: list[tuple[DifficultyStep, str]]
    joined: list[tuple[Difficulty, str]]
    beside: list[tuple[Difficulty, str]]  # that wait at the same unit and may be joined
    about: Subject | None  # where the reader may open it
    above: str  # the unit to which it would be passed on; empty where there is none
    may_answer: bool
    late: bool


def allowed_difficulties(user: "User", action: str) -> DifficultyQuerySet:
    """Where every view of a difficulty starts."""
    return Difficulty.objects.allowed(user, action)


def unit_above(unit_id: int, *, on: date) -> int | None:
    """To whom a unit tells its difficulties: the one above of its line; else its kind, then the Party committee, one place up.

    None at the top of this installation, and below a country in which nobody works here: further up it goes on paper.
    """
    unit = units_on([unit_id], on).get(unit_id)
    if unit is None:
        return None
    if not unit.is_place and unit.parent_id is not None:
        return unit.parent_id
    place_id = unit.id if unit.is_place else unit.place_id
    place = units_on([place_id], on).get(place_id) if place_id is not None else None
    if place is None or place.parent_id is None or place.id == top_unit(on=on).id:
        return None
    kinds = [unit.kind] if unit.kind else []
    for wanted in (*kinds, Kind.PARTY_COMMITTEE):
        found = organisations_at([place.parent_id], kinds=[wanted], on=on).first()
        if found is not None:
            return int(found)
    above = units_on([place.parent_id], on).get(place.parent_id)
    return None if above is None or above.level == Level.COUNTRY else above.id


def difficulties_listed(
    user: "User", tab: str, topic_id: int | None, *, on: date
) -> QuerySet[Difficulty]:
    """What `user` may see: waiting for their own units, raised by these, late, answered, or all; of one topic or all."""
    found = allowed_difficulties(user, "commitments.view")
    if tab == OURS:
        found = found.waiting().filter(at_unit_id__in=own_units(user))
    elif tab == RAISED:
        found = found.filter(unit_id__in=own_units(user))
    elif tab == LATE:
        found = found.unanswered(on)
    elif tab == ANSWERED:
        found = found.filter(answered_at__isnull=False)
    if topic_id is not None:
        found = found.filter(topic_id__in=reading_under(topic_id, on))
    return found


def difficulty_lines(rows: Collection[Difficulty], *, on: date) -> list[DifficultyLine]:
    """The rows of one page with what stands beside them. A fixed number of queries."""
    names = last_names({pk for one in rows for pk in (one.unit_id, one.at_unit_id)}, on)
    topics = told_topics({one.topic_id for one in rows}, on=on)
    joined = Difficulty.objects.filter(joined_to__in=rows).order_by().values("joined_to")
    counts = dict(joined.annotate(number=Count("pk")).values_list("joined_to", "number"))
    return [
        DifficultyLine(
            difficulty=one,
            unit=names.get(one.unit_id, ""),
            at_unit=names.get(one.at_unit_id, ""),
            topic=topics.get(one.topic_id) if one.topic_id is not None else None,
            late=one.waits and one.answer_by < on,
            joined=counts.get(one.pk, 0),
        )
        for one in rows
    ]


def difficulties_by_topic(
    found: QuerySet[Difficulty], *, on: date
) -> list[tuple[int | None, str, int]]:
    """(topic, its path, how many) of these difficulties, the most first; what is filed under none by itself."""
    groups = found.order_by().values("topic_id").annotate(number=Count("pk"))
    counts = {one["topic_id"]: one["number"] for one in groups}
    told = told_topics(counts, on=on)
    by_path: dict[int | None, tuple[str, int]] = {}
    for topic_id, number in counts.items():
        topic = told.get(topic_id) if topic_id is not None else None
        key = topic.id if topic else None
        path = topic.path if topic else "Chưa phân lĩnh vực"
        by_path[key] = (path, by_path.get(key, (path, 0))[1] + number)
    rows = [(key, path, number) for key, (path, number) in by_path.items()]
    return sorted(rows, key=lambda row: (-row[2], row[1]))


def difficulty_card_of(user: "User", difficulty: Difficulty, *, on: date) -> DifficultyCard:
    """What the page of one difficulty shows; a fixed number of queries."""
    steps = list(difficulty.steps.select_related("by"))
    joined = list(difficulty.joined.order_by("pk"))
    may = allowed_difficulties(user, "commitments.verify").filter(pk=difficulty.pk).exists()
    may = may and difficulty.waits
    beside: list[Difficulty] = []
    if may:
        same = Difficulty.objects.filter(at_unit=difficulty.at_unit_id).waiting()
        beside = list(same.exclude(pk=difficulty.pk).order_by("-pk")[:50])
    above = unit_above(difficulty.at_unit_id, on=on) if may else None
    rows = (difficulty, *joined, *beside)
    units = {one.unit_id for one in rows} | {step.unit_id for step in steps}
    names = last_names(units | {difficulty.at_unit_id, *([above] if above else [])}, on)
    pk = difficulty.subject_id
    about = subject_at(user, difficulty.subject_kind, pk) if pk is not None else None
    return DifficultyCard(
        difficulty=difficulty,
        unit=names.get(difficulty.unit_id, ""),
        at_unit=names.get(difficulty.at_unit_id, ""),
        topic=told_topics([difficulty.topic_id], on=on).get(difficulty.topic_id or 0),
        steps=[(step, names.get(step.unit_id, "")) for step in steps],
        joined=[(one, names.get(one.unit_id, "")) for one in joined],
        beside=[(one, names.get(one.unit_id, "")) for one in beside],
        about=about,
        above=names.get(above, "") if above else "",
        may_answer=may,
        late=difficulty.waits and difficulty.answer_by < on,
    )


def difficulties_waiting(user: "User") -> DifficultyQuerySet:
    """What waits for `user`'s answer, the longest first."""
    waiting = allowed_difficulties(user, "commitments.verify").waiting()
    return waiting.order_by("waits_since", "pk")


def difficulties_waiting_between(first: date, last: date) -> QuerySet[Difficulty]:
    """Of everybody: what is to be answered from `first` to `last` and was not."""
    waiting = Difficulty.objects.all().waiting()
    return waiting.filter(
        waits_since__gte=last_day(first), waits_since__lte=last_day(last)
    ).order_by("waits_since", "pk")


def difficulties_told(pks: Collection[int]) -> list[Difficulty]:
    """These difficulties with the units on the way of each."""
    found = Difficulty.objects.filter(pk__in=list(pks)).prefetch_related("steps")
    found = found.select_related("raised_by")
    return list(found.order_by("pk"))
