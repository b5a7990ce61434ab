import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from danvan.foundation.worker import drain, start_background_worker


class Command(BaseCommand):
    """Run a worker until told to stop."""

    help = "chạy tiến trình nền: việc nền, niêm phong nhật ký, chuyển sự kiện, việc định kỳ"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            drain()
            self.stdout.write("Đã làm hết việc đang chờ.")
            return
        stop = threading.Event()
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: stop.set())
        worker = start_background_worker()
        self.stdout.write(f"Tiến trình nền {worker.name} đang chạy. Dừng bằng Ctrl+C.")
        stop.wait()
        self.stdout.write("Đang chờ việc cuối cùng kết thúc ...")
        worker.stop()
        worker.sign_off()
