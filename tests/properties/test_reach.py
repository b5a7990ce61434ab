"""The closure kept step by step against one rebuilt, and what is inherited against a walk through lineage."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from danvan.organisations.edges import recomputed_reach, stored_reach
from danvan.organisations.enums import Follows
from danvan.organisations.selectors import units_under
from danvan.organisations.services import rebuild_reach, refresh_reach
from tests.properties.registers import DAYS, day_of, registers

pytestmark = pytest.mark.django_db
days = st.integers(0, DAYS)


@given(registers(), days)
def test_a_refresh_of_what_changed_equals_a_rebuild_both_when_done_and_when_undone(register, day):
    with transaction.atomic():
        past = register.until(day)
        past.write()
        rebuild_reach()
        at_first = stored_reach()
        changed = register.differing(past)
        register.write(past.ids)
        refresh_reach([register.ids[key] for key in changed])
        assert stored_reach() == recomputed_reach()
        assert rebuild_reach() == (0, 0)
        past.write(register.ids)
        refresh_reach([past.ids[key] for key in changed if key in past.ids])
        assert stored_reach() == recomputed_reach() == at_first
        transaction.set_rollback(True)


@given(registers(), days)
def test_who_answers_for_a_unit_reads_those_before_it_and_only_from_their_end_on(register, day):
    with transaction.atomic():
        register.write()
        rebuild_reach()
        for top in register.units:
            under = register.under(top, day)
            before = {
                key
                for key, one in register.units.items()
                if one.ended is not None and one.ended <= day and register.took_over(key) & under
            }
            tops, on = [register.ids[top]], day_of(day)
            found = units_under(tops, on=on, follows=Follows.PLACE, heirs=True)
            assert sorted(row["unit_id"] for row in found) == sorted(
                register.ids[key] for key in under | before
            )
            alone = units_under(tops, on=on, follows=Follows.PLACE)
            assert {row["unit_id"] for row in alone} == {register.ids[key] for key in under}
        transaction.set_rollback(True)
