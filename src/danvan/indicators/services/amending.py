"""A target that is amended: the old one ends on the day, and a version of its own begins. Nothing is edited."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.indicators.models import Target
from danvan.indicators.services.targets import OfFigure, create_target, locked
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User


@transaction.atomic
def amend_target(
    target: Target, *, on: date, decision: str, actor: "User | None", **changes: Any
) -> Target:
    """Let a target hold in other words from `on`, by a document; `changes` are arguments of `create_target`.

    What is not changed stays. What was counted before that day stays with the version that held. Its divisions
    stay with it too: the new version is divided anew.
    """
    target = locked(target)
    faults = []
    if not canonical(decision).strip():
        words = "Đồng chí vui lòng ghi văn bản sửa đổi chỉ tiêu."
        faults.append(Fault(words, column="decision"))
    if on <= target.valid_from:
        first = format_date(target.valid_from)
        words = f"Đồng chí vui lòng chọn ngày sửa đổi sau ngày bắt đầu {first}."
        faults.append(Fault(words, column="on"))
    if target.valid_to is not None and on >= target.valid_to:
        until = format_date(target.valid_to)
        words = f"Chỉ tiêu “{target.title}” hết hiệu lực từ ngày {until}; đồng chí vui lòng chọn ngày trước đó."
        faults.append(Fault(words, column="on"))
    if faults:
        raise RuleError(" ".join(one.message for one in faults), faults=faults)
    said = {**definition_of(target), **changes}
    target.valid_to = on
    target.save(update_fields=["valid_to"])
    amended = create_target(
        **said,
        valid_from=on,
        decision=decision,
        first_version=target.first_version or target,
        actor=actor,
    )
    audit.record(actor, "targets.amend", target, valid_to=on, by=amended.pk)
    return amended


def definition_of(target: Target) -> dict[str, Any]:
    """What a target says, as `create_target` takes it, but for its first day and its document."""
    figure = None
    if target.of_figure:
        figure = OfFigure(
            target.indicator, target.aim, target.bound, target.goal, target.change_by,
            target.base_period, [(one.day, one.amount) for one in target.milestones.all()],
        )  # fmt: skip
    elif target.indicator is not None:
        figure = OfFigure(target.indicator, "", "")  # by whose steps it is read
    return {
        "unit": target.unit,
        "title": target.title,
        "quality": target.quality,
        "every": target.every,
        "population_kind": target.population_kind,
        "population_levels": target.population_levels,
        "rules": [(one.counter, one.minimum) for one in target.rules.all()],
        "share": None if target.share == (1, 1) else target.share,
        "comparator": target.comparator,
        "valid_to": target.valid_to,
        "measured_by": target.measured_by,
        "evidence": target.evidence,
        "followed_by": target.followed_by,
        "figure": figure,
        "covers": target.covers,
    }
