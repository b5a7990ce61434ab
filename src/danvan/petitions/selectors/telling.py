"""Petitions as people are told of them: whose, against whom they are, which alarm of long idleness rings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from danvan.law.enums import Mark
from danvan.law.selectors import clocks, marks_of_clocks
from danvan.petitions.enums import IDLE, SUBJECT
from danvan.petitions.models import Petition, PublicPetition

# The other matters of a paper by their keys alone: only whom they are against is read of them.
KEYS = Petition.objects.only("pk", "paper")
MATTERS = Prefetch("paper__petitions", KEYS)
PAPERS = (MATTERS, "paper__petitions__barred")
# The marks of the clock of long idleness that are an alarm: most of the time is gone, the day is near, it is there.
ALARMS = (Mark.MOST, Mark.BEFORE, Mark.DUE)


@dataclass(frozen=True, slots=True)
class IdleTold:
    """A petition that nobody dealt with: the mark that its clock is past, its last day, the law that asks for it."""

    petition: Petition
    mark: str
    due_on: date
    citation: str


def against(petition: Petition) -> frozenset[int]:
    """Whom a matter of its paper is against: they are told nothing of it. Without a query for what this file reads."""
    matters = petition.paper.petitions.all()
    return frozenset(barred.user_id for one in matters for barred in one.barred.all())


def petitions_told(pks: Collection[int]) -> list[Petition]:
    """These petitions with their papers and with whom those are against (`against`)."""
    found = Petition.objects.filter(pk__in=pks).select_related("paper").prefetch_related(*PAPERS)
    return list(found.order_by("pk"))


def petitions_due_between(first: date, last: date) -> list[Petition]:
    """Those of which a clock ends from `first` to `last`, the nearest first; of closed ones a notice may be owed."""
    found = Petition.objects.filter(due_on__range=(first, last)).select_related("paper")
    found = found.prefetch_related(*PAPERS)
    return list(found.order_by("due_on", "pk"))


def publications_due_between(first: date, last: date) -> list[PublicPetition]:
    """What somebody has to look through by a day from `first` to `last` before everybody may read it, the nearest first."""
    found = PublicPetition.objects.waiting().filter(due_on__range=(first, last))
    found = found.select_related("petition__paper").prefetch_related(
        Prefetch("petition__paper__petitions", KEYS), "petition__paper__petitions__barred"
    )
    return list(found.order_by("due_on", "pk"))


def idle_told(since: date, on: date) -> list[IdleTold]:
    """Petitions nobody dealt with, by the last alarm of their clocks, where it fell from `since` to `on`."""
    held = {
        one.subject_id: one
        for one in clocks()
        .filter(subject_kind=SUBJECT, name__startswith=IDLE, ended_on=None, due_on__gte=since)
        .select_related("parameter")
    }
    rung: dict[int, str] = {}
    for name in sorted({one.name for one in held.values()}):
        ids = [pk for pk, one in held.items() if one.name == name]
        for pk, marks in marks_of_clocks(SUBJECT, ids, on=on, name=name).items():
            past = [one for one in marks if one.mark in ALARMS and one.on <= on]
            last = max(past, key=lambda one: one.on, default=None)
            if last is not None and last.on >= since:
                rung[pk] = last.mark
    return [
        IdleTold(one, rung[one.pk], held[one.pk].due_on, _citation(held[one.pk].parameter))
        for one in petitions_told(rung)
    ]


def _citation(parameter: object) -> str:
    return str(getattr(parameter, "citation", ""))
