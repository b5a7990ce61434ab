"""What units are called for, on a day: places by their type (xã, phường), organisations by their kind."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from danvan.organisations.enums import Follows, Kind
from danvan.organisations.models import Reach, UnitVersion
from danvan.organisations.selectors.days import in_force


def kind_of(kind: str, type_word: str) -> str:
    """One word for what a unit is: the kind of an organisation, else the type of a place in lower case."""
    return kind or type_word.lower()


def kind_label(kind: str) -> str:
    """A kind of unit in words."""
    return str(Kind(kind).label) if kind in Kind.values else kind


def kinds_under(
    under_id: int, level: str, *, on: date, organisations: Collection[str] = ()
) -> dict[int, str]:
    """The places of a level under a place on a day, and the organisations of these kinds there: what each is, by id.

    One query. A place whose type the register does not know is "".
    """
    found = _standing(under_id, level, on).filter(kind__in=["", *organisations])
    rows = found.order_by("unit_id").values_list("unit_id", "kind", "type_word")
    return {unit: kind_of(kind, word) for unit, kind, word in rows}


def place_kinds(under_id: int, level: str, *, on: date) -> list[str]:
    """The types that places of a level under a place have on a day, the most frequent first. One query."""
    words = _standing(under_id, level, on).filter(kind="").exclude(type_word="")
    counts: dict[str, int] = {}
    for word in words.order_by().values_list("type_word", flat=True):
        counts[word.lower()] = counts.get(word.lower(), 0) + 1
    return sorted(counts, key=lambda word: (-counts[word], word))


def _standing(under_id: int, level: str, on: date) -> QuerySet[Any, Any]:
    reached = Reach.objects.filter(in_force(on), top_id=under_id, follows=Follows.PLACE)
    return UnitVersion.objects.filter(
        in_force(on), level=level, unit_id__in=reached.values("unit_id")
    )
