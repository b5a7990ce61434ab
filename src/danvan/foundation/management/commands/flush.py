from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Tables that the database itself keeps append-only, with their triggers.
TABLES = (
    "foundation_auditentry",
    "foundation_auditseal",
    "law_clockevent",
    "law_clockmove",
    "petitions_vaultentry",
)


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
        if connection.vendor == "sqlite":
            cursor.execute(
                "select name, sql from sqlite_master where type = 'trigger' "
                "and tbl_name in (%s, %s, %s, %s, %s)",
                TABLES,
            )
            triggers = cursor.fetchall()
            off = [f"drop trigger {name}" for name, _ in triggers]
            on = [sql for _, sql in triggers]
        else:
            if connection.in_atomic_block:  # a table with waiting checks cannot be altered
                cursor.execute("set constraints all immediate")
            off = [f"alter table {table} disable trigger user" for table in TABLES]
            on = [f"alter table {table} enable trigger user" for table in TABLES]
        for statement in off:
            cursor.execute(statement)
        try:
            yield
        finally:
            for statement in on:
                cursor.execute(statement)
