from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django_tasks_db.models import DBTaskResult

from danvan.foundation import events, jobs
from danvan.vietnamese.numbers import format_number


class Command(BaseCommand):
    """Show the jobs and deliveries that failed for good, or give them another chance."""

    help = "xem việc nền và sự kiện bị lỗi; --again để làm lại sau khi đã khắc phục"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="làm lại tất cả")

    def handle(self, *args: Any, again: bool, **options: Any) -> None:
        failed = DBTaskResult.objects.failed().order_by("finished_at")
        for row in failed:
            told = row.traceback.strip().splitlines()[-1:] or [""]
            self.stdout.write(f"{row.task_path} {row.args_kwargs['args']}: {told[0]}")
        for delivery in events.given_up().select_related("event"):
            self.stdout.write(f"{delivery.event.name} -> {delivery.subscriber}: {delivery.failure}")
        if again:
            count = jobs.try_again() + events.try_again()
            self.stdout.write(f"Sẽ làm lại {format_number(count)} việc.")
