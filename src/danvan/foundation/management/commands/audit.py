import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from danvan.foundation import audit
from danvan.vietnamese.numbers import format_number


def _head(text: str) -> tuple[int, str]:
    sequence, _, sha256 = text.partition(":")
    if not sequence.isdigit() or len(sha256) != 64:
        raise argparse.ArgumentTypeError("viết SỐ:MÃ, đúng như lệnh này đã in ra lần trước")
    return int(sequence), sha256


class Command(BaseCommand):
    """Verify or seal the audit log."""

    help = "kiểm tra nhật ký (verify) hoặc niêm phong các dòng mới (seal)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["verify", "seal"])
        parser.add_argument(
            "--expect",
            type=_head,
            metavar="SỐ:MÃ",
            help="số thứ tự và mã đã ghi lại ở nơi khác; phát hiện chuỗi bị cắt hoặc viết lại",
        )

    def handle(self, *args: Any, act: str, expect: tuple[int, str] | None, **options: Any) -> None:
        if act == "seal":
            self.stdout.write(
                f"Đã niêm phong {format_number(audit.seal(whole=True))} dòng nhật ký."
            )
            return
        report = audit.verify(expect=expect)
        self.stdout.write(f"Số thứ tự cuối cùng: {format_number(report.sealed)}")
        self.stdout.write(f"Để đối chiếu lần sau: --expect {report.sealed}:{report.head}")
        self.stdout.write(f"Dòng chưa niêm phong: {format_number(report.unsealed)}")
        if not report.sound:
            for fault in report.faults:
                self.stderr.write(fault)
            raise CommandError(
                f"Nhật ký có {format_number(len(report.faults))} chỗ sai. "
                "Đồng chí vui lòng giữ nguyên cơ sở dữ liệu và báo người phụ trách an toàn thông tin."
            )
        self.stdout.write("Nhật ký nguyên vẹn.")
