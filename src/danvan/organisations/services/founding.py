"""Founding units: a place, or the organisations that stand in places."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from danvan.foundation import audit, planner
from danvan.foundation.errors import RuleError
from danvan.organisations.closure import FOREVER, cut, flat
from danvan.organisations.edges import as_rows, span_of
from danvan.organisations.enums import Follows, Kind, Level, Sort
from danvan.organisations.models import Reach, Unit, UnitCode, UnitVersion
from danvan.organisations.naming import bare_name, searchable
from danvan.organisations.selectors.days import in_force
from danvan.organisations.services.ground import read_ground
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

ORDER = list(Level)
BULK = 500  # from so many on, the database's own idea of its size is out of date


@transaction.atomic
def found_place(
    name: str,
    *,
    type_word: str,
    level: str,
    under: int | None,
    actor: Any,
    on: date,
    code: str = "",
    system: str = "gso",
    until: date | None = None,
    area_km2: Decimal | None = None,
    decision: str = "",
) -> int:
    """Found one place under another from a day, for good or `until` a day; returns its id.

    Refuses where the place above does not exist on that day or is not of a higher level, or where
    another unit carries the code in its code `system`.
    """
    above = _above(under, name, level, on) if under is not None else None
    later = Q(valid_to=None) | Q(valid_to__gt=on)
    if code and UnitCode.objects.filter(later, system=system, code=code).exists():
        raise RuleError(
            f"Mã {code} đang thuộc về một đơn vị khác. Đồng chí vui lòng kiểm tra lại mã đơn vị."
        )
    ends = [day for day in (until, above.ended_on if above else None) if day is not None]
    end = min(ends, default=None)
    unit = Unit.objects.create(sort=Sort.PLACE, founded_on=on, ended_on=end)
    UnitVersion.objects.create(
        unit=unit,
        **searchable(name, bare=bare_name(canonical(name), type_word)),
        level=level,
        type_word=type_word.lower(),
        parent=above,
        area_km2=area_km2,
        decision=decision,
        valid_from=on,
        valid_to=end,
    )
    if code:
        UnitCode.objects.create(unit=unit, system=system, code=code, valid_from=on, valid_to=end)
    life = (on, end or FOREVER)
    reached = {unit.pk: [life]}
    for row in Reach.objects.filter(later, unit=above, follows=Follows.PLACE):
        reached.setdefault(row.top_id, []).extend(cut(span_of(row), life))
    Reach.objects.bulk_create(as_rows(Follows.PLACE, flat(unit.pk, reached)))
    audit.record(actor, "organisations.found_place", unit, under=under, code=code)
    return unit.pk


def _above(under: int, name: str, level: str, on: date) -> Unit:
    """The unit that a new place is to stand under, locked."""
    unit = Unit.objects.select_for_update().get(pk=under)
    version = UnitVersion.objects.filter(in_force(on), unit=unit, kind="").first()
    if version is None:
        raise RuleError(
            f"Đơn vị cấp trên không tồn tại vào ngày {format_date(on)}. Đồng chí vui lòng chọn lại."
        )
    if ORDER.index(Level(version.level)) >= ORDER.index(Level(level)):
        raise RuleError(
            f"{version.name} không ở cấp trên của {canonical(name)}. Đồng chí vui lòng chọn đơn vị"
            " cấp trên."
        )
    return unit


def found_organisation(place_id: int, kind: str, *, actor: Any, on: date, name: str = "") -> int:
    """Found one organisation in a place from a day; returns its id. Refuses as `found_organisations` does."""
    return _found([place_id], [kind], actor=actor, on=on, name=canonical(name))[0]


def found_organisations(
    place_ids: Iterable[int], kinds: Iterable[str], *, actor: Any, on: date
) -> list[int]:
    """Found an organisation of every kind in every place from a day, named as its kind and place ask for.

    Each stands under the organisation of its kind at the nearest level above that has one (an advisory
    board without one stands under its own Party committee), and lives as long as its place; its name
    follows the place's. Returns the ids, larger levels first, in the order of places and kinds. Refuses,
    telling every fault at once, where a place does not exist on the day, has the kind already, or is of a
    level at which the kind does not stand.
    """
    return _found(list(place_ids), list(kinds), actor=actor, on=on)


@transaction.atomic
def _found(
    place_ids: list[int], kinds: list[str], *, actor: Any, on: date, name: str = ""
) -> list[int]:
    wanted = [kind for kind in Kind if kind in kinds]  # a Party committee before its boards
    places = {unit.pk: unit for unit in Unit.objects.select_for_update().filter(pk__in=place_ids)}
    ground = read_ground(places, wanted, on)
    faults = ground.faults(place_ids, wanted, name)
    if faults:
        raise RuleError(
            faults[0].message
            if len(faults) == 1
            else f"Chưa lập được tổ chức nào vì có {len(faults)} điểm chưa đúng. Đồng chí vui lòng sửa"
            " từng điểm rồi làm lại.",
            faults=faults,
        )
    founded: list[int] = []
    for level in Level:
        asked = [
            (place, kind)
            for place in dict.fromkeys(place_ids)
            if ground.level_of(place) == level
            for kind in wanted
        ]
        founded += ground.found(asked, name)
    if len(founded) >= BULK:
        planner.learn(Unit, UnitVersion, Reach)
    if founded:
        audit.record(
            actor,
            "organisations.found_organisations",
            Unit(pk=founded[0]),
            places=list(places),
            kinds=[str(kind) for kind in wanted],
            count=len(founded),
        )
    return founded
