from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import makemigrations

from danvan.foundation.plain_migrations import PlainAutodetector, rewrite_initial


class Command(makemigrations.Command):
    """Write migrations without labels, choices or our code; each has a name that says what it does."""

    help = "viết một bước cập nhật cấu trúc cơ sở dữ liệu mới (dành cho lập trình viên)"
    autodetector = PlainAutodetector

    def handle(self, *app_labels: str, **options: Any) -> None:
        only_looks = options["check_changes"] or options["dry_run"]
        if not (options["name"] or only_looks or options["merge"]):
            raise CommandError(
                "Give the migration a name: makemigrations <module> -n <what_it_does>"
            )
        if options["name"] == "initial" and app_labels and not only_looks:
            for app_label in app_labels:
                self.stdout.write(f"{rewrite_initial(app_label)}")
            return
        super().handle(*app_labels, **{**options, "include_header": False})
