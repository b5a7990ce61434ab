"""Figures of indicators in words, and where each one opens."""

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from danvan.desk.readings import DOC, code_of
from danvan.foundation.periods import Period
from danvan.indicators.enums import Approval, MeasureKind, Origin
from danvan.indicators.selectors import is_percent
from danvan.organisations.selectors.readings import THEN, Reading
from danvan.vietnamese.numbers import format_number, format_share

if TYPE_CHECKING:
    from danvan.indicators.models import IndicatorVersion
    from danvan.indicators.selectors import Rolled

UNKNOWN = "chưa có số liệu"
BY_STEP = "đếm theo bậc"
ESTIMATES = "có số ước"
REBASED_PLACES = 1
NBSP = "\u00a0"
APPROVALS = {
    Approval.SENT: ("grey", "clock"),
    Approval.PASSED: ("grey", "check"),
    Approval.ACCEPTED: ("green", "circle-check"),
    Approval.LOCKED: ("green", "lock"),
}
SHORT = {
    Approval.SENT: "Đã gửi",
    Approval.PASSED: "Đã qua từng cấp",
    Approval.ACCEPTED: "Đã chấp nhận",
    Approval.LOCKED: "Đã chốt",
}
ORIGINS = {
    Origin.ENTERED: "nhập tay trong báo cáo",
    Origin.COUNTED: "đếm từ hồ sơ, không nhập tay",
    Origin.COMPUTED: "tính từ số khác",
    Origin.ESTIMATED: "số ước",
}
ALL, DECIDED, CLOSED = int(Approval.SENT), int(Approval.ACCEPTED), int(Approval.LOCKED)
LEVELS = {
    ALL: "mọi số đã gửi",
    int(Approval.PASSED): "số đã duyệt qua từng cấp",
    DECIDED: "số đã chấp nhận",
    CLOSED: "số đã chốt",
}


def number_url(
    code: str, unit_id: int, period: Period, level: int = ALL, reading: Reading = THEN
) -> str:
    """The page where a figure opens."""
    asked: dict[str, str | int] = {"chi_so": code, "don_vi": unit_id, "ky": period.code}
    if level != ALL:
        asked["muc"] = level
    if said := code_of(reading):
        asked[DOC] = said
    return f"{reverse('desk:number')}?{urlencode(asked)}"


def is_ratio(version: "IndicatorVersion") -> bool:
    """Whether the figure is a part of a whole, told in percent; other rates are told as amounts."""
    return is_percent(version)


def big_text(version: "IndicatorVersion", rolled: "Rolled") -> str:
    """The figure as the largest text of its page: `90,8 %`, `1.046`; a dash where it is not known."""
    if rolled.amount is None:
        return "–"
    if is_ratio(version):
        return _share(rolled).split("=")[-1].strip()
    return format_number(rolled.amount or 0, _places(version, rolled))


def figure_text(version: "IndicatorVersion", rolled: "Rolled") -> str:
    """The figure in a table: `118/130 = 90,8 %`, `1.046`; a dash where it is not known, words where steps are counted."""
    if version.kind == MeasureKind.QUALITATIVE:
        return BY_STEP
    if is_ratio(version):
        if rolled.denominator == 0:
            return f"{format_number(rolled.numerator or 0)}/0"
        return _share(rolled) if rolled.numerator is not None else "–"
    return "–" if rolled.amount is None else format_number(rolled.amount, _places(version, rolled))


def unit_beside(version: "IndicatorVersion") -> str:
    """What stands behind a figure in a list: a share says it by its sign, what is counted by steps has none."""
    return (
        "" if is_ratio(version) or version.kind == MeasureKind.QUALITATIVE else version.unit_label
    )


def figure_words(version: "IndicatorVersion", rolled: "Rolled") -> str:
    """The figure with what it counts: `1.046 cuộc`; words where it is not known."""
    if rolled.amount is None and rolled.at_least is not None:
        return f"ít nhất {format_number(rolled.at_least)} {version.unit_label}".strip()
    if rolled.amount is None:
        return UNKNOWN
    text = figure_text(version, rolled)
    return text if is_ratio(version) else f"{text} {version.unit_label}".strip()


def nature_text(rolled: "Rolled") -> str:
    """What is to be known of how exact a figure is: quy đổi, có số ước; empty where nothing is."""
    told = (("quy đổi", rolled.rebased), (ESTIMATES, rolled.estimated))
    return ", ".join(words for words, holds in told if holds)


def original_text(version: "IndicatorVersion", rolled: "Rolled") -> str:
    """What a re-based figure was before the break, as the units gave it; empty where it was not re-based."""
    if not rolled.rebased:
        return ""
    if is_ratio(version):
        numerator = rolled.numerator_original or rolled.numerator
        denominator = rolled.denominator_original or rolled.denominator
        if numerator is None or denominator is None:
            return ""
        return format_share(numerator, denominator).replace(" %", f"{NBSP}%")
    return "" if rolled.original is None else format_number(rolled.original, version.places)


def round_text(version: "IndicatorVersion", amount: Decimal) -> str:
    """An amount where there is little room: whole percents of a share; as exact as it is given, else."""
    if not is_ratio(version):
        return format_number(amount, version.places)
    whole = int(amount.to_integral_value(ROUND_HALF_UP))
    if whole == 100 and amount < 100:
        whole = 99
    if whole == 0 and amount > 0:
        whole = 1
    return f"{whole}{NBSP}%"


def _share(rolled: "Rolled") -> str:
    numerator, denominator = rolled.numerator or Decimal(0), rolled.denominator
    written = format_share(numerator, denominator).replace(" %", f"{NBSP}%")
    if not rolled.rebased or denominator is None:
        return written
    parts = f"{part_text(numerator)}/{part_text(denominator)}"
    _, equals, percentage = written.partition(" = ")
    return f"{parts}{equals}{percentage}"


def part_text(amount: Decimal) -> str:
    """A part of a re-based sum: whole where it is, else to a tenth, so that the parts can be seen to add up."""
    return format_number(amount, 0 if amount == amount.to_integral_value() else REBASED_PLACES)


def _places(version: "IndicatorVersion", rolled: "Rolled") -> int:
    """A share of a count is no whole number, and does not pass for one."""
    amount = rolled.amount or Decimal(0)
    if not rolled.rebased or amount == amount.to_integral_value():
        return version.places
    return max(version.places, REBASED_PLACES)
