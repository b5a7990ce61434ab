"""Whose word counts: no unit checks what it says of itself."""

from typing import TYPE_CHECKING

from danvan.accounts.selectors import grants_allowing
from danvan.commitments.models import Commitment
from danvan.foundation import clock
from danvan.organisations.selectors import tops_of

if TYPE_CHECKING:
    from danvan.accounts.models import User

OWN_CLAIM = (
    "Đơn vị tự giao việc này cho mình nên không tự kiểm tra được. "
    "Đồng chí vui lòng đề nghị đơn vị cấp trên kiểm tra."
)


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
