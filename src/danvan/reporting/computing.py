"""Figures of a form that are worked out from its other answers, with the sum in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from danvan.indicators.selectors.definitions import codes_in
from danvan.indicators.selectors.definitions import computed as worked_out
from danvan.reporting.questions import Question, Questions
from danvan.vietnamese.numbers import format_number, format_share

ELSEWHERE = "Máy tính khi tổng hợp, từ số ngoài biểu này."
BETWEEN = {"sum": " + ", "difference": " − ", "times": " × ", "divide": " : "}
MOST_PLACES, FEW_PLACES = 6, 2  # written out, or cut where a quotient has no end
Amounts = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure that nobody types: `words` says how it was made, `amount` is None while a part is missing.

    A share is told in words only, as numerator of denominator. While it is `unknown`, they name what it will be made of.
    """

    amount: Decimal | None
    words: str
    unknown: bool = False


def computed(questions: Questions, amounts: Amounts) -> dict[str, Computed]:
    """The figures of the form's computed items, by item code."""
    typed = [one for one in questions.by_code.values() if one.typed]
    by_id = {one.indicator_id: one for one in typed}
    by_code = {one.indicator_code: one for one in typed}
    return {
        code: _share(question, by_id, amounts)
        if question.formula is None
        else _by_formula(question.formula, by_code, amounts, _beside(questions, question))
        for code, question in questions.by_code.items()
        if question.computed
    }


def _beside(questions: Questions, question: Question) -> dict[str, str]:
    """What stands in the same row of a table, by item code: it is called by its column alone."""
    if not question.in_cell:
        return {}
    section = next(one for one in questions.sections if question in one.questions)
    return {
        one.code: section.columns[one.column]
        for one in section.questions
        if one.column is not None and one.row == question.row
    }


def _share(question: Question, asked: Mapping[int, Question], amounts: Amounts) -> Computed:
    part, whole = asked.get(question.numerator_id or 0), asked.get(question.denominator_id or 0)
    if part is None or whole is None:
        return Computed(None, ELSEWHERE, unknown=True)
    some, all_of_it = amounts.get(part.code), amounts.get(whole.code)
    if some is None or all_of_it is None:
        return Computed(None, f"{part.label} / {whole.label}", unknown=True)
    if not question.percent:
        return Computed(None, f"{format_number(some)} / {format_number(all_of_it)}")
    return Computed(None, format_share(some, all_of_it))


def _by_formula(
    formula: Any, asked: Mapping[str, Question], amounts: Amounts, beside: Mapping[str, str]
) -> Computed:
    if not set(codes_in(formula)) <= asked.keys():
        return Computed(None, ELSEWHERE, unknown=True)
    given = {code: amounts.get(asked[code].code) for code in codes_in(formula)}
    total = worked_out(formula, given)
    if total is None:
        named = {code: beside.get(asked[code].code, asked[code].label) for code in given}
        return Computed(None, _written(formula, named), unknown=True)
    figures = {code: format_number(amount) for code, amount in given.items() if amount is not None}
    shown = total if total == round(total, MOST_PLACES) else round(total, FEW_PLACES)
    return Computed(total, f"{_written(formula, figures)} = {format_number(shown)}")


def _written(formula: Any, words: Mapping[str, str]) -> str:
    """The formula with these words in place of its codes."""
    if isinstance(formula, str):
        return words[formula]
    [(sign, parts)] = formula.items()
    return BETWEEN[sign].join(_inside(part, words) for part in parts)


def _inside(part: Any, words: Mapping[str, str]) -> str:
    if isinstance(part, str):
        return words[part]
    if not isinstance(part, dict):
        return format_number(Decimal(str(part)))
    return f"({_written(part, words)})"
