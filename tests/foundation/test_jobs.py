"""Jobs: with the act that asked for them, tried again, given up, recurring, removed."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from danvan.foundation import clock, events, jobs
from danvan.foundation.errors import RuleError
from danvan.foundation.models import (
    Delivery,
    JobSchedule,
    OutboxEvent,
)
from tests.foundation import work
from tests.foundation.work import due_now, status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_schedule")]


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
