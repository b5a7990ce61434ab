"""`danvan report summary`: a review as a Word file, composed from the records."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from danvan.analytics.docx_review import to_docx
from danvan.analytics.summary import compose_summary
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.organisations.selectors import by_code


class Command(BaseCommand):
    """Compose a report and write it to a file."""

    help = "Lập báo cáo tổng hợp từ hồ sơ, mỗi số liệu có chú thích."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True)
        summary = kinds.add_parser("summary", help="báo cáo tổng hợp của một đơn vị trong một kỳ")
        summary.add_argument("--unit", required=True, help="mã đơn vị hành chính, ví dụ 40")
        summary.add_argument(
            "--period", required=True, help="kỳ: 2026, 2026-H1, 2026-Q3 hoặc 2026-07"
        )
        summary.add_argument("--out", required=True, type=Path, help="tệp .docx sẽ ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = Period.parse(options["period"])
        except ValueError as wrong:
            raise CommandError(str(wrong)) from wrong
        day = min(clock.today(), period.last)
        unit = by_code(options["unit"], on=day)
        if unit is None:
            raise CommandError(
                f"Không có đơn vị nào mang mã “{options['unit']}” vào ngày {day:%d/%m/%Y}. "
                "Đồng chí vui lòng kiểm tra mã (giữ số 0 ở đầu) hoặc nạp sổ đơn vị: danvan register load."
            )
        try:
            summary = compose_summary(unit.pk, period)
        except RuleError as refused:
            raise CommandError(refused.message) from refused
        out: Path = options["out"]
        if not out.parent.is_dir():
            raise CommandError(
                f"Không có thư mục “{out.parent}”. Đồng chí vui lòng tạo trước khi ghi tệp."
            )
        out.write_bytes(to_docx(summary))
        self.stdout.write(
            f"Đã ghi {out}: {summary.subject}, tính đến {summary.as_of:%d/%m/%Y}, "
            f"{len(summary.notes)} số liệu có chú thích."
        )
