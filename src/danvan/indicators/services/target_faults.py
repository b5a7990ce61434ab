"""What is wrong with a target as somebody wants to set it, all at once."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from danvan.foundation.errors import Fault
from danvan.foundation.periods import Every, Period
from danvan.indicators import counting
from danvan.indicators.enums import Aim, Bound, ChangeBy, Comparator, MeasureKind, Quality
from danvan.indicators.models import Indicator, Target
from danvan.indicators.services.measures import amount_fault
from danvan.organisations.enums import Kind, Level, Sort
from danvan.organisations.selectors import path_to
from danvan.vietnamese.dates import format_date

if TYPE_CHECKING:
    from danvan.indicators.services.targets import OfFigure
    from danvan.organisations.models import Unit

Milestones = Sequence[tuple[date, Decimal]]


def figure_faults(asked: "OfFigure", every: str) -> list[Fault]:
    """Faults of what is asked of a figure."""
    indicator, aim, bound, goal = asked.indicator, asked.aim, asked.bound, asked.goal
    faults = []
    if indicator is None or not indicator.versions.exists():
        faults.append(Fault("Đồng chí vui lòng chọn chỉ số để đo.", column="indicator"))
    elif _judged(indicator):
        words = "Chỉ số định tính không có con số; đồng chí vui lòng chọn cách đánh giá định tính."
        faults.append(Fault(words, column="indicator"))
    if bound not in Bound.values:
        faults.append(Fault("Đồng chí vui lòng chọn cách so: ≥, >, ≤ hoặc <.", column="bound"))
    if aim == Aim.PATH:
        return faults + _path_faults(asked.milestones, bound)
    if aim not in Aim.values:
        faults.append(
            Fault("Đồng chí vui lòng chọn yêu cầu: mức, tăng giảm hay lộ trình.", column="aim")
        )
    if goal is None:
        faults.append(Fault("Đồng chí vui lòng ghi mức phải đạt.", column="goal"))
    elif wrong := amount_fault(goal):
        faults.append(Fault(wrong, column="goal"))
    if aim == Aim.CHANGE:
        faults += _change_faults(goal, bound, asked.change_by, asked.base_period, every)
    return faults


def judged_faults(asked: "OfFigure | None") -> list[Fault]:
    """Faults of the indicator by which a qualitative target is judged, where it names one."""
    if asked is None or asked.indicator is None or _judged(asked.indicator):
        return []
    words = "Chỉ tiêu định tính chỉ đọc theo chỉ số định tính; đồng chí vui lòng chọn chỉ số có thang bậc, hoặc để trống."
    return [Fault(words, column="indicator")]


def _judged(indicator: Indicator) -> bool:
    newest = indicator.versions.order_by("number").last()
    return newest is not None and newest.kind == MeasureKind.QUALITATIVE


def _change_faults(
    goal: Decimal | None, bound: str, change_by: str, base_period: str, every: str
) -> list[Fault]:
    faults = []
    if change_by not in ChangeBy.values:
        words = "Đồng chí vui lòng chọn tăng, giảm theo phần trăm hay theo số tuyệt đối."
        faults.append(Fault(words, column="change_by"))
    if goal is not None and goal <= 0:
        faults.append(Fault("Mức tăng, giảm phải lớn hơn 0.", column="goal"))
    if (
        goal is not None
        and goal > 100
        and change_by == ChangeBy.PERCENT
        and bound in Bound.values
        and not Bound(bound).upward
    ):
        faults.append(Fault("Không giảm được quá 100 %.", column="goal"))
    if base_period:
        try:
            base = Period.parse(base_period)
        except ValueError as wrong:
            faults.append(Fault(f"Kỳ gốc: {wrong}", column="base_period"))
        else:
            if every in list(Every) and base.every != Every(every):
                words = "Kỳ gốc phải dài bằng chu kỳ của chỉ tiêu (năm so với năm, quý so với quý)."
                faults.append(Fault(words, column="base_period"))
    return faults


def _path_faults(milestones: Milestones, bound: str) -> list[Fault]:
    if len(milestones) < 2:
        words = "Lộ trình cần ít nhất hai mốc: mức đầu và mức cuối."
        return [Fault(words, column="milestones")]
    faults = []
    days = [day for day, _ in milestones]
    for row, (day, amount) in enumerate(milestones, start=1):
        if (day + timedelta(days=1)).day != 1:
            words = f"Mốc {format_date(day)}: số liệu theo tháng, nên mốc là ngày cuối một tháng."
            faults.append(Fault(words, row, "milestones"))
        if wrong := amount_fault(amount):
            faults.append(Fault(f"Mốc {format_date(day)}: {wrong}", row, "milestones"))
    if any(later <= day for day, later in pairwise(days)):
        faults.append(
            Fault("Các mốc phải theo thứ tự ngày, mỗi ngày một mốc.", column="milestones")
        )
    start, end = milestones[0][1], milestones[-1][1]
    if start == end:
        words = "Mức đầu bằng mức cuối; đồng chí vui lòng dùng yêu cầu “đạt một mức”."
        faults.append(Fault(words, column="milestones"))
    elif bound in Bound.values and Bound(bound).upward != (end > start):
        words = "Cách so ngược với lộ trình: lộ trình tăng thì so ≥, lộ trình giảm thì so ≤."
        faults.append(Fault(words, column="bound"))
    return faults


def definition_faults(
    unit: "Unit", title: str, quality: str, every: str, kind: str, levels: Sequence[str]
) -> list[Fault]:
    """Faults of what a target is called and whom it asks."""
    faults = []
    if unit.sort != Sort.PLACE:
        faults.append(
            Fault("Đồng chí vui lòng chọn một địa bàn (tỉnh, xã) cho chỉ tiêu.", column="unit")
        )
    if not title:
        faults.append(Fault("Đồng chí vui lòng ghi tên chỉ tiêu.", column="title"))
    elif len(title) > 400:
        faults.append(
            Fault("Tên chỉ tiêu dài quá 400 ký tự, đồng chí vui lòng rút gọn.", column="title")
        )
    if quality not in Quality.values:
        faults.append(
            Fault(
                "Đồng chí vui lòng chọn cách đánh giá: đếm từ hồ sơ, theo số liệu hoặc định tính.",
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


def rule_faults(quality: str, rules: Sequence[tuple[str, int]]) -> list[Fault]:
    """Faults of the conditions that are counted."""
    faults = []
    if quality == Quality.COUNTED and not rules:
        faults.append(
            Fault("Chỉ tiêu đếm từ hồ sơ cần ít nhất một điều kiện đếm được.", column="rules")
        )
    if quality == Quality.FIGURE and rules:
        words = "Chỉ tiêu theo số liệu báo cáo không có điều kiện đếm từ hồ sơ."
        faults.append(Fault(words, column="rules"))
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


def share_faults(share: tuple[int, int] | None, comparator: str) -> list[Fault]:
    """Faults of the part of the population that must fulfil it."""
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


def validity_faults(valid_from: date, valid_to: date | None) -> list[Fault]:
    """It ends after it begins."""
    if valid_to is not None and valid_to <= valid_from:
        return [
            Fault(
                f"Ngày hết hiệu lực phải sau ngày bắt đầu {format_date(valid_from)}.",
                column="valid_to",
            )
        ]
    return []


def life_faults(unit: "Unit", valid_from: date) -> list[Fault]:
    """Its place still stands when it begins."""
    if unit.ended_on is not None and unit.ended_on <= valid_from:
        return [
            Fault(
                f"Địa bàn này kết thúc từ ngày {format_date(unit.ended_on)}. Đồng chí vui lòng lập chỉ tiêu cho đơn vị"
                " kế tiếp, hoặc chọn ngày bắt đầu sớm hơn.",
                column="valid_from",
            )
        ]
    return []


def covers_faults(unit: "Unit", covers: Target | None, valid_from: date) -> list[Fault]:
    """What is put into a plan is the target of a place above, and not one's own."""
    if covers is None:
        return []
    above = {place.id for place in path_to(unit.pk, on=max(valid_from, unit.founded_on))}
    if covers.unit_id not in above:
        words = "Chỉ tiêu được cụ thể hóa phải là của địa bàn cấp trên."
        return [Fault(words, column="covers")]
    return []
