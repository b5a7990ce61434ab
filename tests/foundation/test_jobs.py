import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from danvan.foundation import audit, clock, events, jobs, worker
from danvan.foundation.errors import RuleError
from danvan.foundation.models import (
    AuditSeal,
    Delivery,
    JobSchedule,
    JobWorker,
    NumberSeries,
    OutboxEvent,
)
from tests.foundation import work
from tests.foundation.things import an_object

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_schedule(monkeypatch, settings):
    monkeypatch.setattr(jobs, "_scheduled", {})
    settings.DANVAN_JOBS_INLINE = False


def status():
    return [row.status for row in DBTaskResult.objects.order_by("enqueued_at")]


def due_now():
    DBTaskResult.objects.update(run_after=clock.machine())


def test_a_job_runs_once_after_the_act_that_asked_for_it():
    work.count.enqueue("a")
    assert (status(), work.noted("a")) == (["READY"], 0)
    assert jobs.run_next("w") is True
    assert (status(), work.noted("a")) == (["SUCCESSFUL"], 1)
    assert jobs.run_next("w") is False


def test_a_job_of_an_act_that_is_rolled_back_does_not_exist():
    with transaction.atomic():
        work.count.enqueue("a")
        transaction.set_rollback(True)
    assert status() == []


def test_a_job_may_be_called_like_the_function_it_is():
    work.count("a")
    assert work.noted("a") == 1


def test_a_long_job_runs_outside_the_transaction_that_marks_it_done():
    work.long_one.enqueue("a")
    jobs.run_all("w")
    assert (status(), work.noted("a:done")) == (["SUCCESSFUL"], 1)


def test_where_jobs_run_inline_they_run_with_the_act(settings):
    settings.DANVAN_JOBS_INLINE = True
    work.count.enqueue("a")
    assert (status(), work.noted("a")) == ([], 1)
    with pytest.raises(RuleError):
        work.refuse.enqueue("a")


def test_a_failed_job_leaves_nothing_is_tried_again_later_and_at_last_given_up(caplog):
    work.fail.enqueue("a")
    jobs.run_all("w")
    [row] = DBTaskResult.objects.all()
    assert (row.status, work.noted("a")) == ("READY", 0)
    assert row.run_after > clock.machine()
    assert row.traceback.startswith("LookupError at ")
    assert jobs.run_all("w") == 0  # not yet
    due_now()
    assert jobs.run_all("w") == 1
    assert (status(), work.noted("a")) == (["FAILED"], 0)
    due_now()
    assert jobs.run_all("w") == 0
    assert "failed on try 2" in caplog.text


def test_a_job_that_the_rules_refuse_is_not_tried_again():
    work.refuse.enqueue("a")
    jobs.run_all("w")
    assert status() == ["FAILED"]


def test_a_job_whose_code_is_gone_fails_with_its_reason():
    work.count.enqueue("a")
    DBTaskResult.objects.update(task_path="danvan.gone.job")
    jobs.run_all("w")
    [row] = DBTaskResult.objects.all()
    assert (row.status, row.exception_class_path) == ("FAILED", "builtins.ModuleNotFoundError")
    assert jobs._tries(row) == jobs.TRIES


def test_given_up_jobs_are_shown_and_tried_again_after_the_cause_was_mended(capsys):
    work.refuse.enqueue("a")
    jobs.run_all("w")
    event = OutboxEvent.objects.create(name="things.moved", body={}, at=clock.now())
    owed = {"event": event, "subscriber": "things.hear", "tries": events.TRIES}
    Delivery.objects.create(**owed, failure="LookupError")
    call_command("jobs")
    out = capsys.readouterr().out
    assert "tests.foundation.work.refuse ['a']" in out
    assert "RuleError at " in out
    assert "things.moved -> things.hear: LookupError" in out
    assert status() == ["FAILED"]
    call_command("jobs", "--again")
    assert "Sẽ làm lại 2 việc." in capsys.readouterr().out
    assert status() == ["READY"]


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


def test_a_recurring_job_is_enqueued_when_due_and_does_not_pile_up():
    jobs.every(hours=1)(work.recurring)
    assert jobs.enqueue_due() == 1
    assert jobs.enqueue_due() == 0
    JobSchedule.objects.update(due_at=clock.machine())
    assert jobs.enqueue_due() == 0  # the first has not run yet
    jobs.run_all("w")
    assert work.noted("recurring") == 1
    JobSchedule.objects.update(due_at=clock.machine())
    assert jobs.enqueue_due() == 1
    assert JobSchedule.objects.get().due_at > clock.machine() + timedelta(minutes=59)


def test_a_recurring_job_needs_an_interval():
    with pytest.raises(ValueError, match="interval"):
        jobs.every()


