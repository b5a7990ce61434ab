"""Whoever asked is told that more time is needed: why, and until which day."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, events
from danvan.foundation.errors import Fault
from danvan.petitions.enums import MORE, REPLY, SETTLE, StepKind
from danvan.petitions.events import PetitionMoreTimeTold
from danvan.petitions.models import Petition
from danvan.petitions.services import rows
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.accounts.models import User


@transaction.atomic
def tell_more_time(
    petition: Petition, *, until: date, why: str, on: date, actor: "User | None", symbol: str = "",
    seen: int | None = None,
) -> Petition:  # fmt: skip
    """Tell whoever asked that more time is needed. Before acceptance that is an answer that the law asks for after the receipt
    (LTCD Đ28): its clock ends and that of the new day runs. After it the new day runs beside the time of settling, by which
    alone it is in time or late. The law does not say how often: each time is counted, and a day that was told before and
    passed stays one that was missed.
    """
    petition = rows.locked(petition, seen=seen)
    rows.allowed_move(petition, "need_time")
    missing = "Đồng chí vui lòng ghi vì sao cần thêm thời gian; người gửi đọc được lý do này."
    why, faults = rows.words_of(why, column="why", missing=missing, most=400)
    faults += rows.before_faults(petition, on)
    settling = rows.open_clock(petition, SETTLE)
    told = rows.open_clock(petition, MORE)
    running = [rows.open_clock(petition, REPLY), settling, told]
    last = max([on, *(held.due_on for held in running if held)])
    if until <= last:
        words = f"Hạn mới phải sau ngày {format_date(last)}, đồng chí vui lòng chọn ngày muộn hơn."
        faults.append(Fault(words, column="until"))
    rows.refuse(faults)
    rows.stop(petition, REPLY, MORE, on=on, actor=actor)
    rows.run_until(petition, MORE, until, on=on, actor=actor)
    times = petition.steps.filter(kind=StepKind.MORE_TIME).count() + 1
    broken = told or settling
    parts = [
        f"Lần {times}." if times > 1 else "",
        f"Đã quá hạn {format_date(broken.due_on)}." if broken and broken.due_on < on else "",
        f"Hạn mới {format_date(until)}. Lý do: {why}",
    ]
    words = " ".join(one for one in parts if one)
    rows.step(petition, StepKind.MORE_TIME, on=on, actor=actor, words=words, symbol=symbol)
    rows.save(petition)
    audit.record(actor, "petitions.need_time", petition, times=times)
    events.publish(PetitionMoreTimeTold(petition_id=petition.pk))
    return petition
