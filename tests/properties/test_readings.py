"""The readings of a register against a plain walk through its history, which uses neither closure nor services."""

from collections import defaultdict

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from danvan.organisations.selectors import Reading, destinations, origins
from danvan.organisations.selectors.readings import THEN
from danvan.organisations.services import rebuild_reach
from tests.properties.registers import DAYS, day_of, registers

pytestmark = pytest.mark.django_db
days = st.integers(0, DAYS)


def expected(register, tops, on, asked):
    """{(top, day): {unit: share}} by the algebra, unit by unit."""
    found = {}
    for day in asked:
        to = day if on is None else on
        flows = {
            key: register.mapped(key, day, to) for key, one in register.units.items() if one.on(day)
        }
        for top in tops:
            under = register.under(top, to)
            shares = {
                key: sum(share for end, share in mapped.items() if end in under)
                for key, mapped in flows.items()
            }
            found[top, day] = {key: share for key, share in shares.items() if share}
    return found


@given(registers(), st.one_of(st.none(), days), st.lists(days, min_size=1, max_size=4, unique=True))
def test_the_origins_of_a_reading_are_those_of_a_walk_through_history(register, on, asked):
    with transaction.atomic():
        register.write()
        rebuild_reach()
        reading = THEN if on is None else Reading(day_of(on))
        back = {pk: key for key, pk in register.ids.items()}
        found = origins(list(register.ids.values()), reading, [day_of(day) for day in asked])
        plain = {
            (back[top], (day - day_of(0)).days): {back[one]: share for one, share in shares.items()}
            for (top, day), shares in found.items()
        }
        assert plain == expected(register, register.units, on, asked)
        transaction.set_rollback(True)


@given(registers(), days, days)
def test_every_value_counts_exactly_once_among_the_units_of_a_reading(register, on, day):
    with transaction.atomic():
        register.write()
        rebuild_reach()
        back = {pk: key for key, pk in register.ids.items()}
        given_on = [key for key, one in register.units.items() if one.on(day) is not None]
        found = destinations(
            [register.ids[key] for key in given_on], day_of(day), Reading(day_of(on))
        )
        plain = {
            back[unit]: {back[end]: share for end, share in shares.items()}
            for unit, shares in found.items()
        }
        assert plain == {key: register.mapped(key, day, on) for key in given_on}
        for shares in plain.values():
            assert sum(shares.values()) == 1
            assert all(register.units[end].on(on) is not None for end in shares)
        transaction.set_rollback(True)


@given(registers(), st.one_of(st.none(), days), days)
def test_leaves_sum_to_the_root_in_every_reading(register, on, day):
    with transaction.atomic():
        register.write()
        rebuild_reach()
        reading = THEN if on is None else Reading(day_of(on))
        to = day if on is None else on
        amounts = {
            register.ids[key]: 7 * key + 1
            for key, one in register.units.items()
            if one.on(day) is not None
        }
        children = defaultdict(set)
        for key, one in register.units.items():
            if one.on(to) is not None and register.above(key, to) is not None:
                children[register.above(key, to)].add(key)
        found = origins(list(register.ids.values()), reading, [day_of(day)])

        def figure(key):
            shares = found[register.ids[key], day_of(day)]
            return sum(amounts[unit] * share for unit, share in shares.items())

        ends = destinations(amounts, day_of(day), Reading(day_of(to)))
        own = defaultdict(int)
        for unit, shares in ends.items():
            for end, share in shares.items():
                own[end] += amounts[unit] * share
        for key in register.units:
            if register.units[key].on(to) is not None:
                assert figure(key) == own[register.ids[key]] + sum(map(figure, children[key]))
        assert figure(0) == sum(amounts.values())
        transaction.set_rollback(True)
