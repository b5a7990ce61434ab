"""What is at or below what, and when: the closure of dated edges. Plain Python over plain ids and days."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

FOREVER = date.max


class Edge(NamedTuple):
    """A unit stood under `above` (None: under nothing) from a day up to but not including another."""

    above: int | None
    start: date
    end: date = FOREVER


class Reached(NamedTuple):
    """`unit` was `top` or below it from a day up to but not including another."""

    top: int
    unit: int
    start: date
    end: date


class CycleError(Exception):
    """A unit would stand below itself."""

    def __init__(self, unit: int) -> None:
        super().__init__(f"unit {unit} stands below itself")
        self.unit = unit


Interval = tuple[date, date]


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same days as intervals that neither touch nor overlap, in order."""
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def above_of(unit: int, edges: Mapping[int, Iterable[Edge]]) -> dict[int, list[Interval]]:
    """Every unit at or above `unit` with the days on which it was. Raises CycleError."""
    days: dict[int, list[Interval]] = {unit: [(edge.start, edge.end) for edge in edges[unit]]}
    climbing: list[tuple[int | None, date, date, tuple[int, ...]]] = [
        (edge.above, edge.start, edge.end, (unit,)) for edge in edges[unit]
    ]
    while climbing:
        top, start, end, below = climbing.pop()
        if top is None:
            continue
        if top in below:
            raise CycleError(top)
        days.setdefault(top, []).append((start, end))
        for edge in edges.get(top, ()):
            first, last = max(start, edge.start), min(end, edge.end)
            if first < last:
                climbing.append((edge.above, first, last, (*below, top)))
    return {top: merged(intervals) for top, intervals in days.items()}


def closure(edges: Mapping[int, Iterable[Edge]]) -> set[Reached]:
    """The whole closure: each unit under itself and under everything above it. Raises CycleError."""
    return flattened({unit: above_of(unit, edges) for unit in edges})


def flattened(above: Mapping[int, Mapping[int, Iterable[Interval]]]) -> set[Reached]:
    """The closure rows of many units from everything at or above each and the days."""
    return {one for unit, tops in above.items() for one in flat(unit, tops)}


def cut(interval: Interval, life: Interval) -> list[Interval]:
    """The days of `interval` within `life`: one interval or none."""
    start, end = max(interval[0], life[0]), min(interval[1], life[1])
    return [(start, end)] if start < end else []


def flat(unit: int, above: Mapping[int, Iterable[Interval]]) -> set[Reached]:
    """The closure rows of one unit from everything at or above it and the days."""
    return {
        Reached(top, unit, start, end)
        for top, intervals in above.items()
        for start, end in merged(intervals)
    }


Passed = tuple[int, date]  # to whom, and when


def takers_of(
    unit: int, ends: Mapping[int, date], passed: Mapping[int, Iterable[Passed]]
) -> set[int]:
    """Every unit that took over from `unit` as it ended, directly or through others that ended later.

    Who was given a part while a unit went on (a little land) did not take over from it.
    """
    since = {unit: date.min}
    following = [unit]
    while following:
        one = following.pop()
        for taker, day in passed.get(one, ()):
            ended = ends.get(one) == day > since[one]
            if ended and taker != one and day < since.get(taker, FOREVER):
                since[taker] = day
                following.append(taker)
    return since.keys() - {unit}


def inherited_reach(
    units: Iterable[int],
    ends: Mapping[int, date],
    passed: Mapping[int, Iterable[Passed]],
    above: Mapping[int, Mapping[int, Iterable[Interval]]],
) -> set[Reached]:
    """Each ended one of `units` under everything that is at or above a unit that took over from it, from its end on.

    `ends` tells when any unit on the way ended.
    """
    found: set[Reached] = set()
    for unit in units:
        end = ends.get(unit)
        if end is None:
            continue
        tops: dict[int, list[Interval]] = {}
        for taker in takers_of(unit, ends, passed):
            for top, intervals in above.get(taker, {}).items():
                for interval in intervals:
                    tops.setdefault(top, []).extend(cut(interval, (end, FOREVER)))
        found |= flat(unit, tops)
    return found
