from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate  # noqa: TID251 - SQLite loses triggers as it migrates


class CommitmentsConfig(AppConfig):
    name = "danvan.commitments"
    verbose_name = "Việc phải làm"

    def ready(self) -> None:
        from danvan.commitments import jobs
        from danvan.commitments.counters import register_all
        from danvan.commitments.filed import FiledCommitments
        from danvan.commitments.holders import HOLDERS
        from danvan.organisations import holders
        from danvan.topics import holders as topics

        jobs.register()
        post_migrate.connect(_keep_triggers, sender=self)
        register_all()
        topics.register(FiledCommitments())
        for holder in HOLDERS:
            holders.register(holder)


def _keep_triggers(*, using: str, **_: Any) -> None:
    """After a migration; not where it went back to before the tallies."""
    from danvan.commitments.triggers import STALE, keep_triggers

    connection = connections[using]
    if STALE in connection.introspection.table_names():
        keep_triggers(connection)
