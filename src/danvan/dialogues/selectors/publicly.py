"""Dialogues as everybody reads them: those to come, and what heads concluded, where it tells of nobody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from danvan.dialogues.enums import State
from danvan.dialogues.models import Dialogue, DialogueConclusion
from danvan.dialogues.selectors.asking import takes_questions
from danvan.dialogues.selectors.reading import SHOWN, SOURCE
from danvan.foundation import clock
from danvan.organisations.selectors import last_names
from danvan.reading.redacting import private_spans, redact

__all__ = [
    "SOURCE",
    "Coming",
    "Concluded",
    "dialogues_to_come",
    "public_conclusions",
    "told_coming",
    "told_conclusions",
]
ANNOUNCED = Q(asks_until__isnull=False) | Q(noticed_on__isnull=False)


@dataclass(frozen=True, slots=True)
class Coming:
    """One dialogue to come: when, where, who holds it, whether a question can be sent."""

    number: str
    subject: str
    held_on: date
    starts_at: Any
    place: str
    host: str
    head: str
    takes: bool
    asks_until: date | None


@dataclass(frozen=True, slots=True)
class Concluded:
    """One sentence that a head concluded, with names and numbers of people covered, and at which dialogue."""

    words: str
    number: str
    subject: str
    held_on: date
    head: str


def dialogues_to_come() -> QuerySet[Dialogue]:
    """The dialogues that the people were told of and whose day is not over, the nearest first."""
    found = Dialogue.objects.filter(ANNOUNCED, held_on__gte=clock.today())
    return found.exclude(state=State.CANCELLED).order_by("held_on", "pk")


def told_coming(rows: Collection[Dialogue]) -> list[Coming]:
    """What a public list shows of each. One query."""
    found = list(rows)
    names = last_names({one.unit_id for one in found}, clock.today())
    return [
        Coming(
            one.number, one.subject, one.held_on, one.starts_at, one.place, names.get(one.unit_id, ""), one.head_title,
            takes_questions(one), one.asks_until,
        )
        for one in found
    ]  # fmt: skip


def public_conclusions() -> QuerySet[Any]:
    """The ids of what was concluded at dialogues whose conclusions are out: the source of promises."""
    return DialogueConclusion.objects.filter(dialogue__state__in=SHOWN).values("pk")


def told_conclusions(ids: Collection[int]) -> dict[int, Concluded]:
    """These sentences by id. One query."""
    rows = DialogueConclusion.objects.filter(pk__in=ids).select_related("dialogue")
    return {
        one.pk: Concluded(
            redact(one.sentence, private_spans(one.sentence)), one.dialogue.number, one.dialogue.subject,
            one.dialogue.held_on, one.dialogue.head_title,
        )
        for one in rows
    }  # fmt: skip
