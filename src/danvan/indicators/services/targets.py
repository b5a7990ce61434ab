"""Everything that changes a target. Each function is one business act in one transaction."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.indicators.enums import Aim, Comparator, Quality
from danvan.indicators.models import Indicator, Target, TargetMilestone, TargetRule
from danvan.indicators.services.target_faults import (
    Milestones,
    covers_faults,
    definition_faults,
    figure_faults,
    judged_faults,
    life_faults,
    rule_faults,
    share_faults,
    validity_faults,
)
from danvan.organisations.enums import Level
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit


@dataclass(frozen=True, slots=True)
class Source:
    """The sentence a target was taken from: the thing that holds it, and the span in its text."""

    kind: str = ""  # e.g. documents.document
    id: int | None = None
    start: int | None = None
    end: int | None = None
    sentence: str = ""
    symbol: str = ""

    def columns(self) -> dict[str, Any]:
        """As the columns of a row that keeps where it was taken from."""
        return {f"source_{name}": value for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class OfFigure:
    """What a target asks of the figure of an indicator (see `Target`). A path has `milestones` and no `goal`."""

    indicator: Indicator | None
    aim: str
    bound: str
    goal: Decimal | None = None
    change_by: str = ""
    base_period: str = ""
    milestones: Milestones = ()

    def columns(self) -> dict[str, Any]:
        """As the columns of a target; those that the aim does not use stay empty."""
        changes = self.aim == Aim.CHANGE
        return {
            "indicator": self.indicator,
            "aim": self.aim,
            "bound": self.bound,
            "goal": None if self.aim == Aim.PATH else self.goal,
            "change_by": self.change_by if changes else "",
            "base_period": self.base_period if changes else "",
        }


def _measured(figure: OfFigure | None, quality: str) -> dict[str, Any]:
    if figure is None or quality not in (Quality.FIGURE, Quality.QUALITATIVE):
        return {}
    return figure.columns() if quality == Quality.FIGURE else {"indicator": figure.indicator}


@transaction.atomic
def create_target(
    *,
    unit: "Unit",
    title: str,
    quality: str,
    every: str,
    valid_from: date,
    actor: "User | None",
    population_kind: str = "",
    population_levels: Sequence[str] = (),
    rules: Sequence[tuple[str, int]] = (),
    share: tuple[int, int] | None = None,
    comparator: str = Comparator.AT_LEAST,
    valid_to: date | None = None,
    source: Source | None = None,
    measured_by: str = "",
    evidence: str = "",
    followed_by: "Unit | None" = None,
    figure: OfFigure | None = None,
    covers: Target | None = None,
    decision: str = "",
    first_version: Target | None = None,
) -> Target:
    """Set a target for the units of a place. `rules` are (counter key, minimum) pairs that hold together.

    `share` is the part of the population that must fulfil them, as (numerator, denominator); without it,
    all of it. `valid_to` is the first day it no longer holds. A target of a `figure` has no rules; without levels
    it is of the place itself; a qualitative one takes of it the indicator by whose steps it is read. `covers` is the target of a place above that this one puts into a plan. All faults
    are told at once.
    """
    title = canonical(title).strip()
    decision = canonical(decision).strip()
    faults = [
        *definition_faults(unit, title, quality, every, population_kind, population_levels),
        *rule_faults(quality, rules),
        *share_faults(share, comparator),
        *validity_faults(valid_from, valid_to),
        *life_faults(unit, valid_from),
        *covers_faults(unit, covers, valid_from),
    ]
    if quality == Quality.FIGURE:
        figure = figure or OfFigure(None, "", "")
        faults += figure_faults(figure, every)
    elif quality == Quality.QUALITATIVE:
        faults += judged_faults(figure)
    if len(decision) > 200:
        faults.append(Fault("Văn bản ghi không quá 200 ký tự.", column="decision"))
    if faults:
        raise RuleError(
            "Chưa lập được chỉ tiêu: " + " ".join(f.message for f in faults), faults=faults
        )
    source = source or Source()
    target = Target.objects.create(
        unit=unit,
        title=title,
        quality=quality,
        population_kind=population_kind,
        population_levels=[level.value for level in Level if level in population_levels],
        every=every,
        comparator=comparator,
        share_numerator=share[0] if share else None,
        share_denominator=share[1] if share else None,
        measured_by=canonical(measured_by).strip(),
        evidence=canonical(evidence).strip(),
        followed_by=followed_by,
        valid_from=valid_from,
        valid_to=valid_to,
        covers=covers,
        decision=decision,
        first_version=first_version,
        **_measured(figure, quality),
        **source.columns(),
    )
    if figure and target.aim == Aim.PATH:
        TargetMilestone.objects.bulk_create(
            TargetMilestone(target=target, day=day, amount=amount)
            for day, amount in figure.milestones
        )
    TargetRule.objects.bulk_create(
        TargetRule(target=target, position=position, counter=key, minimum=minimum)
        for position, (key, minimum) in enumerate(rules)
    )
    audit.record(
        actor,
        "targets.create",
        target,
        unit_id=unit.pk,
        source_kind=source.kind,
        source_id=source.id,
    )
    return target


@transaction.atomic
def end_target(target: Target, *, on: date, actor: "User | None") -> Target:
    """Let a target hold no longer from `on`; what was counted before that day stays as it is."""
    target = locked(target)
    if target.valid_to is not None and target.valid_to <= on:
        raise RuleError(
            f"Chỉ tiêu “{target.title}” đã hết hiệu lực từ ngày {format_date(target.valid_to)}."
        )
    if on <= target.valid_from:
        first = format_date(target.valid_from)
        raise RuleError(
            f"Chỉ tiêu “{target.title}” bắt đầu ngày {first}. Đồng chí vui lòng chọn ngày kết thúc sau ngày đó."
        )
    target.valid_to = on
    target.save(update_fields=["valid_to"])
    audit.record(actor, "targets.end", target, valid_to=on)
    return target


@transaction.atomic
def remove_target(target: Target, *, actor: "User | None") -> None:
    """Take away a target whose acceptance was undone at its source, as if it had not been accepted."""
    target = locked(target)
    if not target.source_kind:
        raise RuleError(
            f"Chỉ tiêu “{target.title}” không lập từ văn bản nào nên không xóa được. "
            "Đồng chí vui lòng cho kết thúc hiệu lực."
        )
    if (
        target.later_versions.exists()
        or target.divisions.exists()
        or target.covered_by.exists()
        or target.first_version_id
    ):
        raise RuleError(
            f"Chỉ tiêu “{target.title}” đã được sửa đổi, phân bổ hoặc đưa vào kế hoạch của đơn vị dưới nên không"
            " bỏ được. Đồng chí vui lòng cho kết thúc hiệu lực."
        )
    audit.record(
        actor, "targets.remove", target, source_kind=target.source_kind, source_id=target.source_id
    )
    target.delete()


def locked(target: Target) -> Target:
    """Re-read the row under a lock: the caller's copy may be stale."""
    return Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
