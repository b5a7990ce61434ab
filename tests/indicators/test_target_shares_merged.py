"""Shares of a target when the units that had them merge and divide: the sum stays what was divided."""

from datetime import date
from decimal import ROUND_DOWN, Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.indicators.enums import MeasureKind, OverTime
from danvan.indicators.selectors import cascade_of, shares_unanswered
from danvan.indicators.services import amend_target, cover_share, divide_target
from tests.desk.merged import BEFORE, TODAY, Merged
from tests.indicators.figures import an_indicator
from tests.indicators.goals import a_goal
from tests.once import once, own

pytestmark = pytest.mark.django_db
DIVIDED = date(2026, 1, 15)
AGAIN = date(2026, 3, 1)


class Shared:
    """The merged province, an indicator, and those who had shares before."""

    def __init__(self):
        self.merged = Merged()
        self.stock = an_indicator("DV-09", kind=MeasureKind.STOCK, over_time=OverTime.LAST)
        self.old = [*self.merged.old, self.merged.divided]

    def target(self, goal):
        return a_goal(self.merged.province.place, self.stock, goal=goal)


_shared = once(Shared, DANVAN_TODAY=TODAY)


@pytest.fixture
def shared(_shared, settings):
    settings.DANVAN_TODAY = TODAY
    return own(_shared)


def divide(target, units, amounts, reserve, on):
    shares = [(one.pk, Decimal(amount)) for one, amount in zip(units, amounts, strict=True)]
    return divide_target(target, shares, reserve=Decimal(reserve), actor=None, valid_from=on)


def test_a_merged_unit_has_the_shares_of_those_before_it(shared):
    merged, target = shared.merged, shared.target(100)
    divide(target, shared.old, ["10", "20", "30", "25"], "15", DIVIDED)

    now, then = (cascade_of(target, on=day) for day in (TODAY, BEFORE))

    assert {one.unit_id: one.amount for one in now.lines} == {
        merged.new.pk: 60,
        merged.first.pk: 25,
    }
    assert now.line_of(merged.new.pk).before == sorted(one.pk for one in merged.old)
    assert [now.line_of(one.pk).divided for one in (merged.new, merged.first)] == [False, True]
    assert (now.total, then.total, now.lost) == (100, 100, [])
    assert [one.amount for one in then.lines] == [10, 20, 30, 25]
    (waiting,) = shares_unanswered([merged.new.pk], on=TODAY)
    assert (waiting.target, waiting.amount, waiting.since) == (target, 60, DIVIDED)
    child = cover_share(target, merged.new.pk, actor=None)
    assert shares_unanswered([merged.new.pk], on=TODAY) == []
    assert (child.unit_id, child.goal) == (merged.new.pk, 60)


def test_a_share_that_nobody_like_it_took_over_is_told(shared):
    merged, target = shared.merged, shared.target(100)
    divide(target, [merged.new, merged.first], ["40", "60"], "0", TODAY)

    found = cascade_of(target, on=TODAY)

    assert found.lost == []
    division = found.division
    division.shares.filter(unit=merged.first).update(unit=merged.province.front)
    lost = cascade_of(target, on=TODAY)
    assert ([one.amount for one in lost.lines], [one.amount for one in lost.lost]) == ([40], [60])
    assert lost.total == 100


AMOUNTS = st.lists(st.decimals(0, 10**6, places=3), min_size=4, max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=5)
@given(amounts=AMOUNTS, again=AMOUNTS, reserve=st.decimals(0, 10**6, places=3))
def test_divisions_amendments_and_mergers_conserve_the_whole(shared, amounts, again, reserve):
    with transaction.atomic():
        whole = sum(amounts) + reserve
        target = shared.target(whole)
        divide(target, shared.old, amounts, reserve, DIVIDED)
        less = [min(one, whole / 4).quantize(Decimal("0.001"), ROUND_DOWN) for one in again]
        divide(target, shared.old, less, whole - sum(less), AGAIN)
        for day in (DIVIDED, AGAIN, BEFORE, TODAY):
            assert cascade_of(target, on=day).total == whole
        amended = amend_target(target, on=TODAY, decision="CV 1", actor=None)
        assert cascade_of(amended, on=TODAY) is None
        here = [shared.merged.new, shared.merged.first]
        divide(amended, here, less[:2], whole - sum(less[:2]), TODAY)
        assert cascade_of(amended, on=TODAY).total == whole
        assert cascade_of(target, on=BEFORE).total == whole
        transaction.set_rollback(True)
