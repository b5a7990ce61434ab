"""Serving the pages: granian's WSGI server, with a worker beside it."""

import multiprocessing

from granian import Granian
from granian.constants import Interfaces

from danvan.foundation.worker import start_background_worker


def serve(host: str, port: int, *, workers: int = 1, with_worker: bool = True) -> None:
    """Serve until interrupted. The worker's threads run in this process, the pages in `workers` others."""
    # A forked child would share this process's database connections and half of its threads.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
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
