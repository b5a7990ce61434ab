"""The people's portal under load, its server killed in the middle: 40 reads and 5 posts a second for a minute, limits on.

The demonstration is served as `make demo` serves it, from a copy that is thrown away (`DANVAN_HOME=.demo make bench
NAME=portal`; without one it is built first, which takes minutes). Every client comes from a network of its own through one
trusted proxy. Half-way the server and all its processes are killed (SIGKILL) and started again; what was not answered is
sent again with the same ticket, as a person would. At the end every code that was acknowledged is opened. While the server
is down nothing can be answered: those times are told apart, and are no errors; so are those of the first seconds after it
is up again, when all that could not be sent comes at once. SMALL=1: ten seconds.
"""

import http.client
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

READS, POSTS = 40, 5  # a second
PLAIN = ("/gui/", "/theo-doi/")
PEOPLES = ("/cong/", "/cong/giam-sat/", "/cong/kiem-tra/", "/cong/biet/")
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
CODE = re.compile(r'<b class="pt-big">([^<]+)</b>')
TEXT = "Đường vào bản số {} bị lở sau mưa, xe máy không qua được, đề nghị xã sửa."
HERE = Path(__file__).resolve().parents[1]
LIMIT_MS = 500
CATCHING_UP = 8.0  # seconds after it is up again


