"""Whatever is reorganised in whatever order: the trees stand, shares are conserved, and undoing restores all."""

import hashlib
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.models import AuditEntry, NumberSeries, OutboxEvent
from danvan.indicators.enums import Origin
from danvan.indicators.models import Value
from danvan.organisations.edges import recomputed_reach, stored_reach
from danvan.organisations.enums import EventState
from danvan.organisations.models import (
    JournalRow,
    Lineage,
    Reorganisation,
    Unit,
    UnitSize,
    UnitVersion,
)
from danvan.organisations.selectors import (
    canonical_register,
    order_of_undoing,
    register_hash,
    what_builds_on,
)
from danvan.organisations.services import apply_reorganisation, preview, undo_reorganisation
from tests.examples import examples
from tests.indicators.figures import an_indicator
from tests.organisations.forests import (
    FIRST,
    count_people,
    days_after,
    draw_event,
    draw_register,
    trees_on,
)

pytestmark = pytest.mark.django_db
MOST = examples(50)
BEFORE = date(2025, 12, 1)


def often(share=1):
    """Each example writes a register and several events; the properties share the examples of a run."""
    return settings(max_examples=max(MOST // share, 8), suppress_health_check=list(HealthCheck))


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
                assert trees[place][0] == ""
                assert trees[place][1] < rank or (kind and trees[place][1] == rank)
            climbed = {unit}
            while line is not None:
                assert line not in climbed
                climbed.add(line)
                line = trees[line][3]
    forward = Lineage.objects.values_list("predecessor", "happened_on").annotate(Sum("weight"))
    assert {total for *_, total in forward.order_by()} <= {1_000_000}
    known = Lineage.objects.exclude(back_weight=None)
    back = known.values_list("successor", "happened_on").annotate(Sum("back_weight"))
    assert {total for *_, total in back.order_by()} <= {1_000_000}
    assert stored_reach() == recomputed_reach()


def applied_one(data, forest, day):
    """One more event, applied."""
    count_people(day)
    return apply_reorganisation(draw_event(data.draw, forest, day), actor=None)


def register():
    """The canonical register without what is counted between the events."""
    found = canonical_register()
    return {table: rows for table, rows in found.items() if table != "organisations.unitsize"}


def give_values(data):
    """Figures of the year before any event, of any units."""
    units = list(Unit.objects.order_by("pk").values_list("pk", flat=True))
    amounts = data.draw(st.lists(st.integers(-9, 9), max_size=4))
    indicator = an_indicator(valid_from=BEFORE)
    Value.objects.bulk_create(
        Value(
            indicator=indicator, unit_id=units[-1 - place], first=BEFORE, amount=amount,
            origin=Origin.ENTERED, entered_at=clock.now(),
        )
        for place, amount in enumerate(amounts)
    )  # fmt: skip


def values():
    """A hash of every value there is, whole."""
    return hashlib.sha256(str(list(Value.objects.order_by("pk").values())).encode()).hexdigest()


def undo(reorganisation):
    """Undo one, after taking away who was counted in what it founded."""
    founded = reorganisation.new_units.values("unit")
    UnitSize.objects.filter(unit__in=founded).delete()
    undo_reorganisation(reorganisation, why="Thử", actor=None)


@often()
@given(st.data())
def test_events_in_a_row_keep_the_trees_and_are_undone_exactly(data):
    with rolled_back():
        forest = draw_register(data.draw)
        give_values(data)
        day, done, given_values = FIRST, [], values()
        for _ in range(data.draw(st.integers(1, 4))):
            before = register()
            done.append((applied_one(data, forest, day), before))
            assert_sound()
            assert values() == given_values
            day = days_after(data.draw, day)
        for applied, before in reversed(done):
            undo(applied)
            assert register() == before
            assert values() == given_values
        assert_sound()


@often(share=8)
@given(st.data())
def test_undoing_out_of_order_is_refused_with_the_names_and_the_order_given_works(data):
    with rolled_back():
        forest = draw_register(data.draw, provinces=1)
        before, day, done = register(), FIRST, []
        for _ in range(data.draw(st.integers(2, 4))):
            done.append(applied_one(data, forest, day))
            day = days_after(data.draw, day)
        first = data.draw(st.sampled_from(done))
        later = what_builds_on(first)
        if later:
            held = register()
            with pytest.raises(RuleError) as refused, transaction.atomic():
                undo_reorganisation(first, why="Thử", actor=None)
            assert all(one.number in refused.value.message for one in later)
            assert register() == held
        for one in order_of_undoing(first):
            undo(one)
        assert_sound()
        left = Reorganisation.objects.filter(state=EventState.APPLIED).order_by("-applied_order")
        for one in left:
            undo(one)
        assert register() == before


@often(share=8)
@given(st.data())
def test_a_preview_shows_what_applying_would_do_and_leaves_no_trace(data):
    def traces():
        counted = (AuditEntry, OutboxEvent, JournalRow, Reorganisation)
        numbers = sorted(NumberSeries.objects.values_list("key", "last"))
        return [model.objects.count() for model in counted], numbers

    with rolled_back():
        forest = draw_register(data.draw, provinces=1)
        count_people(FIRST)
        draft = draw_event(data.draw, forest, FIRST)
        before, traced = register_hash(), traces()
        with preview(draft) as applied:
            assert applied.state == EventState.APPLIED
            shown = len(register()["organisations.unitversion"])
        assert (register_hash(), traces()) == (before, traced)
        apply_reorganisation(draft, actor=None)
        assert len(register()["organisations.unitversion"]) == shown
