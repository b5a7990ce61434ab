import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from danvan.foundation.models import NumberSeries
from danvan.foundation.numbering import next_number

pytestmark = pytest.mark.django_db


def test_a_series_counts_from_one_and_each_key_has_its_own():
    taken = [next_number("a:2026"), next_number("a:2026"), next_number("b:2026")]
    assert taken == [1, 2, 1]
    assert dict(NumberSeries.objects.values_list("key", "last")) == {"a:2026": 2, "b:2026": 1}


@pytest.mark.django_db(transaction=True)
def test_a_number_is_taken_only_inside_the_act_that_uses_it():
    with pytest.raises(transaction.TransactionManagementError):
        next_number("a")
    assert not NumberSeries.objects.exists()


class GapsTest(TestCase):
    @given(st.lists(st.booleans(), max_size=12))
    @settings(max_examples=40, deadline=None)
    def test_an_act_that_is_rolled_back_leaves_no_gap(self, succeeds):
        kept = []
        for commits in succeeds:
            with transaction.atomic():
                number = next_number("x")
                if commits:
                    kept.append(number)
                else:
                    transaction.set_rollback(True)
        assert kept == list(range(1, len(kept) + 1))


TAKE = """
from django.db import transaction
from danvan.foundation.numbering import next_number
import random, time
kept = []
for turn in range(25):
    with transaction.atomic():
        number = next_number("shared")
        time.sleep(random.random() / 500)
        if turn % 5 == 4:
            transaction.set_rollback(True)
        else:
            kept.append(number)
print(*kept)
"""


def test_two_processes_at_once_get_different_numbers_without_a_gap(outside):
    from tests.foundation.conftest import SET_UP

    processes = [outside.start("-c", SET_UP + TAKE) for _ in range(3)]
    ended = [process.communicate(timeout=120) for process in processes]
    assert [err for _, err in ended] == ["", "", ""]
    numbers = [int(number) for out, _ in ended for number in out.split()]
    assert sorted(numbers) == list(range(1, 61))
