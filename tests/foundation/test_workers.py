"""Those who do jobs: what one does in a turn, and what becomes of the work of one that died or was taken for dead."""

import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from danvan.foundation import audit, clock, jobs, worker
from danvan.foundation.models import (
    AuditSeal,
    JobWorker,
    NumberSeries,
)
from tests.foundation import work
from tests.foundation.things import an_object
from tests.foundation.work import due_now, status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_schedule")]


def test_the_work_of_a_worker_taken_for_dead_is_undone(caplog):
    work.stolen.enqueue("a")
    assert jobs.run_next("w") is True
    assert work.noted("a") == 0
    assert "given to another worker" in caplog.text


def test_the_jobs_of_a_dead_worker_are_given_back_those_of_a_living_one_not():
    for key in ("a", "b", "c"):
        work.count.enqueue(key)
    dead, alive, nobody = DBTaskResult.objects.order_by("enqueued_at")
    jobs.sign_of_life("alive")
    jobs.sign_of_life("dead")
    JobWorker.objects.filter(name="dead").update(seen_at=clock.machine() - timedelta(hours=1))
    alive.claim("alive")
    dead.claim("dead")
    nobody.status = "RUNNING"
    nobody.save()
    assert jobs.reap() == 2
    assert sorted(status()) == ["READY", "READY", "RUNNING"]
    due_now()
    assert jobs.run_all("w") == 2
    assert [work.noted(key) for key in "abc"] == [1, 0, 1]
    assert jobs.reap() == 0


def test_a_job_that_kills_its_workers_is_given_up():
    work.fail.enqueue("a")
    for _ in range(2):
        due_now()
        DBTaskResult.objects.get().claim("dead")
        jobs.reap()
    assert status() == ["FAILED"]
    assert DBTaskResult.objects.get().traceback.startswith("WorkerDiedError")


def test_a_worker_gives_back_what_it_lost_hold_of():
    work.count.enqueue("a")
    DBTaskResult.objects.get().claim("w")
    assert (jobs.give_back("other"), jobs.give_back("w")) == (0, 1)
    assert status() == ["READY"]


def test_a_fault_of_a_job_that_another_worker_holds_changes_nothing():
    work.count.enqueue("a")
    row = DBTaskResult.objects.get()
    row.claim("w")
    DBTaskResult.objects.update(worker_ids=["w", "x"])
    jobs._put_off(row, LookupError())
    assert status() == ["RUNNING"]


def test_a_worker_that_stops_is_removed_with_those_long_dead():
    for name in ("w", "dead", "x"):
        jobs.sign_of_life(name)
    jobs.sign_of_life("w")
    JobWorker.objects.filter(name="dead").update(seen_at=clock.machine() - timedelta(days=2))
    jobs.sign_off("w")
    assert [row.name for row in JobWorker.objects.all()] == ["x"]


def test_a_worker_can_do_everything_that_is_due_once(capsys):
    audit.record(None, "things.change", an_object())
    work.count.enqueue("a")
    call_command("work", "--once")
    assert "Đã làm hết việc đang chờ." in capsys.readouterr().out
    assert work.noted("a") == 1
    assert AuditSeal.objects.count() == 1
    paths = {row.task_path.rsplit(".", 1)[1] for row in DBTaskResult.objects.all()}
    own = {"seal_every_entry", "clear_leftovers", "forget_networks", "empty_the_log"}
    assert (paths, set(status())) == ({"count", *own}, {"SUCCESSFUL"})


def test_a_duty_or_a_turn_that_fails_does_not_stop_the_worker(caplog, monkeypatch):
    def broken():
        raise LookupError("duty")

    worker._keep(broken)
    assert "duty broken failed" in caplog.text
    lively = worker.BackgroundWorker()
    turns = iter([True, False, LookupError("turn")])

    def turn():
        got = next(turns, None)
        if isinstance(got, Exception):
            raise got
        if got is None:
            lively._stopping.set()
        return bool(got)

    monkeypatch.setattr(worker, "POLL", 0.001)
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    lively._live(turn)
    assert "a turn of the worker failed" in caplog.text


def test_a_job_lost_in_a_turn_that_broke_is_given_back_in_the_next(monkeypatch):
    lively = worker.BackgroundWorker()
    work.count.enqueue("a")
    turn = lively._jobs()

    def breaks(name):
        DBTaskResult.objects.get().claim(name)
        raise LookupError

    whole = jobs.run_next
    monkeypatch.setattr(jobs, "run_next", breaks)
    with pytest.raises(LookupError):
        turn()
    assert status() == ["RUNNING"]
    monkeypatch.setattr(jobs, "run_next", whole)
    assert turn() is False  # given back, to be tried again a little later
    due_now()
    assert turn() is True
    assert (status(), work.noted("a")) == (["SUCCESSFUL"], 1)


def test_the_duties_are_kept_when_they_are_due():
    audit.record(None, "things.change", an_object())
    lively = worker.BackgroundWorker()
    turn = lively._duties()
    assert turn() is False
    assert AuditSeal.objects.count() == 1
    assert [row.name for row in JobWorker.objects.all()] == [lively.name]
    audit.record(None, "things.change", NumberSeries.objects.get())
    turn()  # not due again yet
    assert AuditSeal.objects.count() == 1
    lively.sign_off()
    assert not JobWorker.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_in_this_process_can_be_started_and_stopped(settings, monkeypatch):
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        pytest.skip("threads cannot share SQLite's database in memory; the process test covers it")
    work.count.enqueue("a")
    started = worker.start_background_worker()
    try:
        end = time.monotonic() + 20
        while time.monotonic() < end and not work.noted("a"):
            time.sleep(0.1)
    finally:
        assert started.stop()
    started.sign_off()
    assert work.noted("a") == 1
    assert not started.running
    assert not JobWorker.objects.filter(name=started.name).exists()
    NumberSeries.objects.all().delete()
