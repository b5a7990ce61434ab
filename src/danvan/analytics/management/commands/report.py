"""`danvan report summary`: a review as a Word or PDF file, composed from the records and counted again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from danvan.analytics.checks import check_summary, gaps_of
from danvan.analytics.docx_review import to_docx
from danvan.analytics.pdf import to_pdf
from danvan.analytics.services import settle_figures
from danvan.analytics.summary import Summary, compose_summary
from danvan.foundation import clock
from danvan.foundation.errors import RuleError
from danvan.foundation.periods import Period
from danvan.organisations.selectors import by_code
from danvan.organisations.selectors.readings import Reading

MAKERS = {".docx": to_docx, ".pdf": to_pdf}


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
        summary.add_argument(
            "--reading",
            default="khi-do",
            help="cách đọc: khi-do (mặc định), hom-nay, hoặc một ngày, ví dụ 30/06/2025",
        )
        summary.add_argument("--out", required=True, type=Path, help="tệp .docx hoặc .pdf sẽ ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        self._refuse_path(out)
        summary = self._composed(options["unit"], options["period"], options["reading"])
        self._refuse_gaps(summary)
        try:
            content = MAKERS[out.suffix.lower()](summary)
        except RuleError as refused:
            raise CommandError(refused.message) from refused
        out.write_bytes(content)
        self.stdout.write(
            f"Đã ghi {out}: {summary.subject}, tính đến {summary.as_of:%d/%m/%Y}, "
            f"{len(summary.notes)} số liệu có chú thích, đã đối chiếu."
        )

    def _refuse_path(self, out: Path) -> None:
        if out.suffix.lower() not in MAKERS:
            raise CommandError(
                f"Tên tệp “{out.name}” phải kết thúc bằng .docx hoặc .pdf. Đồng chí vui lòng sửa lại."
            )
        if not out.parent.is_dir():
            raise CommandError(
                f"Không có thư mục “{out.parent}”. Đồng chí vui lòng tạo trước khi ghi tệp."
            )

    def _composed(self, code: str, asked: str, doc: str) -> Summary:
        try:
            period, reading = Period.parse(asked), Reading.parse(doc)
        except ValueError as wrong:
            raise CommandError(str(wrong)) from wrong
        day = reading.on or min(clock.today(), period.last)
        unit = by_code(code, on=day)
        if unit is None:
            raise CommandError(
                f"Không có đơn vị nào mang mã “{code}” vào ngày {day:%d/%m/%Y}. "
                "Đồng chí vui lòng kiểm tra mã (giữ số 0 ở đầu) hoặc nạp sổ đơn vị: danvan register load."
            )
        settle_figures()
        try:
            return compose_summary(unit.pk, period, reading=reading)
        except RuleError as refused:
            raise CommandError(refused.message) from refused

    def _refuse_gaps(self, summary: Summary) -> None:
        """Nothing is handed over that does not add up: the list names the parts of each sum."""
        gaps = gaps_of(check_summary(summary, thorough=True))
        if gaps:
            listed = "\n".join(f"- {gap.sentence}" for gap in gaps)
            raise CommandError(
                f"Chưa ghi tệp: {len(gaps)} số liệu không khớp. Đồng chí vui lòng sửa rồi lập lại.\n{listed}"
            )
