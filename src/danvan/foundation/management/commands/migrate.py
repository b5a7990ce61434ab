from django.core.management.commands import migrate

from danvan.foundation.plain_migrations import PlainAutodetector


class Command(migrate.Command):
    """Apply migrations; a label that changed is not a change of the tables."""

    help = "cập nhật cấu trúc cơ sở dữ liệu"
    autodetector = PlainAutodetector
