from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from danvan.foundation.errors import RuleError
from danvan.grassroots.services import KINDS, load_kinds


class Command(BaseCommand):
    """`danvan grassroots load`: the kinds of matters of the file of the package, or of another."""

    help = "Nạp danh mục nội dung dân chủ ở cơ sở; nạp lại nhiều lần không đổi gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["load"])
        parser.add_argument("--file", type=Path, default=KINDS, help="tệp danh mục, dạng TSV")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed = load_kinds(path=options["file"])
        except RuleError as refused:
            told = [f"  dòng {one.row}: {one.message}" for one in refused.faults]
            raise CommandError("\n".join([refused.message, *told])) from refused
        self.stdout.write(f"Danh mục dân chủ ở cơ sở: thêm hoặc sửa {changed} dòng.")
