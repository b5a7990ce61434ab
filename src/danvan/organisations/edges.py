"""The dated edges of the register, from its rows to the plain form that `closure` works on."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from danvan.organisations.closure import FOREVER, Edge, Reached, closure
from danvan.organisations.enums import Follows
from danvan.organisations.models import Reach, UnitVersion

Row = tuple[int, str, int | None, int | None, date, date | None]
FIELDS = ("unit_id", "kind", "parent_id", "place_id", "valid_from", "valid_to")


def _edges(rows: Iterable[Row], follows: str) -> dict[int, list[Edge]]:
    edges: dict[int, list[Edge]] = defaultdict(list)
    for unit, kind, parent, place, start, end in rows:
        if follows == Follows.PLACE:
            edges[unit].append(Edge(place if kind else parent, start, end or FOREVER))
        elif kind:
            edges[unit].append(Edge(parent, start, end or FOREVER))
    return edges


def reach_of(rows: Iterable[Row]) -> dict[str, set[Reached]]:
    """The closure by place and by line of these version rows. Raises CycleError."""
    known = list(rows)
    return {follows: closure(_edges(known, follows)) for follows in Follows.values}


def recomputed_reach() -> dict[str, set[Reached]]:
    """The closure as the versions of the register give it. One query."""
    return reach_of(UnitVersion.objects.values_list(*FIELDS))


def stored_reach() -> dict[str, set[Reached]]:
    """The closure as it is stored. One query."""
    stored: dict[str, set[Reached]] = {follows: set() for follows in Follows.values}
    rows = Reach.objects.values_list("follows", "top_id", "unit_id", "valid_from", "valid_to")
    for follows, top, unit, start, end in rows:
        stored[follows].add(Reached(top, unit, start, end or FOREVER))
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
