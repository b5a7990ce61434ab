"""Triggers that note which leads' tallies no longer hold. Whatever writes a commitment, by whichever way, is met.

SQLite drops the triggers of a table with each change of its columns, so whoever counts sees to them first.
"""

from typing import Any

TABLE, STALE = "commitments_commitment", "commitments_staletally"
FUNCTION = "commitments_note_stale"
# Which rows an act leaves: those before it, those after it.
LEFT = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}


def keep_triggers(connection: Any) -> None:
    """Make the triggers where one is missing; what was written without them is counted again."""
    with connection.cursor() as cursor:
        if _there(connection, cursor) == len(LEFT):
            return
        for act, rows in LEFT.items():
            make = _for_each_row if connection.vendor == "sqlite" else _for_each_statement
            make(cursor, act, rows)
        cursor.execute(f"insert into {STALE} (lead_id) select distinct lead_id from {TABLE}")  # noqa: S608


def _there(connection: Any, cursor: Any) -> int:
    catalogue, name = ("sqlite_master", "name")
    if connection.vendor != "sqlite":
        catalogue, name = "pg_trigger", "tgname"
    names = [_name(act) for act in LEFT]
    cursor.execute(
        f"select count(*) from {catalogue} where {name} in (%s, %s, %s)",  # noqa: S608
        names,
    )
    [number] = cursor.fetchone()
    return int(number)


def _for_each_row(cursor: Any, act: str, rows: tuple[str, ...]) -> None:
    notes = "".join(
        f"insert into {STALE} (lead_id) select {row}.lead_id where not exists "  # noqa: S608
        f"(select 1 from {STALE} where lead_id = {row}.lead_id); "
        for row in rows
    )
    cursor.execute(
        f"create trigger if not exists {_name(act)} after {act} on {TABLE} begin {notes} end"
    )


def _for_each_statement(cursor: Any, act: str, rows: tuple[str, ...]) -> None:
    found = " union ".join(f"select lead_id from {row}_rows" for row in rows)  # noqa: S608
    cursor.execute(
        f"create or replace function {FUNCTION}_{act}() returns trigger language plpgsql as "
        f"$$ begin insert into {STALE} (lead_id) {found}; return null; end $$"
    )
    tables = " ".join(f"{row} table as {row}_rows" for row in rows)
    cursor.execute(
        f"create or replace trigger {_name(act)} after {act} on {TABLE} "
        f"referencing {tables} for each statement execute function {FUNCTION}_{act}()"
    )


def _name(act: str) -> str:
    return f"{TABLE}_stale_{act}"
