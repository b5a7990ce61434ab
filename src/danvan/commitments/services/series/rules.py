"""The rule by which a duty comes back, and what is wrong with one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from danvan.commitments.models.series import nominal
from danvan.commitments.series_enums import Every
from danvan.commitments.services.assignments import LATEST_YEARS
from danvan.foundation.errors import Fault
from danvan.law.selectors import parameter
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number

AHEAD = "clock.series.ahead"
MOST_AHEAD = 12  # turns of one series that wait at once; more is a slip of the keyboard


@dataclass(frozen=True, slots=True)
class Rule:
    """How a duty comes back: the day of its first turn, after how long the next, until when, made how long before."""

    every: str
    first_on: date | None
    until: date | None = None
    ahead: int | None = None  # days; None: as the parameter says, and one turn after the other


def rule_faults(rule: Rule, *, after: date, on: date) -> Iterator[Fault]:
    """What is wrong with a rule whose next turn must be due after a day."""
    if rule.every not in Every.values:
        yield Fault(
            "Đồng chí vui lòng chọn việc lặp lại hằng tuần, hằng tháng, hằng quý, sáu tháng hay hằng năm.",
            column="every",
        )
        return
    if rule.first_on is None:
        yield Fault(
            "Việc định kỳ cần ngày hết hạn của lượt đầu. Đồng chí vui lòng ghi ngày.",
            column="due_on",
        )
        return
    if rule.first_on <= after:
        yield Fault(
            f"Lượt đầu {format_date(rule.first_on)} phải sau ngày {format_date(after)}: phần mềm không ghi thêm "
            "lượt cho những ngày đã qua. Đồng chí vui lòng ghi ngày hết hạn của lượt sắp tới.",
            column="due_on",
        )
    elif rule.first_on.year > on.year + LATEST_YEARS:
        yield Fault(
            f"Lượt đầu {format_date(rule.first_on)} quá xa, đồng chí vui lòng xem lại năm.",
            column="due_on",
        )
    if rule.until is not None and rule.until < rule.first_on:
        yield Fault(
            f"Ngày kết thúc {format_date(rule.until)} trước lượt đầu {format_date(rule.first_on)}. "
            "Đồng chí vui lòng ghi ngày kết thúc sau lượt đầu, hoặc để trống.",
            column="until",
        )
    yield from _ahead_faults(rule, rule.first_on)


def _ahead_faults(rule: Rule, first: date) -> Iterator[Fault]:
    ahead = rule.ahead or 0
    if ahead < 1:
        yield Fault("Mỗi lượt phải mở trước hạn ít nhất 1 ngày.", column="ahead")
    elif (nominal(rule.every, first, MOST_AHEAD) - first).days <= ahead:
        label = str(Every(rule.every).label).lower()
        yield Fault(
            f"Việc {label} mà mở trước hạn {format_number(ahead)} ngày thì có hơn {format_number(MOST_AHEAD)} lượt cùng "
            "chờ làm. Đồng chí vui lòng ghi số ngày ít hơn.",
            column="ahead",
        )


def with_ahead(rule: Rule, on: date) -> Rule:
    """The rule with its days ahead: where none were said, those of the parameter, and no turn before the one before it is due."""
    if rule.ahead is not None or rule.first_on is None or rule.every not in Every.values:
        return rule
    between = (nominal(rule.every, rule.first_on, 1) - rule.first_on).days
    return replace(rule, ahead=min(parameter(AHEAD, on=on).numerator, between))


def opening(day: date, ahead: int) -> date:
    """When the turn of a day is made."""
    return day - timedelta(days=ahead)
