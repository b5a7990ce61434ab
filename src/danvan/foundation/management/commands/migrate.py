from typing import Any

from django.core.management.commands import migrate

from danvan.foundation.plain_migrations import PlainAutodetector
from danvan.foundation.tables_at_once import ExecutorAtOnce


class Command(migrate.Command):
    """Apply migrations; a label that changed is not a change of the tables."""

    help = "cập nhật cấu trúc cơ sở dữ liệu"
    autodetector = PlainAutodetector

    def handle(self, *args: Any, **options: Any) -> None:
        # Django's command offers no other way to choose its executor.
        migrate.MigrationExecutor = ExecutorAtOnce  # type: ignore[attr-defined]
        super().handle(*args, **options)
