"""Recording how many people and households places have: by these, shares are worked out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.models import Unit, UnitSize

MOST = 100_000_000  # people in one place


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in one place; None is unknown and leaves what is known."""

    unit_id: int
    population: int | None = None
    households: int | None = None


@transaction.atomic
def record_sizes(
    counted: Sequence[Counted], *, counted_on: date, source: str, actor: Any
) -> list[UnitSize]:
    """Record what a source says of places on a day; said again, it is put right. Refused with every fault at once."""
    told = [one for one in counted if (one.population, one.households) != (None, None)]
    if not told:
        return []
    source = " ".join(source.split())
    units = Unit.objects.select_for_update().in_bulk(sorted(one.unit_id for one in told))
    faults = [fault for one in told for fault in _faults(one, units.get(one.unit_id), counted_on)]
    if not source:
        faults.append(Fault("Đồng chí vui lòng ghi nguồn của số dân, số hộ.", column="source"))
    if faults:
        raise RuleError("Chưa ghi được dân số, số hộ.", faults=faults)
    kept = {
        row.unit_id: row
        for row in UnitSize.objects.filter(unit_id__in=units, counted_on=counted_on, source=source)
    }
    rows = []
    for one in told:
        row = kept.get(one.unit_id) or UnitSize(
            unit_id=one.unit_id, counted_on=counted_on, source=source
        )
        row.population = row.population if one.population is None else one.population
        row.households = row.households if one.households is None else one.households
        row.save()
        rows.append(row)
    first = units[rows[0].unit_id]
    audit.record(
        actor,
        "organisations.record_sizes",
        first,
        units=[row.unit_id for row in rows],
        on=counted_on,
    )
    return rows


def _faults(one: Counted, unit: Unit | None, counted_on: date) -> list[Fault]:
    if unit is None:
        return [Fault("Có đơn vị không còn trong sổ. Đồng chí vui lòng mở lại trang.")]
    faults = []
    for column, number in (("population", one.population), ("households", one.households)):
        if number is not None and not 0 < number <= MOST:
            faults.append(
                Fault("Đồng chí vui lòng ghi một số lớn hơn 0.", row=one.unit_id, column=column)
            )
    if counted_on < unit.founded_on or (unit.ended_on and counted_on >= unit.ended_on):
        faults.append(
            Fault(
                "Ngày tính phải là ngày đơn vị đang hoạt động. Đồng chí vui lòng xem lại ngày.",
                row=one.unit_id,
                column="counted_on",
            )
        )
    return faults
