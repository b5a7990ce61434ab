"""Lays places out as tiles of one grid: each near where it lies, none upon another, the same at every call.

Middle points crowd along a coast and thin out in the mountains. Halfway between where a place lies and
its rank among the others the crowd is loosened while west stays west; each place then takes a cell, and
places change cells as long as that brings them closer to where they belong.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, cos, radians, sqrt

ROOM = 1.5  # cells a place: the empty ones draw the outline
LOOSENED = 0.5  # of the way from where a place lies to its rank
LEAST, MOST = 0.4, 2.5  # how narrow or how broad a grid may be
NEAR = 2  # how far a tile looks for a better cell
ROUNDS = 12

Point = tuple[int, float, float]  # id, degrees north, degrees east
Cell = tuple[int, int]  # column from the west, row from the north


@dataclass(frozen=True, slots=True)
class Layout:
    """The cells of the places, by id, in a grid of so many columns and rows."""

    cells: dict[int, Cell]
    columns: int
    rows: int


def lay_out(points: Mapping[int, tuple[float, float]]) -> Layout:
    """A cell for each place from its (latitude, longitude). The order in which they are given does not matter."""
    return _lay_out(tuple(sorted((pk, *at) for pk, at in points.items())))


@lru_cache(maxsize=64)
def _lay_out(points: tuple[Point, ...]) -> Layout:
    if not points:
        return Layout({}, 0, 0)
    columns, rows = _grid(points)
    east = _spread([(point[2], point[0]) for point in points], columns)
    south = _spread([(-point[1], point[0]) for point in points], rows)
    wanted = {pk: (east[pk], south[pk]) for pk, _, _ in points}
    return _trimmed(_settled(_seated(wanted, columns, rows), wanted, columns, rows))


def _grid(points: tuple[Point, ...]) -> tuple[int, int]:
    """Columns and rows with room for all, in the shape of the land."""
    norths, easts = [point[1] for point in points], [point[2] for point in points]
    high = max(norths) - min(norths)
    wide = (max(easts) - min(easts)) * cos(radians(sum(norths) / len(norths)))
    shape = min(MOST, max(LEAST, wide / high if high > 0 else MOST))
    cells = len(points) * ROOM
    columns = max(1, round(sqrt(cells * shape)))
    return columns, max(1, ceil(cells / columns))


def _spread(along: list[tuple[float, int]], cells: int) -> dict[int, float]:
    """Where along one side of the grid each place belongs, from 0 to the last cell."""
    values = sorted(value for value, _ in along)
    first, width, step = values[0], values[-1] - values[0], max(len(values) - 1, 1)
    found = {}
    for value, pk in along:
        # places that lie alike share the middle of their ranks
        rank = (bisect_left(values, value) + bisect_right(values, value) - 1) / 2 / step
        lies = (value - first) / width if width > 0 else rank
        found[pk] = (lies + LOOSENED * (rank - lies)) * (cells - 1)
    return found


def _far(at: Cell, wanted: tuple[float, float]) -> float:
    return (at[0] - wanted[0]) ** 2 + (at[1] - wanted[1]) ** 2


def _seated(wanted: dict[int, tuple[float, float]], columns: int, rows: int) -> dict[int, Cell]:
    """Each in the nearest cell still free, those at the edge first: they have the least choice."""
    middle = ((columns - 1) / 2, (rows - 1) / 2)
    free = {(column, row) for column in range(columns) for row in range(rows)}
    found = {}
    for pk in sorted(wanted, key=lambda one: (-_apart(wanted[one], middle), one)):
        cell = min(free, key=lambda at: (_far(at, wanted[pk]), at))
        free.remove(cell)
        found[pk] = cell
    return found


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _settled(
    seats: dict[int, Cell], wanted: dict[int, tuple[float, float]], columns: int, rows: int
) -> dict[int, Cell]:
    """Move to a free cell, or change places, while that brings the tiles closer to where they belong."""
    holder = {cell: pk for pk, cell in seats.items()}
    for _ in range(ROUNDS):
        moved = False
        for pk in sorted(seats):
            here = seats[pk]
            best, gain = here, 1e-9
            for cell in _around(here, columns, rows):
                other = holder.get(cell)
                saved = _far(here, wanted[pk]) - _far(cell, wanted[pk])
                if other is not None:
                    saved += _far(cell, wanted[other]) - _far(here, wanted[other])
                if saved > gain:
                    best, gain = cell, saved
            if best != here:
                other = holder.pop(best, None)
                holder[best], seats[pk] = pk, best
                del holder[here]
                if other is not None:
                    holder[here], seats[other] = other, here
                moved = True
        if not moved:
            break
    return seats


def _around(cell: Cell, columns: int, rows: int) -> list[Cell]:
    column, row = cell
    return [
        (to_column, to_row)
        for to_column in range(max(0, column - NEAR), min(columns, column + NEAR + 1))
        for to_row in range(max(0, row - NEAR), min(rows, row + NEAR + 1))
        if (to_column, to_row) != cell
    ]


def _trimmed(seats: dict[int, Cell]) -> Layout:
    """Without the empty columns and rows at the edges."""
    west, north = min(cell[0] for cell in seats.values()), min(cell[1] for cell in seats.values())
    cells = {pk: (column - west, row - north) for pk, (column, row) in sorted(seats.items())}
    columns = max(column for column, _ in cells.values()) + 1
    rows = max(row for _, row in cells.values()) + 1
    return Layout(cells, columns, rows)
