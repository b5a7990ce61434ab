import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from danvan.foundation.errors import RuleError
from danvan.organisations.known import EXPECTED
from danvan.organisations.selectors import check_register
from danvan.organisations.services import load_register, rebuild_reach
from danvan.vietnamese.numbers import format_number


class Command(BaseCommand):
    help = "Sổ đơn vị: load nạp danh mục, check kiểm tra, rebuild dựng lại quan hệ bao trùm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        load = acts.add_parser(
            "load", help="nạp đơn vị trước và từ 01/07/2025 (chạy lại không đổi gì)"
        )
        load.add_argument(
            "--any-counts", action="store_true", help="nạp cả khi số đơn vị khác số đã công bố"
        )
        acts.add_parser("check", help="kiểm tra sổ: số đơn vị, kế thừa, mã, ngày, quan hệ bao trùm")
        acts.add_parser("rebuild", help="dựng lại quan hệ bao trùm từ các bản ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            {"load": self._load, "check": self._check, "rebuild": self._rebuild}[options["act"]](
                options
            )
        except RuleError as refused:
            lines = [refused.message, *(f"  - {fault.message}" for fault in refused.faults)]
            raise CommandError("\n".join(lines)) from refused
        if options["act"] != "check":
            self.stdout.write(f"Xong sau {format_number(time.monotonic() - started, 1)} giây.")

    def _load(self, options: dict[str, Any]) -> None:
        report = load_register(
            progress=lambda words: self.stdout.write(f"  {words} ..."),
            expected=None if options["any_counts"] else EXPECTED,
        )
        counts = " / ".join(format_number(count) for count in report.counts)
        if not report.changed:
            self.stdout.write(f"Sổ đơn vị đã có đủ ({counts}); không thay đổi gì.")
            return
        self.stdout.write(
            f"Đã nạp {counts} đơn vị (tỉnh / xã từ 01/07/2025 / tỉnh / huyện / xã trước đó); "
            f"{format_number(report.continued)} đơn vị giữ nguyên qua sắp xếp; "
            f"{format_number(report.links)} quan hệ kế thừa, {format_number(report.estimated)} là ước tính."
        )
        for note in report.notes:
            self.stdout.write(f"  Chưa biết: {note}")

    def _rebuild(self, options: dict[str, Any]) -> None:
        added, removed = rebuild_reach()
        self.stdout.write(
            f"Quan hệ bao trùm: thêm {format_number(added)} dòng, bỏ {format_number(removed)} dòng."
        )

    def _check(self, options: dict[str, Any]) -> None:
        checked = check_register()
        for line in checked.lines:
            self.stdout.write(line)
        if checked.faults:
            raise CommandError(
                "Sổ đơn vị có chỗ sai:\n" + "\n".join(f"  - {f}" for f in checked.faults)
            )
        self.stdout.write("Sổ đơn vị đúng.")
