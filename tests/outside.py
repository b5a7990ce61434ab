"""A database of its own that other processes can open too: for locks, killed workers and servers."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Outside:
    """How another process reaches the shared database."""

    environment: dict[str, str]

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        """Start a Python process with these arguments on the shared database."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**self.environment, **more},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one to its end."""
        with self.start(*arguments, **more) as process:
            out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def script(self, code: str, **more: str) -> str:
        """Run Python code with Django set up; what it printed. Fails with its error where it fails."""
        ended = self.run("-c", SET_UP + code, **more)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()


SET_UP = "import sys; sys.path.insert(0, 'src'); import django; django.setup()\n"


@pytest.fixture(scope="session")
def outside(tmp_path_factory):
    """A migrated database of the same kind as the tests', reachable from other processes."""
    home = tmp_path_factory.mktemp("outside")
    chosen = settings.DATABASES["default"]
    name = f"danvan_outside_{os.getpid()}"
    on_postgresql = chosen["ENGINE"].endswith("postgresql")
    admin = None
    if on_postgresql:
        where = {key: chosen[key.upper()] for key in ("host", "port", "user", "password")}
        admin = psycopg.connect(
            **{key: value for key, value in where.items() if value},
            dbname="postgres",
            autocommit=True,
        )
        admin.execute(f'create database "{name}"')
        secret = f":{where['password']}" if where["password"] else ""
        url = f"postgresql://{where['user']}{secret}@{where['host']}:{where['port']}/{name}"
    else:
        url = f"sqlite:///{home / 'danvan.sqlite3'}"
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DANVAN_")}
    shared = Outside(
        {
            **kept,
            "DANVAN_DATABASE": url,
            "DANVAN_HOME": str(home),
            "DANVAN_SECRET_KEY": "outside" * 10,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
    )
    ended = shared.run("manage.py", "migrate", "-v0")
    assert ended.returncode == 0, ended.stderr
    yield shared
    if admin is not None:
        admin.execute(f'drop database "{name}" with (force)')
        admin.close()
