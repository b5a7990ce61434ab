"""What a target of figures wants, and how one unit stands, in whole sentences: the same on pages and in reports."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from danvan.foundation.periods import Period
from danvan.indicators.enums import Aim, Bound, ChangeBy, MeasureKind
from danvan.indicators.exact import tidy
from danvan.indicators.models import IndicatorVersion, Target
from danvan.indicators.selectors.targets.marks import Mark, Why
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

SHARE_PLACES = 1  # of percents
LEVELS = {
    Bound.AT_LEAST: "ít nhất",
    Bound.MORE_THAN: "trên",
    Bound.AT_MOST: "không quá",
    Bound.LESS_THAN: "dưới",
}
CHANGES = {
    Bound.AT_LEAST: "tăng ít nhất",
    Bound.MORE_THAN: "tăng trên",
    Bound.AT_MOST: "giảm ít nhất",
    Bound.LESS_THAN: "giảm trên",
}


def wanted_words(target: Target, version: IndicatorVersion) -> str:
    """What a target wants of a figure: `ít nhất 100 cuộc`, `giảm ít nhất 10 % so với năm 2025`."""
    bound = Bound(target.bound)
    if target.aim == Aim.PATH:
        stones = list(target.milestones.all())
        start, end = stones[0], stones[-1]
        return (
            f"từ {_plain(version, start.amount)} ngày {format_date(start.day)} đến {LEVELS[bound]}"
            f" {_plain(version, end.amount)} ngày {format_date(end.day)}"
        )
    goal = target.goal or Decimal(0)
    if target.aim == Aim.THRESHOLD:
        return f"{LEVELS[bound]} {_plain(version, goal)}"
    base = Period.parse(target.base_period).label if target.base_period else "cùng kỳ năm trước"
    return f"{CHANGES[bound]} {change_words(target, version)} so với {base}"


def change_words(target: Target, version: IndicatorVersion) -> str:
    """How much it is to change: `10 %`, `3 điểm`, `12 vụ`."""
    amount = format_number(tidy(target.goal or Decimal(0)))
    if target.change_by == ChangeBy.PERCENT:
        return f"{amount} %"
    return f"{amount} {'điểm %' if _percent(version) else version.unit_label}".strip()


def amount_words(
    version: IndicatorVersion, amount: Fraction, *, bound: Bound | None = None, unit: bool = True
) -> str:
    """An amount as it is written. What is needed is rounded to the side that is no easier (`bound`)."""
    ratio = version.kind == MeasureKind.RATIO
    places = max(version.places, SHARE_PLACES) if ratio else version.places
    rounding = ROUND_HALF_UP
    if bound is not None:
        rounding = ROUND_CEILING if bound.upward else ROUND_FLOOR
    with localcontext(prec=80, rounding=rounding):
        exact = Decimal(amount.numerator) / Decimal(amount.denominator)
        written = exact.quantize(Decimal(1).scaleb(-places), rounding)
    text = format_number(written)
    if not unit:
        return text
    return f"{text} {_unit(version)}".strip()


def mark_words(mark: Mark) -> str:
    """Why it stands as it does, in one sentence: `Đến 30/9/2026 cần ít nhất 75 cuộc, có 62 cuộc.`"""
    version, until = mark.version, format_date(mark.until)
    if mark.why == Why.NOT_BEGUN:
        return "Chưa hết tháng nào của kỳ nên chưa có gì để so."
    if mark.why == Why.NO_BASE:
        return "Số của kỳ gốc chưa đủ hoặc bằng 0 nên chưa tính được mức phải đạt."
    if mark.why == Why.NO_FIGURE or mark.have is None or mark.need is None:
        return f"Chưa có số liệu đến {until} nên chưa đánh giá được."
    told_of = (("quy đổi", mark.rolled.rebased), ("có số ước", mark.rolled.estimated))
    nature = ", ".join(words for words, holds in told_of if holds)
    have = f"có {amount_words(version, mark.have)}{f' ({nature})' if nature else ''}"
    need = f"cần {LEVELS[mark.bound]} {amount_words(version, mark.need, bound=mark.bound)}"
    told = f"Đến {until} {need}, {have}"
    if mark.unknown:
        told += f"; còn {format_number(mark.unknown)} số liệu tháng chưa có"
        if mark.why == Why.GAPS:
            return f"{told} nên chưa đánh giá được."
    return f"{told}."


def _plain(version: IndicatorVersion, amount: Decimal) -> str:
    return f"{format_number(tidy(amount))} {_unit(version)}".strip()


def _percent(version: IndicatorVersion) -> bool:
    """A share told per hundred, and not per thousand of a population."""
    return version.kind == MeasureKind.RATIO and version.factor == 100


def _unit(version: IndicatorVersion) -> str:
    return "%" if _percent(version) else version.unit_label
