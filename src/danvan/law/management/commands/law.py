from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from danvan.foundation.errors import RuleError
from danvan.law.parameter_file import PARAMETERS
from danvan.law.services import YEARS, load_calendar, load_parameters


class Command(BaseCommand):
    """`danvan law load`: legal parameters from the file of the package (or another), and the calendar."""

    help = "Nạp tham số pháp luật và lịch làm việc; nạp lại nhiều lần không đổi gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["load"])
        parser.add_argument("--file", type=Path, default=PARAMETERS, help="tệp tham số, dạng TSV")
        parser.add_argument(
            "--years", type=int, nargs="+", default=list(YEARS), help="các năm của lịch làm việc"
        )

        parser.add_argument(
            "--move-passed", action="store_true", help="đồng ý chuyển cả những hạn đã qua"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_parameters(path=options["file"])
            version = load_calendar(options["years"], passed_agreed=options["move_passed"])
        except RuleError as refused:
            lines = [
                refused.message,
                *(
                    f"  {f'dòng {one.row}: ' if one.row else ''}{one.message}"
                    for one in refused.faults
                ),
            ]
            raise CommandError("\n".join(lines)) from refused
        self.stdout.write(
            f"Tham số pháp luật: thêm {loaded.added}, thay {loaded.replaced}, rút"
            f" {loaded.withdrawn}, giữ nguyên {loaded.unchanged}."
        )
        self.stdout.write(
            f"Lịch làm việc: bản {version.number}." if version else "Lịch làm việc: không đổi."
        )
