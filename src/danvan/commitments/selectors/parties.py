"""Whose word counts: no unit checks what it says of itself, and who speaks for another unit says so."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from danvan.accounts.selectors import grants_allowing
from danvan.commitments.enums import StepKind
from danvan.commitments.models import Commitment
from danvan.commitments.selectors.ledger import own_units
from danvan.foundation import clock
from danvan.organisations.selectors import last_names, tops_of, units_on

if TYPE_CHECKING:
    from danvan.accounts.models import User

OWN_CLAIM = (
    "Đơn vị tự giao việc này cho mình nên không tự kiểm tra được. "
    "Đồng chí vui lòng đề nghị đơn vị cấp trên kiểm tra."
)
BOTH_SIDES = (
    "Việc này được báo hộ đơn vị chủ trì, đồng chí là người giao việc nên cần một người khác kiểm tra. "
    "Đồng chí vui lòng chuyển cho đồng nghiệp."
)


CLAIMED_IT = (
    "Đồng chí là người báo xong việc này nên cần một người khác kiểm tra. "
    "Đồng chí vui lòng chuyển cho đồng nghiệp ở đơn vị giao việc."
)


def why_not_judge(user: "User | None", commitment: Commitment, *, to: str = "kiểm tra") -> str:
    """Why `user` may not check, or close, what was said to be done; empty where they may.

    Of a claim made for the lead, who gave the work is no check either.
    """
    if user is not None and commitment.claimed_by_id == user.pk:
        return CLAIMED_IT.replace("kiểm tra", to)
    if not may_judge(user, commitment):
        return OWN_CLAIM.replace("kiểm tra", to)
    gave = user is not None and commitment.assigned_by_id == user.pk
    return BOTH_SIDES.replace("kiểm tra", to) if gave and claimed_for_lead(commitment) else ""


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


def claimed_for_lead(commitment: Commitment) -> bool:
    """Whether somebody above said for the lead that it is done, and nothing sent that back since. One query."""
    kinds = (StepKind.CLAIMED_FOR, StepKind.RETURNED, StepKind.DISPUTED)
    last = commitment.steps.filter(kind__in=kinds).order_by("-at", "-pk").first()
    return last is not None and last.kind == StepKind.CLAIMED_FOR


def closed_by(commitment: Commitment) -> int | None:
    """The unit whose act closing is; None where a unit gave the work to itself and whoever is above closes it."""
    own = commitment.lead_id == commitment.assigner_id
    return None if own else commitment.assigner_id


def others_among(user: "User | None", unit_ids: Iterable[int]) -> list[str]:
    """The names of those of these units that are not `user`'s own: who acts there acts in their stead.

    Nobody is the software, which speaks for whoever moved it.
    """
    if user is None:
        return []
    others = set(unit_ids) - set(own_units(user))
    return sorted(last_names(others, clock.today()).values()) if others else []


def superiors_of(unit_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """The unit above each of these in its own line, where it has one. One query."""
    found = units_on(unit_ids, on)
    return {pk: one.parent_id for pk, one in found.items() if one.parent_id is not None}
