"""The readings of a register against a plain walk through its history, which uses neither closure nor services."""

from collections import defaultdict

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from danvan.organisations.selectors import Reading, destinations, origins
from danvan.organisations.selectors.following import counted_for
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


def likened(register, on, since, until):
    """{gone or not yet there: (for whom what it did counts, whether whole)} by the algebra, unit by unit."""
    found = {}
    for key, one in register.units.items():
        if one.ended is not None and since < one.ended <= on:
            mapped = register.mapped(key, one.ended - 1, on)
        elif on < one.founded <= until:
            mapped = register.mapped(key, one.founded, on)
        else:
            continue
        largest = min(mapped, key=lambda end: (-mapped[end], end), default=None)
        if largest is not None:
            heir = register.units[largest]
            if (heir.level, heir.is_place) == (one.level, one.is_place):
                found[key] = (largest, len(mapped) == 1)
    return found


@given(registers(), days, days, days)
def test_what_a_unit_did_counts_once_for_the_one_with_the_largest_part(register, on, since, until):
    since, until = sorted((since, until))
    with transaction.atomic():
        register.write()
        rebuild_reach()
        back = {pk: key for key, pk in register.ids.items()}
        wanted = likened(register, on, since, until)
        standing = [key for key, one in register.units.items() if one.on(on) is not None]
        for asked in (standing, standing[::2]):
            found = counted_for(
                [register.ids[key] for key in asked],
                on=day_of(on), since=day_of(since), until=day_of(until),
            )  # fmt: skip
            assert {back[unit]: (back[one.unit_id], one.whole) for unit, one in found.items()} == {
                unit: one for unit, one in wanted.items() if one[0] in asked
            }
        transaction.set_rollback(True)