def test_rows_of_jobs_that_succeeded_long_ago_are_removed():
    work.count.enqueue("a")
    work.refuse.enqueue("a")
    jobs.run_all("w")
    work.count.enqueue("b")
    jobs.run_all("w")
    old = DBTaskResult.objects.filter(args_kwargs__args=["a"])
    old.update(finished_at=clock.machine() - timedelta(days=40))
    assert jobs.clear_finished() == 1
    assert sorted(status()) == ["FAILED", "SUCCESSFUL"]


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


WORK = """
import sys
from danvan.foundation import jobs
from tests.foundation import work
jobs.sign_of_life("one")
jobs.run_next("one")
"""
LOOK = """
from danvan.foundation.models import NumberSeries
from django_tasks_db.models import DBTaskResult
print(list(NumberSeries.objects.filter(key={key!r}).values_list("last", flat=True)),
      [row.status for row in DBTaskResult.objects.all()])
"""


@pytest.mark.parametrize(
    ("job", "meanwhile"), [("die", "[] ['RUNNING']"), ("die_between", "[2] ['RUNNING']")]
)
def test_a_job_whose_worker_is_killed_is_done_wholly_by_the_next(outside, job, meanwhile):
    key = f"killed:{job}"
    outside.script(
        "from django_tasks_db.models import DBTaskResult; DBTaskResult.objects.all().delete()\n"
        f"from tests.foundation import work; work.{job}.enqueue({key!r})"
    )
    killed = outside.run(
        "-c", "import sys; sys.path.insert(0, 'src'); import django; django.setup()\n" + WORK
    )
    assert killed.returncode == -9
    assert outside.script(LOOK.format(key=key)) == meanwhile
    outside.script(
        "from datetime import timedelta\n"
        "from django_tasks_db.models import DBTaskResult\n"
        "from danvan.foundation import clock, jobs\n"
        "assert jobs.reap() == 0\n"  # it was seen a moment ago
        "assert jobs.reap(silent_for=timedelta(0)) == 1\n"
        "DBTaskResult.objects.update(run_after=clock.machine())\n"
        "assert jobs.run_all('two') == 1\n"
    )
    assert outside.script(LOOK.format(key=key)) == "[2] ['SUCCESSFUL']"


def test_the_worker_process_works_until_it_is_told_to_stop(outside):
    outside.script(
        "from tests.foundation import work; from danvan.foundation import audit\n"
        "from danvan.foundation.models import NumberSeries\n"
        "thing, _ = NumberSeries.objects.get_or_create(key='for the worker')\n"
        "audit.record(None, 'things.change', thing)\n"
        "work.slow.enqueue('worked')"
    )
    process = outside.start("manage.py", "work")
    ask = (
        "from tests.foundation import work; from danvan.foundation import audit\n"
        "from danvan.foundation.models import JobWorker\n"
        "print(work.noted('worked'), audit.unsealed(whole=True).count(), JobWorker.objects.count())"
    )
    end = time.monotonic() + 120
    while time.monotonic() < end and not outside.script(ask).startswith("1 0"):
        time.sleep(0.2)
    told = outside.script(ask)
    process.terminate()
    out, err = process.communicate(timeout=30)
    assert (told.split()[:2], process.returncode, err) == (["1", "0"], 0, "")
    assert "Đang chờ việc cuối cùng kết thúc" in out
    assert int(outside.script(ask).split()[2]) == int(told.split()[2]) - 1


def test_two_workers_share_the_jobs_and_none_runs_twice(outside):
    outside.script(
        "from tests.foundation import work\n"
        "for number in range(40): work.count.enqueue(f'shared:{number}')"
    )
    code = (
        "import sys; sys.path.insert(0, 'src'); import django; django.setup()\n"
        "from danvan.foundation import jobs; import os\n"
        "jobs.run_all(f'w{os.getpid()}')"
    )
    both = [outside.start("-c", code) for _ in range(2)]
    ended = [process.communicate(timeout=60) for process in both]
    assert [err for _, err in ended] == ["", ""]
    told = outside.script(
        "from danvan.foundation.models import NumberSeries\n"
        "print(sorted(NumberSeries.objects.filter(key__startswith='shared:').values_list('last', flat=True)))"
    )
    assert told == str([1] * 40)


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


def test_a_worker_runs_beside_the_pages_of_one_process(outside):
    told = outside.script(
        "import time\n"
        "from danvan.foundation.worker import start_background_worker\n"
        "from tests.foundation import work\n"
        "worker = start_background_worker()\n"
        "work.slow.enqueue('beside')\n"
        "end = time.monotonic() + 30\n"
        "while time.monotonic() < end and not work.noted('beside'): time.sleep(0.1)\n"
        "print(worker.running, worker.stop(), worker.running, work.noted('beside'))\n"
        "worker.sign_off()\n"
    )
    assert told == "True True False 1"


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
