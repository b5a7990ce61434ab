"""`danvan read`: what the reading engine finds in files; touches no database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from danvan.reading import ReadingError, as_json, as_lines, extract, read, why_unreadable


class Command(BaseCommand):
    """Read files and print what the engine proposes."""

    help = "Đọc tệp .txt, .docx, .pdf và in những gì máy tìm thấy."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="TỆP")
        parser.add_argument("--json", action="store_true", help="mỗi tệp một dòng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        unread = 0
        for path in options["files"]:
            try:
                text = _text_of(path)
            except ReadingError as wrong:
                unread += 1
                self.stderr.write(f"{path}: {wrong}")
                continue
            reading = read(text)
            if options["json"]:
                self.stdout.write(
                    json.dumps({"file": str(path), **as_json(reading)}, ensure_ascii=False)
                )
            else:
                self.stdout.write("\n".join([f"{path}", *as_lines(reading), ""]))
        if unread:
            raise CommandError(f"Có {unread} tệp không đọc được.")


def _text_of(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise ReadingError("Không có tệp này. Đồng chí vui lòng kiểm tra đường dẫn.") from None
    except OSError as refused:
        raise ReadingError(
            f"Không mở được tệp ({refused.strerror}). Đồng chí vui lòng kiểm tra quyền đọc."
        ) from None
    text = extract(content, path.suffix.lower().lstrip(".")).text
    damage = why_unreadable(text)
    if damage:
        raise ReadingError(damage)
    return text
