"""What units were over time, for readers who ask about many units on many days in a few queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from danvan.organisations.enums import Sort
from danvan.organisations.models import Unit, UnitCode, UnitVersion


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """One version of a unit, with the days it held (`valid_to` not included). A place has no kind."""

    unit_id: int
    name: str
    folded: str
    kind: str
    level: str
    place_id: int | None
    valid_from: date
    valid_to: date | None
    type_word: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether this is what the unit was on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class CodeHeld:
    """One code a unit carried, with the days it held (`valid_to` not included)."""

    code: str
    unit_id: int
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the unit carried the code on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class UnitLife:
    """What a unit is, and from which day to which it stood (`ended_on` not included)."""

    sort: str
    founded_on: date
    ended_on: date | None


def lives_of(unit_ids: Collection[int]) -> dict[int, UnitLife]:
    """What these units are and how long they stood, by id; unknown ids are left out. One query."""
    rows = Unit.objects.filter(pk__in=unit_ids)
    fields = ("pk", "sort", "founded_on", "ended_on")
    return {pk: UnitLife(*rest) for pk, *rest in rows.values_list(*fields)}


def ids_among(unit_ids: Collection[int], within: QuerySet[Any, Any]) -> set[int]:
    """Those of `unit_ids` that are in `within` (a queryset of ids). One query."""
    found = Unit.objects.filter(pk__in=unit_ids).filter(pk__in=within)
    return set(found.values_list("pk", flat=True))


def organisations_in(within: QuerySet[Any, Any], *, limit: int) -> list[int]:
    """The first `limit` ids of the organisations in `within` (a queryset of ids) that have not ended. One query."""
    found = Unit.objects.filter(pk__in=within, sort=Sort.ORGANISATION, ended_on=None)
    return list(found.order_by("pk").values_list("pk", flat=True)[:limit])


def spans_of(unit_ids: Collection[int]) -> list[UnitSpan]:
    """Every version of these units. One query."""
    return _spans(Q(unit_id__in=unit_ids))


def spans_at(place_ids: Collection[int]) -> list[UnitSpan]:
    """Every version of the organisations that ever stood in these places. One query."""
    return _spans(Q(place_id__in=place_ids))


def spans_named(folded: Collection[str]) -> list[UnitSpan]:
    """Every version of the units that ever carried one of these folded names. One query."""
    return _spans(Q(folded__in=folded))


def spans_levelled(levels: Collection[str]) -> list[UnitSpan]:
    """Every version of the places that were ever of these levels, for the days they were. One query."""
    return _spans(Q(kind="", level__in=levels))


def codes_held(codes: Collection[str], *, system: str = "gso") -> list[CodeHeld]:
    """Who carried these codes of one code system, and when. One query."""
    rows = UnitCode.objects.filter(system=system, code__in=codes).order_by("code", "valid_from")
    return [CodeHeld(*row) for row in rows.values_list("code", "unit_id", "valid_from", "valid_to")]


def _spans(rows: Q) -> list[UnitSpan]:
    found = UnitVersion.objects.filter(rows).order_by("unit_id", "valid_from")
    fields = (
        "unit_id", "name", "folded", "kind", "level", "place_id", "valid_from", "valid_to", "type_word",
    )  # fmt: skip
    return [UnitSpan(*row) for row in found.values_list(*fields)]
