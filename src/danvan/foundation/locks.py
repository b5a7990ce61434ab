"""Work that only one process may do at a time: a lock that lasts as long as the transaction."""

from django.db import connection


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
