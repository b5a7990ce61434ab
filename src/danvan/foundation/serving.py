"""Serving the pages: granian's WSGI server, with a worker beside it."""

import multiprocessing
import os

from granian import Granian
from granian.constants import Interfaces

from danvan.foundation.worker import start_background_worker

MOST = 4  # processes that nobody asked for


def usual_workers() -> int:
    """How many processes serve pages where nobody said so: one a processor, for one alone uses no more than one."""
    return min(os.cpu_count() or 1, MOST)


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
