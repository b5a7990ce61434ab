"""The symbol and the seal of a unit, with the documents that decide them."""

from datetime import date
from typing import Any

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault
from danvan.organisations.enums import MarkKind
from danvan.organisations.models import UnitMark
from danvan.organisations.services.standing.rows import (
    days_in_order,
    end_row,
    locked,
    needed,
    overlapping,
    refuse,
    until,
    version_on,
)
from danvan.vietnamese.dates import format_date


@transaction.atomic
def record_mark(
    unit_id: int,
    *,
    kind: str,
    text: str,
    decision: str,
    valid_from: date,
    actor: Any,
    valid_to: date | None = None,
) -> UnitMark:
    """Record the symbol or the seal that a unit's papers bear from a day.

    Refused, all faults at once: a day on which the unit does not stand, a second one of the kind at the same
    time, no deciding document. Many units share a symbol: every province committee writes TU.
    """
    unit, faults = locked(unit_id), list[Fault]()
    version_on(unit, valid_from, faults)
    days_in_order(valid_from, valid_to, unit, faults)
    if kind not in MarkKind.values:
        faults.append(Fault("Đồng chí vui lòng chọn ký hiệu văn bản hoặc con dấu.", column="kind"))
    text = needed(text, "text", "Đồng chí vui lòng ghi ký hiệu hoặc chữ trên con dấu.", 120, faults)
    decision = needed(
        decision, "decision", "Đồng chí vui lòng ghi văn bản quyết định.", 200, faults
    )
    own = overlapping(UnitMark.objects.filter(unit=unit, kind=kind), valid_from, valid_to).first()
    if own:
        faults.append(
            Fault(
                f"Từ {format_date(own.valid_from)} {until(own.valid_to)} đơn vị đã có “{own.text}”."
                " Đồng chí vui lòng kết thúc mục ấy trước.",
                column="valid_from",
            )
        )
    refuse(faults, "Chưa ghi được ký hiệu, con dấu")
    mark = UnitMark.objects.create(
        unit=unit, kind=kind, text=text, decision=decision, valid_from=valid_from, valid_to=valid_to
    )
    audit.record(actor, "organisations.record_mark", mark, unit_id=unit.pk, kind=kind)
    return mark


@transaction.atomic
def end_mark(mark: UnitMark, *, on: date, actor: Any) -> UnitMark:
    """End a symbol or a seal: from `on` the unit's papers no longer bear it."""
    ended = end_row(mark, on, "Chưa kết thúc được ký hiệu, con dấu")
    audit.record(actor, "organisations.end_mark", ended, unit_id=ended.unit_id)
    return ended
