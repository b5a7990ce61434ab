"""A process that has Django set up, and divides itself for each script that a test runs outside.

Setting Django up takes 2.5 seconds, most scripts a tenth of one. What is divided off is a process like any other: its
own environment, settings, connections and end; only what they all read is read once. Commands (`manage.py …`) are
started whole, since starting is part of what they are tried for.
"""

import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MOST = 1 << 17  # bytes of a script and its environment


class Divided:
    """What `subprocess.Popen` is to a process that was started: its pipes, its number and its end."""

    def __init__(self, prepared: "Prepared", asked: dict[str, Any]) -> None:
        theirs, ours = [], []
        for reading in (True, False, False, False):  # its input, output, errors; then how it fares
            read, write = os.pipe()
            theirs.append(read if reading else write)
            ours.append(os.fdopen(write, "w") if reading else os.fdopen(read))
        prepared.ask(asked, theirs)
        for one in theirs:
            os.close(one)
        self.stdin, self.stdout, self.stderr, self._told = ours
        self.pid = int(self._told.readline())
        self.returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            self.returncode = os.waitstatus_to_exitcode(int(self._told.readline()))
            self._told.close()
        return self.returncode

    def communicate(self, given: str = "", timeout: float | None = None) -> tuple[str, str]:
        """What it said and its errors to what it is given; killed where it takes longer."""
        late = Timer(timeout or 600, self.kill)
        late.start()
        with ThreadPoolExecutor(1) as beside:
            errors = beside.submit(self.stderr.read)
            with suppress(BrokenPipeError):  # it may have ended before
                self.stdin.write(given)
                self.stdin.close()
            said = self.stdout.read(), errors.result()
        self.wait()
        late.cancel()
        self.stdout.close()
        self.stderr.close()
        return said

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def __enter__(self) -> "Divided":
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self.stdin, self.stdout, self.stderr):
            one.close()
        self.wait()


class Prepared:
    """The one of this worker, begun when it is first asked."""

    def __init__(self) -> None:
        self._end: socket.socket | None = None

    def ask(self, asked: dict[str, Any], files: list[int]) -> None:
        if self._end is None:
            self._end, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", "tests.prepared"],
                    cwd=ROOT,
                    env=asked["environment"],
                    stdin=theirs,
                )
        socket.send_fds(self._end, [json.dumps(asked).encode()], files)

    def end(self) -> None:
        if self._end:
            self._end.close()
            self.process.wait()


def settle(environment: dict[str, str]) -> None:
    """Read all settings anew from this environment, as a process that starts does."""
    from django.conf import empty, settings
    from django.core.cache import caches
    from django.db import connections

    from config import env

    os.environ.clear()
    os.environ.update(environment)
    del sys.modules["config.settings"]
    env.FAULTS.clear()
    settings._wrapped = empty
    for kept in (connections, caches):
        for one in kept.all(initialized_only=True):
            del kept[one.alias if kept is connections else "default"]
        kept._settings = None
        kept.__dict__.pop("settings", None)


def divided() -> dict[str, Any] | None:
    """Divide for each request; in what was divided off, what it is to do. Nothing when nobody asks any more."""
    with socket.socket(fileno=os.dup(0)) as asking:
        while True:
            told, files, _, _ = socket.recv_fds(asking, MOST, 4)
            if not told:
                return None
            if os.fork() == 0:
                break
            for one in files:
                os.close(one)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with os.fdopen(files.pop(), "w") as watched:
        child = os.fork()
        if child:
            print(child, file=watched, flush=True)
            print(os.waitpid(child, 0)[1], file=watched, flush=True)
            os._exit(0)
    for number, one in enumerate(files):
        os.dup2(one, number)
        os.close(one)
    return json.loads(told)


if __name__ == "__main__":
    import django

    sys.path.insert(0, "src")
    django.setup()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those who watch end by themselves
    gc.collect()
    gc.freeze()
    if asked := divided():
        settle(asked["environment"])
        sys.argv = ["-c", *asked["arguments"]]
        exec(compile(asked["code"], "<string>", "exec"), {"__name__": "__main__"})
