"""The thread at demonstration scale: building it, the leader's board, the entry page, roll-ups and the report.

The demonstration is built anew, in an empty database. Pages are asked for and answered in this
process; their p50 and p95 are in milliseconds. The roll-ups are those of `bench/rollup.py`, ours beside plain
SQL over the values, run at the end in a home of their own.
"""

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from bench import timed
from danvan.accounts.models import User
from danvan.analytics.checks import check_summary
from danvan.analytics.docx_review import to_docx
from danvan.analytics.summary import compose_summary
from danvan.demo.building import build
from danvan.foundation.periods import Period
from danvan.organisations.selectors import by_code
from danvan.reporting.models import Obligation

DAY = date(2026, 12, 31)
TURNS = 60


def _build() -> float:
    """Build the province in an empty database; how long it took, in seconds."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    began = time.perf_counter()
    build("year-end", lambda words: None)
    took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return round(took, 1)


def _client(username: str) -> Client:
    client = Client()
    user = User.objects.get(username=username)
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _opening(username: str, path: str) -> Callable[[], Any]:
    client = _client(username)

    def opened() -> None:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)

    return opened


def _roll_ups() -> dict[str, Any]:
    """`bench rollup` in a process and a home of its own: it makes a register of the country's size."""
    with tempfile.TemporaryDirectory() as home:
        ended = subprocess.run(
            [sys.executable, "-m", "bench", "rollup"],
            env={**os.environ, "DANVAN_HOME": home},
            capture_output=True,
            text=True,
            check=True,
        )
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def run() -> dict[str, Any]:
    """Seconds to build; p50 and p95 of the pages; the report's parts in milliseconds; the roll-ups."""
    settings.DANVAN_TODAY = DAY
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    logging.disable(logging.WARNING)
    built_s = _build()
    officer = User.objects.get(username="canbo1")
    mine = Obligation.objects.allowed(officer, "submissions.enter").order_by("-first").first()
    assert mine is not None
    pages = {
        "board": _opening("lanhdao", reverse("desk:board")),
        "today": _opening("chuyenvien", reverse("desk:home")),
        "entry": _opening("canbo1", reverse("reporting:entry", args=[mine.pk])),
        "commitments": _opening("chuyenvien", reverse("commitments:list")),
    }
    province = by_code("40", on=DAY)
    assert province is not None
    year = Period.parse("2026")
    summary = compose_summary(province.pk, year)
    report = {
        "compose": lambda: compose_summary(province.pk, year),
        "check": lambda: check_summary(summary),
        "docx": lambda: to_docx(summary),
    }
    return {
        "build_s": built_s,
        "pages_ms": {name: timed(work, times=TURNS) for name, work in pages.items()},
        "report_ms": {name: timed(work, times=10) for name, work in report.items()},
        "figures": len(summary.figures),
        "roll_up": _roll_ups(),
    }
