from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from danvan.foundation.errors import RuleError
from danvan.topics.services import SEED, load_topics


class Command(BaseCommand):
    """`danvan topics load`: the topics of the file of the package, or of another."""

    help = "Nạp danh mục lĩnh vực; nạp lại nhiều lần không đổi gì."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["load"])
        parser.add_argument("--file", type=Path, default=SEED, help="tệp lĩnh vực, dạng TSV")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_topics(path=options["file"])
        except RuleError as refused:
            told = [f"  dòng {one.row}: {one.message}" for one in refused.faults]
            raise CommandError("\n".join([refused.message, *told])) from refused
        self.stdout.write(
            f"Lĩnh vực: thêm {loaded.added}, sửa {loaded.changed}, giữ nguyên {loaded.unchanged}, để yên {loaded.left}."
        )
