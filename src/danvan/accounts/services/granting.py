"""Giving a role at a unit for a period, and ending it."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q

from danvan.accounts.models import Grant, User
from danvan.accounts.roles import LABELS, ROLES
from danvan.accounts.selectors import roles_given_by
from danvan.accounts.services.refusing import (
    LAST_ADMINISTRATOR,
    day_faults,
    last_administrator,
    locked,
    locked_grant,
    meeting,
    not_theirs,
    out_of_reach,
    refuse,
)
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import UnitOnDay, unit_on
from danvan.organisations.services.holding import hold_units


@transaction.atomic
def grant_role(
    user: User,
    *,
    unit_id: int,
    role: str,
    actor: User | None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    follows: str = "",
) -> Grant:
    """Give a person a role at a unit and everything below it, from a day (today) up to but not including another.

    It follows a place down the places, an organisation down its line, unless `follows` says otherwise.
    `actor` None is the system itself: the first administrator, demonstrations.
    """
    hold_units([unit_id])
    subject, start = locked(user), valid_from or clock.today()
    unit = unit_on(unit_id, start)
    way = follows or (Follows.PLACE if unit is None or unit.is_place else Follows.LINE)
    faults = [
        *_role_faults(subject, role, actor),
        *_unit_faults(unit, way, start, actor),
        *day_faults(start, valid_to, actor=actor),
    ]
    if not faults and meeting(subject, role, unit_id, start, valid_to):
        faults.append(
            Fault(
                f"{subject.full_name} đã giữ vai trò {LABELS[role]} tại đơn vị này trong thời gian"
                " đó. Đồng chí vui lòng kết thúc quyền cũ trước hoặc chọn thời gian khác.",
                column="role",
            )
        )
    refuse(faults)
    grant = Grant.objects.create(
        user=subject,
        unit_id=unit_id,
        role=role,
        follows=way,
        valid_from=start,
        valid_to=valid_to,
        granted_by=actor,
    )
    audit.record(actor, "accounts.grant", grant, user=subject.pk, unit=unit_id, role=role)
    return grant


def _role_faults(subject: User, role: str, actor: User | None) -> list[Fault]:
    faults = []
    if not subject.is_active:
        faults.append(
            Fault(
                f"Tài khoản của {subject.full_name} đang khóa. Đồng chí vui lòng mở khóa trước khi"
                " cấp quyền.",
                column="user",
            )
        )
    if actor is not None and actor.pk == subject.pk:
        faults.append(
            Fault(
                "Đồng chí không thể tự cấp quyền cho mình. Đồng chí vui lòng đề nghị một người quản"
                " trị khác.",
                column="user",
            )
        )
    if role not in ROLES:
        faults.append(
            Fault(
                f"Không có vai trò “{role}”. Đồng chí vui lòng chọn một vai trò trong danh sách.",
                column="role",
            )
        )
    elif actor is not None and role not in roles_given_by(actor):
        faults.append(
            Fault(
                f"Đồng chí không được cấp vai trò {LABELS[role]}. Đồng chí vui lòng đề nghị người"
                " quản trị.",
                column="role",
            )
        )
    return faults


def _unit_faults(unit: UnitOnDay | None, way: str, start: date, actor: User | None) -> list[Fault]:
    if unit is None:
        return [
            Fault(
                "Đơn vị này không có trong sổ vào ngày bắt đầu. Đồng chí vui lòng chọn đơn vị khác"
                " hoặc ngày khác.",
                column="unit",
            )
        ]
    if way not in Follows.values or (way == Follows.LINE and unit.is_place):
        return [
            Fault(
                "Quyền ở một địa bàn chỉ đi theo địa bàn; chỉ quyền ở một tổ chức mới đi theo ngành"
                " dọc. Đồng chí vui lòng chọn lại.",
                column="follows",
            )
        ]
    if out_of_reach(actor, unit.id, way, start):
        return [
            Fault(
                f"{unit.name} nằm ngoài phạm vi quản trị của đồng chí. Đồng chí vui lòng chọn đơn"
                " vị trong phạm vi của mình hoặc đề nghị người quản trị cấp trên.",
                column="unit",
            )
        ]
    return []


@transaction.atomic
def end_grant(grant: Grant, *, actor: User | None, on: date | None = None) -> Grant:
    """Let a grant hold up to but not including a day (today); what was lent from it ends with it."""
    held, last = locked_grant(grant), on or clock.today()
    if held.valid_to is not None and held.valid_to <= last:
        raise RuleError("Quyền này đã kết thúc vào hoặc trước ngày đó.")
    if last < clock.today():
        raise RuleError(
            "Quyền không thể kết thúc vào một ngày đã qua. Đồng chí vui lòng chọn hôm nay hoặc một"
            " ngày sau."
        )
    if why := not_theirs(actor, held):
        raise RuleError(why)
    if actor is not None and last_administrator(Q(pk=held.pk)):
        raise RuleError(LAST_ADMINISTRATOR)
    cut(held, last)
    audit.record(actor, "accounts.end_grant", held, user=held.user_id, on=last.isoformat())
    return held


def cut(grant: Grant, last: date) -> None:
    """End a locked grant and what was lent from it on a day; before its first day it never holds."""
    grant.valid_to = max(last, grant.valid_from)
    grant.save(update_fields=["valid_to"])
    lent = grant.delegations.filter(Q(valid_to=None) | Q(valid_to__gt=grant.valid_to))
    lent.filter(valid_from__gte=grant.valid_to).update(valid_to=F("valid_from"))
    lent.filter(valid_from__lt=grant.valid_to).update(valid_to=grant.valid_to)
