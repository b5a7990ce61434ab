"""Dialogues as everybody reads them: only words that a person confirmed; of what nobody confirmed yet neither words nor place."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.dialogues.enums import State
from danvan.dialogues.models import Dialogue, DialogueConclusion, DialogueOpinion
from danvan.dialogues.selectors.asking import takes_questions
from danvan.dialogues.selectors.publishing import (
    ANNOUNCED,
    ANSWER,
    CONTENT,
    DIALOGUE,
    OPINION,
    PLACE,
    SENTENCE,
    SUBJECT,
)
from danvan.dialogues.selectors.reading import SHOWN, SOURCE
from danvan.foundation import clock
from danvan.foundation.public_words import found_ids, shown_ids, shown_words
from danvan.organisations.selectors import last_names

__all__ = [
    "SOURCE",
    "Coming",
    "Concluded",
    "TalkHeld",
    "asked_behind",
    "conclusions_found",
    "dialogues_found",
    "dialogues_held",
    "dialogues_to_come",
    "public_conclusions",
    "talk_held",
    "told_coming",
    "told_conclusions",
]


@dataclass(frozen=True, slots=True)
class Coming:
    """One dialogue as a public list shows it: when, where, who holds it, whether a question can be sent."""

    number: str
    subject: str
    held_on: date
    starts_at: Any
    place: str
    host: str
    head: str
    takes: bool
    asks_until: date | None
    concluded_on: date | None


@dataclass(frozen=True, slots=True)
class Concluded:
    """One sentence that a head concluded, as it was confirmed, and at which dialogue; `open`: that has a page of its own."""

    words: str
    number: str
    subject: str
    held_on: date
    head: str
    open: bool


@dataclass(frozen=True, slots=True)
class TalkHeld:
    """One dialogue that is over: what was asked and answered, what the head concluded, by the id of each conclusion."""

    told: Coming
    asked: list[tuple[str, str]]
    conclusions: list[tuple[int, str]]


def dialogues_to_come() -> QuerySet[Dialogue]:
    """The dialogues of which everybody may read and whose day is not over, the nearest first."""
    found = Dialogue.objects.filter(ANNOUNCED, held_on__gte=clock.today())
    found = found.filter(pk__in=shown_ids(DIALOGUE, SUBJECT))
    return found.exclude(state=State.CANCELLED).order_by("held_on", "pk")


def dialogues_held() -> QuerySet[Dialogue]:
    """Those whose conclusions are out and of which everybody may read, the latest first."""
    found = Dialogue.objects.filter(state__in=SHOWN, pk__in=shown_ids(DIALOGUE, SUBJECT))
    return found.order_by("-held_on", "-pk")


def told_coming(rows: Collection[Dialogue]) -> list[Coming]:
    """What a public page shows of each. Two queries, however many there are."""
    found = list(rows)
    names = last_names({one.unit_id for one in found}, clock.today())
    words = shown_words(DIALOGUE, [one.pk for one in found])
    return [
        Coming(
            one.number, _subject(one, words), one.held_on, one.starts_at, words.get((one.pk, PLACE), ""),
            names.get(one.unit_id, ""), one.head_title, takes_questions(one), one.asks_until, one.concluded_on,
        )
        for one in found
    ]  # fmt: skip


def public_conclusions() -> QuerySet[Any]:
    """The ids of what was concluded in words that a person let everybody read: the source of promises."""
    found = DialogueConclusion.objects.filter(dialogue__state__in=SHOWN)
    return found.filter(pk__in=shown_ids(SOURCE, SENTENCE)).values("pk")


def told_conclusions(ids: Collection[int]) -> dict[int, Concluded]:
    """These sentences by id. Three queries."""
    rows = list(DialogueConclusion.objects.filter(pk__in=ids).select_related("dialogue"))
    said = shown_words(SOURCE, ids)
    words = shown_words(DIALOGUE, {one.dialogue_id for one in rows})
    return {
        one.pk: Concluded(
            said[one.pk, SENTENCE], one.dialogue.number, _subject(one.dialogue, words), one.dialogue.held_on,
            one.dialogue.head_title, (one.dialogue_id, SUBJECT) in words,
        )
        for one in rows
        if (one.pk, SENTENCE) in said
    }  # fmt: skip


def conclusions_found(words: str, *, most: int) -> list[int]:
    """The ids of what was concluded in words that everybody may read and that hold these."""
    return found_ids(SOURCE, SENTENCE, words, most=most)


def dialogues_found(words: str, *, most: int) -> QuerySet[Dialogue]:
    """The dialogues that are over of which everybody may read and whose subject holds these words."""
    return dialogues_held().filter(pk__in=found_ids(DIALOGUE, SUBJECT, words, most=most))


def asked_behind(conclusion_id: int) -> list[str]:
    """What people asked at the dialogue and this conclusion answers, where a person let everybody read it. Two queries."""
    opinions = DialogueOpinion.objects.filter(conclusion=conclusion_id).order_by("place")
    pks = list(opinions.values_list("pk", flat=True))
    words = shown_words(OPINION, pks)
    return [words[pk, CONTENT] for pk in pks if (pk, CONTENT) in words]


def talk_held(number: str) -> TalkHeld | None:
    """The dialogue of this number that is over and may be read; None for every other: nothing tells which."""
    row = dialogues_held().filter(number=number).first()
    if row is None:
        return None
    opinions = list(row.opinions.order_by("place").values_list("pk", flat=True))
    words = shown_words(OPINION, opinions)
    conclusions = list(row.conclusions.order_by("start").values_list("pk", flat=True))
    said = shown_words(SOURCE, conclusions)
    return TalkHeld(
        told=told_coming([row])[0],
        asked=[
            (words[pk, CONTENT], words.get((pk, ANSWER), ""))
            for pk in opinions
            if (pk, CONTENT) in words
        ],
        conclusions=[(pk, said[pk, SENTENCE]) for pk in conclusions if (pk, SENTENCE) in said],
    )


def _subject(row: Dialogue, words: dict[tuple[int, str], str]) -> str:
    return words.get((row.pk, SUBJECT), f"Cuộc đối thoại {row.number}")
