from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from danvan.indicators.selectors import check_cube
from danvan.indicators.services import rebuild_cube
from danvan.vietnamese.numbers import format_number


class Command(BaseCommand):
    """Check that every cell of the cube is the sum of its values, or sum them all anew."""

    help = "kiểm tra các ô tổng hợp có khớp số liệu (check) hoặc cộng lại tất cả (rebuild)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["check", "rebuild"])

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        if act == "rebuild":
            changed = format_number(rebuild_cube())
            self.stdout.write(f"Đã cộng lại các ô tổng hợp; {changed} ô thay đổi.")
            return
        faults = check_cube()
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(
                f"Có {format_number(len(faults))} ô tổng hợp không khớp số liệu của các đơn vị. "
                "Đồng chí vui lòng chạy danvan cube rebuild, rồi báo người phụ trách phần mềm."
            )
        self.stdout.write("Mọi ô tổng hợp đều khớp số liệu của các đơn vị.")
