"""Lending one's role to another person for a while, and taking it back."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from danvan.accounts.models import Grant, User
from danvan.accounts.roles import LABELS, LENDABLE, PARTS
from danvan.accounts.services.granting import cut
from danvan.accounts.services.refusing import day_faults, locked, locked_grant, refuse
from danvan.foundation import audit, clock
from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.selectors import units_under
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

LONGEST_SYMBOL, LONGEST_REASON = 80, 300


@transaction.atomic
def delegate_grant(
    grant: Grant,
    *,
    to: User,
    valid_to: date,
    actor: User,
    valid_from: date | None = None,
    unit_id: int | None = None,
    role: str = "",
    source_symbol: str = "",
    reason: str = "",
) -> Grant:
    """Lend one's own role, or a `role` that is a part of it, to another person: there or below, within its own period.

    The lender keeps the role. What is lent cannot be lent on, and ends when the lender's grant does. `source_symbol`
    names the document that decides it, `reason` says why.
    """
    held, start = locked_grant(grant), valid_from or clock.today()
    borrower, unit = locked(to), unit_id or held.unit_id
    faults = [
        *_lender_faults(held, actor),
        *_role_faults(held, role or held.role),
        *_word_faults(source_symbol, reason),
        *_borrower_faults(held, borrower),
        *day_faults(start, valid_to, actor=actor),
        *_period_faults(held, start, valid_to),
    ]
    below = units_under([held.unit_id], on=start, follows=held.follows)
    if not below.filter(unit_id=unit).exists():
        faults.append(
            Fault(
                "Đơn vị này nằm ngoài phạm vi quyền của đồng chí. Đồng chí vui lòng chọn đơn vị của"
                " mình hoặc đơn vị cấp dưới.",
                column="unit",
            )
        )
    if not faults and _lent_already(held, borrower, unit, start, valid_to, role or held.role):
        faults.append(
            Fault(
                f"Đồng chí đã ủy quyền việc này cho {borrower.full_name} trong thời gian đó.",
                column="to",
            )
        )
    refuse(faults)
    lent = Grant.objects.create(
        user=borrower,
        unit_id=unit,
        role=role or held.role,
        follows=held.follows,
        valid_from=start,
        valid_to=valid_to,
        granted_by=actor,
        delegated_from=held,
        source_symbol=source_symbol.strip(),
        reason=canonical(reason).strip(),
    )
    audit.record(actor, "accounts.delegate", lent, user=borrower.pk, unit=unit, lent_from=held.pk)
    return lent


def _lender_faults(held: Grant, actor: User) -> list[Fault]:
    if held.user_id != actor.pk:
        return [Fault("Đồng chí chỉ ủy quyền được vai trò của chính mình.", column="grant")]
    if held.delegated_from_id is not None:
        return [Fault("Quyền được ủy thì không ủy tiếp được cho người khác.", column="grant")]
    if held.role not in LENDABLE:
        return [
            Fault(
                f"Vai trò {LABELS.get(held.role, held.role)} không ủy quyền được. Đồng chí vui lòng"
                " cấp quyền có thời hạn cho người thay mình.",
                column="grant",
            )
        ]
    return []


def _role_faults(held: Grant, role: str) -> list[Fault]:
    if role == held.role or role in PARTS.get(held.role, ()):
        return []
    name = LABELS.get(role, role)
    return [
        Fault(
            f"Vai trò {LABELS.get(held.role, held.role)} của đồng chí không gồm quyền “{name}” nên không ủy quyền"
            " được. Đồng chí vui lòng chọn lại.",
            column="role",
        )
    ]


def _word_faults(source_symbol: str, reason: str) -> list[Fault]:
    faults = []
    if len(source_symbol.strip()) > LONGEST_SYMBOL:
        message = f"Ký hiệu văn bản dài quá {LONGEST_SYMBOL} ký tự, đồng chí vui lòng viết gọn lại."
        faults.append(Fault(message, column="source_symbol"))
    if len(reason.strip()) > LONGEST_REASON:
        message = f"Lý do dài quá {LONGEST_REASON} ký tự, đồng chí vui lòng viết gọn lại."
        faults.append(Fault(message, column="reason"))
    return faults


def _borrower_faults(held: Grant, borrower: User) -> list[Fault]:
    if borrower.pk == held.user_id:
        return [Fault("Đồng chí vui lòng chọn một người khác để ủy quyền.", column="to")]
    if not borrower.is_active:
        return [
            Fault(
                f"Tài khoản của {borrower.full_name} đang khóa. Đồng chí vui lòng chọn người khác.",
                column="to",
            )
        ]
    return []


def _period_faults(held: Grant, start: date, end: date) -> list[Fault]:
    faults = []
    if start < held.valid_from:
        faults.append(
            Fault(
                f"Quyền của đồng chí chỉ có từ {format_date(held.valid_from)}. Đồng chí vui lòng"
                " chọn ngày bắt đầu từ ngày đó.",
                column="valid_from",
            )
        )
    if held.valid_to is not None and end > held.valid_to:
        faults.append(
            Fault(
                f"Quyền của đồng chí chỉ đến trước {format_date(held.valid_to)}. Đồng chí vui lòng"
                " chọn ngày hết hạn không sau ngày đó.",
                column="valid_to",
            )
        )
    return faults


def _lent_already(
    held: Grant, borrower: User, unit_id: int, start: date, end: date, role: str
) -> bool:
    """Whether the same, or the whole role, is lent there in that time."""
    return bool(
        held.delegations.filter(
            Q(valid_to=None) | Q(valid_to__gt=start),
            user=borrower,
            unit_id=unit_id,
            role__in=(role, held.role),
            valid_from__lt=end,
        ).exists()
    )


@transaction.atomic
def withdraw_delegation(grant: Grant, *, actor: User) -> Grant:
    """Take back today what one lent."""
    lent = locked_grant(grant)
    if lent.delegated_from is None or lent.delegated_from.user_id != actor.pk:
        raise RuleError("Đồng chí chỉ thu hồi được quyền do chính mình ủy.")
    if lent.valid_to is not None and lent.valid_to <= clock.today():
        raise RuleError("Việc ủy quyền này đã kết thúc.")
    cut(lent, clock.today())
    audit.record(actor, "accounts.withdraw", lent, user=lent.user_id)
    return lent
