"""Formulas as they are put together on a page: lines of added and taken indicators, the whole divided by another."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

PLUS, MINUS = "+", "-"
LINES = 8  # of a formula on a page


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a formula: an indicator added or taken away, so many times."""

    sign: str
    code: str
    times: Decimal | None = None


def formula_of(terms: Sequence[Term], divisor: str = "") -> Any:
    """The tree of what stands on the page; None where nothing does. ValueError in words where it is no formula."""
    if not terms:
        if divisor:
            raise ValueError("Đồng chí vui lòng chọn chỉ số được chia.")
        return None
    added = [_tree(one) for one in terms if one.sign != MINUS]
    taken = [_tree(one) for one in terms if one.sign == MINUS]
    if not added:
        raise ValueError("Công thức cần ít nhất một chỉ số được cộng.")
    tree = added[0] if len(added) == 1 else {"sum": added}
    if taken:
        tree = {"difference": [tree, *taken]}
    return {"divide": [tree, divisor]} if divisor else tree


def terms_of(formula: Any) -> tuple[list[Term], str] | None:
    """The lines that give a formula, and what it is divided by; None where the page cannot show it."""
    divisor = ""
    if isinstance(formula, dict) and "divide" in formula:
        formula, by = formula["divide"]
        if not isinstance(by, str):
            return None
        divisor = by
    taken: list[Any] = []
    if isinstance(formula, dict) and "difference" in formula:
        formula, *taken = formula["difference"]
    added = formula["sum"] if isinstance(formula, dict) and "sum" in formula else [formula]
    terms = [_term(PLUS, one) for one in added] + [_term(MINUS, one) for one in taken]
    found = [one for one in terms if one is not None]
    return (found, divisor) if len(found) == len(terms) <= LINES else None


def _tree(term: Term) -> Any:
    if term.times is None or term.times == 1:
        return term.code
    whole = term.times == term.times.to_integral_value()
    return {"times": [int(term.times) if whole else float(term.times), term.code]}


def _term(sign: str, tree: Any) -> Term | None:
    if isinstance(tree, str):
        return Term(sign, tree)
    if isinstance(tree, dict) and "times" in tree and isinstance(tree["times"][1], str):
        return Term(sign, tree["times"][1], Decimal(str(tree["times"][0])))
    return None
