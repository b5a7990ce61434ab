"""Checks as people set them on a page: a kind with its boxes, made into a rule and read back from one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from danvan.reporting.rules.judging import Rule
from danvan.reporting.rules.kinds import (
    CHANGE_NEEDS,
    OUTLIER_NEEDS,
    adds_up,
    between,
    part_of,
    same_in_form,
    steady,
    usual,
)
from danvan.reporting.rules.trees import CODED, LOOKING_BACK
from danvan.vietnamese.text import lower_first

LONGEST_NAME = 100
PERCENT = 100
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?", re.ASCII)
Number = int | Decimal
Labels = Mapping[str, str]


class CheckKind(StrEnum):
    """What a check asks; the values stand in addresses and begin the codes of rules."""

    BETWEEN = "khoang"
    PART_OF = "phan"
    ADDS_UP = "tong"
    SAME_IN_FORM = "bieu-khac"
    STEADY = "ky-truoc"
    USUAL = "bat-thuong"


KINDS = {
    CheckKind.BETWEEN: "Khoảng giá trị",
    CheckKind.PART_OF: "Không lớn hơn câu khác",
    CheckKind.ADDS_UP: "Các câu cộng lại bằng một câu",
    CheckKind.SAME_IN_FORM: "So giữa hai biểu",
    CheckKind.STEADY: "So với chính mình các kỳ trước",
    CheckKind.USUAL: "Số bất thường",
}
# Which boxes a kind has, besides the question that it is told beside.
BOXES: Mapping[CheckKind, tuple[str, ...]] = {
    CheckKind.BETWEEN: ("least", "most"),
    CheckKind.PART_OF: ("other",),
    CheckKind.ADDS_UP: ("parts",),
    CheckKind.SAME_IN_FORM: ("form", "other"),
    CheckKind.STEADY: ("percent", "slack", "months", "least_months"),
    CheckKind.USUAL: ("times", "slack", "months", "least_months"),
}
NEEDED = {CheckKind.STEADY: CHANGE_NEEDS, CheckKind.USUAL: OUTLIER_NEEDS}  # months, unless said
FIRST_BLOCKS = frozenset({CheckKind.BETWEEN, CheckKind.PART_OF, CheckKind.ADDS_UP})


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of a standard kind as its boxes say it. Where `name` or `message` is empty they are written for it."""

    kind: CheckKind
    item: str
    other: str = ""
    form: str = ""
    parts: tuple[str, ...] = ()
    least: Number | None = None
    most: Number | None = None
    percent: Number = 0
    times: Number = 0
    slack: Number = 0
    months: int = 12
    least_months: int = 0
    blocks: bool = True
    name: str = ""
    message: str = ""


def rule_of(check: Check, code: str, labels: Labels) -> Rule:
    """The rule that a check without faults asks for; `labels` are the words of the form's questions."""
    made = _made(check, code, labels)
    return replace(
        made,
        name=check.name or _named(made, labels),
        message=check.message or made.message,
    )


def check_of(rule: Rule, labels: Labels) -> Check | None:
    """The check that a rule is; None where it is of no standard kind, and can only be read in words."""
    found = _guessed(rule)
    if found is None:
        return None
    made = _made(found, rule.code, labels)
    same = (
        _plain(made.tree) == _plain(rule.tree)
        and {name: _plain(tree) for name, tree in made.figures.items()}
        == {name: _plain(tree) for name, tree in rule.figures.items()}
        and made.items == tuple(rule.items)
    )
    if not same:
        return None
    return replace(
        found,
        name="" if rule.name in {made.name, _named(made, labels)} else rule.name,
        message="" if rule.message == made.message else rule.message,
    )


def _made(check: Check, code: str, labels: Labels) -> Rule:
    blocks, item = check.blocks, check.item
    if check.kind is CheckKind.BETWEEN:
        return between(code, item, least=check.least, most=check.most, blocks=blocks)
    if check.kind is CheckKind.PART_OF:
        called = lower_first(labels.get(check.other, check.other))
        return part_of(code, item, check.other, called=called, blocks=blocks)
    if check.kind is CheckKind.ADDS_UP:
        return adds_up(code, item, check.parts, blocks=blocks)
    if check.kind is CheckKind.SAME_IN_FORM:
        return same_in_form(code, item, check.form, check.other, blocks=blocks)
    back, slack, least = check.months, check.slack, check.least_months
    if check.kind is CheckKind.STEADY:
        return steady(
            code, item, percent=check.percent,
            months=back, slack=slack, least_months=least, blocks=blocks,
        )  # fmt: skip
    return usual(
        code, item, times=check.times, months=back, slack=slack, least_months=least, blocks=blocks
    )


