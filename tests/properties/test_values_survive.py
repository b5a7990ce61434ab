"""Whatever is reorganised, applied and undone: no value changes, the cube holds their sums, nothing is lost or doubled."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Every, Period
from danvan.indicators.enums import Origin
from danvan.indicators.models import CubeCell, DirtyKey, Value
from danvan.indicators.selectors import check_cube, roll_up
from danvan.indicators.services import rebuild_cube, recompute_dirty
from danvan.organisations import services as act
from danvan.organisations.models import Unit, UnitSize
from danvan.organisations.selectors import THEN, Reading
from tests.examples import examples
from tests.indicators.figures import an_indicator
from tests.organisations.forests import FIRST, count_people, days_after, draw_event, draw_register

pytestmark = pytest.mark.django_db
YEARS = [Period.parse(str(FIRST.year + number)) for number in (0, 1)]
MONTHS = [one for year in YEARS for one in year.parts(Every.MONTH)]
BEGIN = MONTHS.index(Period.containing(FIRST, Every.MONTH))
AT = datetime(2027, 12, 31, tzinfo=UTC)
rows = st.lists(
    st.tuples(
        st.integers(0, 99),  # which unit
        st.sampled_from([0, 0, 0, 0, 1, 4]),  # how many months after events begin
        st.one_of(st.none(), st.decimals(min_value=-1_000, max_value=1_000, places=6)),
    ),
    max_size=12,
    unique_by=lambda row: row[:2],
)


def everything():
    """All values, whole, and all cells without their keys."""
    cells = CubeCell.objects.values_list("indicator", "unit", "first", "level", "whole", "units")
    return list(Value.objects.order_by("pk").values()), sorted(cells, key=str)


def swept():
    while recompute_dirty():
        pass
    assert not DirtyKey.objects.exists()
    assert check_cube() == []
    assert rebuild_cube() == 0


def national(indicator, country, reading):
    """The country's exact figure over both years."""
    found = [roll_up([indicator.pk], [country], year, reading=reading) for year in YEARS]
    return sum(Fraction(one[indicator.pk, country].amount or 0) for one in found)


def applied_or_refused(draft, before):
    """The reorganisation applied; None where a unit that would end gave values for later months."""
    try:
        return act.apply_reorganisation(draft, actor=None)
    except RuleError as why:
        refused = why
    assert "đã có số liệu" in str(refused.faults)
    assert everything() == before
    act.drop_reorganisation(draft, actor=None)  # a draft that names a founded unit would keep it
    return None


@settings(max_examples=examples(100) // 4)
@given(rows, st.data())
def test_no_reorganisation_changes_a_value_and_the_cube_follows_each(given_rows, data):
    with transaction.atomic():
        forest = draw_register(data.draw)
        indicator = an_indicator(valid_from=MONTHS[0].first)
        units = list(Unit.objects.order_by("pk").values_list("pk", flat=True))
        wanted = {
            (units[who % len(units)], BEGIN + later): amount for who, later, amount in given_rows
        }
        Value.objects.bulk_create(
            Value(
                indicator=indicator, unit_id=unit, first=MONTHS[month].first, amount=amount,
                origin=Origin.ENTERED, entered_at=AT,
            )
            for (unit, month), amount in wanted.items()
        )  # fmt: skip
        rebuild_cube()
        total = sum(Fraction(amount) for amount in wanted.values() if amount is not None)
        states, applied, day = [everything()], [], FIRST
        for _ in range(data.draw(st.integers(1, 3))):
            day = days_after(data.draw, day)
            count_people(day)
            draft = draw_event(data.draw, forest, day)
            done = applied_or_refused(draft, states[-1])
            if done is None:
                continue
            swept()
            assert everything()[0] == states[0][0]
            for reading in (THEN, Reading(day), Reading(FIRST)):
                assert national(indicator, forest.country, reading) == total
            applied.append(done)
            states.append(everything())
        while applied:
            states.pop()
            last = applied.pop()
            UnitSize.objects.filter(unit__in=last.new_units.values("unit")).delete()
            act.undo_reorganisation(last, why="Nhầm", actor=None)
            swept()
            assert everything() == states[-1]
        transaction.set_rollback(True)
