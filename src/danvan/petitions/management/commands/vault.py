from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from danvan.foundation.errors import RuleError
from danvan.petitions.services.vault import cases_of_nobody, tell_totals, verify_log
from danvan.vietnamese.dates import format_date
from danvan.vietnamese.numbers import format_number


class Command(BaseCommand):
    """Verify the log of the vault, or print its totals."""

    help = "kiểm tra nhật ký của vùng niêm phong (verify) hoặc in số liệu tổng hợp (totals)"

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        verify = acts.add_parser("verify")
        verify.add_argument(
            "--expect", metavar="SỐ:MÃ", default="", help="dòng đã ghi lại nơi khác"
        )
        totals = acts.add_parser("totals")
        totals.add_argument(
            "province", type=int, metavar="TỈNH", help="mã số của tỉnh trong sổ đơn vị"
        )
        totals.add_argument("year", type=int, metavar="NĂM")
        totals.add_argument("quarters", type=int, metavar="SỐ_QUÝ", help="1 đến 4, tính từ đầu năm")

    def handle(self, *args: Any, act: str, **options: Any) -> None:
        if act == "totals":
            self._totals(options["province"], options["year"], options["quarters"])
            return
        number, _, digest = options["expect"].partition(":")
        if options["expect"] and not (number.isdigit() and len(digest) == 64):
            raise CommandError("Viết SỐ:MÃ, đúng như lệnh này đã in ra lần trước.")
        report = verify_log(expect=(int(number), digest) if digest else None)
        self.stdout.write(f"Dòng cuối cùng: {format_number(report.lines)}")
        self.stdout.write(f"Để đối chiếu lần sau: --expect {report.lines}:{report.head}")
        if report.faults:
            for fault in report.faults:
                self.stderr.write(fault)
            raise CommandError(
                "Nhật ký của vùng niêm phong đã bị sửa. Đồng chí vui lòng giữ nguyên cơ sở dữ liệu và báo người phụ trách."
            )
        self.stdout.write("Nhật ký nguyên vẹn.")
        if left := cases_of_nobody():
            self.stdout.write(
                f"Còn {format_number(left)} hồ sơ không còn ai ở đây được xử lý. Đồng chí vui lòng báo cơ quan cấp trên."
            )

    def _totals(self, province: int, year: int, quarters: int) -> None:
        try:
            found = tell_totals(province, year, quarters)
        except RuleError as refused:
            raise CommandError(refused.message) from None
        for cell in found.cells:
            self.stdout.write(f"{cell.label}: {cell.words}")
        self.stdout.write(f"Công bố một lần, ngày {format_date(found.told_on)}.")
