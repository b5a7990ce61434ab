"""What is measured: defining an indicator, and giving it a new meaning from a day on."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from danvan.foundation import audit, search
from danvan.foundation.errors import Fault, RuleError
from danvan.foundation.locks import alone
from danvan.indicators import counting
from danvan.indicators.enums import AcrossBreak, MeasureKind, OverTime, OverTree
from danvan.indicators.models import Indicator, IndicatorVersion, ScaleStep
from danvan.indicators.selectors.measures import PERCENT
from danvan.indicators.services.building import part_faults
from danvan.indicators.services.scales import STEP_UNIT, Scale, scale_faults, scale_of
from danvan.indicators.services.turning import turning_faults
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User
    from danvan.organisations.models import Unit

CODE = re.compile(r"[A-ZĐ0-9][A-ZĐ0-9.-]{0,29}\Z")
MOST_PLACES = 6
RATIO_UNITS = {PERCENT: "%", 1_000: "‰"}
NEVER = (OverTime.NONE, OverTree.NONE)
LARGEST_FACTOR = 10**9
DEFINER = 4_110_219_777  # two that define at once could close a circle between them
OF_ITSELF = {
    MeasureKind.FLOW: OverTime.SUM,
    MeasureKind.PERSONS: OverTime.NONE,
    MeasureKind.QUALITATIVE: OverTime.NONE,
}
NOT_SUMMED = {MeasureKind.PERSONS, MeasureKind.QUALITATIVE}


@transaction.atomic
def define_indicator(
    *,
    code: str,
    name: str,
    definition: str,
    unit_label: str,
    kind: str,
    actor: "User | None",
    valid_from: date,
    over_time: str | None = None,
    over_tree: str | None = None,
    at_break: str = AcrossBreak.SHARE,
    places: int = 0,
    counter: str = "",
    formula: Any = None,
    numerator: str | None = None,
    denominator: str | None = None,
    factor: int = PERCENT,
    annualised: bool = False,
    source_symbol: str = "",
    steps: Sequence[Scale] = (),
    owner: "Unit | None" = None,
) -> Indicator:
    """Begin to measure something under a code that was never used. All faults are told at once.

    `over_time` says how months make a longer period: by itself a flow is summed, persons are not, anything else
    takes the last month known; `over_tree` how units make a place: by itself all but persons are summed. `at_break`
    says whether a value may be apportioned where units were reorganised. A ratio names the codes of its two parts,
    and is told in `factor` (100: percent), for a whole year where it is `annualised`; a formula is a tree over codes.
    What is qualitative has `steps`, the best first: each a name and what it means. `owner` answers for the definition.
    """
    alone(DEFINER, wait=True)
    code = code.strip().upper()
    faults = []
    if not CODE.match(code):
        message = "Đồng chí vui lòng ghi mã bằng chữ in hoa không dấu và số, ví dụ DV-02."
        faults.append(Fault(message, column="code"))
    elif Indicator.objects.filter(code=code).exists():
        message = f"Mã {code} đã dùng cho một chỉ số khác, đồng chí vui lòng chọn mã mới."
        faults.append(Fault(message, column="code"))
    version = _version(
        name=name, definition=definition, unit_label=unit_label, kind=kind, valid_from=valid_from,
        over_time=over_time, over_tree=over_tree, at_break=at_break, places=places, counter=counter,
        formula=formula, factor=factor, annualised=annualised, source_symbol=source_symbol,
    )  # fmt: skip
    scale = scale_of(steps)
    faults += _faults(version) + part_faults(version, None, (numerator, denominator))
    _refuse(faults + scale_faults(version.kind, scale))
    version.indicator = Indicator.objects.create(code=code, owner=owner)
    version.number = 1
    _keep(version, scale)
    audit.record(actor, "indicators.define", version.indicator, version_id=version.pk)
    return version.indicator


@transaction.atomic
def redefine_indicator(
    indicator: Indicator,
    *,
    valid_from: date,
    name: str,
    definition: str,
    unit_label: str,
    kind: str,
    actor: "User | None",
    over_time: str | None = None,
    over_tree: str | None = None,
    at_break: str = AcrossBreak.SHARE,
    places: int = 0,
    counter: str = "",
    formula: Any = None,
    numerator: str | None = None,
    denominator: str | None = None,
    factor: int = PERCENT,
    annualised: bool = False,
    source_symbol: str = "",
    steps: Sequence[Scale] = (),
) -> IndicatorVersion:
    """Give an indicator another meaning from a day on: a new version; the one before ends on that day."""
    alone(DEFINER, wait=True)
    indicator = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    before = indicator.versions.order_by("number").last()
    version = _version(
        name=name, definition=definition, unit_label=unit_label, kind=kind, valid_from=valid_from,
        over_time=over_time, over_tree=over_tree, at_break=at_break, places=places, counter=counter,
        formula=formula, factor=factor, annualised=annualised, source_symbol=source_symbol,
    )  # fmt: skip
    faults = _faults(version) + part_faults(version, indicator, (numerator, denominator))
    if before is not None and valid_from <= before.valid_from:
        message = (
            f"Phiên bản trước có hiệu lực từ ngày {format_date(before.valid_from)}; "
            "đồng chí vui lòng chọn ngày sau ngày đó."
        )
        faults.append(Fault(message, column="valid_from"))
    faults += turning_faults(before, version)
    scale = scale_of(steps)
    _refuse(faults + scale_faults(version.kind, scale))
    version.indicator = indicator
    version.number = 1
    if before is not None:
        # one that had ended before stays ended: nothing was measured between
        before.valid_to = min(before.valid_to or valid_from, valid_from)
        before.save(update_fields=["valid_to"])
        version.number = before.number + 1
    _keep(version, scale)
    audit.record(actor, "indicators.redefine", indicator, version_id=version.pk)
    return version


def _version(**said: Any) -> IndicatorVersion:
    """The version as said, not stored yet."""
    for words in ("name", "definition", "unit_label", "source_symbol"):
        said[words] = canonical(said[words]).strip()
    if not said["over_time"]:
        said["over_time"] = OF_ITSELF.get(said["kind"], OverTime.LAST)
    if not said["over_tree"]:
        said["over_tree"] = OverTree.NONE if said["kind"] in NOT_SUMMED else OverTree.SUM
    if said["kind"] == MeasureKind.QUALITATIVE:
        said["unit_label"] = said["unit_label"] or STEP_UNIT
    if said["kind"] == MeasureKind.RATIO:
        said["unit_label"] = said["unit_label"] or RATIO_UNITS.get(said["factor"], "")
    return IndicatorVersion(**said)


def _keep(version: IndicatorVersion, scale: Sequence[Scale]) -> None:
    """Store a version with its scale, and make its indicator findable by its words."""
    version.save()
    ScaleStep.objects.bulk_create(
        ScaleStep(version=version, position=position, name=name, meaning=meaning)
        for position, (name, meaning) in enumerate(scale, 1)
    )
    words = f"{version.indicator.code} {version.name} {version.definition}"
    search.index(version.indicator, words)


def _faults(version: IndicatorVersion) -> list[Fault]:
    faults = []
    for column, longest, message in (
        ("name", 300, "Đồng chí vui lòng ghi tên chỉ số, không quá 300 ký tự."),
        ("definition", 5_000, "Đồng chí vui lòng ghi định nghĩa: tính cái gì, không tính cái gì."),
        ("unit_label", 60, "Đồng chí vui lòng ghi đơn vị tính, ví dụ cuộc, người, %."),
    ):
        if not 0 < len(getattr(version, column)) <= longest:
            faults.append(Fault(message, column=column))
    if len(version.source_symbol) > 80:
        message = "Số ký hiệu văn bản dài quá 80 ký tự, đồng chí vui lòng rút gọn."
        faults.append(Fault(message, column="source_symbol"))
    if version.kind not in MeasureKind.values:
        message = "Đồng chí vui lòng chọn loại: phát sinh trong kỳ, tại cuối kỳ, tỷ lệ, số người hoặc định tính."
        faults.append(Fault(message, column="kind"))
    faults += _summing_faults(version)
    if version.at_break not in AcrossBreak.values:
        message = "Đồng chí vui lòng chọn cách tính khi sắp xếp đơn vị: chia theo tỷ trọng hoặc chỉ cộng trọn vẹn."
        faults.append(Fault(message, column="at_break"))
    if not 0 <= version.places <= MOST_PLACES:
        message = f"Số chữ số thập phân từ 0 đến {MOST_PLACES}."
        faults.append(Fault(message, column="places"))
    if version.counter and version.counter not in {one.key for one in counting.all_counters()}:
        message = f"Phần mềm chưa đếm được “{version.counter}”, đồng chí vui lòng chọn lại."
        faults.append(Fault(message, column="counter"))
    return faults


def _summing_faults(version: IndicatorVersion) -> list[Fault]:
    """What is wrong with how it goes up: the way over time and over the tree, and what a ratio is told in."""
    faults = []
    if version.over_time not in OverTime.values:
        told = "; ".join(str(label).lower() for label in OverTime.labels)
        message = f"Đồng chí vui lòng chọn cách tổng hợp theo thời gian: {told}."
        faults.append(Fault(message, column="over_time"))
    if version.over_tree not in OverTree.values:
        told = "; ".join(str(label).lower() for label in OverTree.labels)
        message = f"Đồng chí vui lòng chọn cách tổng hợp theo đơn vị: {told}."
        faults.append(Fault(message, column="over_tree"))
    elif version.kind == MeasureKind.QUALITATIVE and _summed_or_worked_out(version):
        message = (
            "Chỉ số định tính không cộng, không đếm từ hồ sơ, không tính theo công thức; ở cấp trên phần mềm đếm"
            " mỗi bậc có bao nhiêu đơn vị."
        )
        faults.append(Fault(message, column="over_tree"))
    elif version.kind == MeasureKind.PERSONS and (version.over_time, version.over_tree) != NEVER:
        message = (
            "Số người không cộng các tháng hay các đơn vị, vì một người sẽ bị đếm nhiều lần; đồng chí vui lòng"
            " để “không tổng hợp”, hoặc chọn loại phát sinh trong kỳ để đếm lượt."
        )
        faults.append(Fault(message, column="over_tree"))
    if not 1 <= version.factor <= LARGEST_FACTOR:
        message = "Tỷ lệ tính trên một số từ 1 trở lên, ví dụ 100, 1.000 hoặc 10.000."
        faults.append(Fault(message, column="factor"))
    elif version.kind != MeasureKind.RATIO and (version.factor != PERCENT or version.annualised):
        message = "Chỉ tỷ lệ mới tính trên 1.000, 10.000 hoặc quy ra một năm."
        faults.append(Fault(message, column="factor"))
    return faults


def _summed_or_worked_out(version: IndicatorVersion) -> bool:
    summed = (version.over_time, version.over_tree) != NEVER
    return summed or bool(version.counter) or version.formula is not None or version.places > 0


def _refuse(faults: list[Fault]) -> None:
    if faults:
        told = " ".join(fault.message for fault in faults)
        raise RuleError(f"Chưa lập được chỉ số: {told}", faults=faults)
