"""Work that takes longer than a page may: enqueued with the act that asks for it, run by a worker.

A job is a plain module-level function that takes ids. It is stored in the caller's transaction, so it
exists exactly if the act does. A worker that dies gives its jobs back; one that fails is tried again later.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, overload

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.faults import told
from danvan.foundation.models import JobSchedule, JobWorker

logger = logging.getLogger(__name__)

TRIES = 4
# A worker that has not been seen for this long is dead, and its jobs are given back.
LEASE = timedelta(seconds=60)
_FIRST_WAIT = timedelta(seconds=5)
_KEPT = timedelta(days=30)
_scheduled: dict[str, tuple["Job", timedelta]] = {}


class LeaseLostError(Exception):
    """Another worker was given this job because ours had not been seen; what we did is rolled back."""


class WorkerDiedError(Exception):
    """The worker that held this job has not been seen since."""


@dataclass(frozen=True, kw_only=True)
class Job(Task[Any, Any]):
    """A function that a worker runs. `whole`: in one transaction together with the mark that it is done.

    A job that is not whole (a long one, which must not hold the database meanwhile) must be idempotent:
    it may run again after it has finished, if its worker dies just then.
    """

    tries: int = TRIES
    whole: bool = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run it here and now."""
        return self.func(*args, **kwargs)

    def enqueue(self, *args: Any, **kwargs: Any) -> Any:
        """Have it run once the caller's transaction is committed; at once where DANVAN_JOBS_INLINE is set."""
        if settings.DANVAN_JOBS_INLINE:
            with transaction.atomic():
                return self.func(*args, **kwargs)
        return super().enqueue(*args, **kwargs)


@overload
def job(function: Callable[..., Any]) -> Job: ...
@overload
def job(*, tries: int = ..., whole: bool = ...) -> Callable[[Callable[..., Any]], Job]: ...


def job(
    function: Callable[..., Any] | None = None, *, tries: int = TRIES, whole: bool = True
) -> Job | Callable[[Callable[..., Any]], Job]:
    """Make a job of a module-level function that takes ids: `@jobs.job` or `@jobs.job(whole=False)`."""

    def make(made_of: Callable[..., Any]) -> Job:
        return Job(func=made_of, tries=tries, whole=whole)

    return make if function is None else make(function)


def every(
    *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: int = 0
) -> Callable[[Job], Job]:
    """Run a job without arguments again and again: `@jobs.every(hours=1)` above `@jobs.job`."""
    interval = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if interval <= timedelta(0):
        raise ValueError("A recurring job needs an interval above zero.")

    def register(recurring: Job) -> Job:
        _scheduled[recurring.module_path] = (recurring, interval)
        return recurring

    return register


def enqueue_due() -> int:
    """Enqueue the recurring jobs that are due, each once however many workers ask; returns how many."""
    now, enqueued = clock.machine(), 0
    for path, (recurring, interval) in list(_scheduled.items()):
        schedule, _ = JobSchedule.objects.get_or_create(job=path, defaults={"due_at": now})
        if schedule.due_at > now:
            continue
        with transaction.atomic():
            mine = JobSchedule.objects.filter(job=path, due_at=schedule.due_at)
            if mine.update(due_at=now + interval) and not _pending(path):
                recurring.enqueue()
                enqueued += 1
    return enqueued


def run_next(worker: str) -> bool:
    """Claim one job that is ready and run it to its end or its failure; False where there is none."""
    if not DBTaskResult.objects.ready().exists():
        return False
    with transaction.atomic():
        row = DBTaskResult.objects.ready().get_locked()
        if row is None:
            return False
        row.claim(worker)
    try:
        _run(row)
    except LeaseLostError:
        logger.warning("job %s (%s) was given to another worker meanwhile", row.task_path, row.pk)
    except Exception as fault:
        logger.exception("job %s (%s) failed on try %s", row.task_path, row.pk, len(row.worker_ids))
        _put_off(row, fault)
    return True


def run_all(worker: str = "drain", *, most: int = 10_000) -> int:
    """Run what is ready now until nothing is (or `most` were tried); returns how many were tried."""
    tried = 0
    while tried < most and run_next(worker):
        tried += 1
    return tried


