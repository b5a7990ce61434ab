"""A database of PostgreSQL: dumped as it was at one moment, read from its dump, put back in one transaction.

Passwords go to the programs in their environment, never in their arguments.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import psycopg

from danvan.foundation.backup.contents import BackupError
from danvan.foundation.backup.facts import ASKED, Facts, asked

TABLES = "select tablename from pg_tables where schemaname = 'public'"
COPY = re.compile(rb'COPY public\."?(\w+)"? \(([^)]*)\) FROM stdin;\n')
ESCAPES = {b"\\\\": b"\\", b"\\n": b"\n", b"\\t": b"\t", b"\\r": b"\r"}
# Everything there goes and what is put back comes within one transaction, which waits for nobody for long.
BEGIN = "begin;\nset local lock_timeout = '10s';\n"
EMPTY = (
    "drop schema public cascade;\ncreate schema public;\ngrant usage on schema public to public;\n"
)


def dump(database: Mapping[str, Any], target: Path) -> Facts:
    """Dump a database as it is at one moment, while it is used; returns what it held then."""
    with _connected(database) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        [moment] = connection.execute("select pg_export_snapshot()").fetchone() or [""]
        tables = [name for (name,) in connection.execute(TABLES)]
        found = asked(lambda words: connection.execute(words).fetchall(), tables)
        words = ["--format=custom", "--no-owner", "--no-privileges"]
        _run(database, "pg_dump", *words, f"--snapshot={moment}", f"--file={target}")
    target.chmod(0o600)
    return found


def facts(file: Path) -> Facts:
    """What a dump holds, read to its end without a server; BackupError where it cannot be read."""
    found = Facts()
    with _reading(file, "--data-only") as lines:
        table, columns = "", [""]
        for line in lines:
            if not table:
                if begins := COPY.fullmatch(line):
                    table = begins[1].decode()
                    columns = [name.strip(' "') for name in begins[2].decode().split(",")]
                    found.tables[table] = 0
            elif line == b"\\.\n":
                table = ""
            else:
                found.tables[table] += 1
                if table in ASKED:
                    known = dict(zip(columns, line.rstrip(b"\n").split(b"\t"), strict=True))
                    found.take(table, [_value(name, known[name]) for name in ASKED[table]])
    found.migrations.sort()
    return found


def has_tables(database: Mapping[str, Any]) -> bool:
    """Whether this database holds any table."""
    with _connected(database) as connection:
        return bool(connection.execute(TABLES).fetchone())


def put_back(
    database: Mapping[str, Any], file: Path, tables: Mapping[str, int], *, replace: bool
) -> None:
    """Put a dump into a database, in one transaction that ends only where every table has its rows; else nothing changes."""
    ends = "".join(
        f"if (select count(*) from public.\"{name}\") <> {many} then raise exception 'rows of {name}'; end if;\n"  # noqa: S608
        for name, many in sorted(tables.items())
    )
    with tempfile.TemporaryFile() as told:
        writing = subprocess.Popen(  # noqa: S603 - no words of a user
            [_program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1"],
            env=_environment(database),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=told,
        )
        assert writing.stdin is not None
        try:
            with suppress(BrokenPipeError), writing.stdin as into:  # it tells itself why it ended
                into.write((BEGIN + (EMPTY if replace else "")).encode())
                with _reading(file) as lines:
                    shutil.copyfileobj(lines, into)
                into.write(f"do $$ begin\n{ends}end $$;\ncommit;\n".encode())
        except BaseException:
            writing.kill()
            raise
        finally:
            writing.wait()
        if writing.returncode:
            _refuse("psql", told)


@contextmanager
def _reading(file: Path, *words: str) -> Iterator[IO[bytes]]:
    """The SQL of a dump, line by line; BackupError where it ends before its end."""
    with tempfile.TemporaryFile() as told:
        reading = subprocess.Popen(  # noqa: S603
            [_program("pg_restore"), *words, "--no-owner", "--no-privileges", "--file=-", file],
            stdout=subprocess.PIPE,
            stderr=told,
        )
        try:
            assert reading.stdout is not None
            yield reading.stdout
        except BaseException:
            reading.kill()
            raise
        finally:
            if reading.stdout:
                reading.stdout.close()
            reading.wait()
        if reading.returncode:
            _refuse("pg_restore", told)


def _run(database: Mapping[str, Any], program: str, *words: str) -> None:
    with tempfile.TemporaryFile() as told:
        ended = subprocess.run(  # noqa: S603
            [_program(program), *words], env=_environment(database), stderr=told, check=False
        )
        if ended.returncode:
            _refuse(program, told)


def _refuse(program: str, told: IO[bytes]) -> None:
    told.seek(0)
    lines = told.read().decode(errors="replace").strip().splitlines()
    # Details quote rows; the first line tells what is wrong.
    first = next((line for line in lines if "ERROR" in line or "error" in line), "".join(lines[:1]))
    raise BackupError(
        f"{program} không làm được: {first}. Đồng chí vui lòng dừng danvan serve và danvan work, kiểm tra quyền của tài khoản "
        "cơ sở dữ liệu rồi thử lại."
    )


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(
            f"Máy này chưa có chương trình {name}. Đồng chí vui lòng cài gói postgresql-client cùng phiên bản với máy chủ "
            "cơ sở dữ liệu."
        )
    return found


def _environment(database: Mapping[str, Any]) -> dict[str, str]:
    known = {
        "PGHOST": database.get("HOST"),
        "PGPORT": database.get("PORT"),
        "PGUSER": database.get("USER"),
        "PGPASSWORD": database.get("PASSWORD"),
        "PGDATABASE": database.get("NAME"),
    }
    return {**os.environ, **{name: str(value) for name, value in known.items() if value}}


@contextmanager
def _connected(database: Mapping[str, Any]) -> Iterator["psycopg.Connection[Any]"]:
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    known = {ours: database[theirs] for ours, theirs in names.items() if database.get(theirs)}
    try:
        connection = psycopg.connect(**known, dbname=database["NAME"])
    except psycopg.OperationalError as refused:
        told = str(refused).strip().splitlines()[0]
        raise BackupError(
            f"Không nối được với cơ sở dữ liệu: {told}. Đồng chí vui lòng kiểm tra DANVAN_DATABASE."
        ) from None
    with connection:
        yield connection


def _value(name: str, written: bytes) -> Any:
    """One field of a line of COPY."""
    if written == b"\\N":
        return None
    plain = re.sub(rb"\\[\\ntr]", lambda found: ESCAPES[found[0]], written).decode()
    return bytes.fromhex(plain.removeprefix("\\x")) if name == "wrapped" else plain
