"""One day of reception with all that its page and its papers show; the sentences of what the head concluded."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from danvan.accounts.selectors import reaches
from danvan.commitments.enums import State as Work
from danvan.commitments.selectors import commitments_by_source
from danvan.foundation import clock
from danvan.organisations.selectors import last_names
from danvan.petitions.models import ReceptionConclusion, ReceptionDay, ReceptionStep, VisitMatter
from danvan.petitions.reception_enums import (
    CONCLUSION,
    HANDLED_ACTION,
    RECEIVED_ACTION,
    SEEN_ACTION,
    DayState,
)
from danvan.petitions.selectors.reception.counting import Tally, tally_of
from danvan.petitions.selectors.reception.rules import Check, checks_of
from danvan.reading.layout import find_sentences

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.commitments.models import Commitment

NOBODYS = (Work.DECLINED, Work.SUPERSEDED, Work.WITHDRAWN)
MOST_MATTERS = 200  # shown on the page of a day; the register has them all


@dataclass(frozen=True, slots=True)
class SentenceLine:
    """A sentence of the conclusion by its number, with what was given for it."""

    number: int
    row: ReceptionConclusion
    given: list[tuple["Commitment", str]]

    @property
    def owned(self) -> bool:
        """Whether somebody carries it out."""
        return any(one.state not in NOBODYS for one, _ in self.given)


@dataclass(frozen=True, slots=True)
class DayCard:
    """What the page of one day of reception shows."""

    day: ReceptionDay
    unit_name: str
    checks: list[Check]
    sentences: list[SentenceLine]
    loose: list[tuple[int, str]]
    no_work: list[tuple[int, str]]
    steps: list[ReceptionStep]
    matters: list[VisitMatter]
    tally: Tally
    may_receive: bool
    may_handle: bool
    days_to_come: bool = field(default=False)


def card_of(user: "User", day: ReceptionDay) -> DayCard:
    """What the page of one day shows; a fixed number of queries."""
    rows = list(day.conclusions.order_by("start"))
    given = list(commitments_by_source(CONCLUSION, [one.pk for one in rows]).order_by("pk"))
    ids = {day.unit_id, *(one.lead_id for one in given)}
    names = last_names(ids, clock.today())
    own: dict[int, list[tuple[Commitment, str]]] = {}
    for one in given:
        own.setdefault(one.source_id or 0, []).append((one, names.get(one.lead_id, "")))
    lines = [SentenceLine(n, one, own.get(one.pk, [])) for n, one in enumerate(rows, start=1)]
    seen = VisitMatter.objects.allowed(user, SEEN_ACTION).filter(visit__day=day)
    matters = seen.select_related("visit", "petition").order_by("pk")
    return DayCard(
        day=day,
        unit_name=names.get(day.unit_id, ""),
        checks=checks_of(day),
        sentences=lines,
        loose=_loose(day, rows),
        no_work=[
            (start, day.conclusion[start:end])
            for start, end in sentences_of(day.conclusion)
            if start in day.no_work
        ],
        steps=list(day.steps.select_related("by")),
        matters=list(matters[:MOST_MATTERS]),
        tally=tally_of(seen),
        may_receive=reaches(user, RECEIVED_ACTION, day.unit_id),
        may_handle=reaches(user, HANDLED_ACTION, day.unit_id),
        days_to_come=day.held_on > clock.today(),
    )


def sentences_of(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of the head's text, in order, without blanks at their ends."""
    low = text.lower()
    spans = []
    for one in find_sentences(text, low if len(low) == len(text) else text):
        words = text[one.start : one.end]
        start = one.start + len(words) - len(words.lstrip())
        if words.strip():
            spans.append((start, start + len(words.strip())))
    return spans


def undecided(day: ReceptionDay) -> list[tuple[int, str]]:
    """The sentences that are neither taken as work nor said to be none, each with where it begins."""
    return _loose(day, list(day.conclusions.all()))


def unowned(day: ReceptionDay) -> list[ReceptionConclusion]:
    """The sentences taken as work that nobody carries out."""
    rows = list(day.conclusions.order_by("start"))
    given = commitments_by_source(CONCLUSION, [one.pk for one in rows]).exclude(state__in=NOBODYS)
    owned = set(given.values_list("source_id", flat=True))
    return [one for one in rows if one.pk not in owned]


def _loose(day: ReceptionDay, taken: list[ReceptionConclusion]) -> list[tuple[int, str]]:
    if day.state not in (DayState.HELD, DayState.CONCLUDED):
        return []
    return [
        (start, day.conclusion[start:end])
        for start, end in sentences_of(day.conclusion)
        if start not in day.no_work
        and not day.conclusion[start:end].endswith(":")
        and not any(start < one.end and one.start < end for one in taken)
    ]
