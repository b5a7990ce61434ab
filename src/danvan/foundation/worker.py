"""The worker: runs jobs, seals the audit log, delivers what events still owe, keeps the schedule.

`danvan work` runs one in a process of its own; `danvan serve` and the demonstration run one beside the pages.
Any number may run on one database.
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import close_old_connections, connections

from danvan.foundation import audit, events, housekeeping, jobs

logger = logging.getLogger(__name__)

POLL = 0.5
# What else is to be done, and every how many seconds. The log is sealed within 5 s.
DUTIES: tuple[tuple[float, Callable[[], Any]], ...] = (
    (2, audit.seal),
    (5, events.deliver_waiting),
    (5, jobs.enqueue_due),
    (10, jobs.reap),
)
SIGN_OF_LIFE = 10.0
_given: dict[str, tuple[float, Callable[[], int]]] = {}

D = TypeVar("D", bound=Callable[[], int])


def duty(seconds: float) -> Callable[[D], D]:
    """Have every worker call a function of another module every so many seconds.

    It does a bounded piece of what waits and returns how much that was, 0 where nothing waits; while
    something did it is called again in the next turn. What it works off must be rows written with the act, so that a killed worker loses nothing; it may be called by
    several workers at once, and again after it was cut off.
    """

    def given(function: D) -> D:
        _given[f"{function.__module__}.{function.__qualname__}"] = (seconds, function)
        return function

    return given


class BackgroundWorker:
    """Two threads: one runs jobs, one keeps the duties, so that a long job delays no seal."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"[:80]
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._live, args=(turn,), name=f"danvan-{word}", daemon=True)
            for word, turn in (("duties", self._duties()), ("jobs", self._jobs()))
        ]

    def start(self) -> None:
        """Begin; returns at once."""
        for thread in self._threads:
            thread.start()

    def stop(self, timeout: float = 30.0) -> bool:
        """Let the job at hand finish, then end; False where it did not end in time."""
        self._stopping.set()
        end = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(end - time.monotonic(), 0))
        return not self.running

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return any(thread.is_alive() for thread in self._threads)

    def _live(self, turn: Callable[[], bool]) -> None:
        """Take turns until told to stop; a fault is logged and the next turn is taken."""
        try:
            while not self._stopping.is_set():
                close_old_connections()
                try:
                    busy = turn()
                except Exception:
                    logger.exception("a turn of the worker failed")
                    busy = False
                if not busy:
                    self._stopping.wait(POLL)
        finally:
            connections.close_all()

    def _jobs(self) -> Callable[[], bool]:
        lost = False

        def turn() -> bool:
            nonlocal lost
            if lost:
                jobs.give_back(self.name)
                lost = False
            lost = True
            found = jobs.run_next(self.name)
            lost = False
            return found

        return turn

    def _duties(self) -> Callable[[], bool]:
        duties = (*DUTIES, *_given.values())
        due = [0.0] * len(duties)
        seen = 0.0

        def turn() -> bool:
            nonlocal seen
            now = time.monotonic()
            if now >= seen:
                jobs.sign_of_life(self.name)
                seen = now + SIGN_OF_LIFE
            for number, (interval, kept) in enumerate(duties):
                if now >= due[number]:
                    more = _keep(kept) and number >= len(DUTIES)
                    due[number] = now if more else now + interval
            return False

        return turn

    def sign_off(self) -> None:
        """Leave the list of workers; called after `stop`."""
        jobs.sign_off(self.name)


def _keep(kept: Callable[[], Any]) -> bool:
    """Whether it found something to do; a fault is logged and nothing was found."""
    try:
        return bool(kept())
    except Exception:  # one duty that fails must not keep the others from being done
        logger.exception("duty %s failed", kept.__name__)
        return False


def start_background_worker() -> BackgroundWorker:
    """Start a worker in this process and return it; `stop()` ends it."""
    housekeeping.register()
    worker = BackgroundWorker()
    worker.start()
    return worker


def drain() -> None:
    """Do everything that is due now, once, in this thread: jobs, deliveries, the duties, the schedule, the seals."""
    housekeeping.register()
    jobs.reap()
    events.deliver_waiting()
    jobs.enqueue_due()
    jobs.run_all()
    events.deliver_waiting()
    for _, given in _given.values():
        while given():
            pass
    audit.seal(whole=True)
