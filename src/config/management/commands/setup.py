from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Prepare or update an installation; safe to repeat."""

    help = "chuẩn bị hoặc cập nhật hệ thống: cơ sở dữ liệu, bộ nhớ đệm, kiểu chữ và hình của trang"

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = max(int(options["verbosity"]) - 1, 0)
        call_command("migrate", interactive=False, verbosity=quiet)
        call_command("createcachetable", verbosity=quiet)
        call_command("collectstatic", interactive=False, verbosity=quiet)
        self.stdout.write("Đã chuẩn bị xong cơ sở dữ liệu và các tệp của trang.")
