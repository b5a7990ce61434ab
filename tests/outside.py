"""A database of its own that other processes can open too: for locks, killed workers and servers."""

import os
import shutil
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


class Databases:
    """Databases of the tests' kind that other processes can open, made from one that was migrated once."""

    def __init__(self, home: Path) -> None:
        chosen = settings.DATABASES["default"]
        self.home, self.admin = home, None
        self.made: list[str] = []
        if chosen["ENGINE"].endswith("postgresql"):
            where = {key: chosen[key.upper()] for key in ("host", "port", "user", "password")}
            secret = f":{where['password']}" if where["password"] else ""
            self.server = f"{where['user']}{secret}@{where['host']}:{where['port']}"
            known = {key: value for key, value in where.items() if value}
            self.admin = psycopg.connect(**known, dbname="postgres", autocommit=True)
        self.template = self._create("template")
        ended = self.reached(self.template, home).run("manage.py", "migrate", "-v0")
        assert ended.returncode == 0, ended.stderr

    def reached(self, name: str, home: Path, **more: str) -> Outside:
        """How another process reaches one of them, with its own folder for files."""
        file = self.home / f"{name}.sqlite3"
        url = f"postgresql://{self.server}/{name}" if self.admin else f"sqlite:///{file}"
        kept = {key: value for key, value in os.environ.items() if not key.startswith("DANVAN_")}
        own = {
            "DANVAN_DATABASE": url,
            "DANVAN_HOME": str(home),
            "DANVAN_SECRET_KEY": "outside" * 10,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        return Outside({**kept, **own, **more})

    def _create(self, word: str) -> str:
        name = f"danvan_{word}_{os.getpid()}"
        if self.admin:
            template = f' template "{self.template}"' if self.made else ""
            self.admin.execute(f'create database "{name}"{template}')
        elif self.made:
            shutil.copy(self.home / f"{self.template}.sqlite3", self.home / f"{name}.sqlite3")
        self.made.append(name)
        return name

    def copy(self) -> str:
        """One more, migrated and empty."""
        return self._create(f"copy{len(self.made)}")

    def drop(self) -> None:
        """Let go of all of them."""
        if self.admin:
            for name in self.made:
                self.admin.execute(f'drop database "{name}" with (force)')
            self.admin.close()


@pytest.fixture(scope="session")
def databases(tmp_path_factory):
    """Where databases come from that other processes can open."""
    found = Databases(tmp_path_factory.mktemp("outside"))
    yield found
    found.drop()


@pytest.fixture(scope="session")
def outside(databases):
    """A migrated database of the same kind as the tests', reachable from other processes."""
    return databases.reached(databases.copy(), databases.home)


@pytest.fixture
def emptied(databases, tmp_path):
    """The same, nobody else's, with a fixed day: what one test writes no other finds."""
    return databases.reached(databases.copy(), tmp_path, DANVAN_TODAY="2026-12-31")
