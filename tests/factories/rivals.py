"""Another person at the same moment: their act stands right after ours has looked whether it may."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def meanwhile(table: str, act: Callable[[], Any]) -> Iterator[None]:
    """Do `act` right after the first question to `table`: after our check, before our write."""
    waiting = [act]

    def between(execute: Any, sql: str, *given: Any) -> Any:
        answer = execute(sql, *given)
        if waiting and sql.startswith("SELECT") and f'"{table}"' in sql:
            waiting.pop()()
        return answer

    with connection.execute_wrapper(between):
        yield
    assert not waiting, f"nobody asked {table}"
