"""What other modules give the worker to do every so many seconds."""

import pytest

from danvan.foundation import worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_other_duties(monkeypatch):
    monkeypatch.setattr(worker, "_given", {})


def test_a_duty_is_kept_by_every_worker_and_is_given_once():
    kept = []

    def look():
        kept.append(1)
        return 0

    assert worker.duty(seconds=60)(look) is look
    worker.duty(seconds=60)(look)
    turn = worker.BackgroundWorker()._duties()
    turn()
    turn()  # not due again yet
    assert kept == [1]


def test_a_duty_that_found_work_is_called_again_in_the_next_turn():
    left = [5, 1, 0, 7]
    worker.duty(seconds=60)(lambda: left.pop(0))
    turn = worker.BackgroundWorker()._duties()
    for _ in range(4):
        turn()
    assert left == [7]


def test_a_drain_has_a_duty_done_until_nothing_waits():
    left = [3, 2, 0]
    worker.duty(seconds=1)(lambda: left.pop(0))
    worker.drain()
    assert left == []
