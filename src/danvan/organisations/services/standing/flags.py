"""Conditions of places that rules depend on: remote, border, island."""

from datetime import date
from typing import Any

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault
from danvan.organisations.enums import FlagKind, Sort
from danvan.organisations.models import UnitFlag
from danvan.organisations.services.standing.rows import (
    days_in_order,
    end_row,
    locked,
    needed,
    overlapping,
    refuse,
    short_enough,
    until,
    version_on,
)
from danvan.vietnamese.dates import format_date


@transaction.atomic
def raise_flag(
    unit_id: int,
    *,
    kind: str,
    decision: str,
    valid_from: date,
    actor: Any,
    note: str = "",
    valid_to: date | None = None,
) -> UnitFlag:
    """Mark a place as remote, at the border or an island from a day, by a decision.

    Refused, all faults at once: an organisation, a day on which the place does not stand, the same condition
    twice at one time, no decision.
    """
    unit, faults = locked(unit_id), list[Fault]()
    version_on(unit, valid_from, faults)
    days_in_order(valid_from, valid_to, unit, faults)
    if unit.sort != Sort.PLACE:
        faults.append(Fault("Chỉ địa bàn mới thuộc vùng khó khăn, biên giới, hải đảo.", column=""))
    if kind not in FlagKind.values:
        faults.append(Fault("Đồng chí vui lòng chọn loại vùng.", column="kind"))
    decision = needed(
        decision, "decision", "Đồng chí vui lòng ghi văn bản quyết định.", 200, faults
    )
    note = short_enough(note, "note", 200, faults)
    raised = overlapping(UnitFlag.objects.filter(unit=unit, kind=kind), valid_from, valid_to)
    if found := raised.first():
        faults.append(
            Fault(
                f"Địa bàn đã thuộc vùng này từ {format_date(found.valid_from)} {until(found.valid_to)}."
                " Đồng chí vui lòng xem lại ngày.",
                column="valid_from",
            )
        )
    refuse(faults, "Chưa ghi được")
    flag = UnitFlag.objects.create(
        unit=unit, kind=kind, note=note, decision=decision, valid_from=valid_from, valid_to=valid_to
    )
    audit.record(actor, "organisations.raise_flag", flag, unit_id=unit.pk, kind=kind)
    return flag


@transaction.atomic
def lower_flag(flag: UnitFlag, *, on: date, actor: Any) -> UnitFlag:
    """End a condition of a place: from `on` it no longer holds."""
    ended = end_row(flag, on, "Chưa kết thúc được")
    audit.record(actor, "organisations.lower_flag", ended, unit_id=ended.unit_id)
    return ended
