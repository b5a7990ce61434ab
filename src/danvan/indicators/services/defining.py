"""What is measured: defining an indicator, and giving it a new meaning from a day on."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from danvan.foundation import audit
from danvan.foundation.errors import Fault, RuleError
from danvan.indicators import counting
from danvan.indicators.enums import AcrossBreak, MeasureKind, OverTime, OverTree
from danvan.indicators.models import Indicator, IndicatorVersion
from danvan.indicators.selectors.definitions import Definitions, codes_in
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.text import canonical

if TYPE_CHECKING:
    from danvan.accounts.models import User

CODE = re.compile(r"[A-ZĐ0-9][A-ZĐ0-9.-]{0,29}\Z")
MOST_PLACES = 6
RATIO_UNIT = "%"
OF_ITSELF = {MeasureKind.FLOW: OverTime.SUM, MeasureKind.PERSONS: OverTime.NONE}


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
    factor: int = 100,
    annualised: bool = False,
    source_symbol: str = "",
) -> Indicator:
    """Begin to measure something under a code that was never used. All faults are told at once.

    `over_time` says how months make a longer period: by itself a flow is summed, anything else takes the
    last month known; `at_break` whether a value may be apportioned where units were reorganised. A ratio names the codes of its two parts; a formula is a tree over codes.
    """
    code = code.strip().upper()
    faults = []
    if not CODE.match(code):
        message = "Đồng chí vui lòng ghi mã bằng chữ in hoa không dấu và số, ví dụ DV-02."
        faults.append(Fault(message, column="code"))
    elif Indicator.objects.filter(code=code).exists():
        message = f"Mã {code} đã dùng cho một chỉ tiêu khác, đồng chí vui lòng chọn mã mới."
        faults.append(Fault(message, column="code"))
    version = _version(
        name=name, definition=definition, unit_label=unit_label, kind=kind, valid_from=valid_from,
        over_time=over_time, over_tree=over_tree, at_break=at_break, places=places, counter=counter,
        formula=formula, factor=factor, annualised=annualised, source_symbol=source_symbol,
    )  # fmt: skip
    faults += _faults(version) + _part_faults(version, None, numerator, denominator)
    _refuse(faults)
    version.indicator = Indicator.objects.create(code=code)
    version.number = 1
    version.save()
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
    factor: int = 100,
    annualised: bool = False,
    source_symbol: str = "",
) -> IndicatorVersion:
    """Give an indicator another meaning from a day on: a new version; the one before ends on that day."""
    indicator = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    before = indicator.versions.order_by("number").last()
    version = _version(
        name=name, definition=definition, unit_label=unit_label, kind=kind, valid_from=valid_from,
        over_time=over_time, over_tree=over_tree, at_break=at_break, places=places, counter=counter,
        formula=formula, factor=factor, annualised=annualised, source_symbol=source_symbol,
    )  # fmt: skip
    faults = _faults(version) + _part_faults(version, indicator, numerator, denominator)
    if before is not None and valid_from <= before.valid_from:
        message = (
            f"Phiên bản trước có hiệu lực từ ngày {format_date(before.valid_from)}; "
            "đồng chí vui lòng chọn ngày sau ngày đó."
        )
        faults.append(Fault(message, column="valid_from"))
    _refuse(faults)
    version.indicator = indicator
    version.number = 1
    if before is not None:
        before.valid_to = valid_from
        before.save(update_fields=["valid_to"])
        version.number = before.number + 1
    version.save()
    audit.record(actor, "indicators.redefine", indicator, version_id=version.pk)
    return version


def _version(**said: Any) -> IndicatorVersion:
    """The version as said, not stored yet."""
    for words in ("name", "definition", "unit_label", "source_symbol"):
        said[words] = canonical(said[words]).strip()
    if not said["over_time"]:
        said["over_time"] = OF_ITSELF.get(said["kind"], OverTime.LAST)
    if not said["over_tree"]:
        persons = said["kind"] == MeasureKind.PERSONS
        said["over_tree"] = OverTree.NONE if persons else OverTree.SUM
    if said["kind"] == MeasureKind.RATIO:
        said["unit_label"] = said["unit_label"] or RATIO_UNIT
    return IndicatorVersion(**said)


def _faults(version: IndicatorVersion) -> list[Fault]:
    faults = []
    for column, longest, message in (
        ("name", 300, "Đồng chí vui lòng ghi tên chỉ tiêu, không quá 300 chữ."),
        ("definition", 5_000, "Đồng chí vui lòng ghi định nghĩa: tính cái gì, không tính cái gì."),
        ("unit_label", 60, "Đồng chí vui lòng ghi đơn vị tính, ví dụ cuộc, người, %."),
    ):
        if not 0 < len(getattr(version, column)) <= longest:
            faults.append(Fault(message, column=column))
    if len(version.source_symbol) > 80:
        message = "Số ký hiệu văn bản dài quá 80 chữ, đồng chí vui lòng rút gọn."
        faults.append(Fault(message, column="source_symbol"))
    if version.kind not in MeasureKind.values:
        message = "Đồng chí vui lòng chọn loại: phát sinh trong kỳ, tại cuối kỳ hoặc tỷ lệ."
        faults.append(Fault(message, column="kind"))
    if version.over_time not in OverTime.values:
        message = (
            "Đồng chí vui lòng chọn cách cộng theo thời gian: cộng các tháng hoặc lấy tháng cuối."
        )
        faults.append(Fault(message, column="over_time"))
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


def _part_faults(
    version: IndicatorVersion,
    indicator: Indicator | None,
    numerator: str | None,
    denominator: str | None,
) -> list[Fault]:
    """What is wrong with what it is worked out from; names the two parts of a ratio on the way."""
    if version.kind == MeasureKind.RATIO:
        if not numerator or not denominator or numerator == denominator or version.formula:
            message = "Tỷ lệ cần mã của tử số và của mẫu số, là hai chỉ tiêu khác nhau."
            return [Fault(message, column="numerator")]
        codes = [numerator, denominator]
    elif numerator or denominator:
        return [Fault("Chỉ tỷ lệ mới có tử số và mẫu số.", column="numerator")]
    elif version.formula is None:
        return []
    else:
        try:
            codes = codes_in(version.formula)
        except ValueError:
            message = "Công thức chỉ gồm tổng hoặc hiệu của từ hai mã chỉ tiêu trở lên."
            return [Fault(message, column="formula")]
        if version.counter:
            message = "Chỉ tiêu tính theo công thức không đếm từ hồ sơ nữa."
            return [Fault(message, column="formula")]
    known = {one.code: one for one in Indicator.objects.filter(code__in=codes)}
    if missing := [code for code in codes if code not in known]:
        message = f"Chưa có chỉ tiêu mã {missing[0]}, đồng chí vui lòng định nghĩa trước."
        return [Fault(message, column="formula" if version.formula else "numerator")]
    if version.kind == MeasureKind.RATIO:
        version.numerator, version.denominator = known[codes[0]], known[codes[1]]
    return _circle_faults([one.pk for one in known.values()], indicator)


def _circle_faults(parts: list[int], indicator: Indicator | None) -> list[Fault]:
    """A figure is worked out from figures that are there before it: never from a ratio, never from itself."""
    book = Definitions.of(parts)
    faults = []
    if any(one.kind == MeasureKind.RATIO for rows in book.versions.values() for one in rows):
        message = "Không tính được từ một tỷ lệ; đồng chí vui lòng dùng tử số và mẫu số của nó."
        faults.append(Fault(message, column="formula"))
    if indicator is not None and indicator.pk in book.versions:
        message = f"Chỉ tiêu {indicator.code} không thể tính từ chính nó."
        faults.append(Fault(message, column="formula"))
    return faults


def _refuse(faults: list[Fault]) -> None:
    if faults:
        told = " ".join(fault.message for fault in faults)
        raise RuleError(f"Chưa lập được chỉ tiêu thống kê: {told}", faults=faults)
