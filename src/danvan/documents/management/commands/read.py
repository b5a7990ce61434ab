"""`danvan read`: what the reading engine finds in files; and, with `--learned`, how often people found its rules right."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from danvan.documents.enums import ProposalKind
from danvan.documents.selectors import RuleRecord, corrections, learned
from danvan.reading import ReadingError, as_json, as_lines, extract, read, why_unreadable
from danvan.vietnamese.numbers import format_number


class Command(BaseCommand):
    """Read files and print what the engine proposes; no database is touched, but for `--learned`."""

    help = "Đọc tệp .txt, .docx, .pdf và in những gì máy tìm thấy; hoặc báo cáo máy đã đọc đúng đến đâu."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="TỆP")
        parser.add_argument("--json", action="store_true", help="mỗi tệp một dòng JSON")
        parser.add_argument(
            "--learned",
            action="store_true",
            help="báo cáo từng quy tắc: bao nhiêu mục người dùng nhận, sửa, bỏ; không tự áp dụng gì",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["learned"] == bool(options["files"]):
            raise CommandError("Đồng chí vui lòng nêu tệp cần đọc, hoặc chỉ ghi --learned.")
        if options["learned"]:
            self._tell_learned(as_json=options["json"])
            return
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

    def _tell_learned(self, *, as_json: bool) -> None:
        """The record of each rule; as JSON with the corrected and rejected examples, to try a changed rule on."""
        records = learned()
        if as_json:
            told = {
                "rules": [
                    {
                        **asdict(one),
                        "changed": dict(one.changed),
                        "decided": one.decided,
                        "right": one.right,
                    }
                    for one in records
                ],
                "examples": [asdict(one) for one in corrections()],
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        if not records:
            self.stdout.write("Chưa có đề xuất nào được người dùng kiểm lại.")
        for one in records:
            self.stdout.write(_line(one))


def _line(one: RuleRecord) -> str:
    """One rule as a person reads it: how often it was right beside how sure it was, and what was changed."""
    parts = [
        f"{ProposalKind(one.kind).label}, quy tắc {one.rule}: {format_number(one.decided)} mục đã kiểm lại",
        f"đúng {one.right_percent} % (máy nói {one.said_percent} %)",
    ]
    if one.completed:
        parts.append(f"bổ sung {format_number(one.completed)}")
    if one.corrected:
        changed = ", ".join(
            f"{label} {format_number(times)}" for label, times in one.changed.most_common()
        )
        parts.append(f"sửa {format_number(one.corrected)} ({changed})")
    if one.rejected:
        parts.append(f"bỏ {format_number(one.rejected)}")
    return "; ".join(parts) + "."


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
