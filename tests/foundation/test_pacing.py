"""How fast one network may send: marks of networks that tell nothing, limits that slow down and shut nobody out."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from danvan.foundation import housekeeping, pacing
from danvan.foundation.models import PaceCount
from danvan.foundation.pacing import Pace, count_one, is_worked, network_of, pace_of, task_of

pytestmark = pytest.mark.django_db
HERE, NEIGHBOUR, ELSEWHERE = "203.0.113.7", "203.0.113.200", "198.51.100.1"


@pytest.fixture(autouse=True)
def minute(monkeypatch, settings):
    settings.DANVAN_SENDS, settings.DANVAN_SENDS_ALL = 2, 1_000
    at = [datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)]
    monkeypatch.setattr(pacing.clock, "machine", lambda: at[0])
    return at


@pytest.mark.parametrize(
    ("address", "network"),
    [
        (HERE, "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("", ""),
        ("không phải", ""),
    ],
)
def test_an_address_is_counted_with_its_neighbours(address, network):
    assert network_of(address) == network


def test_what_comes_too_fast_is_slowed_and_other_networks_are_not():
    for _ in range(2):
        assert pace_of(HERE).free
        count_one(HERE)
    assert not pace_of(NEIGHBOUR).free
    assert not pace_of(NEIGHBOUR).closed
    assert pace_of(ELSEWHERE).free
    for _ in range(18):
        count_one(NEIGHBOUR)
    assert pace_of(HERE).closed
    assert pace_of(ELSEWHERE).sent_by_all == 20


def test_a_minute_later_it_is_taken_again_and_after_an_hour_nothing_is_kept(minute):
    count_one(HERE)
    count_one(HERE)
    minute[0] += timedelta(minutes=1)
    assert pace_of(HERE).free
    minute[0] += timedelta(minutes=61)
    count_one(ELSEWHERE)
    assert set(PaceCount.objects.values_list("minute", flat=True)) == {
        minute[0].replace(second=0, microsecond=0)
    }


def test_what_is_counted_by_itself_slows_nothing_else():
    for _ in range(2):
        count_one(HERE, what="photos")
    assert pace_of(HERE) == Pace(0, 0)
    assert pace_of(NEIGHBOUR, what="photos") == Pace(2, 2)


def test_marks_are_forgotten_by_the_hour_also_where_nobody_sends_any_more(minute):
    count_one(HERE)
    minute[0] += timedelta(minutes=61)
    housekeeping.forget_networks()
    assert not PaceCount.objects.exists()


def test_everybody_together_is_slowed_too(settings):
    settings.DANVAN_SENDS_ALL = 1
    count_one(ELSEWHERE)
    assert not pace_of(HERE).free


def test_no_address_is_kept_and_tomorrow_its_mark_is_another(minute):
    count_one(HERE)
    minute[0] += timedelta(minutes=30)
    count_one(HERE)
    today = set(PaceCount.objects.exclude(mark="").values_list("mark", flat=True))
    assert len(today) == 1
    assert "203" not in str(list(PaceCount.objects.values("mark")))
    minute[0] += timedelta(days=1)
    count_one(HERE)
    assert today.isdisjoint(PaceCount.objects.exclude(mark="").values_list("mark", flat=True))


def test_work_counts_for_the_very_words_that_it_was_done_for(monkeypatch):
    monkeypatch.setattr(pacing, "BITS", 8)
    task, other = task_of("phiếu", "Đường hỏng"), task_of("phiếu", "Cầu hỏng")
    answer = next(str(one) for one in count() if is_worked(task, str(one)))
    assert task != other
    assert is_worked(task, answer)
    wrong = [one for one in range(500) if is_worked(task, str(one))]
    assert len(wrong) < 20
    for odd in ("", "x", "²", "9" * 13, "-1"):
        assert not is_worked(task, odd)
