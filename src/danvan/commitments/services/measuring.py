"""Which figure shows whether a commitment is done. It stands beside the claim and decides nothing."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.commitments.enums import UNDONE, StepKind
from danvan.commitments.models import Commitment, CommitmentMeasure
from danvan.commitments.services import rows
from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Period
from danvan.indicators.enums import Bound
from danvan.indicators.selectors import version_on

if TYPE_CHECKING:
    from danvan.accounts.models import User

MOST = Decimal(10) ** 13


@transaction.atomic
def measure_commitment(
    commitment: Commitment,
    *,
    code: str,
    period: str,
    bound: str,
    level: Decimal,
    actor: "User | None",
    seen: int | None = None,
) -> Commitment:
    """Name the indicator of the lead, the period and the level by which it is measured."""
    commitment = rows.locked(commitment, seen=seen)
    if commitment.state not in UNDONE:
        raise RuleError("Chỉ đặt chỉ số đo cho việc chưa báo xong.")
    version = version_on(code.strip(), clock.today())
    faults = []
    if version is None:
        words = "Không có chỉ số mang mã này đang dùng. Đồng chí vui lòng chọn lại."
        faults.append(Fault(words, column="code"))
    try:
        Period.parse(period)
    except ValueError as wrong:
        faults.append(Fault(f"Kỳ chưa đúng: {wrong}", column="period"))
    if bound not in (Bound.AT_LEAST, Bound.AT_MOST):
        words = "Đồng chí vui lòng chọn ít nhất hoặc nhiều nhất."
        faults.append(Fault(words, column="bound"))
    if not level.is_finite() or abs(level) >= MOST:
        faults.append(Fault("Mức này quá lớn, đồng chí vui lòng xem lại.", column="level"))
    if faults or version is None:
        sentences = " ".join(one.message for one in faults)
        raise RuleError(f"Chưa đặt được chỉ số đo. {sentences}", faults=faults)
    CommitmentMeasure.objects.update_or_create(
        commitment=commitment,
        defaults={
            "indicator_id": version.indicator_id,
            "period": period.strip(),
            "bound": bound,
            "level": level,
            "set_by": actor,
            "set_on": clock.today(),
        },
    )
    rows.save(commitment)
    words = f"{version.name}, kỳ {period.strip()}."
    rows.told(commitment, StepKind.MEASURED, "commitments.measure", actor, words)
    return commitment
