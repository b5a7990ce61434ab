"""Rules that no figures can satisfy together, found where they compare questions with numbers and with each other.

Each comparison that must hold is `a - b <= c` between two questions, or a question and nought. They can hold together
exactly where no circle of them adds up to less than nothing (Bellman and Ford); a strict one counts as a hair less.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from danvan.reporting.rules.judging import Rule

ZERO = ""  # stands for nought among the questions
Far = tuple[Fraction, int]  # how far, and how many hairs less
NONE: Far = (Fraction(0), 0)


@dataclass(frozen=True, slots=True)
class _Edge:
    """`a - b <= far`, asked by the rule at a place; -1 for "no figure is below nought"."""

    a: str
    b: str
    far: Far
    place: int


def contradictions(rules: Sequence[Rule]) -> list[tuple[int, ...]]:
    """The places of rules that contradict each other, a single one where it contradicts itself.

    Each circle is told once; those found first are set aside to look for the next.
    """
    edges = [edge for place, rule in enumerate(rules) for edge in _edges(rule.tree, place)]
    edges += [
        _Edge(ZERO, one, NONE, -1)
        for one in sorted({end for edge in edges for end in (edge.a, edge.b)} - {ZERO})
    ]
    found: list[tuple[int, ...]] = []
    while circle := _circle(edges):
        places = tuple(sorted({edge.place for edge in circle} - {-1}))
        found.append(places)
        edges = [edge for edge in edges if edge.place != places[-1]]
    return found


def _edges(tree: Any, place: int) -> Iterator[_Edge]:
    match tree:
        case {"all": [*parts]}:
            for part in parts:
                yield from _edges(part, place)
        case {"=": [{"sum": [*parts]}, {"item": str(whole)}]}:
            for part in parts:
                yield _Edge(part, whole, NONE, place)
    if isinstance(tree, dict) and len(tree) == 1:
        [(word, under)] = tree.items()
        if word in {"<", "<=", ">", ">=", "="}:
            yield from _compared(word, under, place)


def _compared(word: str, under: Any, place: int) -> Iterator[_Edge]:
    left, right = _term(under[0]), _term(under[1])
    if left is None or right is None or left[0] == right[0] == ZERO:
        return
    (a, plus), (b, more) = left, right
    far, strict = more - plus, -1 if word in {"<", ">"} else 0
    if word in {"<", "<=", "="}:
        yield _Edge(a, b, (far, strict), place)
    if word in {">", ">=", "="}:
        yield _Edge(b, a, (-far, strict), place)


def _term(tree: Any) -> tuple[str, Fraction] | None:
    """A question or a number as (question or ZERO, what is added); None where it is more than that."""
    match tree:
        case bool():
            return None
        case int() | str():
            return ZERO, Fraction(tree)
        case {"item": str(code)}:
            return code, Fraction(0)
    return None


def _circle(edges: Sequence[_Edge]) -> list[_Edge]:
    """A circle of comparisons that adds up to less than nothing; none where there is none."""
    nodes = {end for edge in edges for end in (edge.a, edge.b)}
    far: dict[str, Far] = dict.fromkeys(nodes, NONE)
    came: dict[str, _Edge] = {}
    last = None
    for _ in nodes:
        last = None
        for edge in edges:
            nearer = (far[edge.b][0] + edge.far[0], far[edge.b][1] + edge.far[1])
            if nearer < far[edge.a]:
                far[edge.a], came[edge.a], last = nearer, edge, edge.a
        if last is None:
            return []
    if last is None:
        return []
    for _ in nodes:  # back into the circle itself
        last = came[last].b
    circle, at = [came[last]], came[last].b
    while at != last:
        circle.append(came[at])
        at = came[at].b
    return circle
