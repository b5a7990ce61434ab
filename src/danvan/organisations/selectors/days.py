"""What a unit was on one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.organisations.enums import Level, Sort
from danvan.organisations.models import Unit, UnitCode, UnitVersion
from danvan.organisations.naming import bare_name


def in_force(day: date, of: str = "") -> Q:
    """The row applied on `day`. Periods include their first day and exclude their last. `of`: the path to the row, with `__`."""
    begun, open_ended = Q(**{f"{of}valid_from__lte": day}), Q(**{f"{of}valid_to__isnull": True})
    return begun & (open_ended | Q(**{f"{of}valid_to__gt": day}))


@dataclass(frozen=True, slots=True)
class UnitOnDay:
    """A unit as it was on one day. `parent_id` is a place for a place, an organisation of its line else."""

    id: int
    name: str
    sort: str
    level: str
    type_word: str
    kind: str
    line: str
    parent_id: int | None
    place_id: int | None

    @property
    def is_place(self) -> bool:
        """Whether it is a place and not an organisation that stands in one."""
        return self.sort == Sort.PLACE


def as_on_day(version: UnitVersion) -> UnitOnDay:
    """The plain form of one version."""
    return UnitOnDay(
        id=version.unit_id,
        name=version.name,
        sort=Sort.ORGANISATION if version.kind else Sort.PLACE,
        level=version.level,
        type_word=version.type_word,
        kind=version.kind,
        line=version.line,
        parent_id=version.parent_id,
        place_id=version.place_id,
    )


def units_on(unit_ids: Iterable[int], day: date) -> dict[int, UnitOnDay]:
    """The units as they were on `day`, by id; one that did not exist then is left out. One query."""
    found = UnitVersion.objects.filter(in_force(day), unit_id__in=list(unit_ids))
    return {version.unit_id: as_on_day(version) for version in found}


def unit_on(unit_id: int, day: date) -> UnitOnDay | None:
    """The unit as it was on `day`; None where it did not exist then."""
    return units_on([unit_id], day).get(unit_id)


def identities(unit_ids: Iterable[int]) -> dict[int, Unit]:
    """The units themselves by id, for acts that take one."""
    return Unit.objects.in_bulk(list(unit_ids))


def names_on(unit_ids: Iterable[int], day: date) -> dict[int, str]:
    """The names that the units carried on `day`, by id; one that did not exist then is left out. One query."""
    found = UnitVersion.objects.filter(in_force(day), unit_id__in=list(unit_ids))
    return dict(found.values_list("unit_id", "name"))


def last_names(unit_ids: Iterable[int], day: date) -> dict[int, str]:
    """A name for every unit, in one query: that of `day`, else the last before it, else the first after."""
    names: dict[int, str] = {}
    spans = UnitVersion.objects.filter(unit_id__in=list(unit_ids)).order_by("valid_from")
    for unit_id, name, valid_from in spans.values_list("unit_id", "name", "valid_from"):
        if valid_from <= day or unit_id not in names:
            names[unit_id] = name
    return names


def codes_on(unit_ids: Iterable[int], day: date, *, system: str = "gso") -> dict[int, str]:
    """The codes that the units carried on `day` in one code system, by id. One query."""
    rows = UnitCode.objects.filter(in_force(day), system=system, unit_id__in=list(unit_ids))
    return dict(rows.values_list("unit_id", "code"))


def by_code(code: str, *, on: date, system: str = "gso") -> Unit | None:
    """The unit that carried `code` on one day. Codes are text: "040" is not "40"."""
    return Unit.objects.filter(
        pk__in=UnitCode.objects.filter(in_force(on), system=system, code=code).values("unit_id")
    ).first()


def organisations_at(
    place_ids: Iterable[int], *, kinds: Iterable[str] = (), on: date
) -> QuerySet[Any, Any]:
    """Ids of the organisations that stood in these places on one day; all kinds where none is named."""
    found = UnitVersion.objects.filter(in_force(on), place_id__in=place_ids)
    wanted = list(kinds)
    if wanted:
        found = found.filter(kind__in=wanted)
    return found.order_by("place_id", "kind", "unit_id").values_list("unit_id", flat=True)


def places_below(place_ids: Iterable[int], *, on: date) -> QuerySet[Any, Any]:
    """Ids of the places that stood directly below these on one day."""
    found = UnitVersion.objects.filter(in_force(on), parent_id__in=place_ids, kind="")
    return found.order_by("parent_id", "unit_id").values_list("unit_id", flat=True)


def place_of(unit_id: int, on: date) -> int | None:
    """The place a unit stands in on one day: its own id for a place; None where it did not exist."""
    unit = unit_on(unit_id, on)
    if unit is None:
        return None
    return unit.id if unit.is_place else unit.place_id


def bare_place_of(unit_id: int, on: date) -> str:
    """The name of the place a unit stands in on one day, without its type word, as papers write it: Con Cuông; empty where
    the unit did not exist.
    """
    place = UnitVersion.objects.filter(in_force(on), unit_id=place_of(unit_id, on) or 0).first()
    if place is None:
        return ""
    unsaid = "" if place.level == Level.COUNTRY else place.name.partition(" ")[0]
    return bare_name(place.name, place.type_word or unsaid)


def top_unit(*, on: date | None = None) -> UnitOnDay:
    """The place this installation serves: the province of `DANVAN_TOP_UNIT`, else the country."""
    day = on or clock.today()
    code = settings.DANVAN_TOP_UNIT
    found = UnitVersion.objects.filter(in_force(day))
    if code:
        named = UnitCode.objects.filter(in_force(day), system="gso", code=code)
        version = found.filter(unit_id__in=named.values("unit_id")).first()
    else:
        version = found.filter(level=Level.COUNTRY, kind="").first()
    if version is None:
        raise RuleError(
            f"Sổ đơn vị chưa có đơn vị mã “{code}”. Đồng chí vui lòng nạp sổ đơn vị bằng lệnh"
            " danvan register load và kiểm tra lại DANVAN_TOP_UNIT."
            if code
            else "Sổ đơn vị còn trống. Đồng chí vui lòng nạp bằng lệnh danvan register load."
        )
    return as_on_day(version)
