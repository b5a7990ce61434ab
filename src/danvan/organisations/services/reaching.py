"""Keeping the closure equal to what the versions and the lineage say."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from danvan.foundation import planner
from danvan.organisations.closure import (
    FOREVER,
    Interval,
    Reached,
    above_of,
    flattened,
    inherited_reach,
)
from danvan.organisations.edges import (
    FIELDS,
    HEIR,
    LINK,
    Row,
    as_rows,
    edges_of,
    passed_on,
    recomputed_reach,
    stored_reach,
)
from danvan.organisations.enums import Follows
from danvan.organisations.models import Lineage, Reach, Unit, UnitVersion

NAMED = 10_000  # so many ids in one query
BULK = 5_000  # from so many rows on, the database's own idea of its size is out of date


@transaction.atomic
def rebuild_reach() -> tuple[int, int]:
    """Make the stored closure equal to a recomputation; returns how many rows were added and removed."""
    wanted, stored = recomputed_reach(), stored_reach()
    added = removed = 0
    for way in wanted:
        for one in stored[way] - wanted[way]:
            end = Q(valid_to=None if one.end == FOREVER else one.end)
            removed += Reach.objects.filter(
                end, top_id=one.top, unit_id=one.unit, follows=way, valid_from=one.start
            ).delete()[0]
        missing = as_rows(way, wanted[way] - stored[way])
        added += len(Reach.objects.bulk_create(missing, batch_size=BULK))
    planner.learn(Reach)
    return added, removed


@transaction.atomic
def refresh_reach(unit_ids: Collection[int]) -> tuple[int, int]:
    """Make the closure of these units, and of what stands or stood below them, equal to a recomputation.

    Told every unit whose versions, end or lineage changed, the whole closure is as `rebuild_reach` would leave
    it. Only differences are written; returns how many rows were added and removed. A few queries for each
    level of the tree and each generation of lineage. Raises CycleError.
    """
    units, rows = _below(unit_ids)
    rows += _above(rows)
    wanted: dict[str, set[Reached]] = {}
    for follows in Follows.values:
        edges = edges_of(rows, follows)
        wanted[follows] = flattened({one: above_of(one, edges) for one in units & edges.keys()})
    counts = [_write(units, wanted)]

    givers, links = _followed(units, "successor_id", "predecessor_id")
    givers |= units
    takers, onward = _followed(givers, "predecessor_id", "successor_id")
    known = _named(Unit.objects, "pk", givers | takers, ("pk", "ended_on"))
    ends = {unit: end for unit, end in known if end is not None}
    passed = passed_on({*links, *onward})
    above = _stored_above(takers)
    counts.append(
        _write(
            givers,
            {HEIR[way]: inherited_reach(givers, ends, passed, above[way]) for way in above},
        )
    )
    added, removed = (sum(column) for column in zip(*counts, strict=True))
    if added + removed >= BULK:
        planner.learn(Reach)
    return added, removed


def _named(
    rows: Any, field: str, ids: Iterable[int], columns: Iterable[str]
) -> Iterator[tuple[Any, ...]]:
    """The rows whose field is one of these ids, however many there are."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), NAMED):
        some = {f"{field}__in": wanted[start : start + NAMED]}
        yield from rows.filter(**some).values_list(*columns)


def _below(unit_ids: Collection[int]) -> tuple[set[int], list[Row]]:
    """These units and all that stand or stood below them in either way, with their versions."""
    units = frontier = set(unit_ids)
    while frontier:
        found = {
            unit
            for side in ("parent_id", "place_id")
            for (unit,) in _named(UnitVersion.objects, side, frontier, ("unit_id",))
        }
        frontier = found - units
        units = units | frontier
    return units, list(_named(UnitVersion.objects, "unit_id", units, FIELDS))


def _above(rows: list[Row]) -> list[Row]:
    """The versions of everything above the units of these rows."""
    known = {row[0] for row in rows}
    found: list[Row] = []
    latest = rows
    while latest:
        over = {one for row in latest for one in row[2:4] if one is not None} - known
        known |= over
        latest = list(_named(UnitVersion.objects, "unit_id", over, FIELDS))
        found += latest
    return found


def _followed(
    units: Collection[int], side: str, other: str
) -> tuple[set[int], list[tuple[Any, ...]]]:
    """The units that lineage leads to from these, one generation after another, and the lineage."""
    found: set[int] = set()
    links: list[tuple[Any, ...]] = []
    frontier = asked = set(units)
    at = LINK.index(other)
    while frontier:
        rows = list(_named(Lineage.objects, side, frontier, LINK))
        links += rows
        met = {row[at] for row in rows}
        found |= met
        frontier = met - asked
        asked = asked | frontier
    return found, links


def _stored_above(units: Iterable[int]) -> dict[str, dict[int, dict[int, list[Interval]]]]:
    """What is at or above these units each way, as it is stored."""
    above: dict[str, dict[int, dict[int, list[Interval]]]] = {way: {} for way in Follows.values}
    rows: QuerySet[Reach] = Reach.objects.filter(follows__in=Follows.values)
    columns = ("follows", "unit_id", "top_id", "valid_from", "valid_to")
    for way, unit, top, start, end in _named(rows, "unit_id", units, columns):
        above[way].setdefault(unit, {}).setdefault(top, []).append((start, end or FOREVER))
    return above


def _write(units: Iterable[int], wanted: dict[str, set[Reached]]) -> tuple[int, int]:
    """Make the rows of these units, these ways, what is wanted; returns how many were added and removed."""
    stored: dict[str, dict[Reached, int]] = {way: {} for way in wanted}
    wrong: list[int] = []
    rows = Reach.objects.filter(follows__in=list(wanted))
    columns = ("pk", "follows", "top_id", "unit_id", "valid_from", "valid_to")
    for pk, way, top, unit, start, end in _named(rows, "unit_id", units, columns):
        one = Reached(top, unit, start, end or FOREVER)
        if one in wanted[way] and one not in stored[way]:
            stored[way][one] = pk
        else:
            wrong.append(pk)
    for first in range(0, len(wrong), NAMED):
        Reach.objects.filter(pk__in=wrong[first : first + NAMED]).delete()
    missing = [
        row for way, reached in wanted.items() for row in as_rows(way, reached - stored[way].keys())
    ]
    Reach.objects.bulk_create(missing, batch_size=BULK)
    return len(missing), len(wrong)
