"""The dated edges and the lineage of the register, from its rows to the plain form that `closure` works on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from danvan.organisations.closure import (
    FOREVER,
    Edge,
    Passed,
    Reached,
    above_of,
    flattened,
    inherited_reach,
)
from danvan.organisations.enums import Follows, Way
from danvan.organisations.models import Lineage, Reach, Unit, UnitVersion

Row = tuple[int, str, int | None, int | None, date, date | None]
FIELDS = ("unit_id", "kind", "parent_id", "place_id", "valid_from", "valid_to")
Link = tuple[int, int, date]
LINK = ("predecessor_id", "successor_id", "happened_on")
HEIR: dict[str, Way] = {Follows.PLACE: Way.HEIR_PLACE, Follows.LINE: Way.HEIR_LINE}


def edges_of(rows: Iterable[Row], follows: str) -> dict[int, list[Edge]]:
    """What each unit stood under, one way, as these version rows give it."""
    edges: dict[int, list[Edge]] = defaultdict(list)
    for unit, kind, parent, place, start, end in rows:
        if follows == Follows.PLACE:
            edges[unit].append(Edge(place if kind else parent, start, end or FOREVER))
        elif kind:
            edges[unit].append(Edge(parent, start, end or FOREVER))
    return edges


def passed_on(links: Iterable[Link]) -> dict[int, list[Passed]]:
    """To whom each unit passed anything, and when."""
    passed: dict[int, list[Passed]] = defaultdict(list)
    for before, after, day in links:
        passed[before].append((after, day))
    return passed


def reach_of(
    rows: Iterable[Row], ended: Mapping[int, date], links: Iterable[Link]
) -> dict[str, set[Reached]]:
    """The whole closure, every way, from version rows, the ends of units, and lineage. Raises CycleError."""
    known, passed = list(rows), passed_on(links)
    found: dict[str, set[Reached]] = {}
    for follows in Follows.values:
        edges = edges_of(known, follows)
        above = {unit: above_of(unit, edges) for unit in edges}
        found[follows] = flattened(above)
        found[HEIR[follows]] = inherited_reach(ended, ended, passed, above)
    return found


def recomputed_reach() -> dict[str, set[Reached]]:
    """The closure as the versions and the lineage of the register give it. Three queries."""
    ended = {pk: end for pk, end in Unit.objects.values_list("pk", "ended_on") if end is not None}
    return reach_of(
        UnitVersion.objects.values_list(*FIELDS), ended, Lineage.objects.values_list(*LINK)
    )


def stored_reach() -> dict[str, set[Reached]]:
    """The closure as it is stored. One query."""
    stored: dict[str, set[Reached]] = {way: set() for way in Way.values}
    rows = Reach.objects.values_list("follows", "top_id", "unit_id", "valid_from", "valid_to")
    for way, top, unit, start, end in rows:
        stored[way].add(Reached(top, unit, start, end or FOREVER))
    return stored


def as_rows(follows: str, reached: Iterable[Reached]) -> list[Reach]:
    """Rows to insert, in an order that keeps the index together."""
    return [
        Reach(
            top_id=one.top,
            unit_id=one.unit,
            follows=follows,
            valid_from=one.start,
            valid_to=None if one.end == FOREVER else one.end,
        )
        for one in sorted(reached)
    ]


def span_of(row: Reach | UnitVersion) -> tuple[date, date]:
    """The days of a dated row; an open end is the last day there is."""
    return row.valid_from, row.valid_to or FOREVER
