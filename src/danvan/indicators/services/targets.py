"""Everything that changes a target. Each function is one business act in one transaction."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.periods import Every
from danvan.indicators import counting
from danvan.indicators.enums import Comparator, Quality
from danvan.indicators.models import Target, TargetRule
from danvan.organisations.enums import Kind, Level, Sort
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
) -> Target:
    """Set a target for the units of a place. `rules` are (counter key, minimum) pairs that hold together.

    `share` is the part of the population that must fulfil them, as (numerator, denominator); without it,
    all of it. `valid_to` is the first day it no longer holds. All faults are told at once.
    """
    title = canonical(title).strip()
    faults = [
        *_definition_faults(unit, title, quality, every, population_kind, population_levels),
        *_rule_faults(quality, rules),
        *_share_faults(share, comparator),
        *_validity_faults(valid_from, valid_to),
        *_life_faults(unit, valid_from),
    ]
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
        **source.columns(),
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
    target = _locked(target)
    if target.valid_to is not None and target.valid_to <= on:
        raise RuleError(f"Chỉ tiêu này đã hết hiệu lực từ ngày {format_date(target.valid_to)}.")
    if on <= target.valid_from:
        first = format_date(target.valid_from)
        raise RuleError(f"Đồng chí vui lòng chọn ngày kết thúc sau ngày bắt đầu {first}.")
    target.valid_to = on
    target.save(update_fields=["valid_to"])
    audit.record(actor, "targets.end", target, valid_to=on)
    return target


@transaction.atomic
def remove_target(target: Target, *, actor: "User | None") -> None:
    """Take away a target whose acceptance was undone at its source, as if it had not been accepted."""
    target = _locked(target)
    if not target.source_kind:
        raise RuleError(
            "Chỉ tiêu này không lập từ văn bản nào nên không xóa được. "
            "Đồng chí vui lòng cho kết thúc hiệu lực."
        )
    audit.record(
        actor, "targets.remove", target, source_kind=target.source_kind, source_id=target.source_id
    )
    target.delete()


def _locked(target: Target) -> Target:
    """Re-read the row under a lock: the caller's copy may be stale."""
    return Target.objects.select_for_update(of=("self",)).get(pk=target.pk)


def _definition_faults(
    unit: "Unit", title: str, quality: str, every: str, kind: str, levels: Sequence[str]
) -> list[Fault]:
    faults = []
    if unit.sort != Sort.PLACE:
        faults.append(
            Fault("Đồng chí vui lòng chọn một địa bàn (tỉnh, xã) cho chỉ tiêu.", column="unit")
        )
    if not title:
        faults.append(Fault("Đồng chí vui lòng ghi tên chỉ tiêu.", column="title"))
    elif len(title) > 400:
        faults.append(
            Fault("Tên chỉ tiêu dài quá 400 chữ, đồng chí vui lòng rút gọn.", column="title")
        )
    if quality not in Quality.values:
        faults.append(
            Fault(
                "Đồng chí vui lòng chọn cách đánh giá: đếm từ hồ sơ hoặc định tính.",
                column="quality",
            )
        )
    if every not in list(Every):
        faults.append(
            Fault("Đồng chí vui lòng chọn chu kỳ: năm, nửa năm, quý hoặc tháng.", column="every")
        )
    if kind not in Kind.values and (kind or quality == Quality.COUNTED):
        faults.append(
            Fault("Đồng chí vui lòng chọn loại tổ chức phải thực hiện.", column="population_kind")
        )
    if unknown := [level for level in levels if level not in Level.values]:
        faults.append(
            Fault(
                f"Không có cấp “{unknown[0]}”, đồng chí vui lòng chọn lại.",
                column="population_levels",
            )
        )
    if not levels and quality == Quality.COUNTED:
        faults.append(
            Fault(
                "Đồng chí vui lòng chọn ít nhất một cấp phải thực hiện.", column="population_levels"
            )
        )
    return faults


def _rule_faults(quality: str, rules: Sequence[tuple[str, int]]) -> list[Fault]:
    faults = []
    if quality == Quality.COUNTED and not rules:
        faults.append(
            Fault("Chỉ tiêu đếm từ hồ sơ cần ít nhất một điều kiện đếm được.", column="rules")
        )
    if quality == Quality.QUALITATIVE and rules:
        faults.append(
            Fault(
                "Chỉ tiêu định tính đọc theo minh chứng, không có điều kiện đếm. "
                "Đồng chí vui lòng bỏ các điều kiện hoặc chọn cách đếm từ hồ sơ.",
                column="rules",
            )
        )
    known = {counter.key for counter in counting.all_counters()}
    for position, (key, minimum) in enumerate(rules, start=1):
        if key not in known:
            faults.append(
                Fault(
                    f"Phần mềm chưa đếm được “{key}”, đồng chí vui lòng chọn lại.",
                    position,
                    "rules",
                )
            )
        if minimum <= 0:
            faults.append(Fault("Mức tối thiểu phải từ 1 trở lên.", position, "rules"))
    if len({key for key, _ in rules}) < len(rules):
        faults.append(
            Fault("Một nội dung đếm chỉ nêu một lần, với mức cao nhất cần đạt.", column="rules")
        )
    return faults


def _share_faults(share: tuple[int, int] | None, comparator: str) -> list[Fault]:
    faults = []
    if comparator not in Comparator.values:
        faults.append(Fault("Đồng chí vui lòng chọn cách so: ≥ hoặc >.", column="comparator"))
    if share is None:
        if comparator == Comparator.MORE_THAN:
            faults.append(
                Fault(
                    "Không thể vượt toàn bộ số đơn vị; đồng chí vui lòng ghi tỷ lệ.", column="share"
                )
            )
        return faults
    numerator, denominator = share
    if denominator <= 0 or not 0 < numerator <= denominator:
        faults.append(
            Fault(
                "Tỷ lệ cần đạt phải lớn hơn 0 và không quá toàn bộ, ví dụ 80/100.", column="share"
            )
        )
    elif comparator == Comparator.MORE_THAN and numerator == denominator:
        faults.append(
            Fault(
                "Không thể vượt toàn bộ số đơn vị; đồng chí vui lòng xem lại tỷ lệ.", column="share"
            )
        )
    return faults


def _validity_faults(valid_from: date, valid_to: date | None) -> list[Fault]:
    if valid_to is not None and valid_to <= valid_from:
        return [
            Fault(
                f"Ngày hết hiệu lực phải sau ngày bắt đầu {format_date(valid_from)}.",
                column="valid_to",
            )
        ]
    return []


def _life_faults(unit: "Unit", valid_from: date) -> list[Fault]:
    if unit.ended_on is not None and unit.ended_on <= valid_from:
        return [
            Fault(
                f"Địa bàn này kết thúc từ ngày {format_date(unit.ended_on)}. Đồng chí vui lòng lập chỉ tiêu cho đơn vị"
                " kế tiếp, hoặc chọn ngày bắt đầu sớm hơn.",
                column="valid_from",
            )
        ]
    return []