def _named(made: Rule, labels: Labels) -> str:
    """What a check is called where nobody named it: its kind and the question."""
    label = labels.get(made.items[0], made.items[0])
    whole = f"{made.name}: {lower_first(label)}"
    return whole if len(whole) <= LONGEST_NAME else f"{whole[: LONGEST_NAME - 1]}…"


def _guessed(rule: Rule) -> Check | None:
    """What the outline of a tree looks like; whether it is that to the last number, `check_of` sees."""
    match rule.tree:
        case {"all": [{">=": [{"item": str(item)}, low]}, {"<=": [_, high]}]} if isinstance(
            high, dict
        ):
            return _back(item, low, high, blocks=rule.blocks)
        case {"all": [{">=": [{"item": str(item)}, least]}, {"<=": [_, most]}]}:
            return _range(item, least, most, blocks=rule.blocks)
        case {"all": [{">=": [{"item": str(item)}, least]}]}:
            return _range(item, least, None, blocks=rule.blocks)
        case {"all": [{"<=": [{"item": str(item)}, most]}]}:
            return _range(item, None, most, blocks=rule.blocks)
        case {"<=": [{"item": str(part)}, {"item": str(whole)}]}:
            return Check(CheckKind.PART_OF, part, other=whole, blocks=rule.blocks)
        case {"=": [{"sum": [*parts]}, {"item": str(whole)}]}:
            return Check(CheckKind.ADDS_UP, whole, parts=tuple(parts), blocks=rule.blocks)
        case {"=": [{"item": str(item)}, {"of_form": [str(form), str(other)]}]}:
            return Check(CheckKind.SAME_IN_FORM, item, other=other, form=form, blocks=rule.blocks)
    return None


def _range(item: str, least: Any, most: Any, *, blocks: bool) -> Check | None:
    low, high = _number(least), _number(most)
    if (low is None) != (least is None) or (high is None) != (most is None):
        return None
    return Check(CheckKind.BETWEEN, item, least=low, most=high, blocks=blocks)


def _back(item: str, low: Any, high: Any, *, blocks: bool) -> Check | None:
    match high:
        case {"+": [{"median": [_, int(months), int(needed)]}, {"max": [{"x": [of, by]}, slack]}]}:
            share, near = _number(by), _number(slack)
            if share is None or near is None or not isinstance(of, dict):
                return None
            back: dict[str, Any] = {
                "slack": near, "months": months, "least_months": needed, "blocks": blocks,
            }  # fmt: skip
            if "spread" in of:
                return Check(CheckKind.USUAL, item, times=share, **back)
            return Check(CheckKind.STEADY, item, percent=shortest(share * PERCENT), **back)
    return None


def _number(written: Any) -> Number | None:
    """A number as a tree writes it; None where it is none."""
    if isinstance(written, bool) or not isinstance(written, int | str):
        return None
    if not _NUMBER.fullmatch(str(written)):
        return None
    return written if isinstance(written, int) else shortest(Decimal(written))


def shortest(number: Number) -> Number:
    """The same number, whole where it is whole, without noughts at its end."""
    if isinstance(number, int) or number == number.to_integral_value():
        return int(number)
    return Decimal(f"{number:f}".rstrip("0"))


def _plain(tree: Any) -> Any:
    """A tree in which the same numbers are written the same."""
    if isinstance(tree, bool):
        return tree
    if isinstance(tree, int) or (isinstance(tree, str) and _NUMBER.fullmatch(tree)):
        return Fraction(tree)
    if isinstance(tree, dict):
        kept = CODED | LOOKING_BACK | {"of_form", "sum"}
        return {word: under if word in kept else _plain(under) for word, under in tree.items()}
    return [_plain(part) for part in tree] if isinstance(tree, list | tuple) else tree
