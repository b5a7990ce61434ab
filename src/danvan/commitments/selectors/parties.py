"""Whose word counts: no unit checks what it says of itself."""

from datetime import date
from typing import TYPE_CHECKING

from danvan.accounts.selectors import grants_allowing
from danvan.commitments.enums import StepKind
from danvan.commitments.models import Commitment
from danvan.foundation import clock
from danvan.organisations.selectors import tops_of

if TYPE_CHECKING:
    from danvan.accounts.models import User

OWN_CLAIM = (
    "Đơn vị tự giao việc này cho mình nên không tự kiểm tra được. "
    "Đồng chí vui lòng đề nghị đơn vị cấp trên kiểm tra."
)


CLAIMED_IT = (
    "Đồng chí là người báo xong việc này nên cần một người khác kiểm tra. "
    "Đồng chí vui lòng chuyển cho đồng nghiệp ở đơn vị giao việc."
)


def why_not_judge(user: "User | None", commitment: Commitment, *, to: str = "kiểm tra") -> str:
    """Why `user` may not check, or close, what was said to be done; empty where they may."""
    if user is not None and commitment.claimed_by_id == user.pk:
        return CLAIMED_IT.replace("kiểm tra", to)
    return "" if may_judge(user, commitment) else OWN_CLAIM.replace("kiểm tra", to)


def day_named(commitment: Commitment) -> date | None:
    """The earlier day on which its lead says that it was done, where it does not count by it; else None."""
    claim = commitment.steps.filter(kind=StepKind.CLAIMED).order_by("pk").last()
    counted = commitment.claimed_on
    return claim.on if claim and counted and claim.on < counted else None


def may_judge(user: "User | None", commitment: Commitment) -> bool:
    """Whether `user` is somebody else than the unit that says it is done.

    Where a unit gave the work to itself, whoever checks holds the right above the unit and its place.
    """
    if commitment.lead_id != commitment.assigner_id:
        return True
    if user is None:
        return False
    held = grants_allowing(user, "commitments.verify")
    tops = tops_of([commitment.lead_id], on=clock.today())
    above = {(top, way) for unit, top, way, place in tops if top not in (unit, place)}
    return any((one.unit_id, one.follows) in above for one in held)
