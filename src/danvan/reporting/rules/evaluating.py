"""What a tree gives for some figures: exact, and unknown where a figure that decides is unknown.

Total: every tree without faults gives a number, true, false or None, whatever the figures are. None is "không có số
liệu" or "cannot be told"; a result that is given although a figure is unknown is the same whatever the figure is.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from typing import Any

from danvan.reporting.rules.figures import Figures

Result = Fraction | bool | None

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "!=": ne,
}  # fmt: skip
_COUNT: dict[str, Callable[[Any, Any], Any]] = {
    "+": add, "-": sub, "x": mul, "max": max, "min": min,
}  # fmt: skip


def evaluate(tree: Any, figures: Figures) -> Result:
    """The result of a tree without faults."""
    if isinstance(tree, bool):
        return tree
    if isinstance(tree, int | str):
        return Fraction(tree)
    [(word, under)] = tree.items()
    if word in _COUNT or word in _COMPARE:
        return _of_numbers(word, [evaluate(part, figures) for part in under])
    if word == "not":
        truth = evaluate(under, figures)
        return None if truth is None else not truth
    if word in {"all", "any"}:
        return _joined([evaluate(part, figures) for part in under], settles=word == "any")
    if word == "if":
        return _chosen(under, figures)
    if word in {"median", "spread"}:
        return _usual(word, under, figures)
    return _figure(word, under, figures)


def _of_numbers(word: str, numbers: Sequence[Result]) -> Result:
    known = [one for one in numbers if isinstance(one, Fraction)]
    if len(known) < len(numbers):
        return None
    if word in _COMPARE:
        return _COMPARE[word](*known)
    total: Fraction = reduce(_COUNT[word], known)
    return total


def _joined(truths: Sequence[Result], *, settles: bool) -> bool | None:
    """One that settles it is enough; else an unknown leaves it open."""
    if settles in truths:
        return settles
    return None if None in truths else not settles


def _chosen(under: Sequence[Any], figures: Figures) -> Result:
    condition, when_true, when_false = under
    truth = evaluate(condition, figures)
    if truth is None:
        return None
    return evaluate(when_true if truth else when_false, figures)


def _figure(word: str, under: Any, figures: Figures) -> Fraction | None:
    past = figures.past
    if word == "sum":
        amounts = [figures.items.get(code) for code in under]
        known = [Fraction(amount) for amount in amounts if amount is not None]
        return sum(known, Fraction(0)) if len(known) == len(amounts) else None
    if word == "of_form":
        return _exact(past.forms.get((under[0], under[1])))
    given = {
        "item": figures.items,
        "previous": past.previous,
        "same_period_last_year": past.last_year,
    }
    return _exact(given[word].get(under))


def _exact(amount: Decimal | None) -> Fraction | None:
    return None if amount is None else Fraction(amount)


def _usual(word: str, under: Sequence[Any], figures: Figures) -> Fraction | None:
    code, months, least = under
    before = figures.past.history.get(code, ())[:months]
    known = [Fraction(amount) for amount in before if amount is not None]
    if len(known) < least:
        return None
    middle = median(known)
    return middle if word == "median" else median([abs(one - middle) for one in known])


def median(numbers: Sequence[Fraction]) -> Fraction:
    """The middle one, or the mean of the two in the middle."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
