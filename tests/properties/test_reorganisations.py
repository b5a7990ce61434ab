"""Whatever is reorganised in whatever order: the trees stand, shares are conserved, and undoing restores all."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.organisations.edges import recomputed_reach, stored_reach
from danvan.organisations.models import Lineage, UnitSize, UnitVersion
from danvan.organisations.selectors import canonical_register
from danvan.organisations.services import apply_reorganisation, undo_reorganisation
from tests.organisations.forests import (
    FIRST,
    count_people,
    days_after,
    draw_event,
    draw_register,
    trees_on,
)

pytestmark = pytest.mark.django_db
# Each example writes a register and several events: twice a hundred of them in each run, more in a soak.
often = settings(
    max_examples=max(200, settings().max_examples),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@contextmanager
def rolled_back():
    """One example: whatever it writes is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def breaks():
    """The first day of every period in the register, and the day before."""
    days = set(UnitVersion.objects.values_list("valid_from", flat=True))
    days |= set(UnitVersion.objects.exclude(valid_to=None).values_list("valid_to", flat=True))
    return sorted({near for day in days for near in (day, day - timedelta(days=1))})


def assert_sound():
    """On every day a forest in each hierarchy; lineage conserves; the closure equals its recomputation."""
    for day in breaks():
        trees = trees_on(day)
        for unit, (kind, rank, place, line) in trees.items():
            if place is not None:
                assert place in trees
                assert trees[place][0] == ""
                assert trees[place][1] < rank or (kind and trees[place][1] == rank)
            climbed = {unit}
            while line is not None:
                assert line in trees
                assert line not in climbed
                climbed.add(line)
                line = trees[line][3]
    forward = Lineage.objects.values_list("predecessor", "happened_on").annotate(Sum("weight"))
    assert {total for *_, total in forward.order_by()} <= {1_000_000}
    known = Lineage.objects.exclude(back_weight=None)
    back = known.values_list("successor", "happened_on").annotate(Sum("back_weight"))
    assert {total for *_, total in back.order_by()} <= {1_000_000}
    assert stored_reach() == recomputed_reach()


@often
@given(st.data())
def test_events_in_a_row_keep_the_trees_and_are_undone_exactly(data):
    with rolled_back():
        forest = draw_register(data.draw)
        day, done = FIRST, []
        for _ in range(data.draw(st.integers(1, 4))):
            count_people(day)
            draft = draw_event(data.draw, forest, day)
            before = canonical_register()
            applied = apply_reorganisation(draft, actor=None)
            assert canonical_register() != before
            assert_sound()
            done.append((applied, before))
            day = days_after(data.draw, day)
        for applied, before in reversed(done):
            # Whoever counted people since did so outside any reorganisation.
            UnitSize.objects.filter(unit__founded_on=applied.effective_on).delete()
            undo_reorganisation(applied, why="Thử", actor=None)
            assert _without_sizes(canonical_register()) == _without_sizes(before)
            assert_sound()


def _without_sizes(found):
    return {table: rows for table, rows in found.items() if table != "organisations.unitsize"}
