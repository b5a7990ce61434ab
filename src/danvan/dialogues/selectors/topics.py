"""What dialogues and opinions are about: filed under the shared tree, read through its heirs, few not shown."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from danvan.commitments.selectors import own_units
from danvan.dialogues.enums import Way
from danvan.dialogues.models import Dialogue, DialogueOpinion
from danvan.dialogues.selectors.few import least_shown
from danvan.dialogues.selectors.reading import allowed_dialogues
from danvan.foundation import clock
from danvan.foundation.periods import Period
from danvan.topics.selectors import growth, read_on, reading_under, told_topics
from danvan.vietnamese.collation import sort_key

if TYPE_CHECKING:
    from danvan.accounts.models import User


@dataclass(frozen=True, slots=True)
class TopicLine:
    """How many opinions of one topic, by what became of them; None where they are too few to be shown."""

    topic_id: int | None
    path: str
    number: int | None
    answered: int | None
    given: int | None
    above: int | None
    dialogues: int | None


def opinions_about(user: "User", topic_id: int, *, on: date) -> QuerySet[DialogueOpinion]:
    """The opinions about a topic, or something under it, that the reader handles in a host unit itself.

    Those of other units are counted and not listed: a list of few is a number of few.
    """
    held = allowed_dialogues(user, "dialogues.hold").filter(unit_id__in=own_units(user))
    found = DialogueOpinion.objects.filter(
        dialogue__in=held.values("pk"), topic__in=reading_under(topic_id, on)
    )
    return found.select_related("dialogue")


def topic_of(dialogue: Dialogue) -> str:
    """What a dialogue is about, as the tree calls it today; empty where it is not filed."""
    if dialogue.topic_id is None:
        return ""
    return told_topics([dialogue.topic_id], on=clock.today())[dialogue.topic_id].path


def filed_dialogues(user: "User | None") -> dict[int, int]:
    """How many dialogues are filed under each topic, of those that `user` may see where one is given. One query."""
    rows = Dialogue.objects.all() if user is None else allowed_dialogues(user, "dialogues.view")
    return _by_topic(rows)


def filed_opinions(user: "User | None") -> dict[int, int]:
    """How many opinions are filed under each topic; to a reader only years that `opinions_by_topic` shows are counted.

    So neither a topic of few, nor the few of one year, can be had by subtraction. What an ended topic held is counted
    at its heir.
    """
    rows = DialogueOpinion.objects.filter(topic__isnull=False)
    if user is None:
        return _by_topic(rows)
    today = clock.today()
    least = least_shown(today)
    if least is None:
        return {}
    mine = allowed_dialogues(user, "dialogues.view").took_place()
    counted = rows.filter(dialogue__in=mine.values("pk")).order_by()
    yearly = counted.values_list("topic", "dialogue__held_on__year").annotate(n=Count("pk"))
    grown, numbers = growth(), Counter[tuple[int, int]]()
    for topic_id, year, number in yearly:
        if topic_id is not None:
            numbers[grown.read_on(topic_id, today) or topic_id, year] += number
    found: Counter[int] = Counter()
    for (heir, _), number in numbers.items():
        found[heir] += number if number >= least else 0
    return {heir: number for heir, number in found.items() if number}


def opinions_by_topic(user: "User", year: Period, *, on: date) -> list[TopicLine]:
    """The opinions heard in a year within reach, by topic as it is read today, the most first.

    The number of a topic with few opinions is not shown, nor is a part of it that is made of few. A fixed number
    of queries.
    """
    mine = allowed_dialogues(user, "dialogues.view").took_place()
    rows = DialogueOpinion.objects.filter(
        dialogue__in=mine.filter(held_on__gte=year.first, held_on__lt=year.end).values("pk")
    )
    numbers: Counter[tuple[int | None, str]] = Counter()
    held: dict[int | None, set[int]] = {}
    for topic_id, way, dialogue_id in rows.values_list("topic", "way", "dialogue"):
        numbers[topic_id, way] += 1
        held.setdefault(topic_id, set()).add(dialogue_id)
    return _lines(numbers, held, least_shown(on), on)


def _lines(
    numbers: Counter[tuple[int | None, str]],
    held: dict[int | None, set[int]],
    least: int | None,
    on: date,
) -> list[TopicLine]:
    read = {one: read_on(one, on) if one is not None else None for one in held}
    told = told_topics(set(read.values()), on=on)
    found: Counter[tuple[int | None, str]] = Counter()
    dialogues: dict[int | None, set[int]] = {}
    for topic_id, heir in read.items():
        dialogues.setdefault(heir, set()).update(held[topic_id])
        for way in Way:
            found[heir, way] += numbers[topic_id, way]
    lines = []
    for heir, of in dialogues.items():
        ways = {way: found[heir, way] for way in Way}
        number = sum(ways.values())
        shown = least is not None and number >= least
        parts = shown and not any(0 < one < (least or 0) for one in ways.values())
        lines.append(
            TopicLine(
                topic_id=heir,
                path=told[heir].path if heir in told else "Chưa phân lĩnh vực",
                number=number if shown else None,
                answered=ways[Way.ANSWERED] if parts else None,
                given=ways[Way.GIVEN] if parts else None,
                above=ways[Way.ABOVE] if parts else None,
                dialogues=len(of) if shown else None,
            )
        )
    return sorted(lines, key=lambda one: (-(one.number or 0), sort_key(one.path)))


def _by_topic(rows: "QuerySet[Dialogue] | QuerySet[DialogueOpinion]") -> dict[int, int]:
    filed = rows.filter(topic__isnull=False).order_by().values("topic_id")
    return {one["topic_id"]: one["n"] for one in filed.annotate(n=Count("pk"))}
