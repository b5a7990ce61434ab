from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from granian import Granian
from granian.constants import Interfaces

from danvan.foundation.worker import start_background_worker


class Command(BaseCommand):
    """Serve the pages, with a worker beside them."""

    help = "mở phần mềm cho người dùng truy cập, kèm tiến trình nền"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="số tiến trình phục vụ trang")
        parser.add_argument(
            "--no-worker", action="store_true", help="khi danvan work đã chạy ở nơi khác"
        )

    def handle(
        self, *args: Any, host: str, port: int, workers: int, no_worker: bool, **options: Any
    ) -> None:
        self.stdout.write(f"Mở trình duyệt tại http://{host}:{port} - dừng bằng Ctrl+C.")
        serve(host, port, workers=workers, with_worker=not no_worker)


def serve(host: str, port: int, *, workers: int = 1, with_worker: bool = True) -> None:
    """Serve until interrupted."""
    server = Granian(
        "config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
    )
    if not with_worker:
        server.serve()
        return
    worker = start_background_worker()
    try:
        server.serve()
    finally:
        worker.stop()
        worker.sign_off()
