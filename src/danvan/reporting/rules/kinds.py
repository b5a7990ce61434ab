"""The kinds of rules that form designers ask for, each made into a tree. Every threshold is the designer's."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from danvan.reporting.questions import Questions
from danvan.reporting.rules.judging import Rule
from danvan.vietnamese.text import lower_first

CHANGE_NEEDS, OUTLIER_NEEDS = 4, 6  # months with a figure, below which the past says too little
Threshold = int | str | Decimal


def between(
    code: str, item: str, *, least: Threshold | None = None, most: Threshold | None = None,
    blocks: bool = True,
) -> Rule:  # fmt: skip
    """The answer is from `least` to `most`."""
    bounds: list[Any] = []
    said, figures = [], {"so": _item(item)}
    if least is not None:
        bounds.append({">=": [_item(item), _number(least)]})
        said.append("từ {tu} trở lên" if most is None else "từ {tu}")
        figures["tu"] = _number(least)
    if most is not None:
        bounds.append({"<=": [_item(item), _number(most)]})
        said.append("nhiều nhất {den}" if least is None else "đến {den}")
        figures["den"] = _number(most)
    message = f"Số này phải {' '.join(said)}, đang ghi {{so}}."
    return Rule(
        code,
        "Trong khoảng",
        _asking(message, blocks=blocks),
        {"all": bounds},
        (item,),
        blocks,
        figures,
    )


def part_of(code: str, part: str, whole: str, *, called: str, blocks: bool = True) -> Rule:
    """The part is no more than its whole; `called` is how the whole is named within a sentence."""
    return Rule(
        code,
        "Phần không lớn hơn tổng",
        f"Số này ({{so}}) không thể lớn hơn {called} ({{tong}}).",
        {"<=": [_item(part), _item(whole)]},
        (part, whole),
        blocks,
        {"so": _item(part), "tong": _item(whole)},
    )


def adds_up(code: str, whole: str, parts: Sequence[str], *, blocks: bool = True) -> Rule:
    """The parts together make up the whole."""
    total = {"sum": list(parts)}
    return Rule(
        code,
        "Các phần cộng lại bằng tổng",
        "Các phần cộng lại là {cong}, khác với {so} ghi ở đây.",
        {"=": [total, _item(whole)]},
        (whole, *parts),
        blocks,
        {"cong": total, "so": _item(whole)},
    )


def same_in_form(code: str, item: str, form: str, other: str, *, blocks: bool = False) -> Rule:
    """The answer is what another form says of the same month."""
    there = {"of_form": [form, other]}
    return Rule(
        code,
        "Khớp với biểu khác",
        _asking(f"Số này ({{so}}) khác với biểu {form} cùng kỳ ({{kia}}).", blocks=blocks),
        {"=": [_item(item), there]},
        (item,),
        blocks,
        {"so": _item(item), "kia": there},
    )


def steady(
    code: str, item: str, *, percent: Threshold, months: int = 12, slack: Threshold = 0,
    least_months: int = CHANGE_NEEDS, blocks: bool = False,
) -> Rule:  # fmt: skip
    """The answer is within so many percent of the median of the months before, or within `slack` of it."""
    middle = {"median": [item, months, least_months]}
    share = str(_decimal(percent) / 100)
    away = {"max": [{"x": [middle, share]}, _number(slack)]}
    return _around(code, "Thay đổi so với các tháng trước", item, middle, away, blocks=blocks)


def usual(
    code: str, item: str, *, times: Threshold, months: int = 12, slack: Threshold = 0,
    least_months: int = OUTLIER_NEEDS, blocks: bool = False,
) -> Rule:  # fmt: skip
    """The answer is no further from the median of the months before than `times` their usual distance from it.

    `slack` is a distance that is never too far: where all months were the same, the usual one is nought.
    """
    middle = {"median": [item, months, least_months]}
    away = {
        "max": [{"x": [{"spread": [item, months, least_months]}, _number(times)]}, _number(slack)]
    }
    return _around(code, "Khác hẳn thường ngày", item, middle, away, blocks=blocks)


def implied_rules(questions: Questions) -> list[Rule]:
    """What `part_of` and `divided` of a form's items ask."""
    found = []
    for code, one in questions.by_code.items():
        if one.part_of in questions.by_code:
            called = lower_first(questions.by_code[one.part_of].label)
            found.append(part_of("", code, one.part_of, called=called))
    for code, one in questions.by_code.items():
        if not one.divided:
            continue
        parts = [part.code for part in questions.by_code.values() if part.part_of == code]
        if parts:
            found.append(adds_up("", code, parts))
    return found


def _around(code: str, name: str, item: str, middle: Any, away: Any, *, blocks: bool) -> Rule:
    low, high = {"max": [0, {"-": [middle, away]}]}, {"+": [middle, away]}
    return Rule(
        code,
        name,
        _asking("Thường từ {tu} đến {den}, kỳ này {so}.", blocks=blocks),
        {"all": [{">=": [_item(item), low]}, {"<=": [_item(item), high]}]},
        (item,),
        blocks,
        {"tu": low, "den": high, "so": _item(item)},
    )


def _asking(message: str, *, blocks: bool) -> str:
    """What blocks says what to do; what warns is told with the question for a reason."""
    return f"{message} Đồng chí vui lòng xem lại." if blocks else message


def _item(code: str) -> Any:
    return {"item": code}


def _number(threshold: Threshold) -> Any:
    return threshold if isinstance(threshold, int) else f"{_decimal(threshold):f}"


def _decimal(threshold: Threshold) -> Decimal:
    return Decimal(threshold)
