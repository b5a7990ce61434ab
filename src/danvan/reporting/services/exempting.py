"""Let a unit off one report, signed with the reason; take that back."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.reporting.enums import NEXT, Standing
from danvan.reporting.models import Exemption, Obligation
from danvan.reporting.services import acts
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

LONGEST, LONGEST_SYMBOL = 600, 80


@transaction.atomic
def exempt_report(
    obligation: Obligation,
    *,
    why: str,
    actor: "User | None",
    source_symbol: str = "",
    seen: int | None = None,
) -> Exemption:
    """Let a unit off a report that it never sent: it no longer owes it, and stays on the list as exempt."""
    obligation = acts.locked(obligation)
    acts.refuse_if_moved(obligation, seen)
    if Standing.EXEMPT not in NEXT[obligation.standing]:
        raise RuleError(
            "Báo cáo này đã được miễn rồi."
            if obligation.standing == Standing.EXEMPT
            else "Báo cáo này đang chờ lãnh đạo đơn vị duyệt. Đồng chí vui lòng đề nghị đơn vị rút lại rồi miễn."
            if obligation.standing == Standing.PROPOSED
            else "Đơn vị đã gửi báo cáo này nên không cần miễn. Đồng chí vui lòng duyệt hoặc trả lại."
        )
    why, source_symbol = canonical(why).strip(), source_symbol.strip()
    faults = []
    if not why:
        faults.append(Fault("Đồng chí vui lòng ghi lý do miễn.", column="why"))
    if len(why) > LONGEST:
        faults.append(
            Fault(f"Lý do dài quá {LONGEST} ký tự, đồng chí vui lòng viết gọn lại.", column="why")
        )
    if len(source_symbol) > LONGEST_SYMBOL:
        faults.append(
            Fault(f"Ký hiệu văn bản dài quá {LONGEST_SYMBOL} ký tự.", column="source_symbol")
        )
    if faults:
        raise RuleError(" ".join(fault.message for fault in faults), faults=faults)
    exemption = Exemption.objects.create(
        obligation=obligation, why=why, source_symbol=source_symbol, by=actor, at=clock.now()
    )
    _become(obligation, Standing.EXEMPT)
    audit.record(actor, "reporting.exempt", obligation, unit_id=obligation.unit_id)
    return exemption


@transaction.atomic
def end_exemption(
    obligation: Obligation, *, actor: "User | None", seen: int | None = None
) -> Exemption:
    """Take back that a unit was let off: it owes the report again, by the day it was due."""
    obligation = acts.locked(obligation)
    acts.refuse_if_moved(obligation, seen)
    exemption = Exemption.objects.filter(obligation=obligation, ended_at=None).first()
    if exemption is None:
        raise RuleError("Báo cáo này không còn được miễn. Đồng chí vui lòng mở lại trang.")
    exemption.ended_by, exemption.ended_at = actor, clock.now()
    exemption.save(update_fields=["ended_by", "ended_at"])
    _become(obligation, Standing.DUE)
    audit.record(actor, "reporting.end_exemption", obligation, unit_id=obligation.unit_id)
    return exemption


def _become(obligation: Obligation, standing: Standing) -> None:
    Obligation.objects.filter(pk=obligation.pk).update(standing=standing, changes=F("changes") + 1)
