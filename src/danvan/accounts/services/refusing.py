"""What several acts on grants refuse for the same reasons."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from danvan.accounts.models import Grant, User
from danvan.accounts.selectors import allowed_users, reaches_all, roles_given_by
from danvan.foundation import clock
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import in_force, roots, units_under
from danvan.vietnamese.dates import format_date


def refuse(faults: Sequence[Fault]) -> None:
    """Raise one refusal for all faults; do nothing where there are none."""
    if len(faults) == 1:
        raise RuleError(faults[0].message, faults=faults)
    if faults:
        raise RuleError(
            f"Có {len(faults)} điểm chưa đúng. Đồng chí vui lòng sửa từng điểm rồi gửi lại.",
            faults=faults,
        )


def locked(user: User) -> User:
    """The person, re-read and locked until the act ends."""
    return User.objects.select_for_update().get(pk=user.pk)


def locked_grant(grant: Grant) -> Grant:
    """The grant, re-read and locked until the act ends."""
    return Grant.objects.select_for_update().get(pk=grant.pk)


def out_of_reach(actor: Any, unit_id: int, follows: str, on: date) -> bool:
    """Whether a grant would reach beyond where `actor` may give grants. The system itself may everywhere."""
    if actor is None:
        return False
    below = units_under([unit_id], on=on, follows=follows)
    return not below.exists() or not reaches_all(actor, "accounts.grant", below)


def not_theirs(actor: Any, grant: Grant) -> str:
    """Why `actor` may not decide about this grant; nothing where they may."""
    on = max(grant.valid_from, clock.today())
    if out_of_reach(actor, grant.unit_id, grant.follows, on):
        return (
            "Quyền này giữ ở đơn vị ngoài phạm vi quản trị của đồng chí. Đồng chí vui lòng đề nghị"
            " người quản trị cấp trên."
        )
    if actor is not None and grant.role not in roles_given_by(actor):
        return "Vai trò này không thuộc các vai trò đồng chí được cấp hoặc thu hồi."
    return ""


def over(user: User, actor: Any) -> str:
    """Why `actor` may not decide about this person as a whole; nothing where they may.

    Somebody who holds a right beyond the reach of `actor` is not theirs: resetting that person's
    password would be a way to take that right.
    """
    if actor is None:
        return ""
    if not allowed_users(actor, "accounts.grant").filter(pk=user.pk).exists():
        return NOT_THEIRS
    today = clock.today()
    held = Grant.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today), user=user)
    if any(not_theirs(actor, grant) for grant in held):
        return NOT_THEIRS
    return ""


def last_administrator(without: Q) -> bool:
    """Whether nobody could administer the whole installation any more `without` these grants."""
    today = clock.today()
    theirs = Grant.objects.filter(
        in_force(today),
        role="administrator",
        follows=Follows.PLACE,
        unit_id__in=roots(on=today),
        user__is_active=True,
    )
    return theirs.filter(without).exists() and not theirs.exclude(without).exists()


NOT_THEIRS = (
    "Người này không thuộc phạm vi quản trị của đồng chí hoặc còn giữ quyền ngoài phạm vi đó. Đồng"
    " chí vui lòng đề nghị người quản trị cấp trên."
)
LAST_ADMINISTRATOR = (
    "Đây là người quản trị cuối cùng của toàn hệ thống. Đồng chí vui lòng cấp quyền quản trị cho một"
    " người khác trước."
)


def day_faults(valid_from: date, valid_to: date | None, *, actor: Any) -> list[Fault]:
    """What is wrong with the period of a new grant."""
    today, faults = clock.today(), []
    if actor is not None and valid_from < today:
        faults.append(
            Fault(
                f"Quyền không thể bắt đầu trước hôm nay ({format_date(today)}). Đồng chí vui lòng"
                " chọn ngày khác.",
                column="valid_from",
            )
        )
    if valid_to is not None and valid_to <= valid_from:
        faults.append(
            Fault(
                "Ngày hết hạn phải sau ngày bắt đầu. Đồng chí vui lòng chọn ngày khác.",
                column="valid_to",
            )
        )
    elif actor is not None and valid_to is not None and valid_to <= today:
        faults.append(
            Fault("Ngày hết hạn đã qua. Đồng chí vui lòng chọn ngày khác.", column="valid_to")
        )
    return faults


def meeting(user: User, role: str, unit_id: int, start: date, end: date | None) -> bool:
    """Whether the person already holds this role at this unit, by their own right, on any of these days."""
    held = Grant.objects.filter(user=user, role=role, unit_id=unit_id, delegated_from=None)
    held = held.filter(Q(valid_to=None) | Q(valid_to__gt=start))
    return held.exists() if end is None else held.filter(valid_from__lt=end).exists()
