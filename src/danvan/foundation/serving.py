"""Serving the pages: granian's WSGI server, with a worker beside it."""

import math
import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from danvan.foundation.worker import start_background_worker

CGROUPS, OWN_GROUP = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")
MOST = 4  # processes that nobody asked for


def usual_workers() -> int:
    """How many processes serve pages where nobody said so: one a processor, for one alone uses no more than one."""
    return max(1, min(_processors(), MOST))


def _processors() -> int:
    """How many processors this process may use: not those of the machine where a container or a scheduler gives it fewer."""
    given = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    return min([given, *(math.ceil(one) for one in _quotas())])


def _quotas() -> Iterator[float]:
    """How many processors' time the groups of this process get (cgroup 2, else 1); none where nothing limits them."""
    for whole in (_read(one / "cpu.max") for one in _groups()):
        quota, _, period = whole.partition(" ")
        if quota.isdigit() and period.isdigit() and int(period):
            yield int(quota) / int(period)
    quota, period = (_read(CGROUPS / "cpu" / f"cpu.cfs_{one}_us") for one in ("quota", "period"))
    if quota.isdigit() and period.isdigit() and int(period):
        yield int(quota) / int(period)


def _groups() -> Iterator[Path]:
    """The group of this process and those above it: the limit of each holds."""
    told = _read(OWN_GROUP)
    own = next((one[3:] for one in told.splitlines() if one.startswith("0::")), "")
    within = CGROUPS / own.strip("/")
    yield from (one for one in (within, *within.parents) if one.is_relative_to(CGROUPS))


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""


def serve(host: str, port: int, *, workers: int = 0, with_worker: bool = True) -> None:
    """Serve until interrupted. The worker's threads run in this process, the pages in `workers` others (0: as usual)."""
    # A forked child would share this process's database connections and half of its threads.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or usual_workers(),
        blocking_threads=8,  # as many as connections in the pool of one process
        log_access=False,
    )
    if not with_worker:
        server.serve()
        return
    worker = start_background_worker()
    try:
        server.serve()
    finally:
        worker.stop()
        worker.sign_off()