def reap(*, silent_for: timedelta = LEASE) -> int:
    """Give back the jobs of workers that have not been seen for this long; returns how many."""
    now = clock.machine()
    seen = JobWorker.objects.filter(seen_at__gt=now - silent_for)
    alive = set(seen.values_list("name", flat=True))
    orphans = [row for row in DBTaskResult.objects.running() if _holder(row) not in alive]
    for row in orphans:
        logger.warning("job %s (%s): its worker died", row.task_path, row.pk)
        _put_off(row, WorkerDiedError())
    return len(orphans)


def give_back(worker: str) -> int:
    """Give back whatever this worker holds and no longer works on; returns how many."""
    held = [row for row in DBTaskResult.objects.running() if _holder(row) == worker]
    for row in held:
        _put_off(row, LeaseLostError())
    return len(held)


def try_again() -> int:
    """Make the jobs that failed for good ready once more, after their cause was mended; returns how many."""
    again = {"status": TaskResultStatus.READY, "started_at": None, "finished_at": None}
    return DBTaskResult.objects.failed().update(**again, worker_ids=[], run_after=clock.machine())


def sign_of_life(worker: str) -> None:
    """Note that this worker is alive; the first call enters it."""
    now = clock.machine()
    JobWorker.objects.update_or_create(
        name=worker, defaults={"seen_at": now}, create_defaults={"seen_at": now, "started_at": now}
    )


def sign_off(worker: str) -> None:
    """Note that this worker has stopped, and remove those that died long ago."""
    long_ago = clock.machine() - timedelta(days=1)
    JobWorker.objects.filter(Q(name=worker) | Q(seen_at__lt=long_ago)).delete()


def clear_finished(*, older_than: timedelta = _KEPT) -> int:
    """Remove the rows of jobs that succeeded long ago; returns how many. Failures stay for a person."""
    old = DBTaskResult.objects.successful().filter(finished_at__lt=clock.machine() - older_than)
    return old.delete()[0]


def _run(row: DBTaskResult[Any, Any]) -> None:
    known = import_string(row.task_path)
    given = row.args_kwargs
    if not known.whole:
        known(*given["args"], **given["kwargs"])
    with transaction.atomic():
        if known.whole:
            known(*given["args"], **given["kwargs"])
        _finish(row)


def _finish(row: DBTaskResult[Any, Any]) -> None:
    now = DBTaskResult.objects.select_for_update().get(pk=row.pk)
    if now.status != TaskResultStatus.RUNNING or now.worker_ids != row.worker_ids:
        raise LeaseLostError
    row.set_successful(None)


def _put_off(row: DBTaskResult[Any, Any], fault: Exception) -> None:
    """Have it tried again later; fail it for good where the rules refused it or it was tried enough."""
    with transaction.atomic():
        now = DBTaskResult.objects.select_for_update().get(pk=row.pk)
        if now.status != TaskResultStatus.RUNNING or now.worker_ids != row.worker_ids:
            return
        # Not set_failed(): it writes the words of the fault, which may quote what a person typed.
        now.exception_class_path = f"{type(fault).__module__}.{type(fault).__qualname__}"
        now.traceback = told(fault)
        now.status, now.finished_at = TaskResultStatus.FAILED, clock.machine()
        tried = len(now.worker_ids)
        if not isinstance(fault, RuleError | ImportError) and tried < _tries(now):
            now.status = TaskResultStatus.READY
            now.started_at = now.finished_at = None
            now.run_after = clock.machine() + _FIRST_WAIT * 4 ** (tried - 1)
        fields = ["status", "started_at", "finished_at", "run_after"]
        now.save(update_fields=[*fields, "exception_class_path", "traceback"])


def _holder(row: DBTaskResult[Any, Any]) -> str:
    return str(row.worker_ids[-1]) if row.worker_ids else ""


def _tries(row: DBTaskResult[Any, Any]) -> int:
    try:
        return int(import_string(row.task_path).tries)
    except (ImportError, AttributeError):
        return TRIES


def _pending(path: str) -> bool:
    unfinished = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(task_path=path, status__in=unfinished).exists()
