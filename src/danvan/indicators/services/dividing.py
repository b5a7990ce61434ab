"""A target that is divided among the places below: shares and a reserve that make the whole, and the answers."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from danvan.foundation import audit, clock, events
from danvan.foundation.errors import Fault, RuleError
from danvan.indicators.events import TargetDivided
from danvan.indicators.exact import millionths_of, tidy
from danvan.indicators.models import Target, TargetDivision, TargetRefusal, TargetShare
from danvan.indicators.selectors import CascadeLine, cascade_of, is_divisible
from danvan.indicators.selectors.measures import versions_in_force
from danvan.indicators.services.measures import amount_fault
from danvan.indicators.services.targets import OfFigure, create_target, locked
from danvan.organisations.selectors import children, identities
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

Shares = Sequence[tuple[int, Decimal]]  # (unit id, amount)


@transaction.atomic
def divide_target(
    target: Target,
    shares: Shares,
    *,
    reserve: Decimal,
    actor: "User | None",
    valid_from: date | None = None,
    decision: str = "",
) -> TargetDivision:
    """Divide a target among the places directly below its own, from a day on (today unless said).

    The shares and the reserve make the whole, exactly. A later division replaces an earlier one from its day; none
    is ever edited. All faults are told at once.
    """
    target = locked(target)
    day = valid_from or clock.today()
    decision = canonical(decision).strip()
    faults = [
        *_day_faults(target, day),
        *_share_faults(target, shares, reserve, day),
    ]
    if len(decision) > 200:
        faults.append(Fault("Văn bản ghi không quá 200 ký tự.", column="decision"))
    if faults:
        raise RuleError(" ".join(one.message for one in faults), faults=faults)
    division = TargetDivision.objects.create(
        target=target, valid_from=day, reserve=reserve, decision=decision
    )
    TargetShare.objects.bulk_create(
        TargetShare(division=division, unit_id=unit, amount=amount) for unit, amount in shares
    )
    audit.record(actor, "targets.divide", target, division_id=division.pk, valid_from=day)
    by_id = actor.pk if actor else None
    events.publish(TargetDivided(division_id=division.pk, by_id=by_id))
    return division


@transaction.atomic
def decline_share(
    target: Target, unit_id: int, *, reason: str, actor: "User | None"
) -> TargetRefusal:
    """Keep why a unit does not put its share of a target into its plan."""
    target = locked(target)
    reason = canonical(reason).strip()
    faults = []
    if not reason:
        faults.append(
            Fault(f"Đồng chí vui lòng ghi lý do không nhận phần của chỉ tiêu “{target.title}”.")
        )
    elif len(reason) > 600:
        faults.append(Fault("Lý do ghi không quá 600 ký tự, đồng chí vui lòng rút gọn."))
    _, wrong = _line_of(target, unit_id)
    faults += wrong
    if faults:
        raise RuleError(" ".join(one.message for one in faults), faults=faults)
    refusal = TargetRefusal.objects.create(
        target=target, unit_id=unit_id, reason=reason, made_on=clock.today()
    )
    audit.record(actor, "targets.decline", target, unit_id=unit_id)
    return refusal


@transaction.atomic
def cover_share(target: Target, unit_id: int, *, actor: "User | None") -> Target:
    """Put a unit's share of a target into its plan: a target of its own, of the same indicator, at its share."""
    target = locked(target)
    line, faults = _line_of(target, unit_id)
    if line is None or faults:
        raise RuleError(" ".join(one.message for one in faults), faults=faults)
    unit = identities([unit_id])[unit_id]
    this_year = clock.today().replace(month=1, day=1)
    covering = create_target(
        unit=unit,
        title=target.title,
        quality=target.quality,
        every=target.every,
        valid_from=max(target.valid_from, this_year, unit.founded_on),
        valid_to=target.valid_to,
        figure=OfFigure(
            target.indicator, target.aim, target.bound, tidy(line.amount), target.change_by,
            target.base_period,
        ),
        covers=target,
        decision=target.decision,
        actor=actor,
    )  # fmt: skip
    audit.record(actor, "targets.cover", target, unit_id=unit_id, by=covering.pk)
    return covering


