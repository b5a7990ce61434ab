"""How organisations stand to each other beside their lines: advising, coordinating, serving."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.enums import LinkKind, Sort
from danvan.organisations.models import Unit, UnitLink
from danvan.organisations.services.standing.rows import (
    days_in_order,
    end_row,
    overlapping,
    refuse,
    short_enough,
    until,
    version_on,
)
from danvan.vietnamese.dates import format_date


@transaction.atomic
def link_units(
    unit_id: int,
    other_id: int,
    *,
    kind: str,
    valid_from: date,
    actor: Any,
    decision: str = "",
    valid_to: date | None = None,
) -> UnitLink:
    """Record that one organisation advises, coordinates with, or serves another from a day.

    Coordination holds both ways: it is recorded once for the two. Refused, all faults at once: a place, the unit
    itself, a day on which either does not stand, the same link twice at one time.
    """
    # Both under lock, in one order for everybody.
    units = {
        one.pk: one
        for one in Unit.objects.select_for_update()
        .filter(pk__in={unit_id, other_id})
        .order_by("pk")
    }
    faults: list[Fault] = []
    unit, other = units.get(unit_id), units.get(other_id)
    if unit is None or other is None:
        fault = Fault("Không thấy đơn vị này, đồng chí vui lòng chọn lại.", column="other")
        raise RuleError(fault.message, faults=[fault])
    if unit == other:
        faults.append(
            Fault("Đồng chí vui lòng chọn một đơn vị khác với chính đơn vị này.", column="other")
        )
    if Sort.PLACE in {unit.sort, other.sort}:
        faults.append(Fault("Chỉ tổ chức mới có quan hệ này, không phải địa bàn.", column="other"))
    if kind not in LinkKind.values:
        faults.append(Fault("Đồng chí vui lòng chọn loại quan hệ.", column="kind"))
    version_on(unit, valid_from, faults)
    if version_on(other, valid_from, []) is None:
        faults.append(
            Fault(f"Đơn vị kia không hoạt động vào ngày {format_date(valid_from)}.", column="other")
        )
    days_in_order(valid_from, valid_to, unit, faults)
    decision = short_enough(decision, "decision", 200, faults)
    pair = Q(unit=unit, other=other)
    if kind == LinkKind.COORDINATES:
        pair |= Q(unit=other, other=unit)
    same = overlapping(UnitLink.objects.filter(pair, kind=kind), valid_from, valid_to).first()
    if same:
        faults.append(
            Fault(
                f"Quan hệ này đã ghi từ {format_date(same.valid_from)} {until(same.valid_to)}.",
                column="valid_from",
            )
        )
    refuse(faults, "Chưa ghi được quan hệ")
    link = UnitLink.objects.create(
        unit=unit,
        other=other,
        kind=kind,
        decision=decision,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    audit.record(
        actor, "organisations.link_units", link, unit_id=unit.pk, other_id=other.pk, kind=kind
    )
    return link


@transaction.atomic
def end_link(link: UnitLink, *, on: date, actor: Any) -> UnitLink:
    """End how two organisations stand to each other, from a day."""
    ended = end_row(link, on, "Chưa kết thúc được quan hệ")
    audit.record(actor, "organisations.end_link", ended, unit_id=ended.unit_id)
    return ended
