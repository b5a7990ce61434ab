"""Terms of Party committees, from congress to congress."""

import re
from datetime import date
from typing import Any

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault
from danvan.organisations.enums import Kind
from danvan.organisations.models import CommitteeTerm
from danvan.organisations.services.standing.rows import (
    locked,
    needed,
    refuse,
    short_enough,
    version_on,
)
from danvan.vietnamese.dates import format_date

_ORDINAL = re.compile(r"[IVXLC]+|[0-9]{1,3}")


@transaction.atomic
def begin_term(
    unit_id: int, *, ordinal: str, name: str, valid_from: date, actor: Any, decision: str = ""
) -> CommitteeTerm:
    """Begin a term of a Party committee on the day of its congress; the term before it ends on that day.

    Refused, all faults at once: a unit that is no Party committee or does not stand then, a term that is there
    already, a day no later than the term before began.
    """
    unit, faults = locked(unit_id), list[Fault]()
    version = version_on(unit, valid_from, faults)
    if version and version.kind != Kind.PARTY_COMMITTEE:
        faults.append(Fault(f"{version.name} không phải cấp ủy nên không có nhiệm kỳ.", column=""))
    ordinal = needed(ordinal.upper(), "ordinal", "Đồng chí vui lòng ghi khóa, ví dụ XIX.", 10, faults)  # fmt: skip
    if ordinal and not _ORDINAL.fullmatch(ordinal):
        faults.append(
            Fault(f"“{ordinal[:20]}” không phải một khóa; khóa ghi bằng số La Mã, ví dụ XIX.", column="ordinal")
        )  # fmt: skip
    name = needed(name, "name", "Đồng chí vui lòng ghi nhiệm kỳ, ví dụ 2025 - 2030.", 40, faults)
    decision = short_enough(decision, "decision", 200, faults)
    terms = list(CommitteeTerm.objects.filter(unit=unit).order_by("valid_from"))
    if any(term.ordinal == ordinal for term in terms):
        faults.append(
            Fault(f"Khóa {ordinal} đã có trong sổ, đồng chí vui lòng xem lại.", column="ordinal")
        )
    last = terms[-1] if terms else None
    if last and valid_from <= last.valid_from:
        faults.append(
            Fault(
                f"Khóa {last.ordinal} bắt đầu ngày {format_date(last.valid_from)}; khóa mới phải bắt đầu sau ngày ấy.",
                column="valid_from",
            )
        )
    elif last and last.valid_to and valid_from < last.valid_to:
        faults.append(
            Fault(
                f"Khóa {last.ordinal} còn đến {format_date(last.valid_to)}, đồng chí vui lòng xem lại ngày.",
                column="valid_from",
            )
        )
    refuse(faults, "Chưa ghi được nhiệm kỳ")
    if last and last.valid_to is None:
        last.valid_to = valid_from
        last.save(update_fields=["valid_to"])
    term = CommitteeTerm.objects.create(
        unit=unit,
        ordinal=ordinal,
        name=name,
        decision=decision,
        valid_from=valid_from,
        valid_to=unit.ended_on,
    )
    audit.record(actor, "organisations.begin_term", term, unit_id=unit.pk)
    return term
