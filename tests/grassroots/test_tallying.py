"""What households come to: over all of them, whoever came; a commune over all its villages."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.grassroots.enums import Form, Outcome
from danvan.grassroots.tallying import Count, Threshold, commune_outcome, village_outcome

TWO_THIRDS, HALF = Threshold(Fraction(2, 3)), Threshold(Fraction(1, 2), more=True)


@pytest.mark.parametrize(
    ("count", "passing", "outcome"),
    [
        (Count(90, 60, 60, 0), TWO_THIRDS, Outcome.PASSED),  # exactly two thirds of all
        (Count(90, 89, 59, 30), TWO_THIRDS, Outcome.REJECTED),  # two thirds of those present are not enough
        (Count(90, 46, 46, 0), HALF, Outcome.PASSED),
        (Count(90, 90, 45, 45), HALF, Outcome.REJECTED),  # half is not more than half
        (Count(90, 45, 45, 0), HALF, Outcome.AGAIN),  # a meeting without its quorum
        (Count(90, 45, 45, 0, Form.BALLOT), HALF, Outcome.REJECTED),  # ballots have none to miss
        (Count(1, 1, 1, 0), TWO_THIRDS, Outcome.PASSED),
    ],
)  # fmt: skip
def test_a_village_decides_by_all_its_households(count, passing, outcome):
    assert village_outcome(count, passing, HALF) == outcome


def test_without_a_row_for_the_quorum_every_meeting_is_valid():
    assert village_outcome(Count(90, 1, 1, 0), HALF, None) == Outcome.REJECTED


YES, NO, FEW = Count(9, 9, 9, 0), Count(9, 9, 0, 9), Count(9, 1, 1, 0)


@pytest.mark.parametrize(
    ("counts", "outcome"),
    [
        ({1: [YES], 2: [YES]}, Outcome.PASSED),  # two of three villages; the third was never asked
        ({1: [YES]}, Outcome.AGAIN),  # the two that are left could carry it
        ({1: [NO], 2: [NO]}, Outcome.REJECTED),
        ({1: [YES], 2: [NO], 3: [FEW]}, Outcome.AGAIN),
        ({1: [YES], 2: [NO], 3: [FEW, YES]}, Outcome.PASSED),  # the last valid round of each
        ({1: [YES], 2: [NO], 3: [FEW, NO]}, Outcome.REJECTED),
        ({1: [YES], 2: [YES, FEW]}, Outcome.PASSED),
    ],
)
def test_a_commune_decides_by_all_its_villages(counts, outcome):
    assert commune_outcome(counts, 3, TWO_THIRDS, HALF, TWO_THIRDS) == outcome


counted = st.integers(1, 400).flatmap(
    lambda all_: st.integers(0, all_).flatmap(
        lambda came: st.integers(0, came).map(lambda yes: Count(all_, came, yes, came - yes))
    )
)


@settings(max_examples=60)
@given(counted, st.sampled_from([TWO_THIRDS, HALF]))
def test_it_passes_exactly_from_the_number_that_is_said_to_be_needed(count, passing):
    needed = passing.needed(count.households)
    assert passing.met(needed, count.households) or needed > count.households
    assert not passing.met(needed - 1, count.households)
    assert (count.agreed >= needed) == (village_outcome(count, passing, None) == Outcome.PASSED)


def test_nothing_is_enough_of_none():
    assert not TWO_THIRDS.met(0, 0)
