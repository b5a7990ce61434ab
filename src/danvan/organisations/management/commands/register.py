import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from danvan.foundation.errors import Fault, RuleError
from danvan.organisations.enums import STANDING
from danvan.organisations.known import EXPECTED
from danvan.organisations.selectors import (
    by_code,
    canonical_register,
    check_register,
    children,
    disagreements,
    register_hash,
)
from danvan.organisations.services import (
    found_organisations,
    import_sizes,
    load_register,
    rebuild_reach,
)
from danvan.vietnamese.dates import format_date, parse_date
from danvan.vietnamese.numbers import format_number


def _placed(fault: Fault) -> str:
    """A fault with its place in the sheet, where it has one."""
    return (
        f"Dòng {fault.row}, cột {fault.column}: {fault.message}" if fault.column else fault.message
    )


class Command(BaseCommand):
    help = "Sổ đơn vị: load nạp danh mục, found lập tổ chức, check kiểm tra, export in ra, sizes ghi dân số, rebuild dựng lại quan hệ bao trùm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        load = acts.add_parser(
            "load", help="nạp đơn vị trước và từ 01/07/2025 (chạy lại không đổi gì)"
        )
        load.add_argument(
            "--any-counts", action="store_true", help="nạp cả khi số đơn vị khác số đã công bố"
        )
        found = acts.add_parser(
            "found",
            help="lập các tổ chức (cấp ủy, HĐND, UBND, Mặt trận ...) ở một tỉnh và các xã của tỉnh",
        )
        found.add_argument("--under", required=True, help="mã tỉnh, ví dụ 40")
        found.add_argument("--on", required=True, help="có từ ngày, ví dụ 01/07/2025")
        found.add_argument(
            "--kind", action="append", choices=list(STANDING), default=[],
            help="chỉ lập loại này (nhắc lại được); bỏ trống là mọi loại",
        )  # fmt: skip
        acts.add_parser("check", help="kiểm tra sổ: số đơn vị, kế thừa, mã, ngày, quan hệ bao trùm")
        export = acts.add_parser(
            "export", help="in toàn bộ sổ và phần việc các nơi giữ, thứ tự cố định, dạng JSON"
        )
        export.add_argument("--hash", action="store_true", help="chỉ in mã băm SHA-256 của bản in")
        sizes = acts.add_parser(
            "sizes", help="ghi dân số, số hộ từ tệp .xlsx (Mã đơn vị, Dân số, Số hộ, Tính đến ngày)"
        )
        sizes.add_argument("file", type=Path, help="tệp .xlsx")
        sizes.add_argument("--source", required=True, help="nguồn, ví dụ Cục Thống kê")
        acts.add_parser("rebuild", help="dựng lại quan hệ bao trùm từ các bản ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            acts = {
                "load": self._load,
                "found": self._found,
                "check": self._check,
                "rebuild": self._rebuild,
                "export": self._export,
                "sizes": self._sizes,
            }
            acts[options["act"]](options)
        except RuleError as refused:
            lines = [refused.message, *(f"  - {_placed(fault)}" for fault in refused.faults)]
            raise CommandError("\n".join(lines)) from refused
        if options["act"] not in ("check", "export"):
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
        for sentence in disagreements():
            self.stdout.write(f"  Nguồn chưa khớp: {sentence}")

    def _found(self, options: dict[str, Any]) -> None:
        try:
            day = parse_date(options["on"])
        except ValueError as wrong:
            raise CommandError(str(wrong)) from wrong
        province = by_code(options["under"], on=day)
        if province is None:
            raise CommandError(
                f"Không có đơn vị nào mang mã “{options['under']}” vào ngày {format_date(day)}. "
                "Đồng chí vui lòng kiểm tra mã (giữ số 0 ở đầu), hoặc nạp sổ trước: danvan register load."
            )
        places = [province.pk, *(branch.unit.id for branch in children(province.pk, on=day))]
        founded = found_organisations(places, options["kind"] or list(STANDING), actor=None, on=day)
        self.stdout.write(
            f"Đã lập {format_number(len(founded))} tổ chức ở {format_number(len(places))} địa bàn."
        )

    def _export(self, options: dict[str, Any]) -> None:
        found = canonical_register()
        if options["hash"]:
            self.stdout.write(register_hash(found))
        else:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1, default=str))

    def _sizes(self, options: dict[str, Any]) -> None:
        file: Path = options["file"]
        if not file.is_file():
            raise CommandError(f"Không có tệp {file}. Đồng chí vui lòng kiểm tra đường dẫn.")
        count = import_sizes(
            file.read_bytes(), name=file.name, source=options["source"], actor=None
        )
        self.stdout.write(f"Đã ghi dân số, số hộ của {format_number(count)} dòng.")

    def _rebuild(self, options: dict[str, Any]) -> None:
        added, removed = rebuild_reach()
        self.stdout.write(
            f"Quan hệ bao trùm: thêm {format_number(added)} dòng, bỏ {format_number(removed)} dòng."
        )

    def _check(self, options: dict[str, Any]) -> None:
        checked = check_register()
        for line in checked.lines:
            self.stdout.write(line)
        for sentence in disagreements():
            self.stdout.write(f"Nguồn chưa khớp: {sentence}")
        if checked.faults:
            raise CommandError(
                "Sổ đơn vị có chỗ sai:\n" + "\n".join(f"  - {f}" for f in checked.faults)
            )
        self.stdout.write("Sổ đơn vị đúng.")
