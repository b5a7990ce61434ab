"""Rows by the thousand, written past the objects, as fast as the database takes them in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models


def insert_rows(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    same: Mapping[str, Any] | None = None,
) -> None:
    """Insert rows, each the values of the fields `names`; `same` are those that are alike in all of them.

    What is broken by a row is an IntegrityError, as ever. Every column without a default in the database is to be
    named: no default of the model is put in, and nothing comes back. PostgreSQL takes a COPY, which looks at no
    statement of its own for each row; SQLite takes one prepared statement.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in (*names, *(same or {}))]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    kept = [_as_kept(field) for field in fields]
    alike = tuple(
        adapt(value) if adapt else value
        for adapt, value in zip(kept[len(names) :], (same or {}).values(), strict=True)
    )
    adapted = [(place, adapt) for place, adapt in enumerate(kept[: len(names)]) if adapt]
    whole = (_row(one, adapted) + alike for one in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
            ):
                for row in whole:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 # names of ours
            cursor.executemany(statement, list(whole))


def _row(
    values: Sequence[Any], adapted: Sequence[tuple[int, Callable[[Any], Any]]]
) -> tuple[Any, ...]:
    row = list(values)
    for place, adapt in adapted:
        row[place] = adapt(row[place])
    return tuple(row)


def _as_kept(field: Any) -> Callable[[Any], Any] | None:
    """How the database keeps a field's values, where it is not as Python has them."""
    if isinstance(field, models.DateField | models.JSONField):
        here = connections[DEFAULT_DB_ALIAS]
        return lambda value: field.get_db_prep_save(value, here)
    return None