def _line_of(target: Target, unit_id: int) -> tuple[CascadeLine | None, list[Fault]]:
    """The share of a unit today, if it may still answer."""
    cascade = cascade_of(target, on=clock.today())
    line = cascade.line_of(unit_id) if cascade else None
    if line is None:
        words = f"Hôm nay đơn vị này không được giao phần nào của chỉ tiêu “{target.title}”, nên không phải trả lời."
        return None, [Fault(words)]
    if target.valid_to is not None and target.valid_to <= clock.today():
        until = format_date(target.valid_to)
        return line, [Fault(f"Chỉ tiêu “{target.title}” đã hết hiệu lực từ ngày {until}.")]
    if line.covering:
        return line, [Fault(f"Đơn vị đã đưa chỉ tiêu “{target.title}” vào kế hoạch của mình.")]
    return line, []


def _day_faults(target: Target, day: date) -> list[Fault]:
    if day < target.valid_from or (target.valid_to is not None and day >= target.valid_to):
        words = "Đồng chí vui lòng chọn ngày trong thời gian chỉ tiêu có hiệu lực."
        return [Fault(words, column="valid_from")]
    last = target.divisions.order_by("valid_from").last()
    if last is not None and day <= last.valid_from:
        words = (
            f"Chỉ tiêu “{target.title}” đã được phân bổ từ ngày {format_date(last.valid_from)}; lần phân bổ mới phải từ"
            " một ngày sau đó."
        )
        return [Fault(words, column="valid_from")]
    return []


def _share_faults(target: Target, shares: Shares, reserve: Decimal, day: date) -> list[Fault]:
    known = versions_in_force([target.indicator_id], day) if target.indicator_id else {}
    version = next(iter(known.values()), None)
    if version is None or not is_divisible(target, version):
        words = (
            "Chỉ phân bổ được chỉ tiêu có mức cộng được của một địa bàn; tỷ lệ, phần trăm, lộ trình và chỉ tiêu"
            " đếm từ hồ sơ thì không."
        )
        return [Fault(words)]
    below = {branch.unit.id: branch.unit.name for branch in children(target.unit_id, on=day)}
    faults = []
    if not shares:
        faults.append(Fault("Đồng chí vui lòng giao phần cho ít nhất một đơn vị.", column="shares"))
    met: set[int] = set()
    for row, (unit, amount) in enumerate(shares, start=1):
        name = below.get(unit)
        if name is None:
            words = (
                f"Dòng {row}: đơn vị này không trực thuộc địa bàn của chỉ tiêu vào ngày phân bổ."
            )
            faults.append(Fault(words, row, "shares"))
        elif unit in met:
            faults.append(Fault(f"{name} được ghi hai lần.", row, "shares"))
        elif wrong := _amount_fault(amount):
            faults.append(Fault(f"{name}: {wrong}", row, "shares"))
        met.add(unit)
    if wrong := _amount_fault(reserve):
        faults.append(Fault(f"Dự phòng: {wrong}", column="reserve"))
    return faults or _sum_faults(target, shares, reserve)


def _amount_fault(amount: Decimal) -> str:
    if amount.is_finite() and amount < 0:
        return "phần giao không được nhỏ hơn 0."
    return amount_fault(amount)


def _sum_faults(target: Target, shares: Shares, reserve: Decimal) -> list[Fault]:
    """The sum is taken in whole millionths, so that it is exact."""
    assert target.goal is not None
    given = sum(millionths_of(amount) for _, amount in shares) + millionths_of(reserve)
    lacking = millionths_of(target.goal) - given
    if not lacking:
        return []
    goal, total = tidy(target.goal), tidy(Decimal(given).scaleb(-6))
    gap = format_number(abs(tidy(Decimal(lacking).scaleb(-6))))
    words = (
        f"Các phần và dự phòng cộng lại là {format_number(total)}, {'thiếu' if lacking > 0 else 'thừa'} {gap} so với"
        f" mức {format_number(goal)} của chỉ tiêu. Đồng chí vui lòng sửa các phần hoặc dự phòng."
    )
    return [Fault(words, column="reserve")]
