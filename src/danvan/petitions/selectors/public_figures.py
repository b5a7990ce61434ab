"""How units answer what is public: figures of the public register alone, so that everybody can open each and count."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from danvan.foundation import clock, search
from danvan.organisations.selectors import last_names
from danvan.petitions.enums import REQUEST_SOURCE
from danvan.petitions.models import Petition, PetitionRequest, PublicPetition
from danvan.petitions.selectors import populations
from danvan.petitions.selectors.populations import countable, late, late_for_people, on_time
from danvan.petitions.selectors.publishing import published_petitions
from danvan.vietnamese.collation import sort_key

__all__ = [
    "ANSWERED", "ENDED", "IN_TIME", "LATE", "MEASURED", "OPEN", "REQUEST_SOURCE", "Sought", "UnitFigures", "answering_units", "public_register",
    "public_requests", "titles_of_requests", "whole_figures",
]  # fmt: skip
ANSWERED, MEASURED, IN_TIME, LATE, OPEN, ENDED = (
    "da-tra-loi", "co-han", "dung-han", "cham", "chua-tra-loi", "ket-thuc",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list of the public register is asked for; empty parts ask for all."""

    words: str = ""
    unit_ids: Collection[int] | None = None
    answering_id: int | None = None
    topic_ids: Collection[int] = ()
    which: str = ""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """Of what is public: how many one unit has; answered, with a term to settle (`measured`) and in time by it; late, answered
    or not; waiting; ended without an answer. Each opens a list of as many; `received` is answered, waiting and ended.
    """

    unit_id: int
    name: str
    received: int
    answered: int
    measured: int
    in_time: int
    late: int
    waits: int
    ended: int


def public_register(sought: Sought) -> QuerySet[PublicPetition]:
    """The public register as it is asked for. Units are meant as those that answer, or as the place of the matter; an answering
    unit as that alone.
    """
    found = published_petitions()
    if sought.answering_id is not None:
        found = found.filter(petition__unit_id=sought.answering_id)
    if sought.unit_ids is not None:
        at = Q(petition__unit_id__in=sought.unit_ids) | Q(petition__place_id__in=sought.unit_ids)
        found = found.filter(at)
    if sought.topic_ids:
        found = found.filter(petition__topic_id__in=sought.topic_ids)
    if sought.which in _CONDITIONS:
        found = found.filter(_condition(sought.which, clock.today()))
    return search.find(found, sought.words) if sought.words else found


def answering_units() -> list[UnitFigures]:
    """The figures of every unit that has something public, by name. Two queries."""
    rows = published_petitions().order_by().values("petition__unit_id")
    found: list[Any] = list(rows.annotate(**_counts()))
    names = last_names([one["petition__unit_id"] for one in found], clock.today())
    told = [
        _figures(one["petition__unit_id"], names.get(one["petition__unit_id"], ""), one)
        for one in found
    ]
    return sorted(told, key=lambda one: sort_key(one.name))


def whole_figures() -> UnitFigures:
    """The figures of all units together. One query."""
    return _figures(0, "", published_petitions().order_by().aggregate(**_counts()))


def public_requests() -> QuerySet[Any, Any]:
    """The ids of what public petitions ask for: the source of promises."""
    shown = PublicPetition.objects.shown().values("petition_id")
    return PetitionRequest.objects.filter(petition_id__in=shown).values("pk")


def titles_of_requests(ids: Collection[int]) -> dict[int, PublicPetition]:
    """The public words of the petition behind each request, by the id of the request; none where they were taken down
    meanwhile. One query.
    """
    asked = PetitionRequest.objects.filter(pk__in=ids)
    shown = published_petitions().order_by().values("pk")
    rows = asked.filter(petition__public_words__in=shown).select_related("petition__public_words")
    return {one.pk: one.petition.public_words for one in rows}


_CONDITIONS = (ANSWERED, MEASURED, IN_TIME, LATE, OPEN, ENDED)


def _petitions(fits: Q) -> QuerySet[Any, Any]:
    """The ids of public petitions that fit a condition of the statistics."""
    public = Petition.objects.filter(public_words__isnull=False)
    return countable(public).filter(fits).values("pk")


def _condition(which: str, today: date) -> Q:
    """Which public petitions stand so. In time and late are what they are in the statistics."""
    waits = Q(petition__answered_on=None, petition__closed_on=None)
    if which == ANSWERED:
        return Q(petition__answered_on__isnull=False)
    if which == OPEN:
        return waits
    if which == ENDED:
        return Q(petition__answered_on=None, petition__closed_on__isnull=False)
    if which == IN_TIME:
        return Q(petition__in=_petitions(populations.ANSWERED & on_time()))
    if which == MEASURED:
        return Q(petition__in=_petitions(populations.ANSWERED & (on_time() | late())))
    return Q(petition__in=_petitions(late_for_people(today)))


def _counts() -> dict[str, Count]:
    today = clock.today()
    named = {
        "answered": ANSWERED, "measured": MEASURED, "in_time": IN_TIME, "passed_day": LATE, "waits": OPEN, "ended": ENDED,
    }  # fmt: skip
    counts = {name: Count("pk", filter=_condition(which, today)) for name, which in named.items()}
    return {"received": Count("pk"), **counts}


def _figures(unit_id: int, name: str, found: dict[str, Any]) -> UnitFigures:
    return UnitFigures(
        unit_id, name, found["received"], found["answered"], found["measured"], found["in_time"], found["passed_day"],
        found["waits"], found["ended"],
    )  # fmt: skip
