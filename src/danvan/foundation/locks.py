"""Work that only one process may do at a time: a lock that lasts as long as the transaction. And what is met without one.

The order in which acts take locks stands in `organisations.services.holding`.
"""

import sqlite3

from django.db import OperationalError, connection

# PostgreSQL's words for two transactions that cannot both go on; SQLite's for a file that another writes.
SQLSTATES = frozenset({"40001", "40P01", "55P03"})
BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def met_another(fault: BaseException | None) -> bool:
    """Whether the database gave this act up because another wrote at the same place: done again, it goes through."""
    if not isinstance(fault, OperationalError):
        return False
    cause = fault.__cause__
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in BUSY
    return getattr(cause, "sqlstate", "") in SQLSTATES


def alone(key: int, *, wait: bool = False) -> bool:
    """Whether this transaction is the only one to hold `key`; with `wait`, once the other has ended.

    On PostgreSQL an advisory lock, which falls with its transaction or its killed process. On SQLite the
    transaction itself is the lock: there is one writer.
    """
    if connection.vendor == "sqlite":
        return True
    act = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"select {act}(%s)", [key])
        [got] = cursor.fetchone()
    return wait or bool(got)
