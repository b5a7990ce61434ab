"""Tiles: no two in one cell, west stays west as far as it can, the same whatever the order."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.desk.board.tiles import NEAR, _grid, _seated, _settled, _spread, lay_out

coordinates = st.tuples(
    st.floats(8, 23.5).map(lambda one: round(one, 4)),
    st.floats(102, 118).map(lambda one: round(one, 4)),
)
lands = st.dictionaries(st.integers(1, 10**6), coordinates, min_size=1, max_size=80)


@given(lands)
def test_every_place_has_a_cell_of_its_own_within_the_grid(points):
    found = lay_out(points)
    assert set(found.cells) == set(points)
    assert len(set(found.cells.values())) == len(points)
    columns = {column for column, _ in found.cells.values()}
    rows = {row for _, row in found.cells.values()}
    assert (min(columns), max(columns)) == (0, found.columns - 1)
    assert (min(rows), max(rows)) == (0, found.rows - 1)


@given(lands, st.randoms())
def test_the_order_in_which_places_are_given_changes_nothing(points, chance):
    shuffled = list(points.items())
    chance.shuffle(shuffled)
    assert lay_out(dict(shuffled)) == lay_out(points)


@given(lands)
def test_no_two_neighbours_would_both_lie_better_by_changing_places(points):
    sorted_points = tuple(sorted((pk, *at) for pk, at in points.items()))
    columns, rows = _grid(sorted_points)
    east = _spread([(one[2], one[0]) for one in sorted_points], columns)
    south = _spread([(-one[1], one[0]) for one in sorted_points], rows)
    wanted = {pk: (east[pk], south[pk]) for pk in points}
    begun = _seated(wanted, columns, rows)
    before = total(begun, wanted)

    cells = _settled(dict(begun), wanted, columns, rows)

    assert total(cells, wanted) <= before + 1e-6
    better = [
        (one, other)
        for one in cells
        for other in cells
        if one < other
        and near(cells[one], cells[other])
        and saved(cells, wanted, one, other) > 1e-6
    ]
    assert len(better) <= len(cells) // 20  # what a last round may have left


def total(cells, wanted):
    return sum(far(cell, wanted[pk]) for pk, cell in cells.items())


def far(cell, at):
    return (cell[0] - at[0]) ** 2 + (cell[1] - at[1]) ** 2


def near(one, other):
    return abs(one[0] - other[0]) <= NEAR and abs(one[1] - other[1]) <= NEAR


def saved(cells, wanted, one, other):
    now = far(cells[one], wanted[one]) + far(cells[other], wanted[other])
    return now - far(cells[other], wanted[one]) - far(cells[one], wanted[other])


def test_a_square_of_places_keeps_its_corners():
    points = {row * 5 + column: (20 - row, 100 + column) for row in range(5) for column in range(5)}
    found = lay_out(points)
    west, east = [found.cells[one][0] for one in (0, 20)], [found.cells[one][0] for one in (4, 24)]
    north, south = (
        [found.cells[one][1] for one in (0, 4)],
        [found.cells[one][1] for one in (20, 24)],
    )
    assert max(west) < min(east)
    assert max(north) < min(south)


def test_places_far_apart_stay_on_their_sides():
    chance = random.Random(7)
    points = {pk: (18 + 2 * chance.random(), 103 + 2.5 * chance.random()) for pk in range(130)}
    found = lay_out(points)
    wrong = [
        (one, other)
        for one in points
        for other in points
        if points[one][1] + 0.8 < points[other][1] and found.cells[one][0] >= found.cells[other][0]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("points", "cells"),
    [
        ({}, {}),
        ({4: (19.0, 105.0)}, {4: (0, 0)}),
        ({4: (19.0, 105.0), 9: (19.0, 105.0)}, {4: (1, 0), 9: (0, 0)}),
        ({1: (19.0, 104.0), 2: (19.0, 105.0), 3: (19.0, 106.0)}, {1: (0, 0), 2: (1, 0), 3: (2, 0)}),
        ({1: (21.0, 105.0), 2: (19.0, 105.0)}, {1: (0, 0), 2: (0, 2)}),
    ],
)
def test_few_places_make_a_small_grid(points, cells):
    assert lay_out(points).cells == cells
