"""A database in a file: copied whole while it is used, and read where it lies."""

import sqlite3
from contextlib import closing
from pathlib import Path

from danvan.foundation.backup.contents import BackupError
from danvan.foundation.backup.facts import Facts, asked

TABLES = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"


def copy(source: Path, target: Path) -> Facts:
    """Copy a database as it is at one moment; others read and write meanwhile. Returns what the copy holds."""
    if not source.exists():
        raise BackupError(
            f"Không có cơ sở dữ liệu ở “{source}”. Đồng chí vui lòng kiểm tra DANVAN_HOME và DANVAN_DATABASE."
        )
    with (
        closing(sqlite3.connect(source, timeout=60)) as reading,
        closing(sqlite3.connect(target)) as writing,
    ):
        reading.backup(writing)
    target.chmod(0o600)
    return facts(target)


def facts(file: Path) -> Facts:
    """What a database file that nobody writes holds; BackupError where it is damaged inside."""
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)) as reading:
            [[sound]] = reading.execute("pragma quick_check(1)").fetchall()
            if sound != "ok":
                raise BackupError(f"Cơ sở dữ liệu “{file.name}” hỏng bên trong: {sound}.")
            tables = [name for (name,) in reading.execute(TABLES)]
            return asked(lambda words: reading.execute(words).fetchall(), tables)
    except sqlite3.DatabaseError as wrong:
        raise BackupError(
            f"Không đọc được cơ sở dữ liệu “{file.name}”: {type(wrong).__name__}."
        ) from None


def has_tables(file: Path) -> bool:
    """Whether a database with tables stands in this file."""
    if not file.exists() or not file.stat().st_size:
        return False
    try:
        with closing(sqlite3.connect(file)) as reading:
            return bool(reading.execute(TABLES).fetchall())
    except sqlite3.DatabaseError:
        return True  # something else lies there; it is not ours to write over