@dataclass
class Told:
    """What came of the requests of one kind, in milliseconds, and what went wrong."""

    ms: list[float] = field(default_factory=list)
    catching_up: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    while_down: int = 0

    def figures(self) -> dict[str, Any]:
        """p50, p95, the slowest; how many, how many wrong."""
        ranked, after = sorted(self.ms) or [0.0], sorted(self.catching_up) or [0.0]
        at = {name: ranked[min(int(len(ranked) * share), len(ranked) - 1)] for name, share in
              (("p50_ms", 0.5), ("p95_ms", 0.95), ("slowest_ms", 1.0))}  # fmt: skip
        whole = sorted(self.ms + self.catching_up) or [0.0]
        told = {name: round(value, 1) for name, value in at.items()}
        told["p95_with_catching_up_ms"] = round(whole[int((len(whole) - 1) * 0.95)], 1)
        return {
            "answered": len(self.ms), **told, "errors": len(self.errors), "while_down": self.while_down,
            "catching_up": {"answered": len(self.catching_up), "p50_ms": round(after[len(after) // 2], 1), "slowest_ms": round(after[-1], 1)},
            **({"first_error": self.errors[0]} if self.errors else {}),
        }  # fmt: skip


class Served:
    """The server in a process group of its own, on a free port."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.home = home
        self.environment = {
            **os.environ, "DANVAN_HOME": str(home), "DANVAN_TODAY": "2026-12-31", "DANVAN_PROXIES": "1",
            "DANVAN_SECOND_FACTOR": "offered", "DANVAN_LOG_LEVEL": "error",
        }  # fmt: skip
        self.down = threading.Event()
        self.up_at, self.restarted = 0.0, False
        self.started = subprocess.Popen([sys.executable, "-c", "pass"])
        self.start()

    def manage(self, *words: str) -> None:
        """Run one command on the same home."""
        command = [sys.executable, "manage.py", *words]
        subprocess.run(
            command, cwd=HERE, env=self.environment, check=True, stdout=subprocess.DEVNULL
        )

    def start(self) -> None:
        """Serve, and wait until a page is answered."""
        command = [sys.executable, "manage.py", "serve", f"--port={self.port}"]
        self.started = subprocess.Popen(
            command, cwd=HERE, env=self.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(600):
            try:
                if self.ask("GET", "/gui/")[0] == 200:
                    self.up_at = time.perf_counter()
                    self.down.clear()
                    return
            except OSError:
                time.sleep(0.1)
        raise LookupError("the server does not answer")

    def kill(self) -> None:
        """All its processes at once, as a power cut would."""
        self.down.set()
        self.restarted = True
        os.killpg(self.started.pid, signal.SIGKILL)
        self.started.wait()

    def ask(
        self, method: str, path: str, body: dict[str, str] | None = None, network: int = 0
    ) -> tuple[int, bytes]:
        """Status and body of one request from one network."""
        headers = {"X-Forwarded-For": f"100.{64 + network // 256 % 64}.{network % 256}.7"}
        sent = urlencode(body) if body is not None else None
        if sent is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, sent, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@contextmanager
def _demonstration() -> Iterator[Path]:
    """A copy of the demonstration of this home; a new one where there is none."""
    with tempfile.TemporaryDirectory() as folder:
        home, given = Path(folder) / "home", Path(settings.HOME)
        if (given / "demo-sign-ins.json").exists():
            shutil.copytree(given, home, ignore=shutil.ignore_patterns("static"))
        yield home


def _every(seconds: float, over: threading.Event, act: Callable[[int], None]) -> threading.Thread:
    """Do something at a steady pace until it is over, each in a thread of its own, whether the one before has ended or not."""

    def run() -> None:
        began, threads = time.perf_counter(), []
        for number in count():
            if over.is_set():
                break
            time.sleep(max(0.0, began + number * seconds - time.perf_counter()))
            threads.append(threading.Thread(target=act, args=(number,)))
            threads[-1].start()
        for one in threads:
            one.join()

    made = threading.Thread(target=run)
    made.start()
    return made


def _timed(told: Told, server: Served, ask: Callable[[], tuple[int, bytes]]) -> bytes | None:
    """The answer of one request, with its time; None where it failed, which while the server is down is no error."""
    began, was_down = time.perf_counter(), server.down.is_set()
    try:
        status, body = ask()
    except (OSError, http.client.HTTPException) as fault:
        if was_down or server.down.is_set():
            told.while_down += 1
        else:
            told.errors.append(type(fault).__name__)
        return None
    if status != 200:
        told.errors.append(str(status))
        return None
    if was_down or server.down.is_set():
        told.while_down += 1
    else:
        late = began - server.up_at < CATCHING_UP and server.restarted
        (told.catching_up if late else told.ms).append((time.perf_counter() - began) * 1000)
    return body


def run() -> dict[str, Any]:
    """Times of reads and posts, errors, bytes of the first page, and how many acknowledged posts were lost: none may be."""
    length = 10.0 if os.environ.get("SMALL") == "1" else 60.0
    with _demonstration() as home:
        return _measured(home, length)


def _measured(home: Path, length: float) -> dict[str, Any]:
    os.environ["DANVAN_TODAY"] = "2026-12-31"
    environment = {**os.environ, "DANVAN_HOME": str(home), "DANVAN_SECOND_FACTOR": "offered"}
    subprocess.run(
        [sys.executable, "manage.py", "demo", "--no-serve"],
        cwd=HERE, env=environment, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    server = Served(home)
    try:
        return _loaded(server, length)
    finally:
        server.kill()


def _loaded(server: Served, length: float) -> dict[str, Any]:
    pages = [one for one in (*PLAIN, *PEOPLES) if server.ask("GET", one)[0] == 200]
    first = next((one for one in PEOPLES if one in pages), PLAIN[0])
    ticket = _ticket(server)
    reads, posts, codes = Told(), Told(), {}
    chance = random.Random(7)

    def read(number: int) -> None:
        path = chance.choice(pages)
        _timed(reads, server, lambda: server.ask("GET", path, network=number))

    def post(number: int) -> None:
        said = {**ticket, "noi_dung": TEXT.format(number), "buoc": "gui"}
        for _ in range(60):
            body = _timed(posts, server, lambda: server.ask("POST", "/gui/", said, network=number))
            if body is not None:
                codes[number] = unescape(CODE.findall(body.decode())[0])
                return
            time.sleep(0.5)

    began = time.perf_counter()
    over = threading.Event()
    running = [_every(1 / READS, over, read), _every(1 / POSTS, over, post)]
    time.sleep(length / 2)
    server.kill()
    down = time.perf_counter()
    server.start()
    down = time.perf_counter() - down
    time.sleep(length / 2)
    over.set()
    for one in running:
        one.join()
    took = time.perf_counter() - began
    lost = [code for code in codes.values() if not _opens(server, code)]
    told_reads, told_posts = reads.figures(), posts.figures()
    slow = max(told_reads["p95_ms"], told_posts["p95_ms"])
    return {
        "seconds": round(took, 1), "reads": told_reads, "posts": told_posts, "pages": pages,
        "first_page": {"path": first, "bytes": len(server.ask("GET", first)[1])},
        "down_s": round(down, 1), "acknowledged": len(codes), "lost": len(lost),
        "one_code_twice": len(codes) - len(set(codes.values())), "limit_ms": LIMIT_MS,
        "within": slow < LIMIT_MS and not reads.errors and not posts.errors and not lost,
    }  # fmt: skip


def _ticket(server: Served) -> dict[str, str]:
    """A ticket as the last step carries it, old enough to be taken."""
    said = {"noi_dung": TEXT.format("mẫu"), "xa": "Xã Môn Sơn", "buoc": "3"}
    page = server.ask("POST", "/gui/", said)[1].decode()
    carried = {name: unescape(value) for name, value in HIDDEN.findall(page)}
    time.sleep(2.5)
    return carried


def _opens(server: Served, code: str) -> bool:
    status, body = server.ask("GET", f"/theo-doi/?{urlencode({'ma': code})}")
    return status == 200 and code in body.decode()
