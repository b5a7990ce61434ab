"""How sure to be: what a rule says of itself, drawn towards how often it was right where somebody annotated.

`MEASURED` is counted by `make bench NAME=reliability` on the annotated texts that the rules were written with, so it
flatters them; therefore what a rule says of itself keeps the weight of ten texts. A rule that nobody ever measured
is never surer than `MOST_UNMEASURED`, which is below what is accepted in one go.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from danvan.reading.proposals import Proposal

# rule -> (right, of), on the annotated texts without those kept aside.
MEASURED: dict[str, tuple[int, int]] = {
    "citation.symbol": (31, 31),
    "figure.bare": (2, 2), "figure.counted": (40, 40), "figure.money": (4, 4), "figure.percent": (6, 6),
    "figure.share": (1, 1), "figure.structure": (1, 1),
    "target.context": (2, 2), "target.floor": (1, 1), "target.section": (12, 12), "target.yearly": (1, 1),
    "request.asked": (1, 1), "request.carried": (2, 2), "request.conditional": (1, 1), "request.direct": (1, 1),
    "request.directing": (4, 4),
}  # fmt: skip
OWN_WEIGHT = 10
MOST, MOST_UNMEASURED, MOST_UNSIGNED = 0.99, 0.85, 0.5

_One = TypeVar("_One", bound=Proposal)


def calibrated(rule: str, said: float) -> float:
    """How sure to be of a proposal of this rule that says so of itself; 0 to 1."""
    counted = MEASURED.get(rule)
    if counted is None:
        return min(said, MOST_UNMEASURED)
    right, of = counted
    return round(min(MOST, (said * OWN_WEIGHT + right) / (OWN_WEIGHT + of)), 2)


def calibrate(found: Iterable[_One], most: float = MOST) -> tuple[_One, ...]:
    """The proposals, each as sure as measurement lets it be, and none surer than `most`."""
    told: list[_One] = []
    for one in found:
        sure = min(most, calibrated(one.rule, one.confidence))
        told.append(one if sure == one.confidence else _as_sure(one, sure))
    return tuple(told)


@cache
def _values(kind: Any) -> tuple[Callable[[Proposal], tuple[Any, ...]], int]:
    """What reads all values of a proposal of this kind at once, and which of them is the confidence."""
    names = [field.name for field in fields(kind)]
    return attrgetter(*names), names.index("confidence")


def _as_sure(one: _One, sure: float) -> _One:
    """The proposal with another confidence; `dataclasses.replace` takes five times as long, for every figure of a text."""
    kind: Any = type(one)
    read, at = _values(kind)
    values = read(one)
    surer: _One = kind(*values[:at], sure, *values[at + 1 :])
    return surer
