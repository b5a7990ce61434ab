from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from danvan.foundation.serving import serve


class Command(BaseCommand):
    """Serve the pages, with a worker beside them."""

    help = "mở phần mềm cho người dùng truy cập, kèm tiến trình nền"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--workers",
            type=int,
            default=0,
            help="số tiến trình phục vụ trang; 0: theo số bộ xử lý",
        )
        parser.add_argument(
            "--no-worker", action="store_true", help="khi danvan work đã chạy ở nơi khác"
        )

    def handle(
        self, *args: Any, host: str, port: int, workers: int, no_worker: bool, **options: Any
    ) -> None:
        self.stdout.write(f"Mở trình duyệt tại http://{host}:{port} - dừng bằng Ctrl+C.")
        serve(host, port, workers=workers, with_worker=not no_worker)
