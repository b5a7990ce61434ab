"""How units answer what is public: figures of the public register alone, so that everybody can open each and count."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from danvan.foundation import clock, search
from danvan.law.selectors import clocks
from danvan.organisations.selectors import last_names
from danvan.petitions.enums import REQUEST_SOURCE, SETTLE, SUBJECT
from danvan.petitions.models import PetitionRequest, PublicPetition
from danvan.petitions.selectors.publishing import published_petitions
from danvan.vietnamese.collation import sort_key

__all__ = [
    "ANSWERED", "IN_TIME", "LATE", "OPEN", "REQUEST_SOURCE", "Sought", "UnitFigures", "answering_units", "public_register",
    "public_requests", "titles_of_requests", "whole_figures",
]  # fmt: skip
ANSWERED, IN_TIME, LATE, OPEN = "da-tra-loi", "dung-han", "cham", "chua-tra-loi"


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list of the public register is asked for; empty parts ask for all."""

    words: str = ""
    unit_id: int | None = None
    topic_ids: Collection[int] = ()
    which: str = ""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """Of what is public: how many one unit has, answered, answered in time. Each opens a list of as many."""

    unit_id: int
    name: str
    received: int
    answered: int
    in_time: int
    late: int


def public_register(sought: Sought) -> QuerySet[PublicPetition]:
    """The public register as it is asked for. A unit is meant as the one that answers, or as the place of the matter."""
    found = _marked(published_petitions())
    if sought.unit_id is not None:
        at = Q(petition__unit_id=sought.unit_id) | Q(petition__place_id=sought.unit_id)
        found = found.filter(at)
    if sought.topic_ids:
        found = found.filter(petition__topic_id__in=sought.topic_ids)
    if sought.which in _CONDITIONS:
        found = found.filter(_condition(sought.which, clock.today()))
    return search.find(found, sought.words) if sought.words else found


def answering_units() -> list[UnitFigures]:
    """The figures of every unit that has something public, by name. Two queries."""
    found = list(_counted(_marked(published_petitions()).order_by().values("petition__unit_id")))
    names = last_names([one["petition__unit_id"] for one in found], clock.today())
    told = [
        UnitFigures(
            one["petition__unit_id"], names.get(one["petition__unit_id"], ""), one["received"], one["answered"],
            one["in_time"], one["passed_day"],
        )
        for one in found
    ]  # fmt: skip
    return sorted(told, key=lambda one: sort_key(one.name))


def whole_figures() -> UnitFigures:
    """The figures of all units together. One query."""
    today = clock.today()
    found = _marked(published_petitions()).order_by().aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=_condition(ANSWERED, today)),
        in_time=Count("pk", filter=_condition(IN_TIME, today)),
        late=Count("pk", filter=_condition(LATE, today)),
    )  # fmt: skip
    return UnitFigures(0, "", found["received"], found["answered"], found["in_time"], found["late"])


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


_CONDITIONS = (ANSWERED, IN_TIME, LATE, OPEN)


def _marked(rows: QuerySet[PublicPetition]) -> QuerySet[PublicPetition]:
    """With whether a term for settling was passed before the answer."""
    ended = clocks().filter(
        subject_kind=SUBJECT, subject_id=OuterRef("petition_id"), name__startswith=SETTLE,
        ended_on__gt=F("due_on"),
    )  # fmt: skip
    return rows.annotate(passed=Exists(ended))


def _condition(which: str, today: date) -> Q:
    answered = Q(petition__answered_on__isnull=False)
    if which == ANSWERED:
        return answered
    if which == IN_TIME:
        return answered & Q(passed=False)
    waits = Q(petition__answered_on=None, petition__closed_on=None)
    if which == LATE:
        return (answered & Q(passed=True)) | (waits & Q(petition__due_on__lt=today))
    return Q(petition__answered_on=None)


def _counted(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    today = clock.today()
    found: QuerySet[Any, Any] = rows.annotate(
        received=Count("pk"),
        answered=Count("pk", filter=_condition(ANSWERED, today)),
        in_time=Count("pk", filter=_condition(IN_TIME, today)),
        passed_day=Count("pk", filter=_condition(LATE, today)),
    )
    return found
