"""A database of its own that other processes can open too: for locks, killed workers and servers."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from django.conf import settings

from tests.prepared import Divided, Prepared

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".test"


@dataclass(frozen=True)
class Outside:
    """How another process reaches the shared database."""

    environment: dict[str, str]
    prepared: Prepared

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str] | Divided:
        """Start a Python process with these arguments on the shared database."""
        environment = {**self.environment, **more}
        if arguments[0] == "-c":
            _, code, *further = arguments
            asked = {"environment": environment, "code": code, "arguments": further}
            return Divided(self.prepared, asked)
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(
        self, *arguments: str, limit: int = 120, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one to its end."""
        with self.start(*arguments, **more) as process:
            out, err = process.communicate(timeout=limit)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def script(self, code: str, **more: str) -> str:
        """Run Python code with Django set up; what it printed. Fails with its error where it fails."""
        ended = self.run("-c", SET_UP + code, **more)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()


SET_UP = "import sys; sys.path.insert(0, 'src'); import django; django.setup()\n"


def migrations() -> str:
    """A short name of all migrations as they stand, ours and those of the locked libraries, and of how they are run."""
    ours = ROOT / "src" / "danvan"
    files = [ROOT / "requirements.lock", ours / "foundation" / "tables_at_once.py"]
    files += sorted(ours.glob("*/migrations/*.py"))
    return sha256(b"\0".join(one.read_bytes() for one in files)).hexdigest()[:16]


@contextmanager
def one_at_a_time(name: str):
    """Other workers wait."""
    KEPT.mkdir(exist_ok=True)
    with (KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Databases:
    """Databases of the tests' kind that other processes can open, copied from one that was migrated once.

    Migrating takes longer than most modules of tests do: the migrated one is kept until there are other migrations.
    """

    def __init__(self, home: Path) -> None:
        chosen = settings.DATABASES["default"]
        self.home, self.admin, self.memory = home, None, None
        self.made: list[str] = []
        self.prepared = Prepared()
        if chosen["ENGINE"].endswith("postgresql"):
            where = {key: chosen[key.upper()] for key in ("host", "port", "user", "password")}
            secret = f":{where['password']}" if where["password"] else ""
            self.server = f"{where['user']}{secret}@{where['host']}:{where['port']}"
            known = {key: value for key, value in where.items() if value}
            self.admin = psycopg.connect(**known, dbname="postgres", autocommit=True)
        self.template = f"danvan_migrated_{migrations()}"
        with one_at_a_time("postgresql" if self.admin else "sqlite"):
            if not self._is_there():
                self._migrate()
            if self.admin is None:  # another run may put that of other migrations in its place
                shutil.copy(self._file, self._mine)

    def _is_there(self) -> bool:
        if self.admin is None:
            return self._file.exists()
        asked = "select from pg_database where datname = %s"
        return self.admin.execute(asked, [self.template]).fetchone() is not None

    @property
    def _file(self) -> Path:
        return KEPT / f"{self.template}.sqlite3"

    @property
    def _mine(self) -> Path:
        return self.home / self._file.name

    def _migrate(self) -> None:
        """Make the one they are copied from, as an installation is made; those of other migrations go."""
        new = f"migrating_{os.getpid()}"
        if self.admin:
            self.admin.execute(f'create database "{new}"')
        ended = self.reached(new, self.home).run("manage.py", "setup", limit=900)
        assert (ended.returncode, ended.stderr) == (0, "")
        if self.admin:
            self.admin.execute(f'alter database "{new}" rename to "{self.template}"')
            return
        for old in KEPT.glob("danvan_migrated_*.sqlite3"):
            old.unlink()
        shutil.move(self.home / f"{new}.sqlite3", self._file)

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
        return Outside({**kept, **own, **more}, self.prepared)

    def _create(self, name: str) -> str:
        if self.admin:
            self.admin.execute(f'create database "{name}" template "{self.template}"')
        else:
            shutil.copy(self._mine, self.home / f"{name}.sqlite3")
        self.made.append(name)
        return name

    def fill(self, name: str) -> None:
        """Make the database of the tests themselves from it, on SQLite in the memory of this process."""
        if self.admin:
            self.admin.execute(f'drop database if exists "{name}"')
            self._create(name)
            return
        self.memory = sqlite3.connect(name, uri=True)
        with closing(sqlite3.connect(self._mine)) as migrated:
            migrated.backup(self.memory)

    def copy(self) -> str:
        """One more, migrated and empty."""
        return self._create(f"danvan_copy{len(self.made)}_{os.getpid()}")

    def bare(self) -> str:
        """One more, without a table."""
        name = f"danvan_bare{len(self.made)}_{os.getpid()}"
        if self.admin:
            self.admin.execute(f'create database "{name}"')
        self.made.append(name)
        return name

    def drop(self) -> None:
        """Let go of all of them."""
        self.prepared.end()
        if self.admin:
            for name in self.made:
                self.admin.execute(f'drop database "{name}" with (force)')
            self.admin.close()
        elif self.memory:
            self.memory.close()


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


if __name__ == "__main__":  # migrate, so that the first tests need not wait for it
    with TemporaryDirectory() as folder:
        Databases(Path(folder)).drop()
