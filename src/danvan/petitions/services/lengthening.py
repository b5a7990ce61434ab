"""Whoever asked is told that more time is needed: why, and until which day."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault
from danvan.law.services import Extend
from danvan.petitions.enums import MORE, REPLY, SETTLE, State, StepKind
from danvan.petitions.models import Petition
from danvan.petitions.services import rows
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User

# What the clock keeps of it: the reason stays with the petition, for it may name a person.
TOLD = "đã báo người gửi"


@transaction.atomic
def tell_more_time(
    petition: Petition, *, until: date, why: str, on: date, actor: "User | None", symbol: str = "",
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """Tell whoever asked that more time is needed. Before acceptance that is an answer that the law asks for after the receipt
    (LTCD Đ28): its clock ends and that of the new day runs. After it the time of settling, which this house set itself,
    runs on to the new day; where it is over, what is late stays late, with the new day beside it.
    """
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "need_time")
    missing = "Đồng chí vui lòng ghi vì sao cần thêm thời gian; người gửi đọc được lý do này."
    why, faults = rows.words_of(why, column="why", missing=missing, most=400)
    faults += rows.before_faults(petition, on)
    settling = rows.open_clock(petition, SETTLE)
    running = [rows.open_clock(petition, REPLY), settling, rows.open_clock(petition, MORE)]
    last = max([on, *(held.due_on for held in running if held)])
    if until <= last:
        words = f"Hạn mới phải sau ngày {format_date(last)}, đồng chí vui lòng chọn ngày muộn hơn."
        faults.append(Fault(words, column="until"))
    rows.refuse(faults)
    if petition.state != State.RECEIVED and settling is not None and on <= settling.due_on:
        rows.add(petition, SETTLE, [Extend(on, TOLD, until=until)], actor=actor)
    else:
        rows.stop(petition, REPLY, on=on, actor=actor)
        rows.run_until(petition, MORE, until, on=on, reason=TOLD, actor=actor)
    words = f"Hạn mới {format_date(until)}. Lý do: {why}"
    rows.step(petition, StepKind.MORE_TIME, on=on, actor=actor, words=words, symbol=symbol)
    rows.save(petition)
    audit.record(actor, "petitions.need_time", petition)
    return petition
