from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Command(flush.Command):
    """Empty a test database between tests. Refused anywhere else: the audit log is never emptied."""

    help = "làm trống một cơ sở dữ liệu thử (không dùng được trên cơ sở dữ liệu thật)"

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        if not is_test_database(connection):
            raise CommandError(
                "Lệnh flush xóa cả nhật ký nên chỉ dùng được trên cơ sở dữ liệu thử. "
                "Muốn làm lại từ đầu, đồng chí hãy tạo cơ sở dữ liệu mới."
            )
        with without_audit_triggers(connection):
            super().handle(**options)


def is_test_database(connection: BaseDatabaseWrapper) -> bool:
    """Whether Django's test runner made this database."""
    name = str(connection.settings_dict["NAME"])
    return name.startswith(("test_", "file:memorydb_", ":memory:"))


@contextmanager
def without_audit_triggers(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Lift the triggers for one flush and put them back as they were."""
    with connection.cursor() as cursor:
        found = append_only(connection)
        if connection.vendor == "sqlite":
            off = [f"drop trigger {name}" for _, name, _ in found]
            on = [made for _, _, made in found]
        else:
            if connection.in_atomic_block:  # a table with waiting checks cannot be altered
                cursor.execute("set constraints all immediate")
            off = [f'alter table "{table}" disable trigger "{name}"' for table, name, _ in found]
            on = [f'alter table "{table}" enable trigger "{name}"' for table, name, _ in found]
        for statement in off:
            cursor.execute(statement)
        try:
            yield
        finally:
            for statement in on:
                cursor.execute(statement)


def append_only(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    """Every trigger that keeps a table append-only, as the database has it: its table, its name, how it was made."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "select tbl_name, name, sql from sqlite_master where type = 'trigger' "
                "and name like tbl_name || '^_no^_%' escape '^' order by name"
            )
        else:
            cursor.execute(
                "select c.relname, t.tgname, pg_get_triggerdef(t.oid) from pg_trigger t "
                "join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace "
                "where not t.tgisinternal and n.nspname = current_schema() "
                "and t.tgname like c.relname || '^_no^_%' escape '^' order by t.tgname"
            )
        return [(str(table), str(name), str(made)) for table, name, made in cursor.fetchall()]
