"""Jobs for the tests of jobs; module-level, as jobs must be."""

import os
import signal
import time

from django_tasks_db.models import DBTaskResult

from danvan.foundation import clock, jobs
from danvan.foundation.errors import RuleError
from danvan.foundation.models import NumberSeries


def status():
    """How each job stands, in the order they were asked for."""
    return [row.status for row in DBTaskResult.objects.order_by("enqueued_at")]


def due_now():
    """Let every job that waits be due."""
    DBTaskResult.objects.update(run_after=clock.machine())


def note(key):
    row, _ = NumberSeries.objects.get_or_create(key=key)
    row.last += 1
    row.save()


def noted(key):
    return NumberSeries.objects.filter(key=key).values_list("last", flat=True).first() or 0


@jobs.job
def count(key):
    note(key)


@jobs.job(tries=2)
def fail(key):
    note(key)
    raise LookupError("not today")


@jobs.job
def refuse(key):
    raise RuleError("Đồng chí vui lòng làm khác.")


@jobs.job(whole=False)
def long_one(key):
    note(f"{key}:done")


@jobs.job
def stolen(key):
    """While it runs, the reaper takes its worker for dead."""
    note(key)
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.running().update(worker_ids=["another"])


@jobs.job
def recurring():
    note("recurring")


@jobs.job
def die(key):
    """Write, then be killed in the middle the first time; finish the second time."""
    from django.conf import settings

    mark = settings.HOME / f"{key}.died"
    note(key)
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    note(key)


@jobs.job(whole=False)
def die_between(key):
    """Finish the work, then be killed before it is marked as done."""
    from django.conf import settings

    mark = settings.HOME / f"{key}.died"
    NumberSeries.objects.update_or_create(key=key, defaults={"last": 2})
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


@jobs.job
def slow(key):
    time.sleep(0.3)
    note(key)
